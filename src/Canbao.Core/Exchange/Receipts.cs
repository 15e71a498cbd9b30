using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Exchange;

/// <summary>What came of messages, and of which rows nothing did.</summary>
public static class Receipts
{
    /// <summary>Everything was taken.</summary>
    public const string Accepted = "accepted";

    /// <summary>Some rows were refused.</summary>
    public const string Partly = "partly";

    /// <summary>Nothing was taken.</summary>
    public const string Refused = "refused";

    /// <summary>The most refused rows that a receipt tells one by one.</summary>
    public const int MostRows = 1000;

    /// <summary>Whether there is such a state.</summary>
    public static bool IsState(string code) => code is Accepted or Partly or Refused;

    /// <summary>How an office says a state.</summary>
    public static string State(string code) => code switch
    {
        Accepted => "全部收下",
        Partly => "部分退回",
        _ => "整份退回",
    };

    /// <summary>The state of so many rows taken and refused.</summary>
    public static string StateOf(long accepted, long refused) => refused == 0 ? Accepted : accepted == 0 ? Refused : Partly;

    /// <summary>Keeps what came of a message, as its next run; long numbers in what it says are hidden.</summary>
    public static async Task<ExchangeReceiptRow> AddAsync(Act act, ExchangeMessageRow message, Receipt receipt)
    {
        var row = new ExchangeReceiptRow
        {
            Area = act.Area,
            MessageId = message.MessageId,
            Run = receipt.Run,
            State = receipt.State,
            Accepted = receipt.Accepted,
            Refused = receipt.Refused,
            Code = receipt.Code,
            Says = LongNumbers.Hidden(receipt.Text),
            Digest = receipt.Digest(),
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        await act.Session.WriteAsync([.. receipt.Rows.Select((line, at) => new ExchangeReceiptLineRow
        {
            Area = act.Area,
            MessageId = message.MessageId,
            Run = receipt.Run,
            Place = at + 1,
            Line = line.Line,
            Field = line.Column,
            Code = line.Code,
            Says = LongNumbers.Hidden(line.Text),
        })]);
        act.Record("exchange_message", message.MessageId, "receipt", null,
            new { row.Run, row.State, row.Accepted, row.Refused, Code = row.Code.Length == 0 ? null : row.Code });
        return row;
    }

    /// <summary>The last receipt of a message; null where it has none.</summary>
    public static Task<ExchangeReceiptRow?> LastAsync(Session session, int area, long message) =>
        session.Table<ExchangeReceiptRow>().Where(row => row.Area == area && row.MessageId == message)
            .OrderByDescending(row => row.Run).FirstOrDefaultAsync();

    /// <summary>The last receipts of some messages.</summary>
    public static async Task<Dictionary<long, ExchangeReceiptRow>> LastAsync(Session session, int area, IReadOnlyCollection<long> messages)
    {
        var rows = messages.Count == 0 ? [] : await session.Table<ExchangeReceiptRow>()
            .Where(row => row.Area == area && messages.Contains(row.MessageId)).ToListAsync();
        return rows.GroupBy(row => row.MessageId).ToDictionary(same => same.Key, same => same.MaxBy(row => row.Run)!);
    }

    /// <summary>All receipts of a message, the last one first.</summary>
    public static Task<List<ExchangeReceiptRow>> OfAsync(Session session, int area, long message) =>
        session.Table<ExchangeReceiptRow>().Where(row => row.Area == area && row.MessageId == message)
            .OrderByDescending(row => row.Run).ToListAsync();

    /// <summary>Refused rows of a receipt, in their order: one page of them.</summary>
    public static Task<List<ExchangeReceiptLineRow>> LinesAsync(
        Session session, int area, (long Message, int Run) receipt, (int Skip, int Take) part) =>
        session.Table<ExchangeReceiptLineRow>()
            .Where(row => row.Area == area && row.MessageId == receipt.Message && row.Run == receipt.Run)
            .OrderBy(row => row.Place).Skip(part.Skip).Take(part.Take).ToListAsync();

    /// <summary>Our receipts for a partner that were not sent yet, in the order of numbers.</summary>
    public static Task<List<ReceiptToSend>> ToSendAsync(Session session, int area, string partner) => (
        from row in session.Table<ExchangeReceiptRow>()
        join message in session.Table<ExchangeMessageRow>()
            on new { row.Area, row.MessageId } equals new { message.Area, message.MessageId }
        where row.Area == area && message.Area == area && message.Partner == partner && message.Direction == Messages.In
            && row.SentAt == null
        orderby message.Number, row.Run
        select new ReceiptToSend(message, row)).ToListAsync();

    /// <summary>Notes that a receipt of ours was sent.</summary>
    public static Task MarkSentAsync(Session session, ExchangeReceiptRow row)
    {
        var (area, message, run, now) = (row.Area, row.MessageId, row.Run, session.Now);
        return session.Table<ExchangeReceiptRow>().Where(one => one.Area == area && one.MessageId == message && one.Run == run)
            .Set(one => one.SentAt, now).UpdateAsync();
    }

    /// <summary>A receipt as it is told.</summary>
    public static async Task<Receipt> ReadAsync(Session session, ExchangeMessageRow message, ExchangeReceiptRow row) => new()
    {
        Area = row.Area,
        Partner = message.Partner,
        Direction = message.Direction,
        Number = message.Number!.Value,
        Sha256 = Convert.ToHexStringLower(message.Sha256),
        Run = row.Run,
        State = row.State,
        Accepted = row.Accepted,
        Refused = row.Refused,
        Code = row.Code,
        Text = row.Says,
        Rows =
        [
            .. (await LinesAsync(session, row.Area, (row.MessageId, row.Run), (0, MostRows)))
                .Select(line => new ReceiptLine(line.Line, line.Field, line.Code, line.Says)),
        ],
    };
}

/// <summary>A receipt of ours that was not sent yet.</summary>
/// <param name="Message">The message that it is about.</param>
/// <param name="Row">The receipt.</param>
public sealed record ReceiptToSend(ExchangeMessageRow Message, ExchangeReceiptRow Row);
