using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Assessment;

/// <summary>The sample of the README's first command, as a person wrote it and as an office program saved it.</summary>
public class SampleTests
{
    [Fact]
    public void The_sample_shows_every_outcome_of_the_notice_and_three_refusals()
    {
        using var run = Assessed("residents.csv", explain: true);
        Snapshot.Matches("residents", run.Output + "\n" + string.Join('\n', run.Refusals) + "\n");
        Assert.Equal((37, 3), (run.Result.Answered, run.Result.Refused));
        Assert.Equal(["39 birth_date", "40 categories", "41 person_id"], run.Refusals.Select(text => text.Split('：')[0]));
        Assert.Equal(["due", "duplicate_cover", "not_open", "not_registered", "out_of_scope"],
            run.Output.Split('\n').Skip(1).SkipLast(1).Select(line => line.Split(',')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["note"], run.Seen!.Unknown);
    }

    [Theory]
    [InlineData("residents.xlsx")]
    [InlineData("residents-gb18030.csv")]
    public void Rows_saved_by_an_office_program_are_answered_alike(string file)
    {
        using var whole = Assessed("residents.csv");
        using var saved = Assessed(file);
        Assert.Empty(saved.Refusals);
        Assert.Equal(whole.Output.Split('\n')[..21], saved.Output.Split('\n')[..21]);
        Assert.Equal(20, saved.Result.Answered);
    }

    [Fact]
    public void The_file_saved_in_the_old_encoding_is_no_utf8()
    {
        var bytes = File.ReadAllBytes(Repository.Path("samples", "residents-gb18030.csv"));
        Assert.Equal(TextEncoding.Gb18030, TextEncodings.Decide(bytes));
        Assert.Contains("七十岁以上老年人", TextEncodings.StrictGb18030.GetString(bytes), StringComparison.Ordinal);
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(bytes));
    }

    static Run Assessed(string file, bool explain = false)
    {
        var run = new Run();
        File.Copy(Repository.Path("samples", file), run.Folder[file]);
        return run.Assess(file, explain: explain);
    }
}
