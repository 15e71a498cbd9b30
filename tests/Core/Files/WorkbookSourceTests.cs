using System.IO.Compression;
using System.Text;
using Canbao.Core.Files;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.Files;

public sealed class WorkbookSourceTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("<c t=\"inlineStr\"><is><t>张三</t></is></c>", "张三")]
    [InlineData("<c t=\"inlineStr\"><is><t>a,\"b\"</t></is></c>", "\"a,\"\"b\"\"\"")]
    [InlineData("<c t=\"inlineStr\"><is><r><t>富</t></r><r><t>文本</t></r></is></c>", "富文本")]
    [InlineData("<c t=\"s\"><v>0</v></c>", "共用")]
    [InlineData("<c t=\"str\"><f>A1</f><v>算出的字</v></c>", "算出的字")]
    [InlineData("<c><v>12</v></c>", "12")]
    [InlineData("<c><v>0.1</v></c>", "0.1")]
    [InlineData("<c><v>-5</v></c>", "-5")]
    [InlineData("<c><v>1E3</v></c>", "1000")]
    [InlineData("<c><v>370781199001011</v></c>", "370781199001011")]
    [InlineData("<c><v>999999999999999</v></c>", "999999999999999")]
    [InlineData("<c><v>1000000000000000</v></c>", WorkbookSource.LostDigits)]
    [InlineData("<c><v>3.7078119900101123E+17</v></c>", WorkbookSource.LostDigits)]
    [InlineData("<c><v>-3.7E+17</v></c>", WorkbookSource.LostDigits)]
    [InlineData("<c t=\"inlineStr\"><is><t>370781199001011234</t></is></c>", "370781199001011234")]
    [InlineData("<c><f>1+1</f><v>2</v></c>", "2")]
    [InlineData("<c t=\"b\"><v>1</v></c>", "True")]
    [InlineData("<c s=\"1\"><v>44501</v></c>", "2021-11-01")]
    [InlineData("<c s=\"3\"><v>44501</v></c>", "2021-11-01")]
    [InlineData("<c s=\"1\"><f>TODAY()</f><v>44501</v></c>", "2021-11-01")]
    [InlineData("<c s=\"2\"><v>44501.5</v></c>", "2021-11-01 12:00:00")]
    [InlineData("<c s=\"2\"><v>44501</v></c>", "2021-11-01")]
    [InlineData("<c s=\"1\"><v>18264</v></c>", "1950-01-01")]
    [InlineData("<c s=\"1\"><v>61</v></c>", "1900-03-01")]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "#N/A")]
    [InlineData("<c t=\"e\"><f>VLOOKUP(1,A1,2)</f><v>#REF!</v></c>", "#REF!")]
    [InlineData("<c><f>A1</f></c>", "#公式没有计算结果")]
    [InlineData("<c t=\"str\"><f>A1</f><v></v></c>", "")]
    [InlineData("<c/>", "")]
    public void A_cell_becomes_a_field(string cell, string field)
    {
        var path = Workbooks.Write(folder["a.xlsx"], $"<row>{cell}<c><v>9</v></c></row>", "<si><t>共用</t></si>");
        Assert.Equal($"{field},9\n", Workbooks.Read(path));
    }

    [Fact]
    public void Rows_keep_their_numbers_where_rows_or_cells_are_left_out()
    {
        var path = Workbooks.Write(folder["a.xlsx"],
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>3</v></c></row><row r=\"4\"><c r=\"B4\"><v>2</v></c></row>");
        Assert.Equal("1,,3\n\n\n,2,\n", Workbooks.Read(path));
    }

    [Fact]
    public void An_error_is_found_in_its_own_cell_only()
    {
        var path = Workbooks.Write(folder["a.xlsx"], "<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c r=\"C2\"><v>1</v></c></row>"
            + "<row r=\"4\"><c r=\"AA4\" t=\"e\"><v>#REF!</v></c></row><row><c t=\"e\"><v>#NUM!</v></c><c><v>2</v></c></row>");
        var empty = new string(',', 24);
        Assert.Equal($"\n,#N/A,1{empty}\n\n{empty},,#REF!\n#NUM!,2{empty},\n", Workbooks.Read(path));
    }

    [Fact]
    public void Each_row_of_a_sheet_is_one_line_whatever_line_feeds_are_in_it()
    {
        using var source = new WorkbookSource(Workbooks.Write(folder["a.xlsx"], Workbooks.TextRow("a\nb") + Workbooks.TextRow("c")));
        var block = new CsvBlock();
        Assert.True(source.TryFill(block));
        Assert.Equal((true, TextEncoding.Utf8, false, 1.0), (block.RecordsAreLines, block.Encoding, block.IsOverlong, source.Progress));
        Assert.Equal("\"a\nb\"\nc\n", Encoding.UTF8.GetString(block.Data, 0, block.Length));
        Assert.False(source.TryFill(block));
    }

    [Fact]
    public void A_sheet_of_several_blocks_comes_whole()
    {
        var path = folder["a.xlsx"];
        var rows = string.Concat(Enumerable.Range(0, 30_000).Select(row => $"{row},{new string('x', 60)}\n"));
        using (var sink = new WorkbookSink(path, "a,b"))
        {
            sink.Write(Encoding.UTF8.GetBytes(rows));
            sink.Commit();
        }

        Assert.Equal("a,b\n" + rows, Workbooks.Read(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("person_id,birth_date\n1,2000-01-01\n")]
    public void A_file_that_is_no_workbook_is_refused_and_closed(string text)
    {
        var path = folder.Write("a.xlsx", text);
        Assert.Equal("F107", Assert.Throws<TableFileException>(() => new WorkbookSource(path)).Code);
        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(text.Length, alone.Length);
    }

    [Fact]
    public void A_missing_workbook_is_refused() =>
        Assert.Equal("F101", Assert.Throws<TableFileException>(() => new WorkbookSource(folder["none.xlsx"])).Code);

    [Fact]
    public void A_workbook_cut_off_anywhere_is_refused_with_one_code()
    {
        var whole = File.ReadAllBytes(Workbooks.Write(folder["whole.xlsx"], Workbooks.TextRow("a", "b")));
        for (var length = 0; length < whole.Length; length += 7)
        {
            var path = folder.Write("a.xlsx", whole[..length]);
            Assert.Equal("F107", Assert.Throws<TableFileException>(() => Workbooks.Read(path)).Code);
        }
    }

    [Fact]
    public void A_workbook_with_a_broken_sheet_or_without_one_is_refused()
    {
        var broken = Workbooks.Write(folder["a.xlsx"], "<row><c><v>1</v></c></row><row><c");
        Assert.Equal("F107", Assert.Throws<TableFileException>(() => Workbooks.Read(broken)).Code);
        var empty = folder["b.xlsx"];
        using (var archive = ZipFile.Open(empty, ZipArchiveMode.Create))
            archive.CreateEntry("x");
        Assert.Equal("F107", Assert.Throws<TableFileException>(() => Workbooks.Read(empty)).Code);
    }

    [Fact]
    public void A_workbook_whose_entities_grow_without_end_is_refused()
    {
        var path = Workbooks.Write(folder["a.xlsx"], stream => stream.Write(Encoding.UTF8.GetBytes(
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>")), _ => { });
        Assert.Equal("F107", Assert.Throws<TableFileException>(() => Workbooks.Read(path)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_workbook_that_unpacks_to_far_more_than_it_is_is_refused_before_it_is_read(bool inSheet)
    {
        static void Fill(Stream stream)
        {
            var run = new byte[1 << 20];
            Array.Fill(run, (byte)'x');
            for (var i = 0; i < 200; i++)
                stream.Write(run);
        }

        var path = Workbooks.Write(folder["a.xlsx"], stream => (inSheet ? Fill : (Action<Stream>)(_ => { }))(stream),
            stream => (inSheet ? _ => { } : (Action<Stream>)Fill)(stream));
        Assert.True(new FileInfo(path).Length < 300_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("F110", Assert.Throws<TableFileException>(() => new WorkbookSource(path)).Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000);
    }

    [Theory]
    [InlineData("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")]
    [InlineData("<row r=\"2000000000\"><c r=\"A2000000000\"><v>1</v></c></row>")]
    public void A_sheet_far_larger_than_any_table_is_refused_before_its_rows_are_read(string last)
    {
        var path = Workbooks.Write(folder["a.xlsx"], "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + last);
        Assert.Equal("F111", Assert.Throws<TableFileException>(() => new WorkbookSource(path)).Code);
    }
}
