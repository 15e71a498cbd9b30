using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>The helper that compares texts: it must be able to fail.</summary>
public sealed class SnapshotTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_text_that_differs_or_is_new_fails_and_is_written_out()
    {
        var received = Repository.Path("artifacts", "snapshots", "snapshot-test.received.txt");
        Assert.Throws<SnapshotException>(() => Snapshot.Matches(folder.Path, "snapshot-test", "a", accept: false));
        Assert.Empty(folder.FileNames);
        folder.Write("snapshot-test.txt", "a\n");
        Assert.Throws<SnapshotException>(() => Snapshot.Matches(folder.Path, "snapshot-test", "b\n", accept: false));
        Assert.Equal("b\n", File.ReadAllText(received));
        Snapshot.Matches(folder.Path, "snapshot-test", "a\r\n", accept: false);
        Assert.False(File.Exists(received));
    }

    [Fact]
    public void A_text_that_is_accepted_is_kept()
    {
        Snapshot.Matches(folder.Path, "snapshot-kept", "a", accept: true);
        Assert.Equal("a", File.ReadAllText(folder["snapshot-kept.txt"]));
        Snapshot.Matches(folder.Path, "snapshot-kept", "a", accept: false);
    }
}
