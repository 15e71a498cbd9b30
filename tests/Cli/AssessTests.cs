using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary><c>canbao assess</c> as a process: exit codes, what is told where, what is left behind.</summary>
public sealed class AssessTests : IDisposable
{
    const string Header = "person_id,birth_date,residence,employment,student,other_cover,paid_on\n";
    const string Good = "a,1985-03-20,local_hukou,none,none,none,2021-11-05\n";

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_readmes_first_command_answers_the_sample()
    {
        var call = Call.In(folder.Path, [],
            "assess", "--policy", "baogou-2022", Repository.Path("samples", "residents.csv"), "-o", "out.csv");
        Snapshot.Matches("assess-sample", $"{call.ExitCode}\n{call.Output}{call.Errors}");
        Assert.Equal(["out.csv", "out.rejects.csv"], folder.FileNames);
        Assert.Equal(38, File.ReadLines(folder["out.csv"]).Count());
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.xlsx")]
    [InlineData("结果 一.csv")]
    public void All_rows_answered_is_exit_0_and_nothing_on_standard_output(string output)
    {
        folder.Write("in.csv", Header + Good);
        var call = Assess("in.csv", output);
        Assert.Equal((0, ""), (call.ExitCode, call.Output));
        Assert.EndsWith($"已核定 1 人，结果在 {output}\n  应缴：1 人\n  个人应缴合计 320.00 元，财政补助合计 580.00 元\n",
            call.Errors.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(new[] { "in.csv", output }.Order(StringComparer.Ordinal), folder.FileNames);
    }

    [Fact]
    public void Some_rows_refused_is_exit_1_with_line_column_and_reason_on_standard_error()
    {
        folder.Write("in.csv", Header + Good + "b,x,local_hukou,none,none,none,2021-11-05\n");
        var call = Assess("in.csv", "out.csv");
        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.Contains("第 3 行 birth_date：“x”不是有效日期；", call.Errors, StringComparison.Ordinal);
        Assert.Contains("已核定 1 人，结果在 out.csv；退回 1 行，连同原因在 out.rejects.csv", call.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_are_told_once_however_many_there_are()
    {
        folder.Write("in.csv", Header.Replace("paid_on", "备注,paid_on,x,y", StringComparison.Ordinal)
            + Good.Replace("2021", "好,2021", StringComparison.Ordinal).Replace("-05\n", "-05,1,2\n", StringComparison.Ordinal));
        var call = Assess("in.csv", "out.csv");
        Assert.Equal(0, call.ExitCode);
        Assert.Equal("提示：不认识的列不作处理：备注、x、y", Assert.Single(call.Errors.Split('\n'), line => line.Contains("不认识", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("P001", "in.csv", "out.csv", "--policy", "nowhere-2022")]
    [InlineData("F101", "none.csv", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F101", ".", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F101", "none.xlsx", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F107", "csv.xlsx", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F105", "book.csv", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F106", "in.csv", "none/out.csv", "--policy", "baogou-2022")]
    [InlineData("F106", "in.csv", "in.csv/out.csv", "--policy", "baogou-2022")]
    [InlineData("F112", "in.csv", ".", "--policy", "baogou-2022")]
    [InlineData("F202", "short.csv", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F203", "empty.csv", "out.csv", "--policy", "baogou-2022")]
    [InlineData("F206", "in.csv", "./in.csv", "--policy", "baogou-2022")]
    [InlineData("F206", "in.rejects.csv", "in.csv", "--policy", "baogou-2022")]
    [InlineData("--on", "in.csv", "out.csv", "--policy", "baogou-2022", "--on", "2021-02-29")]
    [InlineData("--on", "in.csv", "out.csv", "--policy", "baogou-2022", "--on", "tomorrow")]
    [InlineData("--threads", "in.csv", "out.csv", "--policy", "baogou-2022", "--threads", "many")]
    [InlineData("--polcy", "in.csv", "out.csv", "--policy", "baogou-2022", "--polcy")]
    [InlineData("--policy", "in.csv", "out.csv")]
    public void An_unusable_call_is_exit_2_with_a_reason_and_leaves_nothing(string told, string input, string output, params string[] more)
    {
        folder.Write("in.csv", Header + Good);
        folder.Write("in.rejects.csv", Header + Good);
        folder.Write("csv.xlsx", Header + Good);
        folder.Write("book.csv", File.ReadAllBytes(Repository.Path("samples", "residents.xlsx")));
        folder.Write("short.csv", "person_id\n1\n");
        folder.Write("empty.csv", "");
        var before = folder.FileNames;
        var call = Call.In(folder.Path, [], ["assess", input, "-o", output, .. more]);
        AssertUnusable(call, told);
        Assert.Equal(before, folder.FileNames);
        Assert.Equal(Header + Good, File.ReadAllText(folder["in.csv"]));
    }

    [Fact]
    public void A_pack_with_an_error_is_never_used()
    {
        Directory.CreateDirectory(folder["packs/bad-2022"]);
        folder.Write("packs/bad-2022/policy.yaml", "policy: bad-2022\nplace: 某镇\n");
        File.Copy(Repository.Path("policies", "categories.yaml"), folder["packs/categories.yaml"]);
        folder.Write("in.csv", Header + Good);
        AssertUnusable(Call.In(folder.Path, [], "assess", "--policy", "packs/bad-2022", "in.csv", "-o", "out.csv"), "policy.yaml");
        AssertUnusable(Call.In(folder.Path, [("CANBAO_POLICIES", folder["packs"])], "policy", "check", "bad-2022"), "policy.yaml");
        Assert.Equal(["in.csv", "packs"], folder.FileNames);
    }

    [Fact]
    public void A_pack_can_be_given_by_its_path()
    {
        folder.Write("in.csv", Header + Good);
        var pack = Repository.Path("policies", "baogou-2022");
        foreach (var path in new[] { pack, Path.Combine(pack, "policy.yaml") })
            Assert.Equal(0, Call.In(folder.Path, [], "assess", "--policy", path, "in.csv", "-o", "out.csv").ExitCode);
    }

    [Fact]
    public void A_file_whose_name_begins_with_an_at_sign_is_a_file()
    {
        folder.Write("@in.csv", Header + Good);
        Assert.Equal(0, Assess("@in.csv", "out.csv").ExitCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("1000")]
    public void Any_number_of_threads_is_taken_as_one_that_can_be(string threads)
    {
        folder.Write("in.csv", Header + Good);
        var call = Call.In(folder.Path, [], "assess", "--policy", "baogou-2022", "in.csv", "-o", "out.csv", "--threads", threads);
        Assert.Equal(0, call.ExitCode);
    }

    Call Assess(string input, string output) => Call.In(folder.Path, [], "assess", "--policy", "baogou-2022", input, "-o", output);

    static void AssertUnusable(Call call, string told)
    {
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains(told, call.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", call.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", call.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("F900", call.Errors, StringComparison.Ordinal);
        // Every message is Chinese: it says something in Han characters.
        Assert.All(call.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains(line, character => character is >= '一' and <= '龥'));
    }
}
