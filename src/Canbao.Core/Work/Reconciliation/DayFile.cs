using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Storage;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>All that is shown of a channel's day.</summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Sums">Its three sums.</param>
/// <param name="Kinds">Its discrepancies by kind, as the last run found them.</param>
/// <param name="Rows">Those of the part that was asked for.</param>
public sealed record DayFile(string Name, DaySums Sums, IReadOnlyList<KindSum> Kinds, IReadOnlyList<DiscrepancyRow> Rows)
{
    /// <summary>The statement that stands; null where there is none.</summary>
    public StatementRow? Statement => History.FirstOrDefault(row => row.ReplacedBy is null);

    /// <summary>All statements of the day, newest first.</summary>
    public IReadOnlyList<StatementRow> History { get; init; } = [];

    /// <summary>What was deposited.</summary>
    public IReadOnlyList<DepositRow> Deposits { get; init; } = [];

    /// <summary>The close that stands; null where the day is open.</summary>
    public DayCloseRow? Close { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The discrepancy that is looked at.</summary>
    public DiscrepancyRow? Chosen { get; init; }

    /// <summary>How many lines agree with a notice in everything.</summary>
    public int Matched => (Statement?.Lines ?? 0) - Kinds.Sum(kind => kind.Lines);

    /// <summary>Reads a day; null where there is no such channel.</summary>
    public static async Task<DayFile?> ReadAsync(
        Session session, int area, (string Channel, DateOnly Day) day, string kind, (int Skip, int Take) part)
    {
        if (await Channels.FindAsync(session, area, day.Channel) is not { } channel)
            return null;
        var statement = await Statements.FindAsync(session, area, day.Channel, day.Day);
        var close = await ChannelDays.CloseAsync(session, area, day.Channel, day.Day);
        return new(
            channel.Name, await DayDesk.SumsAsync(session, area, day.Channel, day.Day),
            statement is null ? [] : await Discrepancies.SumsAsync(session, statement),
            await Discrepancies.ListAsync(session, area, day, kind, part))
        {
            History = await Statements.HistoryAsync(session, area, day.Channel, day.Day),
            Deposits = await ChannelDays.DepositsAsync(session, area, day.Channel, day.Day),
            Close = close,
            ClosedAt = close is null ? null : (await ActLog.FindAsync(session, area, close.ActId))?.At,
        };
    }
}
