using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work.Changes;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Head, split, merge and move of a household; each says why.</summary>
sealed class HouseholdChangeModel(People people, ChangeDesk changes) : ChangePage(changes)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public long Head { get; set; }

    /// <summary>Who leaves for a new household.</summary>
    [BindProperty]
    public long[] Leaving { get; set; } = [];

    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public string Address { get; set; } = "";

    [BindProperty]
    public string Unit { get; set; } = "";

    [BindProperty]
    public DateOnly? From { get; set; }

    public HouseholdView Found { get; private set; } = null!;

    public UnitTree Tree { get; private set; } = null!;

    public Task<IActionResult> OnPostHeadAsync() =>
        DoAsync("household.head", "户主已变更", act => Households.ChangeHeadAsync(act, people, Id, Head));

    public Task<IActionResult> OnPostSplitAsync() => DoAsync(
        "household.split", "已分户", act => Households.SplitAsync(act, people, Id, Leaving, (Number.Trim(), Address.Trim())));

    public Task<IActionResult> OnPostMoveAsync() => DoAsync(
        "household.move", "已迁移", act => Households.MoveAsync(
            act, people, Id, From ?? Today, (Choices.RequireUnit(Tree, Viewer, Unit).Code, Address.Trim())));

    public Task<IActionResult> OnPostMergeAsync() => DoAsync("household.merge", "已并入该户", async act =>
    {
        var into = await Households.FindByNumberAsync(act.Session, act.Area, Viewer.Scope, Number.Trim())
            ?? throw new RefusedException("R112", "没有找到这个户号的家庭户；请核对户号");
        await Households.MergeAsync(act, people, Id, into.HouseholdId);
    });

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Found, Tree) = await Database.ReadAsync(
            async session => (
                (await Households.FindWithinAsync(session, Viewer.Area, Viewer.Scope, Id, Year))!,
                await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        return Found is { Household.EndedOn: null };
    }

    Task<IActionResult> DoAsync(string kind, string said, Func<Act, Task> change) => ChangeAsync(
        kind, Order([.. Found.Members.Select(member => member.Person.PersonId)], change), () => Task.FromResult(Done("/households", said)));
}
