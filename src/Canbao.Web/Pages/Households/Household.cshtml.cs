using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A household: who is enrolled, what each owes and why; registration and cash.</summary>
sealed class HouseholdModel(HouseholdFiles files, RegisterDesk desk, CashDesk cash) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The people who are ticked; for cash each with what the page said is owed: <c>person:fen</c>.</summary>
    [BindProperty]
    public string[] Chosen { get; set; } = [];

    /// <summary>The tiers that were chosen, where the place has any.</summary>
    [BindProperty]
    public Dictionary<long, int> Tiers { get; set; } = [];

    public HouseholdFile Found { get; private set; } = null!;

    public async Task<IActionResult> OnPostEnrolAsync()
    {
        long[] who = [.. Members().Select(item => item.PersonId)];
        if (who.Length == 0)
            throw RegisterDesk.NobodyChosen();
        await Act.DoAsync(
            Database, Viewer.Area, Doer("到场登记"), "enrol",
            async act =>
            {
                foreach (var tier in who.GroupBy(person => Tiers.GetValueOrDefault(person)))
                    await desk.EnrolAsync(act, new EnrolFor(Year, EnrolmentKinds.New, tier.Key), [.. tier]);
            },
            Cancel);
        return Done($"/households/{Id}", $"已登记 {who.Length} 人");
    }

    public async Task<IActionResult> OnPostCashAsync()
    {
        var payments = await Act.DoAsync(
            Database, Viewer.Area, Doer("收取现金"), "cash.take", act => cash.TakeAsync(act, Year, [.. Members()]), Cancel);
        var sum = payments.Aggregate(Money.Zero, (all, payment) => all + Money.FromFen(payment.Amount));
        var receipts = string.Join("、", payments.Select(payment => payment.ReceiptNo));
        return Done($"/households/{Id}", $"已收现金 {sum} 元，{payments.Count} 人；票据号 {receipts}");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var file = await Database.ReadAsync(
            session => files.FindAsync(session, Viewer.Area, new UnitRange(Viewer.UnitPath), (Id, Year), Today), Cancel);
        Found = file!;
        return file is not null;
    }

    /// <summary>What is ticked, of this household only.</summary>
    IEnumerable<CashItem> Members()
    {
        var own = Found.Members.Select(member => member.Member.Person.PersonId).ToHashSet();
        foreach (var text in Chosen)
            if (text.Split(':') is [var person, var fen] && TryRead(person, out var id) && TryRead(fen, out var amount) && own.Contains(id))
                yield return new(id, Money.FromFen(amount));

        static bool TryRead(string digits, out long value) =>
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
