using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Files;

/// <summary><see cref="CsvFileSource"/>: where a file is cut into blocks must not show.</summary>
public sealed class CsvFileSourceTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_size_of_blocks_never_changes_which_records_come_out() =>
        Gen.Select(Gen.Char[",\"\r\nabc"].Array[0, 300], Gen.Int[1, 80]).Sample(
            (text, longest) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                Assert.Equal(Expected(bytes, longest), Records(bytes, longest));
            }, iter: 3_000, threads: 1);

    [Fact]
    public void Lines_with_quotes_on_every_side_of_a_cut_come_out_as_they_are()
    {
        const string Line = "1,\"a\"\"b\",\"c\r\nd\",\r\n";
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, 50)) + "\"last\"");
        for (var longest = Line.Length; longest < 6 * Line.Length; longest++)
            Assert.Equal(Expected(bytes, longest), Records(bytes, longest));
    }

    [Fact]
    public void An_open_quote_costs_its_own_line_only_however_far_the_file_goes_on()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n1,\"x\n" + string.Concat(Enumerable.Repeat("2,y\n", 400_000)));
        var records = Records(bytes, CsvFileSource.BlockBytes);
        Assert.Equal(400_002, records.Count);
        Assert.Equal("BrokenQuotes 1,\"x\n", records[1]);
        Assert.Equal("Whole 2,y\n", records[2]);
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_one_overlong_record_and_the_next_line_is_read()
    {
        var bytes = Encoding.UTF8.GetBytes("a\n" + new string('x', 10_000_000) + "\nb\n");
        var records = Records(bytes, CsvFileSource.BlockBytes);
        Assert.Equal(["Whole a\n", "Overlong x", "Whole b\n"], records.Select(record => record[..Math.Min(record.Length, 10)]));
    }

    [Fact]
    public void Blocks_are_numbered_and_know_where_they_start()
    {
        using var source = new CsvFileSource(folder.Write("a.csv", "\uFEFF12,3\n45,6\n78,9\n"), blockBytes: 6);
        var block = new CsvBlock();
        var seen = new List<(long, long, string, double)>();
        while (source.TryFill(block))
        {
            var text = Encoding.UTF8.GetString(block.Data, 0, block.Length);
            seen.Add((block.Number, block.FileOffset, text, Math.Round(source.Progress, 2)));
        }

        Assert.Equal([(0, 3, "12,3\n", 0.5), (1, 8, "45,6\n", 0.78), (2, 13, "78,9\n", 1)], seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_file_without_text_has_no_block(string text)
    {
        using var source = new CsvFileSource(folder.Write("a.csv", text));
        Assert.False(source.TryFill(new CsvBlock()));
        Assert.Equal(1, source.Progress);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Assert.Equal("F101", Assert.Throws<TableFileException>(() => new CsvFileSource(folder["none.csv"])).Code);
        Assert.Equal("F101", Assert.Throws<TableFileException>(() => new CsvFileSource(folder.Path)).Code);
    }

    [Fact]
    public void A_first_column_named_like_a_workbook_mark_is_read()
    {
        using var source = new CsvFileSource(folder.Write("a.csv", "PKU,person_id\n"));
        Assert.True(source.TryFill(new CsvBlock()));
    }

    [Theory]
    [InlineData("F104", new byte[] { 0xFF, 0xFE, (byte)'a', 0 })]
    [InlineData("F104", new byte[] { 0xFE, 0xFF, 0, (byte)'a' })]
    [InlineData("F105", new byte[] { (byte)'P', (byte)'K', 3, 4 })]
    [InlineData("F105", new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1 })]
    public void A_file_that_is_no_csv_is_refused_by_its_first_bytes_and_closed(string code, byte[] bytes)
    {
        var path = folder.Write("a.csv", bytes);
        Assert.Equal(code, Assert.Throws<TableFileException>(() => new CsvFileSource(path)).Code);
        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(bytes.Length, alone.Length);
    }

    [Fact]
    public void A_file_that_becomes_shorter_while_it_is_read_is_refused()
    {
        var path = folder.Write("a.csv", string.Concat(Enumerable.Repeat("1,2\n", 1000)));
        using var source = new CsvFileSource(path, blockBytes: 100);
        var block = new CsvBlock();
        Assert.True(source.TryFill(block));
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            other.SetLength(10);
        Assert.Equal("F102", Assert.Throws<TableFileException>(() => source.TryFill(block)).Code);
    }

    List<string> Records(byte[] file, int blockBytes)
    {
        using var source = new CsvFileSource(folder.Write("a.csv", file), blockBytes);
        var records = new List<string>();
        var block = new CsvBlock();
        while (source.TryFill(block))
            for (var start = 0; start < block.Length;)
            {
                var end = start + CsvSyntax.RecordEnd(block.Data.AsSpan(start, block.Length - start), atEnd: true, out var cut);
                var kind = block.IsOverlong ? "Overlong" : cut.ToString();
                records.Add($"{kind} {Encoding.UTF8.GetString(block.Data, start, end - start)}");
                Assert.True(!block.IsOverlong || end == block.Length);
                start = end;
            }

        return records;
    }

    static List<string> Expected(byte[] file, int longest) => [.. CsvReference.Parse(file, longest).Select(record =>
        $"{(record.Kind == ReferenceKind.Broken ? "BrokenQuotes" : record.Kind.ToString())} {Encoding.UTF8.GetString(record.Raw)}")];
}
