using Canbao.Core.Access;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reports;

/// <summary>A version of a report with its grid.</summary>
/// <param name="Row">The version; its text is checked against its digest.</param>
/// <param name="Grid">What was handed in.</param>
/// <param name="Differences">What differs from the version before; empty for the first.</param>
public sealed record ReadVersion(ReportVersionRow Row, FormGrid Grid, IReadOnlyList<CellDifference> Differences);

/// <summary>A report that was handed in.</summary>
/// <param name="Row">Which.</param>
/// <param name="Versions">Its versions, the newest first.</param>
/// <param name="Since">What differs from the unit's hand-in of this form before; null where there is none.</param>
public sealed record ReadReport(
    ReportRow Row, IReadOnlyList<ReadVersion> Versions, (ReportRow Row, IReadOnlyList<CellDifference> Differences)? Since);

/// <summary>What units handed in together.</summary>
/// <param name="Grid">A row for each unit, and the sums.</param>
/// <param name="Units">How many handed in.</param>
public sealed record ReportSum(FormGrid Grid, int Units);

/// <summary>Reads what was handed in.</summary>
public static class ReportShelf
{
    /// <summary>
    /// Whether somebody sees what was handed in: whoever stood above the unit then, and the unit itself wherever it stands now.
    /// </summary>
    public static bool Sees(Viewer viewer, ReportRow row) => row.Path.Contains($"/{viewer.UnitCode}/", StringComparison.Ordinal);

    /// <summary>What was handed in for a year, newest day first.</summary>
    public static async Task<List<ReportRow>> ListAsync(Session session, Viewer viewer, InsuranceYear year)
    {
        int number = year.Year;
        var rows = await session.Table<ReportRow>().Where(row => row.Area == viewer.Area && row.InsuranceYear == number)
            .OrderByDescending(row => row.DueOn).ThenBy(row => row.Form).ThenBy(row => row.Unit).ToListAsync();
        return rows.FindAll(row => Sees(viewer, row));
    }

    /// <summary>A report with all its versions; null where there is none, or it is not the viewer's.</summary>
    /// <exception cref="RefusedException">T411: it is not what its digest says.</exception>
    public static async Task<ReadReport?> FindAsync(Session session, Viewer viewer, long id)
    {
        var area = viewer.Area;
        var row = await session.Table<ReportRow>().FirstOrDefaultAsync(row => row.Area == area && row.ReportId == id);
        if (row is null || !Sees(viewer, row))
            return null;
        var versions = new List<ReadVersion>();
        foreach (var version in await session.Table<ReportVersionRow>().Where(one => one.Area == area && one.ReportId == id)
                     .OrderBy(one => one.Version).ToListAsync())
        {
            var grid = FrozenGrid.Thaw(version.Grid, version.Digest);
            versions.Add(new(version, grid, versions.Count == 0 ? [] : GridDifference.Between(versions[^1].Grid, grid)));
        }

        versions.Reverse();
        var earlier = await session.Table<ReportRow>().Where(one => one.Area == area && one.InsuranceYear == row.InsuranceYear
            && one.Form == row.Form && one.Unit == row.Unit && one.DueOn < row.DueOn)
            .OrderByDescending(one => one.DueOn).FirstOrDefaultAsync();
        if (earlier is null || !Sees(viewer, earlier) || await ReportDesk.LatestAsync(session, area, earlier.ReportId) is not { } before)
            return new(row, versions, null);
        return new(row, versions, (earlier, GridDifference.Between(FrozenGrid.Thaw(before.Grid, before.Digest), versions[0].Grid)));
    }

    /// <summary>What the units below a viewer handed in of a form for a day, each with its latest version, summed up.</summary>
    /// <exception cref="RefusedException">T411: one is not what its digest says. T412: nobody has handed in.</exception>
    public static async Task<ReportSum> SumAsync(Session session, Viewer viewer, InsuranceYear year, (string Form, DateOnly DueOn) which)
    {
        var tree = await UnitStore.ReadAsync(session, viewer.Area);
        var rows = (await ListAsync(session, viewer, year)).FindAll(row => row.Form == which.Form && row.DueOn == which.DueOn);
        var grids = new List<(ReportRow Row, FormGrid Grid)>();
        foreach (var row in rows.OrderBy(row => Place(tree, row)))
            if (await ReportDesk.LatestAsync(session, viewer.Area, row.ReportId) is { } version)
                grids.Add((row, FrozenGrid.Thaw(version.Grid, version.Digest)));
        if (grids.Count == 0)
            throw new RefusedException("T412", "这一期还没有单位上报，没有可汇总的数");
        return new(Sum(viewer, grids), grids.Count);

        static int Place(UnitTree tree, ReportRow row) => tree.All.TakeWhile(unit => unit.Code != row.Unit).Count();
    }

    static FormGrid Sum(Viewer viewer, List<(ReportRow Row, FormGrid Grid)> grids)
    {
        var shape = grids[^1].Grid;
        var body = grids.Select(one => new GridRow(
            GridRowKind.Body, one.Row.Unit, one.Row.UnitName, [.. shape.Columns.Select(column => Cell(one, column))])).ToList();
        var total = new GridRow(GridRowKind.Total, viewer.UnitCode, "合计",
            [.. shape.Columns.Select((column, place) => Total(body, column, place))]);
        var sum = shape with
        {
            Title = $"{shape.Title[(shape.Title.IndexOf("年度", StringComparison.Ordinal) + 2)..]}（{viewer.UnitName}汇总）",
            Stamps = [$"汇总单位：{viewer.UnitName}", .. shape.Stamps.Where(stamp => stamp.StartsWith("截止", StringComparison.Ordinal))],
            Rows = [.. body, total],
        };
        return sum with { Headings = [.. sum.Headings.Select(heading => Restated(sum, heading))] };
    }

    static GridCell Cell((ReportRow Row, FormGrid Grid) one, GridColumn column)
    {
        if (column.Key == "unit")
            return GridCell.Words(one.Row.UnitName);
        if (column.Kind is CellKind.Text or CellKind.Mark)
            return GridCell.Words("");
        // Categories of an appraisal may differ from unit to unit.
        int at = one.Grid.IndexOf(column.Key);
        return at < 0 || one.Grid.Total is not { } total ? GridCell.Number(null)
            : column.Kind == CellKind.Percent ? total.Cells[at] with { Formula = column.Formula }
            : GridCell.Number(total.Cells[at].Value, column.Formula);
    }

    static GridCell Total(List<GridRow> body, GridColumn column, int place) => column.Kind switch
    {
        _ when column.Key == "unit" => GridCell.Words("合计"),
        CellKind.Text or CellKind.Mark => GridCell.Words(""),
        CellKind.Percent => GridCell.Rate(
            body.Sum(row => row.Cells[place].Value ?? 0), body.Sum(row => row.Cells[place].Of ?? 0), column.TotalFormula),
        _ => GridCell.Number(body.Sum(row => row.Cells[place].Value ?? 0), column.Total),
    };

    /// <summary>Numbers that stand in headings are those of the sum.</summary>
    static GridHeading Restated(FormGrid sum, GridHeading heading)
    {
        if (heading.Value is null)
            return heading.Column?.Key == "unit" ? heading with { Text = "单位" } : heading;
        long people = heading.Columns.Sum(column => sum.Value(sum.Total!, column.Key));
        return heading with { Text = FormattableString.Invariant($"{heading.Name}：{people}人"), Value = people };
    }
}
