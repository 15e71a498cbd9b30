using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>Reads what channels say that they took.</summary>
public static class Statements
{
    /// <summary>The first line of a number: it counts.</summary>
    public const string Money = "money";

    /// <summary>The same line again.</summary>
    public const string Copy = "copy";

    /// <summary>A line of the same number with another amount.</summary>
    public const string Odd = "odd";

    /// <summary>A line of a number that the channel took back.</summary>
    public const string Reversed = "reversed";

    /// <summary>For what name and number are sealed.</summary>
    public const string ToldPurpose = "statement.told";

    /// <summary>As what its file is kept.</summary>
    public const string UploadKind = "statement";

    /// <summary>The statement that stands for a day; null where there is none.</summary>
    public static Task<StatementRow?> FindAsync(Session session, int area, string channel, DateOnly day) =>
        session.Table<StatementRow>().FirstOrDefaultAsync(
            row => row.Area == area && row.Channel == channel && row.Day == day && row.ReplacedBy == null);

    /// <summary>The statements of some days, first and last included: those that stand.</summary>
    public static Task<List<StatementRow>> OfDaysAsync(Session session, int area, DateOnly first, DateOnly last) => (
        from row in session.Table<StatementRow>()
        where row.Area == area && row.ReplacedBy == null && row.Day >= first && row.Day <= last
        orderby row.Day descending, row.Channel
        select row).ToListAsync();

    /// <summary>All statements of a day, also those that were replaced, newest first.</summary>
    public static Task<List<StatementRow>> HistoryAsync(Session session, int area, string channel, DateOnly day) => (
        from row in session.Table<StatementRow>()
        where row.Area == area && row.Channel == channel && row.Day == day
        orderby row.StatementId descending
        select row).ToListAsync();

    /// <summary>The lines of some numbers that count.</summary>
    public static Task<List<StatementLineRow>> LinesAsync(
        Session session, StatementRow statement, IReadOnlyCollection<string> references)
    {
        var (area, id) = (statement.Area, statement.StatementId);
        return session.Table<StatementLineRow>()
            .Where(row => row.Area == area && row.StatementId == id && row.Role == Money && references.Contains(row.Reference))
            .ToListAsync();
    }
}
