using System.Globalization;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>People and money of a batch.</summary>
/// <param name="People">How many.</param>
/// <param name="Amount">Their sum.</param>
public readonly record struct BatchCount(int People, Money Amount);

/// <summary>Batches of cash: the rows, and the words of their kinds and steps.</summary>
public static class Batches
{
    /// <summary>The kinds.</summary>
    public const string Village = "village", School = "school", Notice = "notice", Group = "group";

    /// <summary>Lines are being added.</summary>
    public const string Open = "open";

    /// <summary>The steps of money.</summary>
    public const string Submitted = "submitted", Checked = "checked", Declared = "declared", Deposited = "deposited", Settled = "settled";

    /// <summary>All lines were returned, or a group payment was withdrawn: it is at its end.</summary>
    public const string Returned = "returned";

    /// <summary>The sum of a group payment came, and does not fit its lines: a state, which the deposit leads to.</summary>
    public const string Suspended = "suspended";

    /// <summary>The step in which tax decides what such a sum is for.</summary>
    public const string WorkedOff = "worked_off";

    /// <summary>The steps of a school's notice.</summary>
    public const string Registered = "registered", Confirmed = "confirmed", Notified = "notified";

    /// <summary>The states in which somebody has its cash in hand.</summary>
    public static readonly string[] InHand = [Open, Submitted, Checked, Declared];

    /// <summary>A batch; null where there is none.</summary>
    public static Task<CollectionBatchRow?> FindAsync(Session session, int area, long id) =>
        session.Table<CollectionBatchRow>().FirstOrDefaultAsync(row => row.Area == area && row.BatchId == id);

    /// <summary>All its lines, those with void receipts too, in the order of the receipts.</summary>
    public static Task<List<PaymentRow>> LinesAsync(Session session, int area, long id) => (
        from row in session.Table<PaymentRow>()
        where row.Area == area && row.BatchId == id
        orderby row.PaymentId
        select row).ToListAsync();

    /// <summary>What stands in it: void receipts do not count.</summary>
    public static async Task<BatchCount> CountAsync(Session session, int area, long id)
    {
        var amounts = await session.Table<PaymentRow>()
            .Where(row => row.Area == area && row.BatchId == id && row.VoidReason == null).Select(row => row.Amount).ToListAsync();
        return new(amounts.Count, Money.FromFen(amounts.Sum()));
    }

    /// <summary>What stands in it; of a group payment whose money is not posted yet, its list.</summary>
    public static Task<BatchCount> CountAsync(Session session, CollectionBatchRow batch) => Groups.IsPlanned(batch)
        ? Groups.CountAsync(session, batch.Area, batch.BatchId)
        : CountAsync(session, batch.Area, batch.BatchId);

    /// <summary>The steps that were done, in their order.</summary>
    public static Task<List<CollectionStepRow>> StepsAsync(Session session, int area, long id) => (
        from row in session.Table<CollectionStepRow>()
        where row.Area == area && row.BatchId == id
        orderby row.ActId
        select row).ToListAsync();

    /// <summary>The lines of a batch that were returned before and wait for an answer: by payment.</summary>
    public static async Task<IReadOnlyList<ReturnedLineRow>> UnansweredAsync(Session session, int area, long id) => await (
        from line in session.Table<ReturnedLineRow>()
        join payment in session.Table<PaymentRow>() on new { line.Area, line.PaymentId } equals new { payment.Area, payment.PaymentId }
        where line.Area == area && payment.Area == area && payment.BatchId == id && payment.VoidReason == null && line.Answer == null
        select line).ToListAsync();

    /// <summary>The open batch of somebody for a unit and year; a new one where there is none.</summary>
    public static async Task<CollectionBatchRow> OpenAsync(Act act, string agent, string kind, string unit, int year)
    {
        var open = await act.Session.Table<CollectionBatchRow>().Where(row => row.Area == act.Area && row.Agent == agent
                && row.State == Open && row.Kind == kind && row.Unit == unit && row.InsuranceYear == year)
            .OrderByDescending(row => row.BatchId).FirstOrDefaultAsync();
        return open ?? await NewAsync(act, kind, unit, year, agent);
    }

    /// <summary>Begins a batch.</summary>
    public static Task<CollectionBatchRow> NewAsync(Act act, string kind, string unit, int year, string agent) =>
        NewAsync(act, new() { Kind = kind, Unit = unit, InsuranceYear = year, Agent = agent });

    /// <summary>Begins a batch, of which is given what it is and whose.</summary>
    public static async Task<CollectionBatchRow> NewAsync(Act act, CollectionBatchRow given)
    {
        int year = given.InsuranceYear;
        int last = await act.Session.Table<CollectionBatchRow>()
            .Where(row => row.Area == act.Area && row.InsuranceYear == year).MaxAsync(row => (int?)row.Number) ?? 0;
        var batch = given with
        {
            Area = act.Area,
            BatchId = act.Session.NextId(),
            Number = last + 1,
            Holder = given.Agent,
            State = Open,
            OpenedOn = act.Today,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(batch);
        act.Record("collection_batch", batch.BatchId, "batch_opened", null, new { Batch = Name(batch), batch.Unit });
        return batch;
    }

    /// <summary>How people call it: <c>2022-0007</c>.</summary>
    public static string Name(CollectionBatchRow batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{batch.InsuranceYear}-{batch.Number:0000}");

    /// <summary>The number of one of its receipts: area, year, batch, line.</summary>
    public static string ReceiptNo(CollectionBatchRow batch, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{batch.Area}-{Name(batch)}-{line:000}");
}
