using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Exchange;

/// <summary>A message with its partner and its last receipt.</summary>
/// <param name="Row">The message.</param>
/// <param name="Partner">The partner's name.</param>
/// <param name="Receipt">Its last receipt; null where it has none.</param>
public sealed record ListedMessage(ExchangeMessageRow Row, string Partner, ExchangeReceiptRow? Receipt);

/// <summary>The messages of an area: numbers, states, and what is late.</summary>
public static class Messages
{
    /// <summary>From a partner.</summary>
    public const string In = "in";

    /// <summary>To a partner.</summary>
    public const string Out = "out";

    /// <summary>To be sent.</summary>
    public const string Queued = "queued";

    /// <summary>Sent; no receipt has come.</summary>
    public const string Sent = "sent";

    /// <summary>Sent, and its receipt has come.</summary>
    public const string Answered = "answered";

    /// <summary>Could not be sent: a person has to look.</summary>
    public const string Stuck = "stuck";

    /// <summary>Came before one with a smaller number.</summary>
    public const string Waiting = "waiting";

    /// <summary>Kept, to be dealt with.</summary>
    public const string Received = "received";

    /// <summary>Dealt with; its receipt says how.</summary>
    public const string Done = "done";

    /// <summary>Refused at the door: not the partner's, not whole, or a receipt of nothing.</summary>
    public const string TurnedAway = "turned_away";

    /// <summary>How often it is tried to send a message before a person has to look.</summary>
    public const int MostTries = 8;

    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // What has waited so long for a receipt is shown as late.
    static readonly TimeSpan ReceiptTime = TimeSpan.FromDays(1);

    /// <summary>States and how an office says them.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> States { get; } =
    [
        (Queued, "待发送"), (Sent, "已发送，待回执"), (Answered, "已回执"), (Stuck, "发送不成"), (Waiting, "等前面的编号"), (Received, "待办理"),
        (Done, "已办理"), (TurnedAway, "没有收下"),
    ];

    /// <summary>How an office says a state.</summary>
    public static string State(string code) => States.FirstOrDefault(state => state.Code == code).Chinese ?? code;

    /// <summary>Whether a person should look at a message.</summary>
    public static bool IsLate(ExchangeMessageRow row, DateTimeOffset now) => row.State switch
    {
        Stuck or Waiting or TurnedAway => true,
        Queued or Received => row.Tries > 0 || row.Fault.Length > 0,
        Sent => row.SentAt < now - ReceiptTime,
        _ => false,
    };

    /// <summary>When a message that could not be sent is tried again; null where a person has to look first.</summary>
    public static DateTimeOffset? NextTry(int tries, DateTimeOffset now) => tries >= MostTries ? null
        : now + TimeSpan.FromMinutes(Math.Min(1 << (tries - 1), LongestWait.TotalMinutes));

    /// <summary>The number that the next message of a partner and direction gets.</summary>
    public static async Task<long> NextNumberAsync(Session session, int area, string partner, string direction) =>
        (await session.Table<ExchangeMessageRow>().Where(row => row.Area == area && row.Partner == partner && row.Direction == direction)
            .MaxAsync(row => row.Number) ?? 0) + 1;

    /// <summary>The number of the incoming message that has to be dealt with next.</summary>
    public static async Task<long> ExpectedAsync(Session session, int area, string partner) =>
        (await session.Table<ExchangeMessageRow>()
            .Where(row => row.Area == area && row.Partner == partner && row.Direction == In && row.State == Done)
            .MaxAsync(row => row.Number) ?? 0) + 1;

    /// <summary>A message by its number; null where there is none.</summary>
    public static Task<ExchangeMessageRow?> NumberedAsync(Session session, int area, string partner, string direction, long number) =>
        session.Table<ExchangeMessageRow>().FirstOrDefaultAsync(
            row => row.Area == area && row.Partner == partner && row.Direction == direction && row.Number == number);

    /// <summary>A message; null where there is none.</summary>
    public static Task<ExchangeMessageRow?> FindAsync(Session session, int area, long id) =>
        session.Table<ExchangeMessageRow>().FirstOrDefaultAsync(row => row.Area == area && row.MessageId == id);

    /// <summary>The subjects out of some that have a message to a partner already.</summary>
    public static async Task<bool> IsMadeAsync(Session session, int area, string partner, string subject) =>
        await session.Table<ExchangeMessageRow>().AnyAsync(
            row => row.Area == area && row.Partner == partner && row.Direction == Out && row.Subject == subject);

    /// <summary>The messages of a subject to all partners.</summary>
    public static Task<List<ExchangeMessageRow>> OfSubjectAsync(Session session, int area, string subject) =>
        session.Table<ExchangeMessageRow>().Where(row => row.Area == area && row.Direction == Out && row.Subject == subject).ToListAsync();

    /// <summary>Whether the last thing refused at a partner's door was refused in the same way.</summary>
    public static async Task<bool> WasTurnedAwayAsync(Session session, ExchangeMessageRow row)
    {
        var (area, partner, told) = (row.Area, row.Partner, row.ToldNumber);
        var last = await session.Table<ExchangeMessageRow>()
            .Where(one => one.Area == area && one.Partner == partner && one.State == TurnedAway && one.ToldNumber == told)
            .OrderByDescending(one => one.MessageId).FirstOrDefaultAsync();
        return last is not null && last.Fault == row.Fault && last.FileName == row.FileName
            && last.Sha256.AsSpan().SequenceEqual(row.Sha256);
    }

    /// <summary>The first message that is to be sent to a partner; null where there is none.</summary>
    /// <remarks>One that is stuck or waits for its next try keeps those behind it: the receiver would have them wait too.</remarks>
    public static async Task<ExchangeMessageRow?> ToSendAsync(Session session, int area, string partner, DateTimeOffset now)
    {
        var first = await session.Table<ExchangeMessageRow>()
            .Where(row => row.Area == area && row.Partner == partner && row.Direction == Out && (row.State == Queued || row.State == Stuck))
            .OrderBy(row => row.Number).FirstOrDefaultAsync();
        return first is { State: Queued } && (first.NextTry is null || first.NextTry <= now) ? first : null;
    }

    /// <summary>Writes a message as it is now, and records what became of it.</summary>
    public static async Task<ExchangeMessageRow> SetAsync(Act act, ExchangeMessageRow old, ExchangeMessageRow now, string action)
    {
        var written = now with { ActId = act.Id };
        await act.Session.Data.UpdateAsync(written);
        act.Record("exchange_message", old.MessageId, action, Told(old), Told(written));
        return written;
    }

    /// <summary>Keeps a new message.</summary>
    public static async Task AddAsync(Act act, ExchangeMessageRow row, string action)
    {
        await act.Session.Data.InsertAsync(row);
        act.Record("exchange_message", row.MessageId, action, null, Told(row));
    }

    /// <summary>A page of messages: those that a person should look at first, then the newest.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="search">Partner, direction and state; empty for all.</param>
    /// <param name="now">The time.</param>
    /// <param name="part">Which of them.</param>
    public static async Task<List<ListedMessage>> ListAsync(
        Session session, int area, (string Partner, string Direction, string State) search, DateTimeOffset now, (int Skip, int Take) part)
    {
        var (partner, direction, state) = search;
        var before = now - ReceiptTime;
        var rows = await (
            from row in session.Table<ExchangeMessageRow>()
            join one in session.Table<ExchangePartnerRow>() on new { row.Area, row.Partner } equals new { one.Area, one.Partner }
            where row.Area == area && one.Area == area && (partner == "" || row.Partner == partner)
                && (direction == "" || row.Direction == direction) && (state == "" || row.State == state)
            let isLate = row.State == Stuck || row.State == Waiting || row.State == TurnedAway
                || ((row.State == Queued || row.State == Received) && (row.Tries > 0 || row.Fault != ""))
                || (row.State == Sent && row.SentAt < before)
            orderby isLate ? 0 : 1, row.MessageId descending
            select new { row, one.Name }).Skip(part.Skip).Take(part.Take).ToListAsync();
        var receipts = await Receipts.LastAsync(session, area, [.. rows.Select(one => one.row.MessageId)]);
        return rows.ConvertAll(one => new ListedMessage(one.row, one.Name, receipts.GetValueOrDefault(one.row.MessageId)));
    }

    /// <summary>How many messages are in which state.</summary>
    public static Task<Dictionary<string, int>> CountsAsync(Session session, int area) => (
        from row in session.Table<ExchangeMessageRow>()
        where row.Area == area
        group row by row.State into same
        select new { State = same.Key, Count = same.Count() }).ToDictionaryAsync(one => one.State, one => one.Count);

    static object Told(ExchangeMessageRow row) => new
    {
        row.Partner,
        row.Direction,
        row.Number,
        row.Kind,
        row.Day,
        Year = row.InsuranceYear,
        Rows = row.RowsTold,
        Sha256 = Convert.ToHexStringLower(row.Sha256),
        row.State,
        Fault = row.Fault.Length == 0 ? null : LongNumbers.Hidden(row.Fault),
    };
}
