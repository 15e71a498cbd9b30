using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>The kinds and states of discrepancies, and how they are read.</summary>
public static class Discrepancies
{
    /// <summary>The kinds: our day is the neighbouring one; a line again; taken back by the channel within its statement.</summary>
    public const string Late = "late", Doubled = "doubled", Reversed = "reversed";

    /// <summary>The kinds: a line without a notice, a notice without a line, and two amounts.</summary>
    public const string OnlyThere = "only_there", OnlyHere = "only_here", Amount = "amount";

    /// <summary>The kinds: a line again with another amount; days further apart; a notice after its day was closed.</summary>
    public const string OddCopy = "odd_copy", OtherDay = "other_day", LateNotice = "late_notice";

    /// <summary>The states.</summary>
    public const string Open = "open", Settled = "settled";

    /// <summary>Decided by a rule.</summary>
    public const string ByRule = "rule";

    /// <summary>It was gone when the day was matched again.</summary>
    public const string Cleared = "cleared";

    /// <summary>All kinds with their words, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<(string Kind, string Chinese)> Kinds =
    [
        (OnlyThere, "渠道有、我方无"), (OnlyHere, "我方有、渠道无"), (Amount, "金额不符"), (OddCopy, "重复且金额不同"), (OtherDay, "日期不符"),
        (LateNotice, "日结后迟报"), (Late, "跨日切账"), (Doubled, "重复流水"), (Reversed, "渠道已冲正"),
    ];

    /// <summary>How an office says a kind.</summary>
    public static string Chinese(string kind) => Kinds.First(one => one.Kind == kind).Chinese;

    /// <summary>One; null where there is none.</summary>
    public static Task<DiscrepancyRow?> FindAsync(
        Session session, int area, (string Channel, DateOnly Day) day, string reference, int occurrence)
    {
        var (channel, date) = day;
        return session.Table<DiscrepancyRow>().FirstOrDefaultAsync(row => row.Area == area && row.Channel == channel && row.Day == date
            && row.Reference == reference && row.Occurrence == occurrence);
    }

    /// <summary>Those of a day, open ones first; at most so many, behind the first <paramref name="part"/>.</summary>
    public static Task<List<DiscrepancyRow>> ListAsync(
        Session session, int area, (string Channel, DateOnly Day) day, string kind, (int Skip, int Take) part)
    {
        var (channel, date) = day;
        return (
            from row in session.Table<DiscrepancyRow>()
            where row.Area == area && row.Channel == channel && row.Day == date && (kind == "" || row.Kind == kind)
            orderby row.State, row.Kind, row.Reference, row.Occurrence
            select row).Skip(part.Skip).Take(part.Take).ToListAsync();
    }

    /// <summary>How many are open, by channel and day, of some days.</summary>
    public static async Task<IReadOnlyDictionary<(string Channel, DateOnly Day), int>> OpenAsync(
        Session session, int area, DateOnly first, DateOnly last) => (await (
            from row in session.Table<DiscrepancyRow>()
            where row.Area == area && row.State == Open && row.Day >= first && row.Day <= last
            group row by new { row.Channel, row.Day } into same
            select new { same.Key.Channel, same.Key.Day, Count = same.Count() }).ToListAsync())
        .ToDictionary(one => (one.Channel, one.Day), one => one.Count);

    /// <summary>The sums of a day's discrepancies as the last run found them, by kind.</summary>
    public static async Task<IReadOnlyList<KindSum>> SumsAsync(Session session, StatementRow statement)
    {
        var (area, channel, day, run) = (statement.Area, statement.Channel, statement.Day, statement.RunAct);
        return await (
            from row in session.Table<DiscrepancyRow>()
            where row.Area == area && row.Channel == channel && row.Day == day && row.SeenBy == run
            group row by row.Kind into same
            select new KindSum(
                same.Key, same.Count(), same.Count(row => row.State == Open),
                same.Sum(row => row.Occurrence == 1 ? row.LineAmount : 0), same.Count(row => row.Occurrence > 0))).ToListAsync();
    }

    /// <summary>What the channel has to deposit, fen: a line that the day before counted already is left out.</summary>
    public static async Task<long> TotalAsync(Session session, StatementRow statement) => statement.Amount
        - (await SumsAsync(session, statement)).Where(sum => sum.Kind == Doubled).Sum(sum => sum.Fen);
}

/// <summary>The discrepancies of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many.</param>
/// <param name="Open">How many of them are open.</param>
/// <param name="Fen">The sum of the first lines of each number.</param>
/// <param name="Lines">How many lines of the statement.</param>
public sealed record KindSum(string Kind, int Count, int Open, long Fen, int Lines);
