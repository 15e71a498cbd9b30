using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Refunding;

/// <summary>A refund with whose it is.</summary>
/// <param name="Refund">The refund.</param>
/// <param name="Name">The person's name; empty for money that fitted nobody.</param>
/// <param name="NumberMask">The number as screens show it.</param>
/// <param name="UnitName">The unit; empty for money that fitted nobody.</param>
public sealed record ListedRefund(RefundRow Refund, string Name, string NumberMask, string UnitName);

/// <summary>A file for the bank, and how far its lines are.</summary>
/// <param name="Payout">The file.</param>
/// <param name="Paid">Lines that are paid.</param>
/// <param name="Failed">Lines that came back.</param>
public sealed record ListedPayout(PayoutRow Payout, int Paid, int Failed);

/// <summary>Refunds as pages show them: those of a viewer's units; money that fitted nobody to whoever sees the whole area.</summary>
public static class RefundFiles
{
    /// <summary>Refunds of some states, oldest first; all where none are named, newest first.</summary>
    public static async Task<List<ListedRefund>> ListAsync(
        Session session, Viewer viewer, IReadOnlyCollection<string> states, (int Skip, int Take) part)
    {
        var all = Query(session, viewer);
        var rows = await (states.Count == 0
                ? all.OrderByDescending(row => row.Refund.RefundId)
                : all.Where(row => states.Contains(row.Refund.State)).OrderBy(row => row.Refund.RefundId))
            .Skip(part.Skip).Take(part.Take).ToListAsync();
        return rows.ConvertAll(Listed);
    }

    /// <summary>A refund; null where there is none in the viewer's scope.</summary>
    public static async Task<ListedRefund?> FindAsync(Session session, Viewer viewer, long id) =>
        await Query(session, viewer).FirstOrDefaultAsync(row => row.Refund.RefundId == id) is { } row ? Listed(row) : null;

    /// <summary>The refund of a payment that stands, or null.</summary>
    public static Task<RefundRow?> OfPaymentAsync(Session session, int area, long payment) => session.Table<RefundRow>()
        .FirstOrDefaultAsync(row => row.Area == area && row.PaymentId == payment && row.State != Refunds.Refused);

    /// <summary>How many refunds of the viewer's scope are in each state, and their sums in fen.</summary>
    public static async Task<IReadOnlyDictionary<string, (int Count, long Sum)>> CountsAsync(Session session, Viewer viewer) => (await (
        from row in Query(session, viewer)
        group row by row.Refund.State into same
        select new { State = same.Key, Count = same.Count(), Sum = same.Sum(row => row.Refund.Amount) }).ToListAsync())
        .ToDictionary(one => one.State, one => (one.Count, one.Sum), StringComparer.Ordinal);

    /// <summary>The files for the bank, newest first.</summary>
    public static async Task<List<ListedPayout>> PayoutsAsync(Session session, int area, int most)
    {
        var payouts = await session.Table<PayoutRow>().Where(row => row.Area == area)
            .OrderByDescending(row => row.PayoutId).Take(most).ToListAsync();
        if (payouts.Count == 0)
            return [];
        var ids = payouts.ConvertAll(row => row.PayoutId);
        var counts = (await (
            from line in session.Table<PayoutLineRow>()
            where line.Area == area && ids.Contains(line.PayoutId)
            group line by new { line.PayoutId, line.Outcome } into same
            select new { same.Key.PayoutId, same.Key.Outcome, Count = same.Count() }).ToListAsync())
            .ToDictionary(one => (one.PayoutId, one.Outcome), one => one.Count);
        return payouts.ConvertAll(row => new ListedPayout(
            row, counts.GetValueOrDefault((row.PayoutId, Refunds.Paid)), counts.GetValueOrDefault((row.PayoutId, Refunds.Failed))));
    }

    /// <summary>Who does the next step: a role's word; empty at the end.</summary>
    public static string WaitsFor(RefundRow refund) => refund.State switch
    {
        Refunds.Requested => (refund.Basis == Refunds.BySupervisor ? Role.Supervisor : Role.Bureau).Chinese(),
        Refunds.Approved when refund.PayeeSealed is not null => Role.Tax.Chinese(),
        Refunds.Approved or Refunds.Failed => refund.Unit is null ? Role.Bureau.Chinese() : "申请单位",
        Refunds.Sent => "银行",
        _ => "",
    };

    static ListedRefund Listed(Row row) => new(row.Refund, row.Name ?? "", row.NumberMask ?? "", row.UnitName ?? "");

    static IQueryable<Row> Query(Session session, Viewer viewer)
    {
        var (area, first, end, all) = (viewer.Area, viewer.Scope.First, viewer.Scope.End, viewer.SeesWholeArea);
        return from refund in session.Table<RefundRow>()
               from person in session.Table<PersonRow>().LeftJoin(row => row.Area == area && row.PersonId == refund.PersonId)
               from unit in session.Table<UnitRow>().LeftJoin(row => row.Area == area && row.Code == refund.Unit)
               where refund.Area == area && (refund.Unit == null ? all
                   : string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0)
               select new Row { Refund = refund, Name = person.Name, NumberMask = person.NumberMask, UnitName = unit.Name };
    }

    sealed class Row
    {
        public RefundRow Refund { get; init; } = null!;

        public string? Name { get; init; }

        public string? NumberMask { get; init; }

        public string? UnitName { get; init; }
    }
}
