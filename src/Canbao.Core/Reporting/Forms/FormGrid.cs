using System.Collections.Immutable;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// A prescribed form, filled in: titles, header of several levels, rows, notes. The workbook (<see cref="GridWorkbook"/>), the page and the
/// check of its equations (<see cref="FormCheck"/>) all come from it.
/// </summary>
public sealed record FormGrid
{
    /// <summary>The sheet's name.</summary>
    public required string Sheet { get; init; }

    /// <summary>What stands above the title at the left, such as 附件5; empty for nothing.</summary>
    public string Annex { get; init; } = "";

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Who fills in and stamps it: what stands in one line above the table.</summary>
    public ImmutableArray<string> Stamps { get; init; } = [];

    /// <summary>What is counted, at the right above the table; empty for nothing.</summary>
    public string UnitLine { get; init; } = "";

    /// <summary>The header.</summary>
    public required ImmutableArray<GridHeading> Headings { get; init; }

    /// <summary>The rows, totals and remarks last.</summary>
    public required ImmutableArray<GridRow> Rows { get; init; }

    /// <summary>What stands below the table.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Whether it is printed across the paper.</summary>
    public bool IsLandscape { get; init; }

    /// <summary>How many columns at the left stay in sight.</summary>
    public int Fixed { get; init; } = 1;

    /// <summary>The columns.</summary>
    public ImmutableArray<GridColumn> Columns => [.. Headings.SelectMany(heading => heading.Columns)];

    /// <summary>How many rows of headings there are, the row of numbers with them.</summary>
    public int HeaderRows => Levels + (IsNumbered ? 1 : 0);

    /// <summary>How many lines stand above the header.</summary>
    public int LinesAbove => (Annex.Length > 0 ? 1 : 0) + 1 + (Stamps.IsEmpty ? 0 : 1) + (UnitLine.Length > 0 ? 1 : 0);

    /// <summary>The rows of units or people.</summary>
    public IEnumerable<GridRow> Body => Rows.Where(row => row.Kind == GridRowKind.Body);

    /// <summary>The row of totals; null where the form has none.</summary>
    public GridRow? Total => Rows.FirstOrDefault(row => row.Kind == GridRowKind.Total);

    int Levels => Headings.Max(heading => heading.Depth);

    bool IsNumbered => Headings.Any(HasNumber);

    /// <summary>The place of a column; less than zero where there is none.</summary>
    public int IndexOf(string key)
    {
        var columns = Columns;
        for (int place = 0; place < columns.Length; place++)
            if (columns[place].Key == key)
                return place;
        return -1;
    }

    /// <summary>The number in a row; zero where nothing stands there.</summary>
    public long Value(GridRow row, string key) => row.Cells[IndexOf(key)].Value ?? 0;

    /// <summary>
    /// The people whom a column counts, or whose number stands in a heading, with what is said of them; null for no such key.
    /// </summary>
    public (PeopleSlice Slice, string Name)? Opening(string key)
    {
        foreach (var heading in Header().Select(cell => cell.Heading))
            if (heading.Column is { Slice: { } counted } column && column.Key == key)
                return (counted, column.Name);
            else if (heading.Slice is { } slice && heading.Key == key)
                return (slice, heading.Name);
        return null;
    }

    /// <summary>The cells of the header, row by row.</summary>
    public IReadOnlyList<HeaderCell> Header()
    {
        var cells = new List<HeaderCell>();
        int column = 0;
        foreach (var heading in Headings)
            column += Place(cells, heading, 0, column);
        return [.. cells.OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)];
    }

    int Place(List<HeaderCell> cells, GridHeading heading, int row, int column)
    {
        int width = heading.Columns.Count();
        // What has nothing under it reaches down to the rows of the table, or to its number.
        int height = !heading.Below.IsEmpty ? 1 : (heading.Number.Length > 0 ? Levels : HeaderRows) - row;
        cells.Add(new(heading, heading.Text, row, column, height, width));
        if (heading.Number.Length > 0)
            cells.Add(new(heading, heading.Number, Levels, column, 1, 1));
        int at = column;
        foreach (var below in heading.Below)
            at += Place(cells, below, row + 1, at);
        return width;
    }

    static bool HasNumber(GridHeading heading) => heading.Number.Length > 0 || heading.Below.Any(HasNumber);
}
