using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Work.Collecting;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What a group payment would be today, worked out whenever it is looked at; only what was shown is confirmed.</summary>
sealed class GroupTrialModel(GroupTrial trial, GroupDesk desk) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long? Upload { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public string Payer { get; set; } = "";

    [BindProperty]
    public string Kind { get; set; } = "";

    /// <summary>What was shown.</summary>
    [BindProperty]
    public string Digest { get; set; } = "";

    /// <summary>What it would be; null where that cannot be told.</summary>
    public GroupOutcome? Outcome { get; private set; }

    /// <summary>One page of the lines, those first for whom nothing is paid.</summary>
    public IEnumerable<GroupTrialLine> Shown => (Outcome?.Lines ?? []).OrderBy(line => line.Fits).Skip((PageNumber - 1) * PageSize)
        .Take(PageSize);

    public bool More => Outcome?.Lines.Count > PageNumber * PageSize;

    /// <summary>Who may pay.</summary>
    public IEnumerable<SelectListItem> Kinds =>
        GroupDesk.PayerKinds(Viewer).Select(kind => new SelectListItem(Groups.PayerKind(kind), kind));

    /// <summary>Where the form goes, for the same people.</summary>
    public string Confirm => Link("/collection/group/trial", ("upload", Upload?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("category", Category ?? ""), ("unit", Unit ?? ""));

    GroupOrder Order => new(Year) { Upload = Upload, Category = Category ?? "", Unit = Unit ?? "" };

    /// <inheritdoc/>
    protected override int ScreenRows => 100;

    public async Task<IActionResult> OnPostAsync()
    {
        var batch = await Act.DoAsync(Database, Viewer.Area, Doer("确认集体缴费名单"), "group.confirm",
            act => desk.ConfirmAsync(act, Viewer, Order, (Payer, Kind), Digest), Cancel);
        return Done($"/collection/{batch.BatchId}", "名单已确认，等税务申报");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        if (Payer.Length == 0)
            Payer = Departments.Chinese(Viewer.Department);
        try
        {
            Outcome = await Database.ReadAsync(session => trial.TryAsync(session, Viewer, Order, Today), Cancel);
        }
        catch (Exception fault) when (fault is RefusedException or TableFileException)
        {
            Tell(fault);
        }

        return true;
    }
}
