using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Core.Reporting;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Outreach;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Demo;

/// <summary>One area while its season is played: its people, its accounts, and how they do things.</summary>
sealed class DemoOffice
{
    /// <summary>So many villages have an agent with an account.</summary>
    const int Agents = 3;

    /// <summary>Targets ask for so many hundredths of those who were insured the year before.</summary>
    const int TargetPercent = 102;

    static readonly Doer Maintainer = new("@demo", "准备演示数据");

    readonly List<DemoAccount> accounts = [];

    DemoOffice(DemoTools tools, DemoPlan plan, UnitTree tree)
    {
        (Tools, Plan, Tree) = (tools, plan, tree);
        Dues = new(tools.Shelf, tools.Vault);
        Names = CatalogueNames.Of(tools.Shelf.Library);
        Money = new(this);
    }

    public DemoTools Tools { get; }

    public DemoPlan Plan { get; }

    public UnitTree Tree { get; }

    public Dues Dues { get; }

    public CategoryNames Names { get; }

    public DemoMoney Money { get; }

    /// <summary>The accounts that were opened, in the order of roles.</summary>
    public IReadOnlyList<DemoAccount> Accounts => accounts;

    /// <summary>The day on which those insured before are renewed: the first on which the pack takes money.</summary>
    public DateOnly RenewalDay { get; private set; }

    /// <summary>The villages whose agents have accounts, largest first.</summary>
    public IReadOnlyList<Unit> Villages { get; private set; } = [];

    /// <summary>Makes units, accounts, register, last year and targets.</summary>
    public static async Task<DemoOffice> OpenAsync(DemoTools tools, DemoPlan plan)
    {
        var tree = UnitFile.Read(File.ReadLines(Path.Combine(plan.Folder, "units.csv")), [])
            ?? throw new InvalidDataException("units.csv has faults.");
        var office = new DemoOffice(tools, plan, tree);
        await office.DoAsync("area.init", async act =>
        {
            await UnitStore.LoadAsync(act, tools.Vault, tree);
            await PackBindings.BindAsync(
                act, tools.Shelf, tree.Root.Code, DemoSeason.Year, DemoSeason.Year.Previous.FirstDay, plan.Pack);
        });
        await office.DoAsync("people.import", act => new PeopleImport(tools.Vault).RunAsync(
            act, TableFile.At(office.PathTo("people.csv")), new(DemoSeason.FirstDay.AddYears(-1))));
        await office.DoAsync("history.import", act => new HistoryImport(tools.Vault).RunAsync(
            act, TableFile.At(office.PathTo("history.csv")), isDry: false));
        var insured = await office.CountInsuredAsync();
        office.Villages = [.. tree.All.Where(unit => unit.Kind == UnitKind.Village)
            .OrderByDescending(unit => insured.GetValueOrDefault(unit.Code)).Take(Agents)];
        await office.SetTargetsAsync(insured);
        await office.OpenAccountsAsync();
        var periods = tools.Shelf.Find(plan.Pack).Pack.Periods.Min(period => period.Result.Days.From);
        office.RenewalDay = periods > DemoSeason.FirstDay ? periods : DemoSeason.FirstDay.AddDays(1);
        return office;
    }

    /// <summary>A file of the area.</summary>
    public string PathTo(string name) => Path.Combine(Plan.Folder, name);

    /// <summary>Somebody of the area's offices.</summary>
    public Viewer Viewer(Role role, Unit? unit = null, string? login = null)
    {
        var own = unit ?? Tree.Root;
        return new(login ?? Plan.Prefix + role.Code(), role.Chinese(), role, Plan.Area, own.Code, Tree.PathOf(own), null)
        {
            AreaName = Tree.Root.Name,
            UnitName = own.Name,
        };
    }

    /// <summary>The agent of a village.</summary>
    public Viewer Agent(Unit village) => Viewer(Role.Agent, village, Login("agent", Villages.ToList().IndexOf(village)));

    /// <summary>The township of a unit, or the area where no township stands above it.</summary>
    public Unit Township(Unit unit) =>
        Tree.AncestorsOf(unit).Prepend(unit).FirstOrDefault(above => above.Kind == UnitKind.Township) ?? Tree.Root;

    /// <summary>Does something as somebody.</summary>
    public Task<T> DoAsync<T>(Viewer viewer, string kind, string reason, Func<Act, Task<T>> work) =>
        Act.DoAsync(Tools.Database, Plan.Area, new Doer(viewer.Login, reason), kind, work);

    /// <summary>Does something as somebody.</summary>
    public Task DoAsync(Viewer viewer, string kind, string reason, Func<Act, Task> work) =>
        Act.DoAsync(Tools.Database, Plan.Area, new Doer(viewer.Login, reason), kind, work);

    /// <summary>Reads.</summary>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> read) => Tools.Database.ReadAsync(read);

    /// <summary>Renews those who were insured the year before and assesses everybody.</summary>
    public async Task RenewAsync()
    {
        await DoAsync("enrol.renew", act => new Enrolments(Tools.Vault).RenewAsync(act, DemoSeason.Year));
        await DoAsync("dues.make", act => Dues.MakeAsync(act, DemoSeason.Year, act.Today));
        await Money.OpenAsync();
    }

    /// <summary>Seals what was done, and lets counts and cases follow.</summary>
    public async Task FollowAsync()
    {
        await new Counter(new(Names), Tools.Vault).FollowAsync(
            Tools.Database, Plan.Area, [DemoSeason.Year.Previous, DemoSeason.Year]);
        await OutreachFollower.FollowAsync(Tools.Database, Plan.Area);
    }

    /// <summary>Somebody who still owes, grown up, with a number: to look up what a resident sees.</summary>
    public async Task<PersonRow?> ResidentAsync()
    {
        var (area, people, born) = (Plan.Area, Money.Owing, DemoSeason.LastDay.AddYears(-30));
        return await ReadAsync(session => session.Table<PersonRow>()
            .Where(row => row.Area == area && people.Contains(row.PersonId) && row.NumberHash != null && row.BornOn < born)
            .OrderBy(row => row.PersonId).FirstOrDefaultAsync());
    }

    Task DoAsync(string kind, Func<Act, Task> work) => Act.DoAsync(Tools.Database, Plan.Area, Maintainer, kind, work);

    string Login(string word, int number) => number <= 0 ? Plan.Prefix + word : $"{Plan.Prefix}{word}-{number + 1}";

    async Task<IReadOnlyDictionary<string, int>> CountInsuredAsync()
    {
        int before = DemoSeason.Year.Year - 1;
        return await ReadAsync(async session => await session.Table<EnrolmentRow>()
            .Where(row => row.Area == Plan.Area && row.InsuranceYear == before)
            .GroupBy(row => row.Unit).Select(unit => new { unit.Key, Count = unit.Count() })
            .ToDictionaryAsync(unit => unit.Key, unit => unit.Count));
    }

    Task SetTargetsAsync(IReadOnlyDictionary<string, int> insured)
    {
        var targets = Tree.All.ToDictionary(
            unit => unit.Code,
            unit => Tree.Subtree(unit).Sum(each => (long)(insured.GetValueOrDefault(each.Code) * TargetPercent + 99) / 100));
        var rows = Tree.All.Where(unit => targets[unit.Code] > 0).Select(unit => new TargetRow
        {
            InsuranceYear = DemoSeason.Year.Year,
            Measure = TargetMeasure.Residents.Code,
            Unit = unit.Code,
            People = targets[unit.Code],
            Basis = TargetBasis.Entered.Code,
            BaseYear = DemoSeason.Year.Year - 1,
            Source = "演示：上年参保人数上浮 2%",
        });
        return DoAsync("target.set", act => Targets.SetAsync(act, Tree, [.. rows]));
    }

    async Task OpenAccountsAsync()
    {
        foreach (var village in Villages)
            await OpenAccountAsync(Agent(village));
        if (Villages.Count == 0)
            return;
        await OpenAccountAsync(Viewer(Role.Street, Township(Villages[0])));
        Role[] others = Plan.Prefix.Length > 0
            ? [Role.Bureau]
            : [.. Roles.All.Where(role => role is not (Role.Agent or Role.Street or Role.School or Role.ListDepartment))];
        foreach (var role in others)
            await OpenAccountAsync(Viewer(role));
        if (Plan.Prefix.Length > 0)
            return;
        await OpenAccountAsync(Viewer(Role.ListDepartment) with { Login = "civil_affairs", Department = "civil_affairs" });
        if (Tree.All.FirstOrDefault(unit => unit.Kind == UnitKind.School && Tree.ChildrenOf(unit).Any()) is { } school)
            await OpenAccountAsync(Viewer(Role.School, school));
    }

    async Task OpenAccountAsync(Viewer viewer)
    {
        // A village's account is its leader's, by the name that the unit file has.
        var name = viewer.Role == Role.Agent && Tree.Find(viewer.UnitCode)!.Leader is { Length: > 0 } leader
            ? leader : "演示" + viewer.Role.Chinese();
        var account = new NewAccount(viewer.Login, name, viewer.Role, viewer.UnitCode, viewer.Department)
        {
            IsChosen = true,
        };
        await Access.Accounts.AddAsync(Tools.Database, Plan.Area, Maintainer, account, DemoSeason.Password);
        // One of each role, and of every other area the bureau: a list that a newcomer reads.
        if (Plan.Prefix.Length > 0 ? viewer.Role == Role.Bureau : accounts.All(account => account.Role != viewer.Role.Chinese()))
            accounts.Add(new(viewer.Login, viewer.Role.Chinese(), viewer.UnitName));
    }
}
