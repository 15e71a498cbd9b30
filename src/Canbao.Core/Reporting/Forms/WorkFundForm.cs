using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Core.Reporting.Forms;

/// <summary>The table of work funds as a grid, to be kept as a workbook and printed (<c>lingyuan 六(三)</c>).</summary>
public static class WorkFundForm
{
    static readonly ImmutableArray<GridColumn> Columns =
    [
        new("place", "序号", 6, CellKind.Mark), new("unit", "社区（村）", 18, CellKind.Text),
        new("settled", "参保缴费人数", 12), new("base", "任务数（应参保数）", 13),
        Rate("rate", "参保率", "settled", "base"),
        new("active", "已激活电子凭证", 12), new("active_base", "凭证统计参保人数", 13),
        Rate("active_rate", "激活率", "active", "active_base"),
        new("per_person", "每人（元）", 10, CellKind.Amount) { TotalFormula = "\"\"" },
        new("amount", "工作经费（元）", 15, CellKind.Amount) { Formula = "{settled}*{per_person}" },
    ];

    /// <summary>The table.</summary>
    /// <param name="title">The title.</param>
    /// <param name="stamp">What stands above the table, such as who decided on which day.</param>
    /// <param name="lines">The communities.</param>
    public static FormGrid Grid(string title, ImmutableArray<string> stamp, IReadOnlyList<WorkFundLineRow> lines) => new()
    {
        Sheet = "工作经费",
        Title = title,
        Stamps = stamp,
        Headings = [.. Columns.Select(column => GridHeading.Over(column.Name, column))],
        Rows = [.. lines.Select((line, at) => Row(line, at + 1)), Total(lines)],
        Notes =
        [
            "注：参保率＝参保缴费人数/任务数，没有下达任务的按应参保人数；激活率＝已激活电子凭证/凭证统计参保人数。",
            "达标与否按原数比较，不按四舍五入后的百分数。",
        ],
        IsLandscape = true,
        Fixed = 2,
    };

    static GridRow Row(WorkFundLineRow line, int place) => new(GridRowKind.Body, line.Community, line.Name,
    [
        GridCell.Words(place.ToString(CultureInfo.InvariantCulture)), GridCell.Words(line.Name), GridCell.Number(line.Settled),
        GridCell.Number(line.Base), Share(line.Settled, line.Base, 4), GridCell.Number(line.Active), GridCell.Number(line.ActiveBase),
        Share(line.Active, line.ActiveBase, 7), GridCell.Number(line.PerPerson), GridCell.Number(line.Amount, Columns[9].Formula),
    ]);

    static GridRow Total(IReadOnlyList<WorkFundLineRow> lines)
    {
        long settled = lines.Sum(line => line.Settled), all = lines.Sum(line => line.Base);
        // What nobody told is no zero.
        bool isTold = lines.Any(line => line.Active is not null);
        long? active = isTold ? lines.Sum(line => line.Active ?? 0) : null, of = isTold ? lines.Sum(line => line.ActiveBase ?? 0) : null;
        return new(GridRowKind.Total, "", "合计",
        [
            GridCell.Words(""), GridCell.Words("合计"), GridCell.Number(settled, Columns[2].Total), GridCell.Number(all, Columns[3].Total),
            Share(settled, all, 4), GridCell.Number(active, isTold ? Columns[5].Total : ""),
            GridCell.Number(of, isTold ? Columns[6].Total : ""), Share(active, of, 7), GridCell.Words(""),
            GridCell.Number(lines.Sum(line => line.Amount), Columns[9].Total),
        ]);
    }

    static GridCell Share(long? part, long? all, int column) =>
        part is { } some && all is { } of ? GridCell.Rate(some, of, Columns[column].Formula) : GridCell.Words("");

    static GridColumn Rate(string key, string name, string part, string all)
    {
        var formula = $"IF({{{all}}}=0,\"\",{{{part}}}/{{{all}}})";
        return new(key, name, 10, CellKind.Percent) { Formula = formula, TotalFormula = formula, Rate = FormEquation.Stated(part, all) };
    }
}
