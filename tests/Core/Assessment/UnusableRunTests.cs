using System.Text;
using Canbao.Core.Assessment.Batch;
using Canbao.Core.Files;
using Canbao.Policy.Facts;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

/// <summary>Runs that end without a result, and leave none.</summary>
public class UnusableRunTests
{
    static readonly byte[] Utf16 = Encoding.Unicode.GetPreamble();

    [Theory]
    [InlineData("F203", "")]
    [InlineData("F203", "\uFEFF")]
    [InlineData("F201", "person_id,birth_date,residence,employment,student,other_cover,paid_on,person_id\n")]
    [InlineData("F202", "birth_date,residence,employment,student,other_cover,paid_on\n")]
    [InlineData("F202", "person_id,birth_date,residence,employment,student,other_cover\n")]
    [InlineData("F202", "\nperson_id,birth_date,residence,employment,student,other_cover,paid_on\n")]
    [InlineData("F202", "Person_ID,birth_date,residence,employment,student,other_cover,paid_on\n")]
    [InlineData("F205", "person_id,\"birth_date,residence\n1,2\n")]
    [InlineData("F205", "person_id,\"birth\"date\n")]
    [InlineData("F207", "person_id,birth_date,residence,employment,student,other_cover,paid_on\ra,1985-03-20,local_hukou,none,non"
        + "e,none,\r")]
    public void A_header_that_cannot_be_used_refuses_the_file(string code, string text) =>
        AssertRefused(code, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_header_of_too_many_columns_or_bytes_refuses_the_file()
    {
        AssertRefused("F205", Encoding.UTF8.GetBytes(new string(',', 5000)));
        AssertRefused("F205", Encoding.UTF8.GetBytes(Baogou.Header.TrimEnd() + "," + new string('x', 2 * CsvFileSource.BlockBytes) + "\n"));
    }

    [Fact]
    public void A_file_whose_encoding_cannot_be_told_is_refused_whole()
    {
        var random = new Random(3);
        var bytes = new byte[50_000];
        random.NextBytes(bytes);
        AssertRefused("F103", bytes);
        AssertRefused("F104", [.. Utf16, .. Encoding.Unicode.GetBytes(Baogou.Header + Baogou.Adult("a"))]);
        AssertRefused("F204", [.. "person_id,"u8, 0xFF, .. "\n1,2\n3,4\n"u8]);
    }

    [Fact]
    public void Missing_columns_are_named_all_at_once()
    {
        using var run = new Run();
        run.Folder.Write("in.csv", "person_id,residence\n");
        var fault = Assert.Throws<TableFileException>(() => run.Assess("in.csv"));
        Assert.Contains("birth_date、employment、student、other_cover、paid_on；", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--on", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person_id;birth_date;residence\n", "分号")]
    [InlineData("person_id\tbirth_date\tresidence\n", "制表符")]
    public void A_header_with_other_separators_is_told_so(string header, string separator)
    {
        using var run = new Run();
        run.Folder.Write("in.csv", header);
        Assert.Contains($"似乎以{separator}分隔", Assert.Throws<TableFileException>(() => run.Assess("in"
            + ".csv")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.txt")]
    [InlineData("out")]
    [InlineData("-")]
    [InlineData("")]
    public void An_output_is_a_table_by_its_name(string output)
    {
        using var run = new Run();
        run.Folder.Write("in.csv", Baogou.Header + Baogou.Adult("a"));
        Assert.Equal("F112", Assert.Throws<TableFileException>(() => run.Assess("in.csv", output)).Code);
        Assert.Equal(["in.csv"], run.Folder.FileNames);
    }

    [Fact]
    public void A_link_leads_to_the_file_it_means()
    {
        using var run = new Run();
        run.Folder.Write("in.csv", Baogou.Header + Baogou.Adult("a"));
        File.CreateSymbolicLink(run.Folder["link.csv"], run.Folder["in.csv"]);
        Assert.Equal("F206", Assert.Throws<TableFileException>(() => run.Assess("in.csv", "link.csv")).Code);
        run.Folder.Write("real.csv", "old");
        File.CreateSymbolicLink(run.Folder["to-real.csv"], run.Folder["real.csv"]);
        run.Assess("in.csv", "to-real.csv");
        Assert.NotNull(new FileInfo(run.Folder["to-real.csv"]).LinkTarget);
        Assert.StartsWith("person_id,outcome,", File.ReadAllText(run.Folder["real.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_table()
    {
        using var run = new Run();
        Assert.Equal("F101", Assert.Throws<TableFileException>(() => run.Assess(".")).Code);
        Assert.Equal("F101", Assert.Throws<TableFileException>(() => run.Assess("")).Code);
    }

    [Fact]
    public void Without_a_folder_for_the_output_nothing_is_written()
    {
        using var run = new Run();
        run.Folder.Write("in.csv", Baogou.Header + Baogou.Adult("a"));
        Assert.Equal("F106", Assert.Throws<TableFileException>(() => run.Assess("in.csv", "none/out.csv")).Code);
        Assert.Equal("F106", Assert.Throws<TableFileException>(() => run.Assess("in.csv", "none/out.xlsx")).Code);
        Assert.Equal("F106", Assert.Throws<TableFileException>(() => run.Assess("in.csv", "in.csv/out.csv")).Code);
        Assert.Equal(["in.csv"], run.Folder.FileNames);
    }

    [Theory]
    [InlineData("out.csv", 1)]
    [InlineData("out.csv", 4)]
    [InlineData("out.xlsx", 2)]
    public void A_fault_in_the_middle_leaves_what_was_there_before(string output, int threads)
    {
        using var run = new Run();
        WriteLarge(run);
        run.Folder.Write(output, "old");
        run.Folder.Write("out.rejects.csv", "old rejects");
        var listener = new Interruption(run.Folder["in.csv"], shorten: true);
        var request = new BatchRequest(Baogou.Plan, run.Folder["in.csv"], run.Folder[output], PersonFacts.NoDate, false, threads);
        Assert.Equal("F102", Assert.Throws<TableFileException>(() => BatchAssessment.Run(request, listener, CancellationToken.None)).Code);
        AssertUntouched(run, output);
    }

    [Theory]
    [InlineData("out.csv", 1)]
    [InlineData("out.csv", 4)]
    [InlineData("out.xlsx", 2)]
    public void A_cancelled_run_leaves_what_was_there_before(string output, int threads)
    {
        using var run = new Run();
        WriteLarge(run);
        run.Folder.Write(output, "old");
        run.Folder.Write("out.rejects.csv", "old rejects");
        using var cancel = new CancellationTokenSource();
        var listener = new Interruption(cancel);
        var request = new BatchRequest(Baogou.Plan, run.Folder["in.csv"], run.Folder[output], PersonFacts.NoDate, false, threads);
        Assert.ThrowsAny<OperationCanceledException>(() => BatchAssessment.Run(request, listener, cancel.Token));
        AssertUntouched(run, output);
    }

    [Fact]
    public void A_listener_that_fails_ends_the_run_with_its_fault()
    {
        using var run = new Run();
        WriteLarge(run);
        var request = new BatchRequest(Baogou.Plan, run.Folder["in.csv"], run.Folder["out.csv"], PersonFacts.NoDate, false, 4);
        Assert.Throws<InvalidTimeZoneException>(() => BatchAssessment.Run(request, new Interruption(), CancellationToken.None));
        Assert.Equal(["in.csv"], run.Folder.FileNames);
    }

    [Fact]
    public void A_rejects_file_that_cannot_be_removed_leaves_no_answers_either()
    {
        using var run = new Run();
        run.Folder.Write("in.csv", Baogou.Header + Baogou.Adult("a"));
        Directory.CreateDirectory(run.Folder["out.rejects.csv"]);
        Assert.Equal("F106", Assert.Throws<TableFileException>(() => run.Assess("in.csv")).Code);
        Assert.Equal(["in.csv", "out.rejects.csv"], run.Folder.FileNames);
    }

    static void WriteLarge(Run run) => run.Folder.Write("in.csv",
        Baogou.Header + "x,bad,,,,,,,,,,,,\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => Baogou.Adult($"p{i}"))));

    static void AssertUntouched(Run run, string output)
    {
        Assert.Equal(new[] { "in.csv", output, "out.rejects.csv" }.Order(StringComparer.Ordinal), run.Folder.FileNames);
        Assert.Equal("old", File.ReadAllText(run.Folder[output]));
        Assert.Equal("old rejects", run.Rejects);
    }

    static void AssertRefused(string code, byte[] file)
    {
        using var run = new Run();
        run.Folder.Write("in.csv", file);
        Assert.Equal(code, Assert.Throws<TableFileException>(() => run.Assess("in.csv")).Code);
        Assert.Equal(["in.csv"], run.Folder.FileNames);
    }

    /// <summary>Does something to the run after its first block: shortens its input, cancels it, or fails.</summary>
    sealed class Interruption(string? input, CancellationTokenSource? cancel) : IBatchListener
    {
        public Interruption()
            : this(null, null)
        {
        }

        public Interruption(CancellationTokenSource cancel)
            : this(null, cancel)
        {
        }

        public Interruption(string input, bool shorten)
            : this(shorten ? input : null, null)
        {
        }

        public void Started(InputHeader header)
        {
            if (input is null)
                return;
            using var file = new FileStream(input, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(2_500_000);
        }

        public void Refused(in RefusedRow row)
        {
        }

        public void Progressed(double done)
        {
            cancel?.Cancel();
            if (cancel is null && input is null)
                throw new InvalidTimeZoneException();
        }
    }
}
