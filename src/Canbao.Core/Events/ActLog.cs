using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Events;

/// <summary>A change with the act that made it.</summary>
/// <param name="Act">Who, when and why.</param>
/// <param name="Change">What.</param>
public sealed record LoggedChange(ActRow Act, ActChangeRow Change);

/// <summary>Which acts are looked for; what is empty is not asked.</summary>
/// <param name="From">From this instant.</param>
/// <param name="Until">Before this instant.</param>
public sealed record ActSearch(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whose.</summary>
    public string Account { get; init; } = "";

    /// <summary>The beginning of the kind, such as <c>person.</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The kind of thing that was changed, such as <c>person</c>.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Which one of them.</summary>
    public string SubjectId { get; init; } = "";
}

/// <summary>Reads what was done.</summary>
public static class ActLog
{
    /// <summary>What happened to some things of one kind, newest first.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="subject">The kind of thing.</param>
    /// <param name="ids">Which ones.</param>
    /// <param name="limit">How many changes at most.</param>
    public static Task<List<LoggedChange>> OfAsync(
        Session session, int area, string subject, IReadOnlyCollection<string> ids, int limit) =>
        Of(session, area, [subject], [.. ids], limit).ToListAsync();

    /// <summary>What happened to some things of several kinds, newest first: one walk over the index of subjects.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="things">Which ones: the kind of thing and which of them.</param>
    /// <param name="limit">How many changes at most.</param>
    /// <returns>The changes, and whether older ones are left out.</returns>
    public static async Task<(List<LoggedChange> Changes, bool IsCut)> OfAsync(
        Session session, int area, IReadOnlySet<(string Subject, string Id)> things, int limit)
    {
        string[] subjects = [.. things.Select(thing => thing.Subject).Distinct()];
        string[] ids = [.. things.Select(thing => thing.Id).Distinct()];
        var found = await Of(session, area, subjects, ids, limit + 1).ToListAsync();
        // A thing of another kind may have the same number.
        return (
            [.. found.Take(limit).Where(one => things.Contains((one.Change.Subject, one.Change.SubjectId)))], found.Count > limit);
    }

    /// <summary>The query of <see cref="OfAsync(Session, int, IReadOnlySet{ValueTuple{string, string}}, int)"/>.</summary>
    internal static IQueryable<LoggedChange> Of(Session session, int area, string[] subjects, string[] ids, int limit)
    {
        // A sum cannot be read off the key: engines would walk through an area's acts from the newest on rather than sort a few.
        long nothing = 0;
        return (
            from change in session.Table<ActChangeRow>()
            join act in session.Table<ActRow>() on new { change.Area, change.ActId } equals new { act.Area, act.ActId }
            where change.Area == area && act.Area == area && subjects.Contains(change.Subject) && ids.Contains(change.SubjectId)
            orderby change.ActId + nothing descending, change.ChangeNo descending
            select new LoggedChange(act, change)).Take(limit);
    }

    /// <summary>Some acts, by their identifiers.</summary>
    public static async Task<Dictionary<long, ActRow>> FindAsync(Session session, int area, IReadOnlyCollection<long> acts) =>
        acts.Count == 0 ? [] : await session.Table<ActRow>().Where(row => row.Area == area && acts.Contains(row.ActId))
            .ToDictionaryAsync(row => row.ActId);

    /// <summary>What one act changed, in its order; at most <paramref name="limit"/>.</summary>
    public static Task<List<ActChangeRow>> ChangesAsync(Session session, int area, long act, int limit) => (
        from change in session.Table<ActChangeRow>()
        where change.Area == area && change.ActId == act
        orderby change.ChangeNo
        select change).Take(limit).ToListAsync();

    /// <summary>An act; null where there is none.</summary>
    public static Task<ActRow?> FindAsync(Session session, int area, long act) =>
        session.Table<ActRow>().FirstOrDefaultAsync(row => row.Area == area && row.ActId == act);

    /// <summary>The acts that are looked for, newest first.</summary>
    public static Task<List<ActRow>> ListAsync(Session session, int area, ActSearch search, (int Skip, int Take) part)
    {
        var (from, until, account, subject, id) = (search.From, search.Until, search.Account, search.Subject, search.SubjectId);
        var acts = session.Table<ActRow>().Where(act => act.Area == area && act.At >= from && act.At < until);
        if (account.Length > 0)
            acts = acts.Where(act => act.Account == account);
        if (search.Kind is { Length: > 0 } kind)
            acts = acts.Where(act => act.Kind.StartsWith(kind));
        if (subject.Length > 0)
            acts = acts.Where(act => session.Table<ActChangeRow>().Any(change => change.Area == area && change.ActId == act.ActId
                && change.Subject == subject && (id == "" || change.SubjectId == id)));
        return acts.OrderByDescending(act => act.ActId).Skip(part.Skip).Take(part.Take).ToListAsync();
    }
}
