using Canbao.Core.Units;
using Canbao.Core.Work.Timelines;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What the timelines of a person and of a household have in common: the filter by year and kind, told by the address.</summary>
abstract class TimelinePage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The code of a kind; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    /// <summary>The year of the calendar in which it happened; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Happened { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    /// <summary>The part that is shown, and whether another follows.</summary>
    public TimelineView View { get; private set; } = null!;

    public bool More { get; private set; }

    /// <summary>How many fit the filter.</summary>
    public int Count { get; private set; }

    public bool IsCut { get; private set; }

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Happenings { get; private set; } = [];

    /// <summary>Takes what fits the filter.</summary>
    /// <param name="timeline">All that happened.</param>
    /// <param name="units">The tree.</param>
    /// <param name="withNames">Whether the name of the member stands beside each.</param>
    protected void Fill(Timeline timeline, UnitTree units, bool withNames)
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var kind = TimelineWords.Kinds.FirstOrDefault(one => one.Code == Kind);
        var happened = timeline.Entries.GroupBy(one => TimelineView.YearOf(one)).Select(same => same.Key).ToList();
        Kinds =
        [
            new("全部", ""),
            .. TimelineWords.Kinds.Where(one => one.Code == Kind || timeline.Entries.Any(entry => entry.Kind == one.Kind))
                .Select(one => new SelectListItem(one.Chinese, one.Code)),
        ];
        Happenings = [new("全部", ""), .. happened.Select(year => new SelectListItem($"{year} 年", $"{year}"))];
        var fitting = timeline.Entries.Where(entry =>
            (kind.Code is null || entry.Kind == kind.Kind) && (Happened is null || TimelineView.YearOf(entry) == Happened)).ToList();
        var shown = fitting.Skip((PageNumber - 1) * PageSize).Take(PageSize).ToList();
        (Count, IsCut, More) = (fitting.Count, timeline.IsCut, fitting.Count > PageNumber * PageSize);
        View = new(shown, this, units) { Names = withNames ? timeline.Names : null };
    }
}
