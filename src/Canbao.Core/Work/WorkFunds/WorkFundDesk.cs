using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.WorkFunds;

/// <summary>The work funds of a unit's communities on a day.</summary>
/// <param name="Unit">The unit whose rules promise them.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Now">As they come out now: on the day's end, or before it a forecast; all communities.</param>
/// <param name="Versions">What was decided, the last first.</param>
/// <param name="Decided">The lines of the last version; empty where nothing is decided.</param>
public sealed record WorkFundBook(
    Unit Unit, InsuranceYear Year, SeasonFunds Rule, IReadOnlyList<WorkFundLineRow> Now, IReadOnlyList<WorkFundRow> Versions,
    IReadOnlyList<WorkFundLineRow> Decided)
{
    /// <summary>Whether the day is not over yet.</summary>
    public required bool IsForecast { get; init; }

    /// <summary>The last decision, or null.</summary>
    public WorkFundRow? Last => Versions.Count > 0 ? Versions[0] : null;

    /// <summary>What holds: the decision, or what comes out now.</summary>
    public IReadOnlyList<WorkFundLineRow> Lines => Last is null ? Now : Decided;

    /// <summary>Of what comes out now.</summary>
    public string Digest => WorkFundStore.DigestOf(Now);

    /// <summary>Whether something else comes out now than was decided.</summary>
    public bool Differs => Last is { } last && last.Digest != Digest;

    /// <summary>Whether the kept lines are those that were decided.</summary>
    public bool IsIntact => Last is null || Last.Digest == WorkFundStore.DigestOf(Decided);

    /// <summary>The table of some lines.</summary>
    public FormGrid Grid(IReadOnlyList<WorkFundLineRow> lines) => WorkFundForm.Grid(
        $"{FormFrame.ShortName(Unit)}{Year}年度医保参保工作经费表",
        [
            $"{Unit.Name}（盖章）", $"截至 {Rule.On:yyyy-MM-dd} 日终",
            Last is { } last ? $"{last.DecidedOn:yyyy-MM-dd} 核定，第 {last.Version} 版" : IsForecast ? "预计，尚未到期" : "尚未核定",
        ],
        lines);
}

/// <summary>Reckons work funds and keeps what was decided (<c>lingyuan 六(三)</c>, decisions 30 and 34).</summary>
/// <param name="shelf">The packs with their seasons.</param>
public sealed class WorkFundDesk(PackShelf shelf)
{
    static readonly Role[] Deciders = [Role.Bureau, Role.Street];

    /// <summary>The units whose rules promise work funds, of which the viewer sees at least a part.</summary>
    public async Task<IReadOnlyList<Unit>> UnitsAsync(Session session, Viewer viewer, UnitTree tree, InsuranceYear year) =>
    [
        .. (await RulesAsync(session, viewer.Area, tree, year)).Select(one => one.Unit)
            .Where(unit => viewer.Sees(tree.PathOf(unit)) || viewer.UnitPath.StartsWith(tree.PathOf(unit), StringComparison.Ordinal)),
    ];

    /// <summary>The work funds of a unit; null where it promises none, or is none of the viewer's.</summary>
    public async Task<WorkFundBook?> ReadAsync(
        Session session, Viewer viewer, UnitTree tree, (string Unit, InsuranceYear Year) which, DateOnly today)
    {
        var units = await UnitsAsync(session, viewer, tree, which.Year);
        if (units.FirstOrDefault(one => one.Code == which.Unit) is not { } unit)
            return null;
        var rule = (await RulesAsync(session, viewer.Area, tree, which.Year)).First(one => one.Unit == unit).Rule;
        var versions = await WorkFundStore.VersionsAsync(session, viewer.Area, which.Year, unit.Code);
        return new(
            unit, which.Year, rule, await ReckonAsync(session, viewer.Area, (tree, unit, rule), which.Year, today), versions,
            versions.Count > 0 ? await WorkFundStore.LinesAsync(session, versions[0]) : [])
        {
            IsForecast = today <= rule.On,
        };
    }

    /// <summary>The lines that a viewer sees: a community its own.</summary>
    public static IReadOnlyList<WorkFundLineRow> Own(Viewer viewer, UnitTree tree, IEnumerable<WorkFundLineRow> lines) =>
        [.. lines.Where(line => tree.Find(line.Community) is { } unit && viewer.Sees(tree.PathOf(unit)))];

    /// <summary>Whether somebody decides on a unit's work funds.</summary>
    public static bool MayDecide(Viewer viewer, UnitTree tree, Unit unit) =>
        Deciders.Contains(viewer.Role) && viewer.Sees(tree.PathOf(unit));

    /// <summary>Decides: what comes out is kept as it is, and from then on holds; again only as a correction.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who decides.</param>
    /// <param name="which">The unit and year.</param>
    /// <param name="digest">What was looked at.</param>
    /// <param name="reason">Why a decision is corrected; empty for the first.</param>
    /// <exception cref="RefusedException">
    /// T510: no work funds there. T511: not this role or unit. T512: the day is not over. T513: a correction without a reason, or a first
    /// decision with one. T514: nothing else comes out than was decided. T515: something else comes out than was looked at. T516: the day
    /// is not counted to its end.
    /// </exception>
    public async Task<WorkFundRow> DecideAsync(
        Act act, Viewer viewer, (string Unit, InsuranceYear Year) which, string digest, string reason)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        if (await ReadAsync(act.Session, viewer, tree, which, act.Today) is not { } book)
            throw new RefusedException("T510", $"{tree.Find(which.Unit)?.Name ?? which.Unit}没有工作经费的规定；请核对单位和年度");
        if (!MayDecide(viewer, tree, book.Unit))
            throw new RefusedException("T511", $"{book.Unit.Name}的工作经费由该单位或上级医保部门核定");
        if (book.IsForecast)
            throw new RefusedException("T512", $"{book.Rule.On:yyyy-MM-dd} 还没有过完；过后再核定");
        if ((reason.Trim().Length > 0) != book.Last is not null)
            throw new RefusedException("T513", book.Last is null ? "第一次核定不写更正原因" : "已经核定过；更正须写明原因");
        if (book.Last is not null && !book.Differs)
            throw new RefusedException("T514", "重新计算的结果与核定的一样，不用更正");
        if (book.Digest != digest)
            throw new RefusedException("T515", "数字刚有变化，与您看到的不同；请刷新后再核定");
        await RequireCountedAsync(act.Session, act.Area, which.Year, book.Rule.On);
        var row = new WorkFundRow
        {
            InsuranceYear = which.Year.Year,
            Unit = book.Unit.Code,
            Version = book.Versions.Count + 1,
            OnDay = book.Rule.On,
            Clause = book.Rule.Clause,
            People = book.Now.Sum(line => line.Settled),
            Amount = book.Now.Sum(line => line.Amount),
            Digest = digest,
            Reason = LongNumbers.Hidden(reason.Trim()),
            DecidedOn = act.Today,
        };
        await WorkFundStore.AddAsync(act, row, book.Now);
        return row;
    }

    /// <summary>The highest units with a rule: a pack may be bound above them, or to each.</summary>
    async Task<List<(Unit Unit, SeasonFunds Rule)>> RulesAsync(Session session, int area, UnitTree tree, InsuranceYear year)
    {
        var bindings = await PackBindings.ReadAsync(session, area, year);
        SeasonFunds? Of(Unit unit) => bindings.Find(unit.Code, year.LastDay) is { } pack ? shelf.SeasonOf(pack).Funds : null;
        return
        [
            .. from unit in tree.All
               let rule = Of(unit)
               where rule is not null && (tree.Find(unit.Parent) is not { } above || Of(above) is null)
               select (unit, rule),
        ];
    }

    static async Task<IReadOnlyList<WorkFundLineRow>> ReckonAsync(
        Session session, int area, (UnitTree Tree, Unit Unit, SeasonFunds Rule) of, InsuranceYear year, DateOnly today)
    {
        var (tree, within) = (of.Tree, new UnitRange(of.Tree.PathOf(of.Unit)));
        var day = today < of.Rule.On ? today : of.Rule.On;
        var lines = today <= of.Rule.On
            ? await Tally.ReadAsync(session, area, within, year) : await Tally.ReadAsync(session, area, within, year, of.Rule.On);
        var figures = lines.GroupBy(line => line.Unit).ToDictionary(unit => unit.Key, ProgressFigures.Of, StringComparer.Ordinal);
        var targets = (await Targets.ListAsync(session, area, year))
            .Where(row => row.Holder.Length == 0 && row.Measure == TargetMeasure.Residents.Code)
            .ToDictionary(row => row.Unit, row => row.People, StringComparer.Ordinal);
        var active = await Figures.LatestAsync(session, area, Measures.CredentialsActive, day);
        var counted = await Figures.LatestAsync(session, area, Measures.CredentialsEnrolled, day);
        return [.. Communities(tree, of.Unit).Select((unit, at) => FundsRule.Reckon(of.Rule, Line(unit, at + 1)))];

        WorkFundLineRow Line(Unit unit, int place)
        {
            var own = tree.Subtree(unit).Aggregate(default(ProgressFigures), (sum, each) => sum + figures.GetValueOrDefault(each.Code));
            bool hasTarget = targets.TryGetValue(unit.Code, out long target);
            var told = active.GetValueOrDefault(unit.Code);
            return new()
            {
                Area = area,
                InsuranceYear = year.Year,
                Unit = of.Unit.Code,
                Community = unit.Code,
                Place = place,
                Name = unit.Name,
                Settled = own.Settled,
                Base = hasTarget ? target : own.Expected,
                HasTarget = hasTarget,
                Active = told?.People,
                // The notice takes the insured of the credentials' own system; ours where nobody told them.
                ActiveBase = told is null ? null : counted.GetValueOrDefault(unit.Code)?.People ?? own.Settled,
            };
        }
    }

    /// <summary>The villages and communities; what stands below one counts to it.</summary>
    static IEnumerable<Unit> Communities(UnitTree tree, Unit unit) =>
        unit.Kind == UnitKind.Village ? [unit] : tree.ChildrenOf(unit).SelectMany(child => Communities(tree, child));

    /// <summary>The day is counted once counting has begun by then and no act of it waits.</summary>
    static async Task RequireCountedAsync(Session session, int area, InsuranceYear year, DateOnly day)
    {
        int number = year.Year;
        var begun = await Tally.YearAsync(session, area, year);
        bool hasDay = begun is not null && await session.Table<TallyDayRow>()
            .AnyAsync(row => row.Area == area && row.InsuranceYear == number && row.Day <= day);
        var next = begun is null ? [] : await AuditChain.BehindAsync(session, area, begun.SealNo, 1);
        if (!hasDay || next.Any(one => BusinessDay.Of(one.Act.At) <= day))
            throw new RefusedException("T516", $"还没有统计到 {day:yyyy-MM-dd} 日终的人数；请稍后刷新再核定");
    }
}
