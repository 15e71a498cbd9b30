using Canbao.Core.Units;
using Canbao.Core.Work.Quality;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Insurance records against tax's and how well people are registered, unit by unit; each number opens to its people.</summary>
sealed class QualityModel : OfficePage
{
    /// <summary>The unit whose parts are shown; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    public Unit Unit { get; private set; } = null!;

    public IReadOnlyList<Unit> Above { get; private set; } = [];

    public IReadOnlyList<QualityLine> Lines { get; private set; } = [];

    public QualityCounts All { get; private set; }

    /// <summary>When it was counted; null for just now.</summary>
    public DateTimeOffset? CountedAt { get; private set; }

    /// <summary>Money of channels that fits nobody; null for who does not see the whole area.</summary>
    public (long Notices, Money Amount)? Waiting { get; private set; }

    /// <summary>Whether numbers open to people.</summary>
    public bool Opens => Routes.Find("/quality/people")!.Admits(Viewer.Role);

    /// <summary>The people behind a number.</summary>
    public string People(Unit unit, QualityIssue issue) => Link("/quality/people", ("unit", unit.Code), ("issue", $"{issue}"));

    /// <inheritdoc/>
    protected override bool OffersExcel => false;

    public IActionResult OnPostDownload() => File(
        RecordQuality.Csv(Lines, All), "text/csv; charset=utf-8", $"登记质量-{Unit.Code}-{Year}.csv");

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            var tree = await UnitStore.ReadAsync(session, Viewer.Area);
            if (tree.Find(string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode) is not { } unit || !Viewer.Sees(tree.PathOf(unit)))
                return false;
            (Unit, Above) = (unit, Choices.Above(tree, Viewer, unit));
            var view = await KeptQuality.ReadAsync(session, Viewer.Area, (tree, unit), (Year, Today));
            (Lines, All) = RecordQuality.Table(tree, unit, view.Units);
            CountedAt = view.CountedAt;
            Waiting = Viewer.SeesWholeArea ? await RecordQuality.WaitingAsync(session, Viewer.Area, Year) : null;
            return true;
        },
        Cancel);
}
