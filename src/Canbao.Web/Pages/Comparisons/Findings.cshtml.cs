using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What other offices' files and the register differ in, for whoever decides it: the units concerned and the bureau.</summary>
sealed class FindingsModel(Comparisons comparisons) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Source { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    /// <summary>How they stand; empty for all that are to be decided.</summary>
    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public UnitTree Tree { get; private set; } = null!;

    public IReadOnlyList<Finding> Found { get; private set; } = [];

    public IReadOnlyDictionary<string, int> Waiting { get; private set; } = new Dictionary<string, int>();

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters =>
        UnitCode == Viewer.UnitCode ? ["source", "kind", "state"] : ["source", "kind", "state", "unit"];

    public static IEnumerable<SelectListItem> Sources =>
        ComparisonSource.All.Select(source => new SelectListItem(source.Chinese, source.Code)).Prepend(new("全部来源", ""));

    public static IEnumerable<SelectListItem> Kinds =>
        FindingKinds.All.Select(kind => new SelectListItem(FindingKinds.Chinese(kind), kind)).Prepend(new("全部", ""));

    public static IEnumerable<SelectListItem> States =>
    [
        new("待处理（含暂缓）", ""), .. Enum.GetValues<FindingState>().Select(state => new SelectListItem(StateName(state), $"{state}")),
    ];

    public IEnumerable<SelectListItem> Units => Choices.Below(Tree, Viewer);

    public static string StateName(FindingState state) => state switch
    {
        FindingState.Open => "待处理",
        FindingState.Accepted => "已采纳",
        FindingState.Rejected => "不采纳",
        FindingState.Postponed => "暂缓",
        _ => "已一致",
    };

    public static string Badge(FindingState state) => state switch
    {
        FindingState.Open => "bad",
        FindingState.Postponed => "warn",
        FindingState.Accepted => "good",
        _ => "",
    };

    /// <summary>The address of one finding, which leads back to this search.</summary>
    public string Open(Finding finding) => Link(
        $"/comparisons/{finding.Row.FindingId}", ("source", Source), ("kind", Kind), ("unit", UnitCode), ("state", State));

    public string UnitName(string? code) => code is not null && Tree.Find(code) is { } unit ? unit.Name : "";

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        return await Database.ReadAsync(
            async session =>
            {
                Tree = await UnitStore.ReadAsync(session, Viewer.Area);
                if (Within(Tree) is not { } within)
                    return false;
                var search = new FindingSearch(within.Range)
                {
                    Source = ComparisonSource.Find(Source ?? ""),
                    Kind = Kind ?? "",
                    State = Enum.TryParse<FindingState>(State, out var state) ? state : null,
                };
                var found = await comparisons.ListAsync(session, Viewer.Area, search, ((PageNumber - 1) * PageSize, PageSize + 1));
                More = found.Count > PageSize;
                Found = found[..Math.Min(found.Count, PageSize)];
                Waiting = await Comparisons.WaitingAsync(session, Viewer.Area, within.Range);
                return true;
            },
            Cancel);
    }

    /// <summary>The units that are asked for; null where they are none of the viewer's.</summary>
    (UnitRange? Range, bool IsSeen)? Within(UnitTree tree)
    {
        if (string.IsNullOrEmpty(UnitCode))
            return (Viewer.SeesWholeArea ? null : Viewer.Scope, true);
        return tree.Find(UnitCode) is { } unit && Viewer.Sees(tree.PathOf(unit)) ? (new UnitRange(tree.PathOf(unit)), true) : null;
    }
}
