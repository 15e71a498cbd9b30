using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>Reads what channels told.</summary>
public static class ChannelNotices
{
    /// <summary>It became a payment at once.</summary>
    public const string Posted = "posted";

    /// <summary>The money came and fits nobody yet.</summary>
    public const string Suspense = "suspense";

    /// <summary>It was in suspense, and somebody decided.</summary>
    public const string Settled = "settled";

    /// <summary>The channel took it back.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>For what name and number are sealed.</summary>
    public const string ToldPurpose = "channel.told";

    /// <summary>What a channel told under some of its numbers.</summary>
    public static Task<List<ChannelNoticeRow>> OfAsync(
        Session session, int area, string channel, IReadOnlyCollection<string> references) => session.Table<ChannelNoticeRow>()
            .Where(row => row.Area == area && row.Channel == channel && references.Contains(row.Reference)).ToListAsync();

    /// <summary>What a channel told under one number; null where nothing was told.</summary>
    public static Task<ChannelNoticeRow?> FindAsync(Session session, int area, string channel, string reference) =>
        session.Table<ChannelNoticeRow>()
            .FirstOrDefaultAsync(row => row.Area == area && row.Channel == channel && row.Reference == reference);

    /// <summary>What a channel told of a day by its clock.</summary>
    public static Task<List<ChannelNoticeRow>> OfDayAsync(Session session, int area, string channel, DateOnly day) => (
        from row in session.Table<ChannelNoticeRow>()
        where row.Area == area && row.Channel == channel && row.PaidOn == day
        orderby row.Reference
        select row).ToListAsync();

    /// <summary>A part of the money in suspense, oldest first.</summary>
    public static Task<List<ChannelNoticeRow>> WaitingAsync(Session session, int area, (int Skip, int Take) part) => (
        from row in session.Table<ChannelNoticeRow>()
        where row.Area == area && row.State == Suspense
        orderby row.PaidOn, row.Channel, row.Reference
        select row).Skip(part.Skip).Take(part.Take).ToListAsync();
}
