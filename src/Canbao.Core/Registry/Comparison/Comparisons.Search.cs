using Canbao.Core.Units;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry.Comparison;

/// <summary>Which findings are asked for.</summary>
/// <param name="Within">A unit and below it; null for the whole area, with what belongs to no unit.</param>
public sealed record FindingSearch(UnitRange? Within)
{
    /// <summary>Only those of one source; null for all.</summary>
    public ComparisonSource? Source { get; init; }

    /// <summary>Only those of one of <see cref="FindingKinds"/>; empty for all.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Only those that stand so; null for all that are to be decided, now or later.</summary>
    public FindingState? State { get; init; }
}

public sealed partial class Comparisons
{
    /// <summary>The findings of a search, oldest first: one page of them.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="search">Which.</param>
    /// <param name="part">How many to leave out, and how many at most.</param>
    public async Task<List<Finding>> ListAsync(Session session, int area, FindingSearch search, (int Skip, int Take) part)
    {
        var rows = Within(session, area, search.Within);
        rows = search.State is { } state
            ? rows.Where(row => row.State == state)
            : rows.Where(row => row.State == FindingState.Open || row.State == FindingState.Postponed);
        if (search.Source is { Code: var source })
            rows = rows.Where(row => row.Source == source);
        if (search.Kind.Length > 0)
            rows = rows.Where(row => row.Kind == search.Kind);
        return [.. (await rows.OrderBy(row => row.FindingId).Skip(part.Skip).Take(part.Take).ToListAsync()).Select(Unseal)];
    }

    /// <summary>How many findings of a unit and below it are to be decided, by source.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> WaitingAsync(Session session, int area, UnitRange? within) => (await (
        from row in Within(session, area, within)
        where row.State == FindingState.Open || row.State == FindingState.Postponed
        group row by row.Source into source
        select new { source.Key, Findings = source.Count() }).ToListAsync())
        .ToDictionary(source => source.Key, source => source.Findings, StringComparer.Ordinal);

    /// <summary>What became of a comparison's findings, by kind and state.</summary>
    public static async Task<List<(string Kind, FindingState State, int Findings)>> OutcomeAsync(
        Session session, int area, long comparison) =>
    [
        .. from one in await (
               from row in session.Table<FindingRow>()
               where row.Area == area && row.ComparisonId == comparison
               group row by new { row.Kind, row.State } into same
               select new { same.Key.Kind, same.Key.State, Findings = same.Count() }).ToListAsync()
           orderby one.Kind, one.State
           select (one.Kind, one.State, one.Findings),
    ];

    /// <summary>Whether a finding belongs to a unit or below it; those without a unit belong to the whole area only.</summary>
    public static Task<bool> IsWithinAsync(Session session, int area, UnitRange? within, long id) =>
        Within(session, area, within).AnyAsync(row => row.FindingId == id);

    static IQueryable<FindingRow> Within(Session session, int area, UnitRange? within)
    {
        var rows = session.Table<FindingRow>().Where(row => row.Area == area);
        return within is not { } range
            ? rows
            : from row in rows
              join unit in session.Table<UnitRow>() on new { row.Area, Code = row.Unit }
                  equals new { unit.Area, Code = (string?)unit.Code }
              where unit.Area == area && string.CompareOrdinal(unit.Path, range.First) >= 0
                  && string.CompareOrdinal(unit.Path, range.End) < 0
              select row;
    }
}
