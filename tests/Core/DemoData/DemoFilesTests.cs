using Canbao.Core.DemoData;
using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.DemoData;

public sealed class DemoFilesTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_others()
    {
        Write("a", DemoFiles.EveryPlace, 3000, 5);
        Write("b", DemoFiles.EveryPlace, 3000, 5);
        Write("c", DemoFiles.EveryPlace, 3000, 6);
        var files = Files("a");
        Assert.Equal(files, Files("b"));
        Assert.InRange(files.Count, 11 * 10, 11 * 30);
        Assert.All(files, file => Assert.Equal(Bytes("a", file), Bytes("b", file)));
        Assert.All(files.Where(file => Path.GetFileName(file) == "people.csv"), file =>
            Assert.NotEqual(Bytes("a", file), Bytes("c", file)));
    }

    [Fact]
    public void One_person_is_enough()
    {
        var summary = Assert.Single(Write("a", "lingyuan", 1, 1));
        Assert.Equal((1, 1), (summary.People, summary.Households));
    }

    [Fact]
    public void What_is_broken_off_leaves_no_file()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            DemoFiles.Write(new DemoRequest("baogou", 20_000, 1, folder.Path), _ => { }, cancellation.Token));
        Assert.Empty(Files("."));
    }

    [Fact]
    public void Progress_only_grows_and_stays_below_the_end()
    {
        var told = new List<double>();
        DemoFiles.Write(new DemoRequest("jincheng", 30_000, 1, folder.Path), told.Add, CancellationToken.None);
        Assert.NotEmpty(told);
        Assert.Equal(told.Order(), told);
        Assert.All(told, done => Assert.InRange(done, 0, 1));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_with_its_code()
    {
        Directory.CreateDirectory(folder["baogou/people.csv"]);
        Assert.Equal("F106", Assert.Throws<TableFileException>(() => Write(".", "baogou", 100, 1)).Code);
    }

    IReadOnlyList<DemoSummary> Write(string name, string place, int people, long seed) =>
        DemoFiles.Write(new DemoRequest(place, people, seed, folder[name]), _ => { }, CancellationToken.None);

    List<string> Files(string name) =>
    [
        .. Directory.GetFiles(folder[name], "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder[name], path)).Order(StringComparer.Ordinal),
    ];

    byte[] Bytes(string name, string file) => File.ReadAllBytes(Path.Combine(folder[name], file));
}
