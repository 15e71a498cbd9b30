using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What an agent takes for one person.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Amount">What the page said that the person owes.</param>
public readonly record struct CashItem(long PersonId, Money Amount)
{
    /// <summary>The receipt that was given for it already; null where it gets the batch's next one.</summary>
    public IssuedReceipt? Issued { get; init; }
}

/// <summary>A receipt that was given before the cash desk knew of it.</summary>
/// <param name="Number">Its number, which was issued beforehand.</param>
/// <param name="Day">The business day on which the cash was taken: its price is due.</param>
/// <param name="Reference">What makes the payment unique.</param>
public sealed record IssuedReceipt(string Number, DateOnly Day, string Reference);

/// <summary>Takes cash for members of a household (<c>baogou 二(五)1</c>) or pupils of a school.</summary>
/// <param name="dues">What people owe.</param>
public sealed class CashDesk(Dues dues)
{
    /// <summary>The channel of cash.</summary>
    public const string Channel = "cash";

    readonly Posting posting = new(dues);

    /// <summary>
    /// Takes exactly what is due from each person (promise 3), today or on the day of a receipt that was given, opens cover and gives
    /// receipt numbers; all or nothing. The payments are lines of the open batch of whoever takes them.
    /// </summary>
    /// <param name="act">The deed; cash goes to its account.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="items">For whom and how much.</param>
    /// <param name="school">The school that takes it for its pupils; null: for the unit in which each is enrolled.</param>
    /// <returns>The payments, in the order of the items.</returns>
    /// <exception cref="RefusedException">C105: nothing was chosen; else as of <see cref="Posting.PostAsync"/>.</exception>
    public async Task<IReadOnlyList<PaymentRow>> TakeAsync(
        Act act, InsuranceYear year, IReadOnlyList<CashItem> items, string? school = null)
    {
        if (items.Count == 0)
            throw new RefusedException("C105", "没有勾选任何人；请勾选要收款的成员");
        var lines = await NumberAsync(act, year, items, school);
        var results = await posting.PostAsync(act, [.. items.Select((item, at) => new PaymentOrder(item.PersonId, year, item.Amount)
        {
            PaidOn = item.Issued?.Day ?? act.Today,
            Reference = item.Issued?.Reference ?? "",
            Channel = Channel,
            Debit = Accounts.Cash(act.Account),
            BatchId = lines[at].Batch,
            ReceiptNo = lines[at].ReceiptNo,
        })]);
        if (results.FirstOrDefault(result => !result.IsPosted) is { } refused)
            throw new RefusedException(refused.Code, refused.Text);
        return [.. results.Select(result => result.Payment!)];
    }

    // Whoever is not enrolled has no batch, and is refused with everything else.
    static async Task<IReadOnlyList<(long? Batch, string ReceiptNo)>> NumberAsync(
        Act act, InsuranceYear year, IReadOnlyList<CashItem> items, string? school)
    {
        long[] people = [.. items.Select(item => item.PersonId).Distinct()];
        var units = await act.Session.Table<EnrolmentRow>()
            .Where(row => row.Area == act.Area && row.InsuranceYear == year.Year && people.Contains(row.PersonId) && row.EndedOn == null)
            .ToDictionaryAsync(row => row.PersonId, row => school ?? row.Unit);
        var batches = new Dictionary<string, CollectionBatchRow>(StringComparer.Ordinal);
        var lines = new List<(long?, string)>();
        foreach (var item in items)
        {
            if (!units.TryGetValue(item.PersonId, out var unit))
            {
                lines.Add((null, ""));
                continue;
            }

            if (!batches.TryGetValue(unit, out var batch))
                batch = await Batches.OpenAsync(act, act.Account, school is null ? Batches.Village : Batches.School, unit, year.Year);
            if (item.Issued is null)
                batch = batch with { Receipts = batch.Receipts + 1, ActId = act.Id };
            batches[unit] = batch;
            lines.Add((batch.BatchId, item.Issued?.Number ?? Batches.ReceiptNo(batch, batch.Receipts)));
        }

        foreach (var batch in batches.Values)
            await act.Session.Data.UpdateAsync(batch);
        return lines;
    }
}
