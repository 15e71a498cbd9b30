using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Units;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Which hand-overs are shown.</summary>
enum ClockGroup
{
    Waiting,
    Overdue,
    Done,
    DoneLate,
    All,
}

/// <summary>Hand-overs with a time of working days: overdue, running, done, late, by office.</summary>
sealed class ClocksModel : ClockPage
{
    [BindProperty(SupportsGet = true)]
    public string Office { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public ClockGroup Group { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    /// <summary>How each office stands.</summary>
    public IReadOnlyList<OfficeClocks> Sums { get; private set; } = [];

    /// <summary>All offices of the choice together.</summary>
    public OfficeClocks Sum { get; private set; } = null!;

    public IReadOnlyList<Clock> Found { get; private set; } = [];

    public bool More { get; private set; }

    public static IEnumerable<SelectListItem> Groups =>
    [
        new("未办结", $"{ClockGroup.Waiting}"), new("超期未办", $"{ClockGroup.Overdue}"), new("按时办结", $"{ClockGroup.Done}"),
        new("逾期办结", $"{ClockGroup.DoneLate}"), new("全部", $"{ClockGroup.All}"),
    ];

    public IEnumerable<SelectListItem> Offices =>
        Sums.Select(office => new SelectListItem(Departments.Office(office.Office), office.Office)).Prepend(new("全部单位", ""));

    /// <summary>The hand-overs behind a number.</summary>
    public string Behind(string office, ClockGroup group) => Link("/clocks", ("office", office), ("group", $"{group}"));

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters => Group == ClockGroup.Waiting ? ["office"] : ["office", "group"];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        Office ??= "";
        var (all, tree) = await Database.ReadAsync(
            async session => (
                await Clocks.Published.ListAsync(session, Viewer.Area, Today, Own),
                await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        var seen = all.FindAll(clock => Sees(clock, tree));
        Sums = Clocks.Sum(seen);
        var chosen = seen.FindAll(clock => Office.Length == 0 || clock.Row.Office == Office);
        var sums = Clocks.Sum(chosen);
        Sum = new(
            "", sums.Sum(each => each.Overdue), sums.Sum(each => each.Running), sums.Sum(each => each.DoneLate),
            sums.Sum(each => each.Done));
        var shown = chosen.FindAll(IsShown);
        Found = [.. shown.Skip((PageNumber - 1) * PageSize).Take(PageSize)];
        More = shown.Count > PageNumber * PageSize;
        return true;
    }

    bool IsShown(Clock clock) => Group switch
    {
        ClockGroup.Overdue => clock.State == ClockState.Overdue,
        ClockGroup.Done => clock.State == ClockState.Done,
        ClockGroup.DoneLate => clock.State == ClockState.DoneLate,
        ClockGroup.All => true,
        _ => clock.Row.DoneOn is null,
    };
}
