using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Files;

/// <summary>Measures the memory of the whole process, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(WorkbookMemoryTests), DisableParallelization = true)]
[Collection(nameof(WorkbookMemoryTests))]
public sealed class WorkbookMemoryTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        using var sink = new WorkbookSink(folder["a.xlsx"], "person_id,explanation");
        var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(row => $"{row},{new string('x', 200)}\n")));
        sink.Write(rows);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 100; i++)
            sink.Write(rows);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < 4_000_000, $"{growth} bytes for 100,000 rows of 250 bytes");
    }
}
