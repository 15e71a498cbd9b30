using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A school's pupils who have not paid: the list goes to tax and the parents pay, or the school collects.</summary>
sealed class SchoolModel(SchoolDesk desk, CashDesk cash) : OfficePage
{
    /// <summary>The pupils who are ticked, each with what the page said is owed: <c>person:fen</c>.</summary>
    [BindProperty]
    public string[] Chosen { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public PupilCount Count { get; private set; }

    public IReadOnlyList<OwingPupil> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override int ScreenRows => 100;

    public async Task<IActionResult> OnPostRegisterAsync()
    {
        var batch = await Act.DoAsync(Database, Viewer.Area, Doer("登记名单送税务核对"), "batch.registered",
            act => SchoolDesk.RegisterAsync(act, Viewer, Year), Cancel);
        return Done($"/collection/{batch.BatchId}", "名单已送税务核对");
    }

    public async Task<IActionResult> OnPostCashAsync()
    {
        var payments = await Act.DoAsync(Database, Viewer.Area, Doer("收取现金"), "cash.take",
            act => cash.TakeAsync(act, Year, [.. Pupils()], Viewer.UnitCode), Cancel);
        var sum = payments.Aggregate(Money.Zero, (all, payment) => all + Money.FromFen(payment.Amount));
        return Done("/collection/school", $"已收现金 {sum} 元，{payments.Count} 人");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            PageNumber = Math.Clamp(PageNumber, 1, 10_000);
            Count = await SchoolDesk.CountAsync(session, Viewer.Area, Viewer.Scope, Year);
            var found = await desk.OwingAsync(
                session, Viewer.Area, Viewer.Scope, (Year, Today), ((PageNumber - 1) * PageSize, PageSize + 1));
            More = found.Count > PageSize;
            Found = found[..Math.Min(found.Count, PageSize)];
            return true;
        },
        Cancel);

    /// <summary>What is ticked, of the pupils shown only.</summary>
    IEnumerable<CashItem> Pupils()
    {
        var own = Found.Select(pupil => pupil.PersonId).ToHashSet();
        foreach (var text in Chosen)
            if (text.Split(':') is [var person, var fen] && TryRead(person, out var id) && TryRead(fen, out var amount) && own.Contains(id))
                yield return new(id, Money.FromFen(amount));

        static bool TryRead(string digits, out long value) =>
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
