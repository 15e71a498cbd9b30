using Canbao.Core.Events;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>One finding: theirs beside ours, and the decision.</summary>
sealed class FindingModel(FindingFiles files, FindingDesk findings, RegisterDesk desk) : OfficePage
{
    static readonly string[] SearchKeys = ["source", "kind", "unit", "state"];

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string Reason { get; set; } = "";

    /// <summary>Where somebody is registered who is missing here.</summary>
    [BindProperty]
    public string Unit { get; set; } = "";

    public FindingFile Found { get; private set; } = null!;

    public UnitTree Tree { get; private set; } = null!;

    public bool IsMissing => Found.Finding.Row.Kind == FindingKinds.MissingHere;

    public IEnumerable<SelectListItem> Units => Choices.Units(Tree, Viewer).Prepend(new("请选择", ""));

    /// <summary>The list from which one came, with its search.</summary>
    public (string Name, string Value)[] Search =>
    [
        .. from name in SearchKeys
           where Request.Query[name].ToString().Length > 0
           select (name, Request.Query[name].ToString()),
    ];

    /// <summary>This page with a handler, keeping the search.</summary>
    public string Handle(string handler) => Link($"/comparisons/{Id}", [.. Search, ("handler", handler)]);

    public Task<IActionResult> OnPostAcceptAsync()
    {
        if (IsMissing && Unit.Length == 0)
            throw new RefusedException("R142", "登记此人须先选定所属单位");
        var unit = IsMissing ? Choices.RequireUnit(Tree, Viewer, Unit).Code : null;
        return DecideAsync(async act =>
        {
            var state = FindingState.Open;
            await desk.ChangeAsync(
                act, [Years.Earlier, Years.Later], Found.Ours is { } ours ? [ours.Person.PersonId] : [],
                async each => state = await findings.AcceptAsync(each, Id, Reason.Trim(), unit));
            return state == FindingState.Settled ? "登记已与来文一致，没有再改" : "已采纳，登记已更正";
        });
    }

    public Task<IActionResult> OnPostRejectAsync() => LeaveAsync(false, "不采纳，登记不变");

    public Task<IActionResult> OnPostPostponeAsync() => LeaveAsync(true, "已暂缓");

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (var found, Tree) = await Database.ReadAsync(
            async session => (
                await files.FindAsync(session, Viewer.Area, Viewer.SeesWholeArea ? null : Viewer.Scope, Id),
                await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        if (found is null)
            return false;
        Found = found;
        return true;
    }

    Task<IActionResult> LeaveAsync(bool isPostponed, string said) => DecideAsync(async act =>
    {
        await findings.LeaveAsync(act, Id, Reason.Trim(), isPostponed);
        return said;
    });

    async Task<IActionResult> DecideAsync(Func<Act, Task<string>> decide)
    {
        if (Reason.Trim().Length == 0)
            throw new RefusedException("W107", "请写明理由；处理会留下记录");
        var said = await Act.DoAsync(Database, Viewer.Area, Doer(Reason.Trim()), "finding.decide", decide, Cancel);
        return Done("/comparisons", $"{Found.Finding.Told.Name}：{said}", Search);
    }
}
