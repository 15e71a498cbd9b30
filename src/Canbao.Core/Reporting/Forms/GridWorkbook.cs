using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// A form as a workbook to fill in, print and sign on A4: merged headings that each page repeats, live formulas with our own numbers kept
/// beside them, so that they show before anything recalculates. Lists of people without formulas go through
/// <see cref="Files.FormWorkbook"/>.
/// </summary>
public static class GridWorkbook
{
    const double TextLine = 15, TitleLine = 30, PlainLine = 20, RowHeight = 22;

    /// <summary>Writes the workbook; the stream stays open.</summary>
    public static void Write(FormGrid grid, Stream stream)
    {
        // The package wants to read back what it wrote, which not every stream allows.
        using var content = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(content, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var styles = book.AddNewPart<WorkbookStylesPart>("styles");
            styles.Stylesheet = GridStyles.Make();
            var sheet = book.AddNewPart<WorksheetPart>("sheet");
            sheet.Worksheet = Sheet(grid);
            book.Workbook = new Workbook(
                new Sheets(new Sheet { Name = grid.Sheet, SheetId = 1, Id = "sheet" }), Names(grid),
                // Whoever opens it gets what the formulas say by then.
                new CalculationProperties { FullCalculationOnLoad = true });
        }

        content.Position = 0;
        content.CopyTo(stream);
    }

    static DefinedNames Names(FormGrid grid)
    {
        var name = $"'{grid.Sheet}'";
        int header = grid.LinesAbove + 1, last = GridFormula.FirstRow(grid) + grid.Rows.Length + grid.Notes.Length - 1;
        var width = GridFormula.Letters(grid.Columns.Length - 1);
        return new DefinedNames(
            new DefinedName(string.Create(CultureInfo.InvariantCulture, $"{name}!$A$1:${width}${last}"))
            {
                Name = "_xlnm.Print_Area",
                LocalSheetId = 0,
            },
            new DefinedName(string.Create(CultureInfo.InvariantCulture, $"{name}!${header}:${header + grid.HeaderRows - 1}"))
            {
                Name = "_xlnm.Print_Titles",
                LocalSheetId = 0,
            });
    }

    static Worksheet Sheet(FormGrid grid)
    {
        var (data, merges) = (new SheetData(), new MergeCells());
        int row = 1;
        if (grid.Annex.Length > 0)
            Across(grid, data, merges, row++, grid.Annex, CellStyle.Plain, PlainLine);
        Across(grid, data, merges, row++, grid.Title, CellStyle.Title, TitleLine);
        if (!grid.Stamps.IsEmpty)
            Across(grid, data, merges, row++, string.Join("　　　　", grid.Stamps), CellStyle.Plain, PlainLine);
        if (grid.UnitLine.Length > 0)
            Across(grid, data, merges, row++, grid.UnitLine, CellStyle.Right, PlainLine);
        Header(grid, data, merges, row);
        row += grid.HeaderRows;
        foreach (var line in grid.Rows)
            data.Append(Line(grid, line, row++));
        foreach (var note in grid.Notes)
            Across(grid, data, merges, row++, note, CellStyle.Note, NoteHeight(grid, note));
        var sheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }), View(grid),
            new SheetFormatProperties { DefaultRowHeight = 18 }, Widths(grid), data);
        if (merges.HasChildren)
            sheet.Append(merges);
        sheet.Append(
            new PrintOptions { HorizontalCentered = true },
            new PageMargins { Left = 0.4, Right = 0.4, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 },
            new PageSetup
            {
                PaperSize = 9,
                Orientation = grid.IsLandscape ? OrientationValues.Landscape : OrientationValues.Portrait,
                FitToWidth = 1,
                FitToHeight = 0,
            },
            new HeaderFooter(new OddFooter("&C第 &P 页，共 &N 页")));
        return sheet;
    }

    static SheetViews View(FormGrid grid)
    {
        int above = GridFormula.FirstRow(grid) - 1;
        var pane = new Pane
        {
            HorizontalSplit = grid.Fixed,
            VerticalSplit = above,
            TopLeftCell = GridFormula.At(grid.Fixed, above + 1),
            ActivePane = PaneValues.BottomRight,
            State = PaneStateValues.Frozen,
        };
        return new SheetViews(new SheetView(pane) { WorkbookViewId = 0, TabSelected = true, ShowGridLines = false });
    }

    static Columns Widths(FormGrid grid) => new(grid.Columns.Select((column, place) => new Column
    {
        Min = (uint)place + 1,
        Max = (uint)place + 1,
        Width = column.Width,
        CustomWidth = true,
    }));

    static void Across(FormGrid grid, SheetData data, MergeCells merges, int row, string text, CellStyle style, double height)
    {
        data.Append(new Row(Text(GridFormula.At(0, row), text, style)) { RowIndex = (uint)row, Height = height, CustomHeight = true });
        Merge(merges, row, 0, 1, grid.Columns.Length);
    }

    static void Header(FormGrid grid, SheetData data, MergeCells merges, int first)
    {
        var cells = grid.Header();
        var heights = GridHeights.Of(grid, cells);
        for (int level = 0; level < grid.HeaderRows; level++)
        {
            int at = first + level;
            var row = new Row { RowIndex = (uint)at, Height = heights[level], CustomHeight = true };
            // Cells below a merged one are written too: their borders are drawn.
            for (int column = 0; column < grid.Columns.Length; column++)
            {
                var place = GridFormula.At(column, at);
                var here = cells.FirstOrDefault(cell => cell.Row == level && cell.Column == column);
                if (here.Heading is null)
                    row.Append(new Cell { CellReference = place, StyleIndex = (uint)CellStyle.Heading });
                else if (here.Heading.Formula.Length > 0)
                    row.Append(TextFormula(place, GridFormula.Resolve(grid, here.Heading.Formula, at), here.Text));
                else
                    row.Append(Text(place, here.Text, CellStyle.Heading));
                if (here.Heading is not null)
                    Merge(merges, at, column, here.RowSpan, here.ColumnSpan);
            }

            data.Append(row);
        }
    }

    static Row Line(FormGrid grid, GridRow line, int at)
    {
        var columns = grid.Columns;
        int lines = columns.Zip(line.Cells).Max(pair => GridHeights.Lines(pair.Second.Text ?? "", pair.First.Width));
        var row = new Row { RowIndex = (uint)at, Height = Math.Max(RowHeight, lines * TextLine + 6), CustomHeight = true };
        for (int column = 0; column < columns.Length; column++)
            row.Append(Body(
                grid, GridFormula.At(column, at), at, (columns[column].Kind, line.Cells[column], line.Kind == GridRowKind.Total)));
        return row;
    }

    static Cell Body(FormGrid grid, string place, int row, (CellKind Kind, GridCell Cell, bool IsTotal) it)
    {
        var style = GridStyles.Of(it.Kind, it.IsTotal);
        if (it.Cell.Text is { Length: > 0 } text)
            return Text(place, text, style);
        var cell = new Cell { CellReference = place, StyleIndex = (uint)style };
        if (it.Cell.Formula.Length > 0)
            cell.CellFormula = new CellFormula(GridFormula.Resolve(grid, it.Cell.Formula, row));
        if (Number(it.Kind, it.Cell) is { } number)
        {
            cell.DataType = CellValues.Number;
            cell.CellValue = new CellValue(number);
        }
        else if (cell.CellFormula is not null)
        {
            // A rate of nobody is an empty text, as its formula says.
            cell.DataType = CellValues.String;
            cell.CellValue = new CellValue("");
        }

        return cell;
    }

    static string? Number(CellKind kind, GridCell cell) => cell.Value is not { } value ? null : kind switch
    {
        CellKind.Percent when cell.Of is { } all => ((double)value / all).ToString("R", CultureInfo.InvariantCulture),
        CellKind.Amount => ((decimal)value / 100).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    static Cell Text(string place, string text, CellStyle style) => new(new InlineString(new Text(Plain(text))
    {
        Space = SpaceProcessingModeValues.Preserve,
    }))
    {
        CellReference = place,
        StyleIndex = (uint)style,
        DataType = CellValues.InlineString,
    };

    static Cell TextFormula(string place, string formula, string text) => new(new CellFormula(formula), new CellValue(text))
    {
        CellReference = place,
        StyleIndex = (uint)CellStyle.Heading,
        DataType = CellValues.String,
    };

    static void Merge(MergeCells merges, int row, int column, int rows, int columns)
    {
        if (rows > 1 || columns > 1)
            merges.Append(new MergeCell
            {
                Reference = $"{GridFormula.At(column, row)}:{GridFormula.At(column + columns - 1, row + rows - 1)}",
            });
    }

    static double NoteHeight(FormGrid grid, string note) =>
        TextLine * GridHeights.Lines(note, grid.Columns.Sum(column => column.Width)) + 3;

    /// <summary>What XML cannot hold is no text that an office typed.</summary>
    static string Plain(string text) => new([.. text.Where(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter))]);
}
