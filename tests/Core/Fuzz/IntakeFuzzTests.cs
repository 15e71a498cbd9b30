using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Tests.Files;
using Canbao.TestKit;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Fuzz;

public class IntakeFuzzTests
{
    static readonly TableShape Shape = new(
        new("词", ColumnKind.Text, false), new("号", ColumnKind.Digits, false), new("必", ColumnKind.Text, true));

    static readonly Gen<string> Cell = Gen.OneOf(
        "张", "三", "1", "9", "E", "+", "x", ".", " ", "　", "\u00A0", "'", "\"", "“", "”", ",", "\n", "\r\n", "=", "-", "#", "#N/A", "１",
        "Ａ", "·", "\u200B", "\uFEFF", "\uE863", "𠮷", "䶮", "注：", "合计", "\t", "\u0001", "姓名").Array[0, 6].Select(string.Concat);

    // The required cell is never blank, so that no row counts as one below the table.
    static readonly Gen<string[]> Row = Gen.Select(Cell, Cell, Cell).Select((word, number, needed) => new[] { word, number, "必" + needed });

    [Fact]
    public void A_cell_that_counts_as_clean_or_blank_is_so() => Cell.Sample(cell =>
    {
        var bytes = Encoding.UTF8.GetBytes(cell);
        foreach (var kind in new[] { ColumnKind.Text, ColumnKind.Digits })
            if (CellText.IsClean(bytes, kind))
                Assert.Equal(cell, CellText.Clean(cell, kind));
        Assert.Equal(CellText.Clean(cell, ColumnKind.Text).Length == 0, CellText.IsBlank(bytes));
    });

    [Fact]
    public void Every_row_of_any_table_is_given_once_with_its_cells() => Row.Array[0, 8].Sample(rows =>
    {
        var lines = rows.Select(row => string.Join(',', row.Select(CsvText.Field)));
        var file = IntakeFiles.Csv("词,号,必\n" + string.Concat(lines.Select(line => line + "\n")));
        Assert.Equal(rows.Select(Expected), Cells(file));
    });

    [Fact]
    public void A_table_of_refused_rows_says_the_same_in_either_kind() => Row.Array[1, 4].Sample(rows =>
    {
        using var folder = new TempFolder();
        var file = IntakeFiles.Csv("表,,\n词,号,必\n" + string.Concat(rows.Select(row => string.Join(',', row.Select(CsvText.Field)) + "\n")));
        var csv = Copy(file, TableFile.At(folder["a.csv"]));
        Assert.Equal(rows.Select(Expected), Cells(csv));
        // The kind follows the file that came in.
        var workbook = TableFile.At(folder["a.xlsx"]);
        using (var sink = new WorkbookSink(workbook.Name, "词,号,必"))
        {
            foreach (var row in rows)
                sink.Write(Encoding.UTF8.GetBytes(string.Join(',', row.Select(CsvText.Field)) + "\n"));
            sink.Commit();
        }

        Assert.Equal(rows.Select(Expected), Cells(Copy(workbook, TableFile.At(folder["b.xlsx"]))));
    }, iter: 200);

    [Fact]
    public void Damaged_files_cost_rows_or_the_file_and_nothing_else()
    {
        var whole = File.ReadAllBytes(IntakeFiles.Saved("roster.csv").Name);
        Gen.Select(Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 12], Gen.Int[0, whole.Length]).Sample((changes, length) =>
        {
            var bytes = whole[..length];
            foreach (var (at, value) in changes)
                if (at < length)
                    bytes[at] = value;
            try
            {
                IntakeFiles.Rows(IntakeFiles.Csv(bytes));
            }
            catch (TableFileException fault)
            {
                Assert.Matches("^F(10|21)[0-9]$", fault.Code);
            }
        }, iter: 2000);
    }

    static string Expected(string[] row) => string.Join('|',
        Told(row[0], ColumnKind.Text), Told(row[1], ColumnKind.Digits), Told(row[2], ColumnKind.Text));

    static string Told(string cell, ColumnKind kind)
    {
        var clean = CellText.Clean(cell, kind);
        return CellText.Exact(clean) ?? clean;
    }

    static List<string> Cells(TableFile file)
    {
        using var intake = Intake.Open(file, Shape);
        var rows = new List<string>();
        while (intake.Read())
            rows.Add($"{intake.Row.Text(0)}|{intake.Row.Text(1)}|{intake.Row.Text(2)}");
        return rows;
    }

    static TableFile Copy(TableFile from, TableFile to)
    {
        using var intake = Intake.Open(from, Shape);
        using var stream = File.Create(to.Name);
        using var table = new RejectsTable(stream, intake);
        while (intake.Read())
            table.Add();
        table.Complete();
        return to;
    }
}
