using System.Collections.Immutable;
using System.Globalization;
using Canbao.Core.Units;

namespace Canbao.Core.Reporting.Forms;

/// <summary>A column of published figures.</summary>
/// <param name="Column">The column.</param>
/// <param name="Measure">What figures call it.</param>
/// <param name="YearsBefore">Of how many years before the insurance year.</param>
sealed record FigureColumn(GridColumn Column, string Measure, int YearsBefore = 0)
{
    /// <summary>Reckons it from the others of its row; null where it is as published.</summary>
    public Func<Func<string, long?>, long?>? Reckon { get; init; }

    /// <summary>What a rate is a part of: the key of another column; empty for numbers.</summary>
    public string RateOf { get; init; } = "";
}

/// <summary>A form of figures by unit. What can be reckoned is; what was published otherwise is shown beside it (decision 24).</summary>
/// <param name="Annex">What stands above the title.</param>
/// <param name="Title">The title, by the place and the insurance year.</param>
/// <param name="TotalName">What the row of totals is called.</param>
/// <param name="Figures">The columns of figures.</param>
sealed record FigureTable(string Annex, Func<FormFrame, string> Title, string TotalName, ImmutableArray<FigureColumn> Figures)
{
    /// <summary>The column of units.</summary>
    public required GridColumn Name { get; init; }

    /// <summary>Whether rows are numbered.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>Whether the notice uses the shorter names of units.</summary>
    public bool IsShort { get; init; }

    /// <summary>The headings over the figures, by the insurance year; plain ones where none are told.</summary>
    public Func<int, ImmutableArray<GridHeading>>? Headings { get; init; }

    /// <summary>What stands below.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What is counted, where the notice says it.</summary>
    public string UnitLine { get; init; } = "";

    /// <summary>Fills it in, and tells where published figures are others.</summary>
    public (FormGrid Grid, IReadOnlyList<FormProblem> Problems) Fill(FormFrame frame, PublishedFigures published)
    {
        var problems = new List<FormProblem>();
        long? Find(string unit, FigureColumn column) => published.Find(unit, column.Measure, frame.Year.Year - column.YearsBefore);
        var known = frame.Rows.Where(unit => Figures.Any(column => Find(unit.Code, column) is not null)).ToList();
        if (known.Count == 0)
            problems.Add(new("T308", false, frame.Unit.Name, [], $"{frame.Unit.Name}：还没有{frame.Year}年度的这些数字，表中留空"));
        var rows = new List<GridRow>();
        foreach (var (place, unit) in (known.Count > 0 ? known : frame.Rows).Index())
        {
            var values = Reckoned(column => Find(unit.Code, column));
            rows.Add(Row(GridRowKind.Body, unit.Code, IsShort ? FormFrame.ShortName(unit) : unit.Name, (place + 1, values)));
            problems.AddRange(Differing(rows[^1], values, column => Find(unit.Code, column)));
        }

        var totals = Reckoned(column => column.Column.TotalFormula.Length == 0 && rows.Any(row => Of(row, column).Value is not null)
            ? rows.Sum(row => Of(row, column).Value ?? 0) : null);
        rows.Add(Row(GridRowKind.Total, frame.Unit.Code, TotalName, (0, totals)));
        var differing = Differing(rows[^1], totals, column => Find(frame.Unit.Code, column)).ToList();
        problems.AddRange(differing);
        if (differing.Count > 0)
            rows.Add(Remark(differing, column => Find(frame.Unit.Code, column)));
        return (Grid(frame, rows), problems);
    }

    FormGrid Grid(FormFrame frame, IEnumerable<GridRow> rows) => new()
    {
        Sheet = Annex,
        Annex = Annex,
        Title = Title(frame),
        UnitLine = UnitLine,
        Headings =
        [
            .. IsNumbered ? [GridHeading.Over("序号", new("place", "序号", 8, CellKind.Mark))] : (GridHeading[])[],
            GridHeading.Over(Name.Name, Name),
            .. Headings?.Invoke(frame.Year.Year)
                ?? [.. Figures.Select(figure => Plain(figure.Column, frame.Year.Year))],
        ],
        Rows = [.. rows],
        Notes = Notes,
        IsLandscape = Figures.Length > 4,
        Fixed = IsNumbered ? 2 : 1,
    };

    /// <summary>A heading with its years: {0} is the insurance year, {1} the one before, {2} two before.</summary>
    static GridHeading Plain(GridColumn column, int year)
    {
        var name = string.Format(CultureInfo.InvariantCulture, column.Name, year, year - 1, year - 2);
        return GridHeading.Over(name, column with { Name = name });
    }

    /// <summary>The values of a row by column: given ones first, then what is reckoned from them.</summary>
    Dictionary<string, long?> Reckoned(Func<FigureColumn, long?> given)
    {
        var values = Figures.ToDictionary(column => column.Column.Key, given);
        foreach (var column in Figures)
            if (column.Reckon?.Invoke(key => values[key]) is { } value)
                values[column.Column.Key] = value;
        return values;
    }

    GridRow Row(GridRowKind kind, string unit, string name, (int Place, Dictionary<string, long?> Values) row)
    {
        var number = row.Place == 0 ? "" : row.Place.ToString(CultureInfo.InvariantCulture);
        return new(kind, unit, name,
        [
            .. IsNumbered ? [GridCell.Words(number)] : (GridCell[])[],
            GridCell.Words(name),
            .. Figures.Select(column => Cell(column, kind == GridRowKind.Total, row.Values)),
        ]);
    }

    static GridCell Cell(FigureColumn figure, bool isTotal, Dictionary<string, long?> values)
    {
        var column = figure.Column;
        // A formula of figures that are not there would show nothing as zero.
        bool isReckoned = values[column.Key] is not null;
        var formula = !isReckoned ? "" : isTotal ? column.Total : column.Formula;
        return figure.RateOf.Length == 0 ? GridCell.Number(values[column.Key], formula)
            : values[column.Key] is { } part && values[figure.RateOf] is { } all ? GridCell.Rate(part, all, formula)
            : GridCell.Words("");
    }

    GridCell Of(GridRow row, FigureColumn column) => row.Cells[row.Cells.Length - Figures.Length + Figures.IndexOf(column)];

    IEnumerable<FormProblem> Differing(GridRow row, Dictionary<string, long?> values, Func<FigureColumn, long?> published)
    {
        foreach (var column in Figures.Where(column => column.RateOf.Length == 0))
            if (published(column) is { } told && values[column.Column.Key] is { } value && told != value)
                yield return new("T307", false, row.Name, [column.Column.Key], string.Create(CultureInfo.InvariantCulture,
                    $"{row.Name}：{column.Column.Name} 公布为 {told}，按表中数字计算为 {value}；两数并列，均未改动"));
    }

    /// <summary>What was published, below the totals that it is not.</summary>
    GridRow Remark(List<FormProblem> differing, Func<FigureColumn, long?> published)
    {
        var columns = differing.SelectMany(problem => problem.Columns).ToHashSet();
        return new(GridRowKind.Remark, "", "公布数",
        [
            .. IsNumbered ? [GridCell.Words("")] : (GridCell[])[],
            GridCell.Words("公布数"),
            .. Figures.Select(column => columns.Contains(column.Column.Key) ? GridCell.Number(published(column)) : GridCell.Words("")),
        ]);
    }
}
