using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Core.Reporting.Forms;

/// <summary>What stands in the cells of a column.</summary>
public enum CellKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Text in the middle: numbers of rows, dates.</summary>
    Mark,

    /// <summary>A whole number, mostly of people.</summary>
    Number,

    /// <summary>A rate.</summary>
    Percent,

    /// <summary>An amount: whole fen, shown in yuan.</summary>
    Amount,
}

/// <summary>A column of a form, under the heading that ends in it.</summary>
/// <param name="Key">Its name in formulas, equations and links, such as <c>A16</c>.</param>
/// <param name="Name">Its heading with those above it where they are needed to know it; for messages and for phones.</param>
/// <param name="Width">Its width on paper, in characters of a figure's width.</param>
/// <param name="Kind">What stands in it.</param>
public sealed record GridColumn(string Key, string Name, int Width, CellKind Kind = CellKind.Number)
{
    /// <summary>The formula of each row (<see cref="GridFormula"/>); empty where the numbers are counted or published.</summary>
    public string Formula { get; init; } = "";

    /// <summary>The formula of the row of totals; the sum of the rows where none is told.</summary>
    public string TotalFormula { get; init; } = "";

    /// <summary>The people whom it counts, and whom its numbers open to; null where it counts none.</summary>
    public PeopleSlice? Slice { get; init; }

    /// <summary>What a rate is of what, each a sum of columns: left the part, right the whole; null where it is no rate.</summary>
    public FormEquation? Rate { get; init; }

    /// <summary>The formula of the row of totals; empty where there is none.</summary>
    public string Total => TotalFormula.Length > 0 ? TotalFormula : Kind is CellKind.Number or CellKind.Amount ? $"SUM({{{Key}:}})" : "";
}

/// <summary>A heading, over others or over a column.</summary>
/// <param name="Text">Its text as the notice has it, with the number where one stands in it.</param>
/// <param name="Below">The headings under it.</param>
public sealed record GridHeading(string Text, params ImmutableArray<GridHeading> Below)
{
    /// <summary>The column under it; null where other headings are.</summary>
    public GridColumn? Column { get; init; }

    /// <summary>The number of the column, in a row of its own below all headings; empty where it has none.</summary>
    public string Number { get; init; } = "";

    /// <summary>A formula that gives the text anew; empty for a plain heading.</summary>
    public string Formula { get; init; } = "";

    /// <summary>The number that stands in the text; null for a plain heading.</summary>
    public long? Value { get; init; }

    /// <summary>The people of that number.</summary>
    public PeopleSlice? Slice { get; init; }

    /// <summary>What the number is called in links; empty for a plain heading.</summary>
    public string Key { get; init; } = "";

    /// <summary>The text without the number.</summary>
    public string Name => Text.Split('：')[0];

    /// <summary>The columns under it.</summary>
    public IEnumerable<GridColumn> Columns => Column is { } own ? [own] : Below.SelectMany(heading => heading.Columns);

    /// <summary>How many rows of headings it is high, with those under it.</summary>
    public int Depth => Below.IsEmpty ? 1 : 1 + Below.Max(heading => heading.Depth);

    /// <summary>A heading over a column.</summary>
    public static GridHeading Over(string text, GridColumn column, string number = "") => new(text) { Column = column, Number = number };
}

/// <summary>A heading's cell with its place in the header.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Row">The header's row, from 0.</param>
/// <param name="Column">The first column, from 0.</param>
/// <param name="RowSpan">How many rows it covers.</param>
/// <param name="ColumnSpan">How many columns it covers.</param>
public readonly record struct HeaderCell(GridHeading Heading, string Text, int Row, int Column, int RowSpan, int ColumnSpan);

/// <summary>A cell. What is empty is for the office to fill in.</summary>
/// <param name="Text">Its text, where its column holds text.</param>
/// <param name="Value">Its number: people, fen, or those of <paramref name="Of"/> of whom a rate tells; null for none.</param>
/// <param name="Of">What a rate is a part of.</param>
/// <param name="Formula">The formula that gives the number anew; empty for none.</param>
public readonly record struct GridCell(string Text, long? Value, long? Of = null, string Formula = "")
{
    /// <summary>A cell of text.</summary>
    public static GridCell Words(string text) => new(text, null);

    /// <summary>A cell with a number.</summary>
    public static GridCell Number(long? value, string formula = "") => new("", value, null, formula);

    /// <summary>A rate; without a number where nothing is there to be a part of.</summary>
    public static GridCell Rate(long part, long all, string formula) => new("", all == 0 ? null : part, all == 0 ? null : all, formula);

    /// <summary>What stands on paper. Rates have two digits, rounded half up.</summary>
    public string Shown(CellKind kind) => Value is not { } value ? Text ?? "" : kind switch
    {
        CellKind.Percent when Of is { } all => Percent(value, all),
        CellKind.Amount => string.Create(
            CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}{Math.Abs(value) / 100}.{Math.Abs(value) % 100:00}"),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    static string Percent(long part, long all)
    {
        long hundredths = checked(part * 20_000 + all) / checked(all * 2);
        return string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:00}%");
    }
}

/// <summary>What a row is.</summary>
public enum GridRowKind
{
    /// <summary>A unit or a person.</summary>
    Body,

    /// <summary>合计.</summary>
    Total,

    /// <summary>Beside the totals: what a notice published and what is not what comes of its rows (decision 24).</summary>
    Remark,
}

/// <summary>A row.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Unit">The code of the unit that it is about; empty for none.</param>
/// <param name="Name">How it is called in messages.</param>
/// <param name="Cells">A cell for each column.</param>
public sealed record GridRow(GridRowKind Kind, string Unit, string Name, ImmutableArray<GridCell> Cells)
{
    /// <summary>Whether it is about people of the unit itself, not of those below it.</summary>
    public bool IsOwn { get; init; }
}
