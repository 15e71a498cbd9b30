using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>Deposits and closes of a channel's days.</summary>
public static class ChannelDays
{
    /// <summary>The deposits of a day that were not withdrawn.</summary>
    public static Task<List<DepositRow>> DepositsAsync(Session session, int area, string channel, DateOnly day) => (
        from row in session.Table<DepositRow>()
        where row.Area == area && row.Channel == channel && row.Day == day && row.VoidedBy == null
        orderby row.DepositId
        select row).ToListAsync();

    /// <summary>What was deposited of each day, fen, of some days.</summary>
    public static async Task<IReadOnlyDictionary<(string Channel, DateOnly Day), long>> DepositedAsync(
        Session session, int area, DateOnly first, DateOnly last) => (await (
            from row in session.Table<DepositRow>()
            where row.Area == area && row.VoidedBy == null && row.Day >= first && row.Day <= last
            group row by new { row.Channel, row.Day } into same
            select new { same.Key.Channel, same.Key.Day, Sum = same.Sum(row => row.Amount) }).ToListAsync())
        .ToDictionary(one => (one.Channel, one.Day), one => one.Sum);

    /// <summary>What channels told of each day and we hold, fen and count, of some days.</summary>
    public static async Task<IReadOnlyDictionary<(string Channel, DateOnly Day), (long Fen, int Count)>> ToldAsync(
        Session session, int area, DateOnly first, DateOnly last) => (await (
            from row in session.Table<ChannelNoticeRow>()
            where row.Area == area && row.State != ChannelNotices.Cancelled && row.PaidOn >= first && row.PaidOn <= last
            group row by new { row.Channel, row.PaidOn } into same
            select new { same.Key.Channel, same.Key.PaidOn, Sum = same.Sum(row => row.Amount), Count = same.Count() }).ToListAsync())
        .ToDictionary(one => (one.Channel, one.PaidOn), one => (one.Sum, one.Count));

    /// <summary>The close of a day that stands; null where the day is open.</summary>
    public static Task<DayCloseRow?> CloseAsync(Session session, int area, string channel, DateOnly day) =>
        session.Table<DayCloseRow>().FirstOrDefaultAsync(
            row => row.Area == area && row.Channel == channel && row.Day == day && row.ReopenedBy == null);

    /// <summary>The closes of some days that stand.</summary>
    public static Task<List<DayCloseRow>> ClosesAsync(Session session, int area, DateOnly first, DateOnly last) => session
        .Table<DayCloseRow>().Where(row => row.Area == area && row.ReopenedBy == null && row.Day >= first && row.Day <= last).ToListAsync();

    /// <summary>Refuses what would change a day that is closed.</summary>
    /// <exception cref="RefusedException">C151: it is.</exception>
    public static async Task RequireOpenAsync(Session session, int area, string channel, DateOnly day)
    {
        if (await CloseAsync(session, area, channel, day) is not null)
            throw new RefusedException("C151", $"渠道{channel} {day:yyyy-MM-dd} 已经日结，不能再改；确需更正的，请由另一人写明理由重开");
    }
}
