using Canbao.Core.Access;
using Canbao.Core.Outreach;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Outreach;
using LinqToDB.Async;

namespace Canbao.Core.Work.Demo;

/// <summary>Departments' lists, what other offices hand over, and the cases of the uninsured, in a season that is played.</summary>
static class DemoLists
{
    /// <summary>Cases that an agent visits in a week, and the one of so many that refuses.</summary>
    const int VisitsAWeek = 4, RefusesOneOf = 9;

    /// <summary>Every department hands in its lists; adjustments come later and wait for somebody.</summary>
    public static async Task HandInAsync(DemoOffice office)
    {
        var desk = new RosterDesk(office.Tools.Vault, office.Names);
        var lists = new ListDesk(desk, office.Dues);
        foreach (var path in Directory.EnumerateFiles(office.PathTo("rosters")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            bool isAdjustment = name.StartsWith("adjustment-", StringComparison.Ordinal);
            var department = isAdjustment ? name["adjustment-".Length..] : name[..name.IndexOf('-', StringComparison.Ordinal)];
            if (!Departments.IsKnown(department) || File.ReadLines(path).Take(2).Count() < 2)
                continue;
            var order = new RosterOrder(department, isAdjustment ? RosterKind.Adjustment : RosterKind.Full, DemoSeason.FirstDay)
            {
                Words = new(await OwnColumnsAsync(path), new Dictionary<string, string>()),
            };
            var handsIn = office.Viewer(Role.ListDepartment) with { Login = office.Plan.Prefix + department, Department = department };
            await using var content = File.OpenRead(path);
            var upload = (await office.DoAsync(
                handsIn, "roster.keep", "报送名单", act => desk.KeepAsync(act, order, path, content))).Upload.UploadId;
            var outcome = await office.ReadAsync(session => desk.TryAsync(session, office.Plan.Area, upload, order));
            if (outcome.Stops.Count == 0 && !isAdjustment)
                await office.DoAsync(
                    handsIn, "roster.apply", "名单生效", act => lists.ApplyAsync(act, upload, order, outcome.Digest, DemoSeason.Year));
        }
    }

    /// <summary>What a department calls the column of categories, where it has a name of its own for it.</summary>
    static async Task<IReadOnlyDictionary<string, string>> OwnColumnsAsync(string path)
    {
        using var reader = File.OpenText(path);
        var names = (await reader.ReadLineAsync() ?? "").Split(',');
        return names.Intersect(["户类型", "家庭类别", "优抚对象类别"]).ToDictionary(name => name, _ => "人员类别");
    }

    /// <summary>The bureau compares what police, employee insurance and others handed over; what differs waits to be decided.</summary>
    public static async Task CompareAsync(DemoOffice office)
    {
        var desk = new Comparisons(office.Tools.Vault);
        foreach (var source in ComparisonSource.All)
        {
            var path = office.PathTo($"comparisons/{source.Code}.csv");
            if (!File.Exists(path))
                continue;
            await using var content = File.OpenRead(path);
            await office.DoAsync(office.Viewer(Role.Bureau), "compare", $"比对{source.Chinese}", act => desk.HandInAsync(
                act, source, DemoSeason.Year, new("", Path.GetFileName(path), content)));
        }
    }

    /// <summary>The bureau opens a case for everybody who is not insured, and the agents get those of their villages.</summary>
    public static async Task OpenCasesAsync(DemoOffice office)
    {
        await office.FollowAsync();
        var bureau = office.Viewer(Role.Bureau);
        await office.DoAsync(bureau, "outreach.open", "开展扩面", act => OutreachDesk.OpenAsync(act, bureau, DemoSeason.Year));
        foreach (var village in office.Villages)
            if ((await CasesAsync(office, village.Code)).Count > 0)
                await office.DoAsync(bureau, "outreach.assign", "分到协办员", act => OutreachAssignment.AssignAsync(
                    act, bureau, new(DemoSeason.Year, office.Agent(village).Scope), [office.Agent(village).Login]));
    }

    /// <summary>Each agent visits some of whom nobody has seen yet.</summary>
    public static async Task VisitAsync(DemoOffice office)
    {
        foreach (var village in office.Villages)
        {
            var agent = office.Agent(village);
            foreach (var one in (await CasesAsync(office, village.Code)).Where(one => one.LastContact is null).Take(VisitsAWeek))
            {
                var which = (DemoSeason.Year, one.PersonId);
                bool refuses = one.PersonId % RefusesOneOf == 0;
                await office.DoAsync(agent, "outreach.contact", "走访", act => OutreachDesk.ContactAsync(act, agent, which, new(
                    act.Today, "visit", refuses ? "unwilling" : "promised", "", refuses ? null : act.Today.AddDays(10))));
                if (refuses)
                    await office.DoAsync(
                        agent, "outreach.close", "多次劝说", act => OutreachDesk.CloseAsync(act, agent, which, new("refuses")));
            }
        }
    }

    static Task<List<OutreachCaseRow>> CasesAsync(DemoOffice office, string unit)
    {
        var (area, year) = (office.Plan.Area, DemoSeason.Year.Year);
        return office.ReadAsync(session => session.Table<OutreachCaseRow>()
            .Where(row => row.Area == area && row.InsuranceYear == year && row.Unit == unit && row.State == OutreachState.Open)
            .OrderBy(row => row.PersonId).ToListAsync());
    }
}
