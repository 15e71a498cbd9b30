using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Tests.Files;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

/// <summary>Whole runs: what stands in the answers.</summary>
public class BatchAssessmentTests
{
    [Fact]
    public void A_row_is_answered_with_the_contracts_columns()
    {
        using var run = Run.Of(Baogou.Header + Baogou.Adult("a1"));
        Assert.Equal(Baogou.OutputHeader + "a1" + Baogou.AdultsAnswer, run.Output);
        Assert.Equal((1, 0, null), (run.Result.Answered, run.Result.Refused, run.Result.RejectsPath));
        Assert.Equal(["in.csv", "out.csv"], run.Folder.FileNames);
        Assert.Empty(run.Seen!.Unknown);
        Assert.Empty(run.Seen.Absent);
    }

    [Fact]
    public void A_row_with_nothing_due_leaves_the_amounts_empty()
    {
        using var run = Run.Of(Baogou.Header + "b,1985-03-20,non_local,none,none,,,,,,none,,,2021-11-05\n");
        Assert.Equal(Baogou.OutputHeader + "b,out_of_scope,,,,,,,baogou 二(四)-scope\n", run.Output);
    }

    [Fact]
    public void With_explain_each_row_ends_with_a_sentence()
    {
        using var run = Run.Of(Baogou.Header + Baogou.Adult("a1"), explain: true);
        var lines = run.Output.Split('\n');
        Assert.EndsWith(",clauses,explanation", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("a1" + Baogou.AdultsAnswer.TrimEnd(), lines[1], StringComparison.Ordinal);
        Assert.Contains("320", lines[1].Split(',')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Rows_keep_their_order_over_many_blocks_and_a_key_seen_in_an_earlier_one_is_refused(int threads)
    {
        const int People = 60_000;
        var rows = Enumerable.Range(0, People).Select(i => Baogou.Adult($"p{i}")).Append(Baogou.Adult("p7")).Append(Baogou.Adult("p59999"));
        using var run = Run.Of(Baogou.Header + string.Concat(rows), threads);
        Assert.True(new FileInfo(run.Folder["in.csv"]).Length > 3 * CsvFileSource.BlockBytes);
        var answers = Enumerable.Range(0, People).Select(i => $"p{i}" + Baogou.AdultsAnswer);
        Assert.Equal(Baogou.OutputHeader + string.Concat(answers), run.Output);
        const string Reason = " person_id：编号与前面的行重复；同一编号只受理第一行，请核对";
        Assert.Equal([$"{People + 2}{Reason}", $"{People + 3}{Reason}"], run.Refusals);
        Assert.Equal((People, 2), (run.Result.Answered, run.Result.Refused));
    }

    [Fact]
    public void Output_does_not_depend_on_the_number_of_threads() =>
        Gen.Select(Gen.Int[1, 40_000].Array[20_000], Gen.Int[2, 8]).Sample(
            (keys, threads) =>
            {
                var rows = keys.Select((key, i) => i % 97 == 0 ? $"\"{key}\n\",1\n" : Baogou.Adult($"{key}"));
                var input = Baogou.Header + string.Concat(rows);
                using var one = Run.Of(input);
                using var many = Run.Of(input, threads);
                Assert.Equal(one.Output, many.Output);
                Assert.Equal(one.Rejects, many.Rejects);
                Assert.Equal(one.Refusals, many.Refusals);
            }, iter: 4, threads: 1);

    [Fact]
    public void A_repeated_key_is_refused_within_a_block_and_after_a_refused_row_too()
    {
        using var run = Run.Of(Baogou.Header + Baogou.Adult("a") + "b,bad,local_hukou,none,none,,,,,,none,,,2021-11-05\n"
            + Baogou.Adult("c") + Baogou.Adult("a") + Baogou.Adult("\"b\"") + Baogou.Adult("d"));
        Assert.Equal(Baogou.OutputHeader + string.Concat("acd".Select(id => id + Baogou.AdultsAnswer)), run.Output);
        Assert.Equal(["3 birth_date", "5 person_id", "6 person_id"], run.Refusals.Select(text => text.Split('：')[0]));
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(" a ", " a ")]
    [InlineData("张三", "张三")]
    [InlineData("001", "001")]
    public void A_key_is_returned_as_it_is(string key, string field)
    {
        using var run = Run.Of(Baogou.Header + Baogou.Adult(CsvText.Field(key)) + Baogou.Adult("z"));
        Assert.Equal(Baogou.OutputHeader + field + Baogou.AdultsAnswer + "z" + Baogou.AdultsAnswer, run.Output);
    }

    [Fact]
    public void A_key_with_a_bare_carriage_return_is_quoted_so_that_no_reader_ends_the_row_there()
    {
        using var run = Run.Of(Baogou.Header + Baogou.Adult("a\rb"));
        Assert.Equal(Baogou.OutputHeader + "\"a\rb\"" + Baogou.AdultsAnswer, run.Output);
    }

    [Fact]
    public void A_BOM_and_line_ends_of_both_kinds_and_blank_lines_are_passed_over()
    {
        using var run = Run.Of("\uFEFF" + Baogou.Header.TrimEnd() + "\r\n\r\n" + Baogou.Adult("a").TrimEnd() + "\r\n\n\n"
            + "x,bad,,,,,,,,,,,,\n\n" + Baogou.Adult("b").TrimEnd());
        Assert.Equal(Baogou.OutputHeader + "a" + Baogou.AdultsAnswer + "b" + Baogou.AdultsAnswer, run.Output);
        Assert.StartsWith("6 birth_date", Assert.Single(run.Refusals), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_come_in_any_order_and_optional_ones_may_be_left_out()
    {
        using var run = Run.Of("other_cover,note,paid_on,student,employment,residence,birth_date,person_id\n"
            + "none,说明,2021-11-05,none,none,local_hukou,1985-03-20,a\n");
        Assert.Equal(Baogou.OutputHeader + "a" + Baogou.AdultsAnswer, run.Output);
        Assert.Equal(["note"], run.Seen!.Unknown);
        Assert.Equal("school_entry_date,scope_status,categories,tier,employee_cover_ended,first_time,registered_on",
            string.Join(',', run.Seen.Absent));
    }

    [Fact]
    public void The_day_of_the_call_stands_for_an_empty_payment_day_only()
    {
        var day = new DateOnly(2021, 12, 11);
        var unpaid = Baogou.Adult("b").Replace("2021-11-05", "", StringComparison.Ordinal);
        using var run = Run.Of(Baogou.Header + Baogou.Adult("a") + unpaid, on: day);
        Assert.Equal(["320.00", "900.00"], run.Output.Split('\n').Skip(1).SkipLast(1).Select(line => line.Split(',')[2]));
        using var without = Run.Of(Baogou.Header + unpaid);
        Assert.StartsWith("2 paid_on：不能为空", Assert.Single(without.Refusals), StringComparison.Ordinal);
        using var noColumn = Run.Of(
            "person_id,birth_date,residence,employment,student,other_cover\na,1985-03-20,local_hukou,none,none,none\n", on: day);
        Assert.Contains("a,due,900.00", noColumn.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_that_the_rule_needs_is_asked_for()
    {
        using var run = Run.Of(Baogou.Header + Baogou.Adult("a"), plan: Baogou.Load("laishan-2022"));
        Assert.StartsWith("2 tier：不能为空：", Assert.Single(run.Refusals), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_gives_a_header_alone()
    {
        using var run = Run.Of(Baogou.Header.TrimEnd());
        Assert.Equal(Baogou.OutputHeader, run.Output);
        Assert.Equal((0, 0, null), (run.Result.Answered, run.Result.Refused, run.Result.RejectsPath));
    }

    [Fact]
    public void One_bad_byte_refuses_its_row_and_no_other_in_the_first_block()
    {
        using var run = new Run();
        run.Folder.Write("in.csv", [.. Encoding.UTF8.GetBytes(Baogou.Header + Baogou.Adult("张三") + Baogou.Adult("b")[..^1] + "\nc"), 0xFF,
            .. Encoding.UTF8.GetBytes(Baogou.Adult("c")[1..] + Baogou.Adult("d"))]);
        run.Assess("in.csv");
        Assert.Equal(Baogou.OutputHeader + string.Concat("张三,b,d".Split(',').Select(id => id + Baogou.AdultsAnswer)), run.Output);
        var before = Encoding.UTF8.GetByteCount(Baogou.Header + Baogou.Adult("张三") + Baogou.Adult("b") + "c");
        Assert.Equal([$"4 person_id：文件第 {before + 1} 字节不是有效文字；请重新录入该处"], run.Refusals);
    }

    [Fact]
    public void One_bad_byte_refuses_its_row_in_gb18030_and_in_later_blocks()
    {
        var many = string.Concat(Enumerable.Range(0, 30_000).Select(i => Baogou.Adult($"村{i}")));
        foreach (var before in new[] { "", many })
        {
            using var run = new Run();
            run.Folder.Write("in.csv", [.. TextEncodings.StrictGb18030.GetBytes(Baogou.Header + Baogou.Adult("张三") + before + "李四"), 0xFF,
                .. TextEncodings.StrictGb18030.GetBytes(Baogou.Adult("") + Baogou.Adult("王𠮷"))]);
            run.Assess("in.csv");
            Assert.EndsWith("王𠮷" + Baogou.AdultsAnswer, run.Output, StringComparison.Ordinal);
            Assert.StartsWith(Baogou.OutputHeader + "张三" + Baogou.AdultsAnswer, run.Output, StringComparison.Ordinal);
            Assert.Contains("字节不是有效文字", Assert.Single(run.Refusals), StringComparison.Ordinal);
            Assert.Contains("李四\uFFFD,1985-03-20", run.Rejects, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bad_byte_is_told_with_its_column_in_gb18030_too()
    {
        using var run = new Run();
        run.Folder.Write("in.csv", [.. TextEncodings.StrictGb18030.GetBytes("note," + Baogou.Header + "张三,李四,1985-"), 0xFF,
            .. TextEncodings.StrictGb18030.GetBytes("," + Baogou.Adult("").Split(',', 3)[2]),
            .. TextEncodings.StrictGb18030.GetBytes("王五," + Baogou.Adult("a") + "赵六," + Baogou.Adult("b"))]);
        run.Assess("in.csv");
        Assert.StartsWith("2 birth_date：文件第 ", Assert.Single(run.Refusals), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_is_answered_as_the_same_rows_of_a_csv_file_are()
    {
        var rows = Baogou.Header + Baogou.Adult("a") + "\n" + Baogou.Adult("\"b,\"") + "c,1985-13-20,,,,,,,,,,,,\n" + Baogou.Adult("a");
        using var run = Run.Of(rows);
        var (output, rejects) = (run.Output, run.Rejects);
        var cells = rows.Replace("\"b,\"", "b;", StringComparison.Ordinal).Split('\n').SkipLast(1)
            .Select(line => Workbooks.TextRow(line.Split(',')));
        Workbooks.Write(run.Folder["in.xlsx"], string.Concat(cells).Replace("b;", "b,", StringComparison.Ordinal));
        run.Assess("in.xlsx");
        Assert.Equal(output, run.Output);
        Assert.Equal(rejects, run.Rejects);
        run.Assess("in.xlsx", "out.xlsx");
        Assert.Equal(output, Workbooks.Read(run.Folder["out.xlsx"]));
    }
}
