using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The targets of a unit and of those below it: handed down, derived from figures, signed for.</summary>
sealed class TargetsModel : OfficePage
{
    /// <summary>The unit whose parts are shown; the viewer's own where empty.</summary>
    [BindProperty(SupportsGet = true, Name = "unit")]
    public string UnitCode { get; set; } = "";

    /// <summary>The unit that a target is handed down to, or that signs.</summary>
    [BindProperty]
    public string To { get; set; } = "";

    [BindProperty]
    public string Measure { get; set; } = TargetMeasure.Residents.Code;

    [BindProperty]
    public long? People { get; set; }

    /// <summary>The login of whoever answers for a part; empty for the whole unit.</summary>
    [BindProperty]
    public string Holder { get; set; } = "";

    [BindProperty]
    public string Source { get; set; } = "";

    [BindProperty]
    public string Basis { get; set; } = TargetBasis.HukouAndPermits.Code;

    [BindProperty]
    public int Percent { get; set; } = 100;

    [BindProperty]
    public string SignedBy { get; set; } = "";

    [BindProperty]
    public DateOnly? SignedOn { get; set; }

    public Unit Unit { get; private set; } = null!;

    public IReadOnlyList<Unit> Above { get; private set; } = [];

    public IReadOnlyList<UnitTargets> Lines { get; private set; } = [];

    public IReadOnlyList<TargetMeasure> Shown { get; private set; } = [];

    public IReadOnlyList<(TargetMeasure Measure, TargetDifference Difference)> Differences { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Units { get; private set; } = [];

    public static IEnumerable<SelectListItem> Measures => TargetMeasure.All.Select(one => new SelectListItem(one.Chinese, one.Code));

    public static IEnumerable<SelectListItem> Bases =>
        TargetBasis.All.Where(one => one != TargetBasis.Entered).Select(one => new SelectListItem(one.Chinese, one.Code));

    public bool MaySet => Viewer.Role is Role.Bureau or Role.Street;

    public bool HasBelow { get; private set; }

    public async Task<IActionResult> OnPostHandDownAsync()
    {
        if (People is null or < 0)
            ModelState.AddModelError(nameof(People), "请填写人数");
        if (!ModelState.IsValid)
            return Page();
        await DoAsync("target.set", $"下达任务 {To}", act => TargetDesk.HandDownAsync(act, Viewer, [new()
        {
            InsuranceYear = Year.Year,
            Measure = Measure,
            Unit = To,
            Holder = Holder?.Trim() ?? "",
            People = People!.Value,
            Basis = TargetBasis.Entered.Code,
            Source = LongNumbers.Hidden(Source?.Trim() ?? ""),
        }]));
        return Done("/targets", "任务已下达", ("unit", Unit.Code));
    }

    public async Task<IActionResult> OnPostDeriveAsync()
    {
        if (Percent is < 1 or > 100)
            ModelState.AddModelError(nameof(Percent), "比例为 1 到 100 的整数");
        if (!ModelState.IsValid)
            return Page();
        var order = new TargetOrder(
            Year, TargetMeasure.Find(Measure) ?? TargetMeasure.Residents, TargetBasis.Find(Basis) ?? TargetBasis.HukouAndPermits, Percent,
            LongNumbers.Hidden(Source?.Trim() ?? ""));
        var (changed, missing) = (0, (IReadOnlyList<Unit>)[]);
        await DoAsync("target.derive", $"按{order.Basis.Chinese}推算任务", async act =>
            (changed, missing) = await TargetDesk.DeriveAsync(act, Viewer, Unit.Code, order));
        return Done(
            "/targets",
            missing.Count == 0 ? $"已推算，{changed} 个单位有变化"
                : $"已推算，{changed} 个单位有变化；没有数字、任务不变的：{string.Join("、", missing.Select(unit => unit.Name))}",
            ("unit", Unit.Code));
    }

    public async Task<IActionResult> OnPostSignAsync()
    {
        await DoAsync("target.sign", $"签订责任书 {To}", async act =>
        {
            if (!await Viewer.SeesUnitAsync(act.Session, To))
                throw new RefusedException("T201", "请选择本单位或下级单位");
            await Core.Reporting.Targets.SignAsync(act, Year, To, SignedBy ?? "", SignedOn ?? Today);
        });
        return Done("/targets", "责任书已登记", ("unit", Unit.Code));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var code = string.IsNullOrEmpty(UnitCode) ? Viewer.UnitCode : UnitCode;
        return await Database.ReadAsync(
            async session =>
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                if (tree.Find(code) is not { } chosen || !Viewer.Sees(tree.PathOf(chosen)))
                    return false;
                Unit = chosen;
                Above = Choices.Above(tree, Viewer, Unit);
                HasBelow = tree.ChildrenOf(Unit).Any();
                Lines = await TargetDesk.ReadAsync(session, Viewer.Area, tree, Unit, Year);
                Shown = [.. TargetMeasure.All.Where(measure => Lines.Any(line => line.Find(measure) is not null))];
                var all = await Core.Reporting.Targets.ListAsync(session, Viewer.Area, Year);
                Differences =
                [
                    .. from measure in TargetMeasure.All
                       from difference in Core.Reporting.Targets.Differences(tree, all, measure)
                       where Viewer.Sees(tree.PathOf(difference.Unit))
                       select (measure, difference),
                ];
                Units = [.. Lines.Select(line => new SelectListItem(line.Unit.Name, line.Unit.Code))];
                return true;
            },
            Cancel);
    }

    Task DoAsync(string kind, string reason, Func<Act, Task> work)
    {
        if (!MaySet)
            throw new RefusedException("T202", "任务由医保局、乡镇街道下达和登记");
        return Act.DoAsync(Database, Viewer.Area, Doer(reason), kind, work, Cancel);
    }
}
