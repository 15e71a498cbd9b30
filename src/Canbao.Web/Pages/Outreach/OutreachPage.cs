using Canbao.Core.Outreach;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Outreach;
using Canbao.Storage;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What pages of the ledger have in common: which cases, told by the address.</summary>
abstract class OutreachPage(CategoryNames names) : OfficePage
{
    /// <summary>The words of the state that are no outcome: all, and all that are closed. Empty stands for those being worked.</summary>
    public const string All = "all", Closed = "closed";

    static readonly string[] SearchKeys = ["unit", "ground", "state", "owner", "category", "overdue"];

    /// <summary>The unit; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Ground { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Owner { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Category { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Overdue { get; set; } = "";

    public UnitTree Tree { get; private set; } = null!;

    public Unit Unit { get; private set; } = null!;

    /// <summary>Those of the viewer's units who can have cases.</summary>
    public IReadOnlyList<OutreachWorker> Workers { get; private set; } = [];

    /// <summary>The search of the address, for links to other pages of the ledger.</summary>
    public (string Name, string Value)[] Search =>
    [
        .. from name in SearchKeys
           where Request.Query[name].ToString().Length > 0
           select (name, Request.Query[name].ToString()),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters =>
        UnitCode == Viewer.UnitCode ? SearchKeys[1..] : SearchKeys;

    public IEnumerable<SelectListItem> Units => Choices.Below(Tree, Viewer);

    public static IEnumerable<SelectListItem> Grounds =>
    [
        new("全部", ""), .. Enum.GetValues<OutreachGround>().Select(ground => new SelectListItem(OutreachWords.Ground(ground), $"{ground}")),
    ];

    public static IEnumerable<SelectListItem> States =>
    [
        new("在办", ""), new("已结案（全部）", Closed),
        .. OutreachOutcome.All.Select(outcome => new SelectListItem($"结案：{outcome.Chinese}", outcome.Code)), new("全部", All),
    ];

    public IEnumerable<SelectListItem> Owners =>
    [
        new("全部", ""), .. OutreachDesk.Works(Viewer) ? [new("我负责的", Viewer.Login)] : Array.Empty<SelectListItem>(),
        new("未指派", OutreachFilter.Nobody),
        .. Workers.Where(worker => worker.Login != Viewer.Login).Select(worker => new SelectListItem(Named(worker), worker.Login)),
    ];

    public IEnumerable<SelectListItem> Categories =>
        names.All.Select(name => new SelectListItem(name.Chinese, name.Code)).Prepend(new("全部（困难群众在前）", ""));

    public static IEnumerable<SelectListItem> Overdues => [new("不限", ""), new("已过期", "1")];

    /// <summary>The cases that are asked for.</summary>
    public OutreachFilter Filter => new(Year, new UnitRange(Tree.PathOf(Unit)))
    {
        Ground = Enum.TryParse<OutreachGround>(Ground, out var ground) ? ground : null,
        State = State switch
        {
            "" => OutreachState.Open,
            All => null,
            _ => OutreachState.Closed,
        },
        Outcome = OutreachOutcome.Find(State)?.Code ?? "",
        Owner = Owner,
        Category = Category,
        IsOverdue = Overdue.Length > 0,
    };

    public string CategoryName(string code) => names.Chinese(code);

    /// <summary>The name of an owner; the login where it is none of the viewer's units.</summary>
    public string OwnerName(string login) => Workers.FirstOrDefault(worker => worker.Login == login)?.Name ?? login;

    /// <summary>What a case says in one line.</summary>
    public string Why(OutreachLine line) => line.Why(CategoryName);

    /// <summary>The badge of a case.</summary>
    public static string Badge(OutreachCaseRow row) => row.State == OutreachState.Open
        ? "bad"
        : OutreachOutcome.Find(row.Outcome) is { IsByItself: true } ? "good" : "warn";

    protected static string Named(OutreachWorker worker) => $"{worker.Name}（{worker.UnitName}）";

    /// <summary>Reads units and workers; false where the unit is none of the viewer's.</summary>
    protected async Task<bool> LoadSearchAsync(Session session)
    {
        (UnitCode, Ground, State, Owner) = (UnitCode ?? "", Ground ?? "", State ?? "", Owner ?? "");
        (Category, Overdue) = (Category ?? "", Overdue ?? "");
        Tree = await UnitStore.ReadAsync(session, Viewer.Area);
        Workers = await OutreachAssignment.WorkersAsync(session, Viewer);
        if (Tree.Find(UnitCode.Length == 0 ? Viewer.UnitCode : UnitCode) is not { } unit || !Viewer.Sees(Tree.PathOf(unit)))
            return false;
        Unit = unit;
        return true;
    }
}
