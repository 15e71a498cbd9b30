using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Demo;

/// <summary>An area to be played.</summary>
/// <param name="Area">The tenant.</param>
/// <param name="Folder">Its files, as the demo data's writer leaves them.</param>
/// <param name="Pack">The pack that it is bound to.</param>
/// <param name="Prefix">What the logins of its accounts begin with; empty for the area that has an account for every role.</param>
public sealed record DemoPlan(int Area, string Folder, string Pack, string Prefix);

/// <summary>An account that a newcomer may sign in with.</summary>
/// <param name="Login">The login.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Unit">The name of its unit.</param>
public sealed record DemoAccount(string Login, string Role, string Unit);

/// <summary>What a database of the demonstration is played with.</summary>
/// <param name="Database">An empty database, by the clock.</param>
/// <param name="Vault">Its keys.</param>
/// <param name="Shelf">The packs.</param>
/// <param name="Clock">The season's time.</param>
public sealed record DemoTools(Database Database, Vault Vault, PackShelf Shelf, DemoClock Clock);

/// <summary>
/// Plays the season of invented areas up to a day in its middle, through the same desks that offices use: lists, renewal, cash and bank
/// payments, batches on their way, reports handed in and not, cases of the uninsured, and what waits for somebody's decision.
/// </summary>
/// <param name="tools">What it is played with.</param>
public sealed class DemoSeason(DemoTools tools)
{
    /// <summary>The insurance year.</summary>
    public static readonly InsuranceYear Year = new(2022);

    /// <summary>The day on which it begins.</summary>
    public static readonly DateOnly FirstDay = new(2021, 9, 1);

    /// <summary>The day at which it stands: a Monday, three days behind the weekly reports.</summary>
    public static readonly DateOnly LastDay = new(2021, 11, 22);

    /// <summary>Stands for a resident's role, who has no account: number and name are what one types.</summary>
    public const string ResidentRole = "居民，在 /my 查询";

    /// <summary>The password of every account. Nothing of it is worth a secret; keys and database say that they are for practice.</summary>
    public const string Password = "canbao-2022";

    /// <summary>Opening an area takes about as long as so many days of all.</summary>
    const int DaysOfOpening = 5;

    static readonly DateOnly
        ListDay = new(2021, 9, 8), ComparisonDay = new(2021, 10, 12), OutreachDay = new(2021, 10, 18), FundingDay = new(2021, 11, 20);

    /// <summary>Plays it.</summary>
    /// <param name="plans">The areas.</param>
    /// <param name="progress">Is told how many areas were opened and days played.</param>
    /// <param name="cancel">Ends it early; what was played up to then stays.</param>
    /// <returns>The accounts, those of the area with all roles first.</returns>
    public async Task<IReadOnlyList<DemoAccount>> PlayAsync(
        IReadOnlyList<DemoPlan> plans, IProgress<(long Done, long All)> progress, CancellationToken cancel)
    {
        var offices = new List<DemoOffice>();
        int days = LastDay.DayNumber - FirstDay.DayNumber, all = days + plans.Count * DaysOfOpening;
        foreach (var plan in plans)
        {
            cancel.ThrowIfCancellationRequested();
            var office = await DemoOffice.OpenAsync(tools, plan);
            offices.Add(office);
            progress.Report((offices.Count * DaysOfOpening, all));
        }

        for (var day = FirstDay; day < LastDay; day = day.AddDays(1))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (office, at) in offices.Select((office, at) => (office, at)))
                await PlayDayAsync(office, day, at);
            progress.Report((all - (LastDay.DayNumber - day.DayNumber - 1), all));
        }

        tools.Clock.GoTo(LastDay, new(8, 0));
        foreach (var office in offices)
            await office.FollowAsync();
        List<DemoAccount> accounts =
            [.. offices.SelectMany(office => office.Accounts).OrderBy(account => account.Login.Contains('-', StringComparison.Ordinal))];
        if (await offices[0].ResidentAsync() is { } resident)
            accounts.Add(new(new People(tools.Vault).OpenNumber(resident)!, ResidentRole, resident.Name));
        return accounts;
    }

    async Task PlayDayAsync(DemoOffice office, DateOnly day, int minute)
    {
        // Every area has minutes of its own, so that the clock need not go back.
        tools.Clock.GoTo(day, new(9, minute));
        if (day == ListDay)
            await DemoLists.HandInAsync(office);
        if (day == ComparisonDay)
            await DemoLists.CompareAsync(office);
        if (day == office.RenewalDay)
            await office.RenewAsync();
        if (day == OutreachDay)
            await DemoLists.OpenCasesAsync(office);
        if (day > OutreachDay && day.DayOfWeek == DayOfWeek.Wednesday)
            await DemoLists.VisitAsync(office);
        if (day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Thursday)
            await office.Money.CollectAsync(day);
        if (day.DayOfWeek == DayOfWeek.Friday)
        {
            await office.Money.HandOnAsync(day);
            await DemoReports.WeeklyAsync(office, day);
        }

        if (day == FundingDay)
            await office.Money.FundAsync(day);
    }
}
