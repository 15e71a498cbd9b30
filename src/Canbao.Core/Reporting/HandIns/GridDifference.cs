using Canbao.Core.Reporting.Forms;

namespace Canbao.Core.Reporting.HandIns;

/// <summary>A cell in which two forms differ.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Old">What stood there; empty for nothing.</param>
/// <param name="New">What stands there; empty for nothing.</param>
/// <param name="By">By how much a number is greater; null for texts, rates and what was not there.</param>
public sealed record CellDifference(string Row, string Column, string Old, string New, long? By);

/// <summary>Compares two fillings of one form cell by cell: rows by their units, columns by their keys.</summary>
public static class GridDifference
{
    /// <summary>Every cell that differs, in the order of the newer form.</summary>
    public static IReadOnlyList<CellDifference> Between(FormGrid old, FormGrid now)
    {
        var found = new List<CellDifference>();
        var before = Rows(old);
        foreach (var (key, row) in Rows(now))
            found.AddRange(Cells((old, before.GetValueOrDefault(key)), (now, row)));
        foreach (var (key, row) in before.Where(pair => !Rows(now).ContainsKey(pair.Key)))
            found.AddRange(Cells((old, row), (now, null)));
        return found;
    }

    static Dictionary<(GridRowKind, string, bool), GridRow> Rows(FormGrid grid) => grid.Rows
        .Where(row => row.Kind != GridRowKind.Remark).GroupBy(row => (row.Kind, row.Unit, row.IsOwn))
        .ToDictionary(same => same.Key, same => same.First());

    static IEnumerable<CellDifference> Cells((FormGrid Grid, GridRow? Row) old, (FormGrid Grid, GridRow? Row) now)
    {
        var grid = now.Row is null ? old.Grid : now.Grid;
        foreach (var column in grid.Columns.Where(column => column.Kind != CellKind.Mark))
        {
            var (one, other) = (Cell(old, column.Key), Cell(now, column.Key));
            var (before, after) = (one?.Shown(column.Kind) ?? "", other?.Shown(column.Kind) ?? "");
            if (before != after)
                yield return new(
                    (now.Row ?? old.Row)!.Name, column.Name, before, after,
                    IsCounted(column) && one?.Value is { } was && other?.Value is { } value ? value - was : null);
        }
    }

    static bool IsCounted(GridColumn column) => column.Kind is CellKind.Number or CellKind.Amount;

    static GridCell? Cell((FormGrid Grid, GridRow? Row) of, string key) =>
        of.Row is { } row && of.Grid.IndexOf(key) is >= 0 and var place ? row.Cells[place] : null;
}
