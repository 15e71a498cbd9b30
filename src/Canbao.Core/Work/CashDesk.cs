using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>What an agent takes for one person.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Amount">What the page said that the person owes.</param>
public readonly record struct CashItem(long PersonId, Money Amount);

/// <summary>Takes cash for members of a household (<c>baogou 二(五)1</c>).</summary>
/// <param name="dues">What people owe.</param>
public sealed class CashDesk(Dues dues)
{
    /// <summary>The channel of cash.</summary>
    public const string Channel = "cash";

    readonly Posting posting = new(dues);

    /// <summary>
    /// Takes exactly what is due today from each person (promise 3), opens cover and gives receipt numbers; all or nothing.
    /// </summary>
    /// <param name="act">The deed; cash goes to its account.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="items">For whom and how much.</param>
    /// <returns>The payments, in the order of the items.</returns>
    /// <exception cref="RefusedException">C105: nothing was chosen; else as of <see cref="Posting.PostAsync"/>.</exception>
    public async Task<IReadOnlyList<PaymentRow>> TakeAsync(Act act, InsuranceYear year, IReadOnlyList<CashItem> items)
    {
        if (items.Count == 0)
            throw new RefusedException("C105", "没有勾选任何人；请勾选要收款的成员");
        var results = await posting.PostAsync(act, [.. items.Select(item => new PaymentOrder(item.PersonId, year, item.Amount)
        {
            PaidOn = act.Today,
            Channel = Channel,
            Debit = Accounts.Cash(act.Account),
        })]);
        if (results.FirstOrDefault(result => !result.IsPosted) is { } refused)
            throw new RefusedException(refused.Code, refused.Text);
        return [.. results.Select(result => result.Payment!)];
    }
}
