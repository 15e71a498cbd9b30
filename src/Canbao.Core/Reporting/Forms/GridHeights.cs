namespace Canbao.Core.Reporting.Forms;

/// <summary>How high the rows of a header are: a spreadsheet does not make room for merged cells by itself.</summary>
static class GridHeights
{
    const double Line = 15, Around = 6;

    /// <summary>The heights of the header's rows, in points.</summary>
    public static double[] Of(FormGrid grid, IReadOnlyList<HeaderCell> cells)
    {
        var widths = grid.Columns.Select(column => column.Width).ToArray();
        var heights = Enumerable.Repeat(Line + Around, grid.HeaderRows).ToArray();
        // Those of one row first; what reaches over several then finds the room that is there already.
        foreach (var cell in cells.OrderBy(cell => cell.RowSpan))
        {
            int lines = Lines(cell.Text, widths[cell.Column..(cell.Column + cell.ColumnSpan)].Sum());
            double there = heights[cell.Row..(cell.Row + cell.RowSpan)].Sum();
            heights[cell.Row + cell.RowSpan - 1] += Math.Max(0, lines * Line + Around - there);
        }

        return heights;
    }

    /// <summary>How many lines a text takes in a width of so many figures; Chinese letters take two.</summary>
    public static int Lines(string text, int width)
    {
        int taken = text.Sum(letter => letter < 0x2000 ? 1 : 2);
        // A line ends with a whole letter, and cells have a little room at their sides.
        return Math.Max(1, (taken + Math.Max(1, width - 2) - 1) / Math.Max(1, width - 2));
    }
}
