using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Files;

public sealed class PendingFileTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_name_appears_only_with_the_whole_content()
    {
        using (var file = new PendingFile(folder["a.csv"]))
        {
            file.Stream.Write("half"u8);
            Assert.False(File.Exists(folder["a.csv"]));
            Assert.Single(folder.FileNames);
            file.Stream.Write(" and half"u8);
            file.Commit();
        }

        Assert.Equal(["a.csv"], folder.FileNames);
        Assert.Equal("half and half", File.ReadAllText(folder["a.csv"]));
    }

    [Fact]
    public void A_file_of_that_name_stays_until_the_new_one_is_whole()
    {
        folder.Write("a.csv", "old");
        using (var file = new PendingFile(folder["a.csv"]))
            file.Stream.Write("new"u8);
        Assert.Equal(["a.csv"], folder.FileNames);
        Assert.Equal("old", File.ReadAllText(folder["a.csv"]));
        using (var file = new PendingFile(folder["a.csv"]))
        {
            file.Stream.Write("new"u8);
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(folder["a.csv"]));
    }

    [Fact]
    public void A_program_that_dies_leaves_nothing_under_the_name()
    {
        // What is there when nothing is disposed any more is what a killed program leaves.
        var file = new PendingFile(folder["a.csv"]);
        file.Stream.Write("half"u8);
        Assert.False(File.Exists(folder["a.csv"]));
        Assert.EndsWith(".partial", Assert.Single(folder.FileNames), StringComparison.Ordinal);
        file.Dispose();
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void Two_runs_with_the_same_name_do_not_meet()
    {
        using var one = new PendingFile(folder["a.csv"]);
        using var other = new PendingFile(folder["a.csv"]);
        one.Stream.Write("one"u8);
        other.Stream.Write("other"u8);
        one.Commit();
        other.Commit();
        Assert.Equal("other", File.ReadAllText(folder["a.csv"]));
    }

    [Fact]
    public void A_folder_that_is_not_there_or_a_name_of_a_folder_is_refused()
    {
        Directory.CreateDirectory(folder["sub"]);
        folder.Write("file", "");
        foreach (var path in new[] { "none/a.csv", "file/a.csv", "sub" })
            Assert.Equal("F106", Assert.Throws<TableFileException>(() => new PendingFile(folder[path])).Code);
        Assert.Equal(["file", "sub"], folder.FileNames);
    }
}
