using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>Group payments: batches of which somebody pays one sum for all lines (<c>laishan 二(四)</c>, <c>lishi 七(一)</c>).</summary>
public static class Groups
{
    /// <summary>The channel of their payments, and of their money in suspense, whose number is the batch's name.</summary>
    public const string Channel = "group";

    /// <summary>Who pays.</summary>
    public const string ByDepartment = "department", ByDonor = "donor", ByCollective = "collective";

    /// <summary>Who may pay, as an office says it.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> PayerKinds { get; } =
        [(ByDepartment, "名单部门"), (ByDonor, "捐助单位或个人"), (ByCollective, "村集体")];

    /// <summary>The states in which the list stands and nothing is posted.</summary>
    public static readonly string[] Planned = [Batches.Submitted, Batches.Declared, Batches.Suspended];

    /// <summary>Who pays, as an office says it.</summary>
    public static string PayerKind(string? code) => PayerKinds.FirstOrDefault(kind => kind.Code == code).Chinese ?? "";

    /// <summary>Whether it is a group payment of which nothing is posted.</summary>
    public static bool IsPlanned(CollectionBatchRow batch) => batch.Kind == Batches.Group && Planned.Contains(batch.State);

    /// <summary>The list, in its order.</summary>
    public static Task<List<GroupLineRow>> LinesAsync(Session session, int area, long batch) => (
        from row in session.Table<GroupLineRow>()
        where row.Area == area && row.BatchId == batch
        orderby row.Line
        select row).ToListAsync();

    /// <summary>People and sum of the list.</summary>
    public static async Task<BatchCount> CountAsync(Session session, int area, long batch)
    {
        var lines = await LinesAsync(session, area, batch);
        return new(lines.Count, Money.FromFen(lines.Sum(line => line.Amount)));
    }

    /// <summary>Those of some people who stand in a group payment of a year whose money has not come.</summary>
    public static async Task<IReadOnlySet<long>> WaitingAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people)
    {
        int number = year.Year;
        var found = await (
            from line in session.Table<GroupLineRow>()
            join batch in session.Table<CollectionBatchRow>() on new { line.Area, line.BatchId } equals new { batch.Area, batch.BatchId }
            where line.Area == area && batch.Area == area && batch.InsuranceYear == number && Planned.Contains(batch.State)
                && people.Contains(line.PersonId)
            select line.PersonId).ToListAsync();
        return found.ToHashSet();
    }

    /// <summary>The batch whose money waits, or waited, in suspense under a name; null where there is none.</summary>
    public static Task<CollectionBatchRow?> OfNoticeAsync(Session session, int area, string name)
    {
        int dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && int.TryParse(name[..dash], out int year) && int.TryParse(name[(dash + 1)..], out int number)
            ? session.Table<CollectionBatchRow>().FirstOrDefaultAsync(row => row.Area == area && row.Kind == Batches.Group
                && row.InsuranceYear == year && row.Number == number)
            : Task.FromResult<CollectionBatchRow?>(null);
    }

    /// <summary>
    /// Who paid what goes back, and therefore gets it: of a payment, or of money in suspense; null where residents paid themselves.
    /// </summary>
    public static async Task<string?> PayerAsync(Session session, RefundRow refund)
    {
        var (area, payment) = (refund.Area, refund.PaymentId);
        if (payment is null)
            return refund.Channel == Channel ? (await OfNoticeAsync(session, area, refund.Reference!))?.Payer : null;
        return await (
            from row in session.Table<PaymentRow>()
            join batch in session.Table<CollectionBatchRow>() on new { row.Area, row.BatchId } equals
                new { batch.Area, BatchId = (long?)batch.BatchId }
            where row.Area == area && batch.Area == area && row.PaymentId == payment
            select batch.Payer).FirstOrDefaultAsync();
    }
}
