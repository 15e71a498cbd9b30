using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Files;

/// <summary>Measures memory, and so runs while no other test does.</summary>
[Collection(nameof(WorkbookMemoryTests))]
public sealed class IntakeSizeTests : IDisposable
{
    const long FlatBytes = 16_000_000;

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(200_000)]
    [InlineData(1_600_000)]
    public void CSV_of_any_size_is_read_in_memory_that_does_not_grow(int rows)
    {
        using (var writer = new StreamWriter(folder["a.csv"]))
        {
            writer.Write(IntakeFiles.Header + ",动态调整时间\n");
            for (var row = 0; row < rows; row++)
                writer.Write($"张三,99910119900{row:0000000},新增,孤儿,2022-09-01\n");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var intake = Intake.Open(TableFile.At(folder["a.csv"]), IntakeFiles.Roster);
        long good = 0;
        while (intake.Read())
            good += intake.Row.IsGood ? 1 : 0;
        Assert.Equal((rows, rows), (intake.Rows, good));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < FlatBytes);
        Assert.Equal($"99910119900{rows - 1:0000000}", intake.Row.Text(IntakeFiles.Number));
        Assert.Equal(1, intake.Progress);
    }

    [Fact]
    public void A_workbook_of_200_000_rows_is_read_to_its_last()
    {
        const int Rows = 200_000;
        using (var sink = new WorkbookSink(folder["a.xlsx"], IntakeFiles.Header))
        {
            for (var row = 0; row < Rows; row++)
                sink.Write(Encoding.UTF8.GetBytes($"张三,99910119900{row:0000000},新增,孤儿\n"));
            sink.Commit();
        }

        // What tests before this one left, such as packs that were read, is not of this file.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var intake = Intake.Open(TableFile.At(folder["a.xlsx"]), IntakeFiles.Roster);
        var peak = 0L;
        while (intake.Read())
        {
            Assert.True(intake.Row.IsGood);
            if (intake.Rows % 50_000 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal((Rows, Rows + 1), (intake.Rows, intake.Row.Line));
        Assert.True(peak < 8 * FlatBytes, $"{peak} bytes");
    }
}
