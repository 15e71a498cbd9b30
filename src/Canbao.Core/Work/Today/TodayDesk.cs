using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Core.Funding;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Funding;
using Canbao.Core.Work.Outreach;
using Canbao.Core.Work.Policies;
using Canbao.Core.Work.Refunding;
using Canbao.Core.Work.Reports;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Today;

/// <summary>Something that waits for whoever looks.</summary>
/// <param name="What">What it is, in Chinese.</param>
/// <param name="Count">How many.</param>
/// <param name="Path">The page on which it is done.</param>
public sealed record TodayItem(string What, long Count, string Path)
{
    /// <summary>Whether its time is over.</summary>
    public bool IsLate { get; init; }

    /// <summary>What the path is asked with.</summary>
    public IReadOnlyList<(string Key, string Value)> Query { get; init; } = [];
}

/// <summary>What waits for somebody today: what is late first. Each line counts what its page lists, within the own units.</summary>
/// <param name="shelf">The packs, whose plans say which reports are due.</param>
public sealed class TodayDesk(PackShelf shelf)
{
    /// <summary>Nobody waits for a number above it.</summary>
    const int MostCounted = 1000;

    /// <summary>Reads it.</summary>
    public async Task<IReadOnlyList<TodayItem>> ReadAsync(Session session, Viewer viewer, InsuranceYear year, DateOnly today)
    {
        var items = new List<TodayItem>();
        switch (viewer.Role)
        {
            case Role.Agent:
                items.AddRange(await CashAsync(session, viewer, today));
                items.AddRange(await BatchesAsync(session, viewer, year));
                items.AddRange(await CasesAsync(session, viewer, year, today));
                break;
            case Role.Street:
                items.AddRange(await ReportsAsync(session, viewer, year));
                items.AddRange(await BatchesAsync(session, viewer, year));
                items.AddRange(await CashAsync(session, viewer, today));
                items.AddRange(await ObjectionsAsync(session, viewer, year));
                items.AddRange(await CasesAsync(session, viewer, year, today));
                break;
            case Role.Bureau:
                items.AddRange(await ReportsAsync(session, viewer, year));
                items.AddRange(await ProposalsAsync(session, viewer, year));
                items.AddRange(await FindingsAsync(session, viewer));
                items.AddRange(await BulletinsAsync(session, viewer, year));
                items.AddRange(await ObjectionsAsync(session, viewer, year));
                items.AddRange(await SuspenseAsync(session, viewer));
                break;
            case Role.Tax:
                items.AddRange(await BatchesAsync(session, viewer, year));
                items.AddRange(await SuspenseAsync(session, viewer));
                items.AddRange(await DiscrepanciesAsync(session, viewer));
                break;
            case Role.School:
                items.AddRange(await BatchesAsync(session, viewer, year));
                break;
            case Role.ListDepartment:
                items.AddRange(await UploadsAsync(session, viewer));
                break;
            case Role.Supervisor:
                items.AddRange(await CashAsync(session, viewer, today));
                items.AddRange(await BulletinsAsync(session, viewer, year));
                break;
            default:
                break;
        }

        items.AddRange(await ApplicationsAsync(session, viewer));
        items.AddRange(await RefundsAsync(session, viewer));
        items.AddRange(await ClaimsAsync(session, viewer));
        items.AddRange(await ClocksAsync(session, viewer, today));
        return [.. items.Where(item => item.Count > 0).OrderByDescending(item => item.IsLate)];
    }

    static async Task<IEnumerable<TodayItem>> BatchesAsync(Session session, Viewer viewer, InsuranceYear year)
    {
        var search = new BatchSearch(viewer.Scope, year)
        {
            OnlyUnfinished = true,
            Agent = viewer.Role is Role.Agent or Role.School ? viewer.Login : "",
        };
        return from listed in await BatchFiles.ListAsync(session, viewer.Area, search, (0, int.MaxValue))
               where BatchDesk.IsFor(viewer, listed.Batch) && BatchSteps.IsFor(viewer, listed.Batch)
               group listed by BatchSteps.Next(listed.Batch)!.Chinese into same
               select new TodayItem($"代收批次待{same.Key}", same.Count(), "/collection");
    }

    static async Task<IEnumerable<TodayItem>> CashAsync(Session session, Viewer viewer, DateOnly today)
    {
        var inHand = await CashBook.ListAsync(session, viewer.Area, viewer.Scope, today);
        return
        [
            new("手中现金超过限额或天数", inHand.Count(one => one.IsOverdue && (viewer.Role != Role.Agent || one.Login == viewer.Login)), "/cash")
            {
                IsLate = true,
            },
        ];
    }

    static async Task<IEnumerable<TodayItem>> CasesAsync(Session session, Viewer viewer, InsuranceYear year, DateOnly today)
    {
        var all = new OutreachFilter(year, viewer.Scope) { Owner = viewer.Role == Role.Agent ? viewer.Login : OutreachFilter.Nobody };
        long open = await OutreachList.CountAsync(session, viewer.Area, all, today);
        if (viewer.Role != Role.Agent)
            return [new("扩面对象还没有指派", open, "/outreach/assign")];
        long late = await OutreachList.CountAsync(session, viewer.Area, all with { IsOverdue = true }, today);
        return [new("过了约定日期还没有走访", late, "/outreach/visits") { IsLate = true }, new("扩面对象在办", open, "/outreach")];
    }

    async Task<IEnumerable<TodayItem>> ReportsAsync(Session session, Viewer viewer, InsuranceYear year) =>
        from due in (await ReportCalendar.ReadAsync(session, viewer.Area, shelf, year)).Pressing(viewer.UnitCode, session.Now)
        let isLate = due.IsLateAt(session.Now)
        select new TodayItem($"{due.Report.Says}{(isLate ? "已过上报时间" : "临近上报时间")}（{due.DueOn:MM-dd}）", 1, "/reports/due")
        {
            IsLate = isLate,
            Query = [("form", due.Report.Form), ("due", $"{due.DueOn:yyyy-MM-dd}"), ("unit", due.Unit.Code)],
        };

    static async Task<IEnumerable<TodayItem>> ProposalsAsync(Session session, Viewer viewer, InsuranceYear year) =>
    [
        new("政策包待您核准", (await PolicyDesk.ListAsync(session, viewer.Area, year))
            .Count(row => viewer.SeesWholeArea && row.State == PolicyDesk.Waiting && row.ProposedBy != viewer.Login), "/policies"),
    ];

    static async Task<IEnumerable<TodayItem>> FindingsAsync(Session session, Viewer viewer)
    {
        int area = viewer.Area;
        return
        [
            new("比对结果待处理", await session.Table<FindingRow>().CountAsync(
                row => row.Area == area && (row.State == FindingState.Open || row.State == FindingState.Postponed)), "/comparisons"),
        ];
    }

    static async Task<IEnumerable<TodayItem>> BulletinsAsync(Session session, Viewer viewer, InsuranceYear year)
    {
        var state = viewer.Role == Role.Supervisor ? BulletinDesk.Waiting : BulletinDesk.Approved;
        var waiting = (await BulletinDesk.ListAsync(session, viewer, year)).Count(row => row.State == state);
        return [new(viewer.Role == Role.Supervisor ? "通报待审阅" : "通报已审阅，待发布", waiting, "/bulletins")];
    }

    static async Task<IEnumerable<TodayItem>> ObjectionsAsync(Session session, Viewer viewer, InsuranceYear year) =>
    [
        new("公示异议待答复",
            (await PostingDesk.ListAsync(session, viewer, year)).Sum(posting => posting.Objections.Count(one => one.Answer.Length == 0)),
            "/postings"),
    ];

    static async Task<IEnumerable<TodayItem>> SuspenseAsync(Session session, Viewer viewer)
    {
        int area = viewer.Area;
        return
        [
            new("挂账款项待处理", await session.Table<ChannelNoticeRow>()
                .CountAsync(row => row.Area == area && row.State == ChannelNotices.Suspense), "/suspense"),
        ];
    }

    static async Task<IEnumerable<TodayItem>> DiscrepanciesAsync(Session session, Viewer viewer)
    {
        int area = viewer.Area;
        return
        [
            new("对账差异待处理", await session.Table<DiscrepancyRow>()
                .CountAsync(row => row.Area == area && row.State == Discrepancies.Open), "/reconciliation"),
        ];
    }

    static async Task<IEnumerable<TodayItem>> UploadsAsync(Session session, Viewer viewer)
    {
        var (area, department) = (viewer.Area, viewer.Department);
        return
        [
            new("名单已上传，还没有生效", await session.Table<UploadRow>()
                .CountAsync(row => row.Area == area && row.Department == department && row.State == UploadState.Staged), "/rosters"),
        ];
    }

    static async Task<IEnumerable<TodayItem>> ApplicationsAsync(Session session, Viewer viewer)
    {
        if (viewer.Role is not (Role.Agent or Role.Street or Role.Bureau))
            return [];
        var waiting = await Applications.ListAsync(session, viewer.Area, viewer.Scope, (0, MostCounted));
        return [new("居民申请待受理", waiting.Count(one => one.Row.State == Applications.HandedIn), "/applications")];
    }

    static async Task<IEnumerable<TodayItem>> RefundsAsync(Session session, Viewer viewer)
    {
        if (viewer.Role is not (Role.Bureau or Role.Supervisor or Role.Tax))
            return [];
        var waiting = await RefundFiles.ListAsync(session, viewer, [Refunds.Requested, Refunds.Approved, Refunds.Failed], (0, MostCounted));
        var mine = viewer.Role.Chinese();
        return [new("退费等您办理", waiting.Count(one => RefundFiles.WaitsFor(one.Refund) == mine), "/refunds")];
    }

    static async Task<IEnumerable<TodayItem>> ClaimsAsync(Session session, Viewer viewer)
    {
        if (viewer.Role is not (Role.Finance or Role.Tax))
            return [];
        string[] open = [FunderClaims.Submitted, FunderClaims.Approved, FunderClaims.Allocated];
        var claims = await FundingBills.Claims(session, viewer).Where(one => open.Contains(one.Claim.State)).ToListAsync();
        return [new("资金申请等您办理", claims.Count(one => ClaimDesk.IsNext(viewer, one.Claim)), "/funding/claims")];
    }

    static async Task<IEnumerable<TodayItem>> ClocksAsync(Session session, Viewer viewer, DateOnly today)
    {
        if (viewer.Role is not (Role.Bureau or Role.Street or Role.School or Role.ListDepartment))
            return [];
        var running = await Clocks.Published.ListAsync(session, viewer.Area, today, viewer.Department ?? viewer.Role.Code(), true);
        var paths = await session.Table<UnitRow>().Where(row => row.Area == viewer.Area)
            .ToDictionaryAsync(row => row.Code, row => row.Path);
        // What concerns the whole area is a department's as much as the bureau's; a street has its own part only.
        var own = running.FindAll(clock => viewer.Role == Role.ListDepartment || viewer.SeesWholeArea
            || clock.Row.Unit is { } unit && paths.TryGetValue(unit, out var path) && viewer.Sees(path));
        int late = own.Count(clock => clock.State == ClockState.Overdue);
        return [new("移交事项超过时限", late, "/clocks") { IsLate = true }, new("移交事项在时限内", own.Count - late, "/clocks")];
    }
}
