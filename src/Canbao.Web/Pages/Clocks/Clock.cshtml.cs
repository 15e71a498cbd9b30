using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>One hand-over; its own office notes that it was done.</summary>
sealed class ClockModel : ClockPage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The day on which it was handed over.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    [BindProperty]
    public string Reason { get; set; } = "";

    public Clock Found { get; private set; } = null!;

    /// <summary>Who noted that it was done.</summary>
    public ActRow? DoneBy { get; private set; }

    /// <summary>The unit whose hand-over it is; empty for the whole area.</summary>
    public string UnitName { get; private set; } = "";

    public void OnGet() => On = Today;

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayDo(Found))
            throw new RefusedException("W113", "办结由负责移交的单位自己登记");
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W107", "请写明怎样移交的，如文号或回执");
        var row = await Act.DoAsync(Database, Viewer.Area, Doer(Reason.Trim()), "clock.done",
            act => Clocks.DoneAsync(act, Id, On ?? act.Today), Cancel);
        return Done("/clocks", row.DoneOn > row.DueOn ? $"已登记办结；期限是 {row.DueOn:yyyy-MM-dd}，属逾期办结" : "已登记办结");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            var tree = await UnitStore.ReadAsync(session, Viewer.Area);
            if (await Clocks.Published.FindAsync(session, Viewer.Area, Id, Today) is not { } clock || !Sees(clock, tree))
                return false;
            Found = clock;
            DoneBy = clock.Row.DoneAct is { } act ? await ActLog.FindAsync(session, Viewer.Area, act) : null;
            UnitName = clock.Row.Unit is { } unit ? tree.Find(unit)?.Name ?? unit : "";
            return true;
        },
        Cancel);
}
