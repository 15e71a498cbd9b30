using Canbao.Storage;

namespace Canbao.Core.Collection;

/// <summary>How a channel's day stands.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Day">The day.</param>
/// <param name="Statement">Fen by the statement; null where there is none.</param>
/// <param name="Told">Fen that we hold.</param>
/// <param name="Deposited">Fen that reached the bank.</param>
public sealed record DayLine(string Channel, DateOnly Day, long? Statement, long Told, long Deposited)
{
    /// <summary>Discrepancies that nobody has settled.</summary>
    public int Open { get; init; }

    /// <summary>Whether the day is closed.</summary>
    public bool IsClosed { get; init; }
}

/// <summary>Reads how channels' days stand.</summary>
public static class DayLines
{
    /// <summary>The days of a span on which a channel has anything, newest first.</summary>
    public static async Task<IReadOnlyList<DayLine>> ReadAsync(Session session, int area, DateOnly first, DateOnly last)
    {
        var statements = new Dictionary<(string, DateOnly), long>();
        foreach (var row in await Statements.OfDaysAsync(session, area, first, last))
            statements.Add((row.Channel, row.Day), await Discrepancies.TotalAsync(session, row));
        var told = await ChannelDays.ToldAsync(session, area, first, last);
        var deposited = await ChannelDays.DepositedAsync(session, area, first, last);
        var open = await Discrepancies.OpenAsync(session, area, first, last);
        var closed = (await ChannelDays.ClosesAsync(session, area, first, last)).Select(row => (row.Channel, row.Day)).ToHashSet();
        return
        [
            .. from key in statements.Keys.Union(told.Keys).Union(deposited.Keys)
               orderby key.Item2 descending, key.Item1
               select new DayLine(
                   key.Item1, key.Item2, statements.TryGetValue(key, out long fen) ? fen : null, told.GetValueOrDefault(key).Fen,
                   deposited.GetValueOrDefault(key))
               {
                   Open = open.GetValueOrDefault(key),
                   IsClosed = closed.Contains(key),
               },
        ];
    }
}
