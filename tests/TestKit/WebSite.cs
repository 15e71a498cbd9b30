using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using LinqToDB.Async;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Canbao.TestKit;

/// <summary>
/// The real pages on a free port of this machine, over a fresh database with one county: a town, two villages, and an account for every
/// role, whose login is the role's code. All accounts have one password, and have chosen it themselves.
/// </summary>
public sealed partial class WebSite : IAsyncDisposable
{
    /// <summary>The area.</summary>
    public const int Area = 310101;

    /// <summary>Everybody's password.</summary>
    public const string Password = "清河-Passw0rd";

    /// <summary>The year whose pack is bound in the county.</summary>
    public static readonly InsuranceYear PackYear = new(2022);

    static readonly Doer Setup = new("@test", "测试");

    readonly TestDatabase made;
    readonly TempFolder folder = new();
    readonly Vault vault;
    readonly PackShelf shelf = TestArea.Packs;
    readonly List<WebApplication> servers = [];

    WebSite(TestDatabase made)
    {
        this.made = made;
        vault = Vault.Create(folder["canbao.keys"], "aes", TimeProvider.System);
    }

    /// <summary>Registers somebody of a village into a household.</summary>
    public Task<PersonRow> RegisterAsync(string name, DateOnly born, int sequence, (string Unit, long Household) into, Relation relation) =>
        Act.DoAsync(Database, Area, Setup, "person.register", act => new People(vault).RegisterAsync(
            act,
            new NewPerson(TestArea.Number(born, sequence), TestArea.Name(name), TestArea.Number(born, sequence).Sex!.Value, born)
            {
                Status = new() { Unit = into.Unit, HouseholdId = into.Household, Relation = relation, Address = "东沟村3号" },
            },
            new(2021, 9, 1)));

    /// <summary>Opens an account with the password of all, as if its owner had chosen it.</summary>
    public Task AddAccountAsync(NewAccount account) =>
        Accounts.AddAsync(Database, Area, Setup, account with { IsChosen = true }, Password);

    /// <summary>The person of a name.</summary>
    public Task<long> PersonAsync(string name) => Database.ReadAsync(
        session => session.Table<PersonRow>().Where(row => row.Area == Area && row.Name == name).Select(row => row.PersonId).SingleAsync());

    /// <summary>Founds a household in a village.</summary>
    public async Task<long> FoundAsync(string unit, string number) => (await Act.DoAsync(
        Database, Area, Setup, "household.found", act => Households.FoundAsync(act, unit, number, "东沟村3号"))).HouseholdId;

    /// <summary>Enrols somebody for the year of the pack and takes what is owed, as the agent of the village.</summary>
    public async Task<PaymentRow> PayAsync(long person)
    {
        var dues = new Dues(shelf, vault);
        return await Act.DoAsync(Database, Area, new("agent", "测试"), "cash.take", async act =>
        {
            await new Enrolments(vault).EnrolAsync(act, PackYear, person, EnrolmentKinds.New);
            var quote = await dues.QuoteAsync(act.Session, Area, PackYear, person, act.Today);
            return (await new CashDesk(dues).TakeAsync(act, PackYear, [new(person, quote!.Personal!.Value)]))[0];
        });
    }

    /// <summary>Assesses everybody for the year of the pack, as of today.</summary>
    public Task MakeDuesAsync() => Act.DoAsync(
        Database, Area, Setup, "dues.make", act => new Dues(shelf, vault).MakeAsync(act, PackYear, act.Today));

    /// <summary>The database.</summary>
    public Database Database => made.Database;

    /// <summary>The address of the first server, with a slash at its end.</summary>
    public Uri Address => AddressOf(servers[0]);

    /// <summary>The first server.</summary>
    public WebApplication Server => servers[0];

    /// <summary>A site.</summary>
    /// <param name="engine">Where it keeps its data.</param>
    /// <param name="clock">Its time.</param>
    /// <param name="roles">The roles that have accounts; all where none are named.</param>
    public static Task<WebSite> OpenAsync(Engine engine, TimeProvider clock, params Role[] roles) =>
        OpenAsync(engine, clock, options => options, roles);

    /// <summary>A site whose first server differs from what it is by default.</summary>
    /// <inheritdoc cref="OpenAsync(Engine, TimeProvider, Role[])"/>
    public static async Task<WebSite> OpenAsync(
        Engine engine, TimeProvider clock, Func<WebOptions, WebOptions> with, params Role[] roles)
    {
        var site = new WebSite(await CoreDatabase.CreateAsync(engine, clock));
        await Act.DoAsync(site.Database, Area, Setup, "units", async act =>
        {
            await UnitStore.LoadAsync(act, site.vault, Units());
            await PackBindings.BindAsync(act, site.shelf, "county", PackYear, new(2021, 9, 1), "baogou-2022");
        });
        foreach (var role in roles.Length == 0 ? Roles.All : roles)
            await site.AddAccountAsync(role);
        await site.StartServerAsync(clock, with);
        return site;
    }

    /// <summary>Starts another server on the same database, as behind one address in production.</summary>
    /// <param name="clock">Its time.</param>
    /// <param name="with">What differs from a server as it is by default.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <returns>Its address.</returns>
    public async Task<Uri> StartServerAsync(
        TimeProvider clock, Func<WebOptions, WebOptions>? with = null, Action<ILoggingBuilder>? logging = null)
    {
        var options = new WebOptions(Database, vault, shelf, clock, "http://127.0.0.1:0");
        var server = WebServer.Build(with?.Invoke(options) ?? options, logging);
        await server.StartAsync();
        servers.Add(server);
        return AddressOf(server);
    }

    /// <summary>Ends the newest server; what it has to send is sent.</summary>
    public async Task StopNewestAsync()
    {
        await servers[^1].DisposeAsync();
        servers.RemoveAt(servers.Count - 1);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
        await made.DisposeAsync();
        folder.Dispose();
    }

    static Uri AddressOf(WebApplication server) => new(server.Urls.Single() + "/");

    static UnitTree Units()
    {
        string[] lines =
        [
            UnitFile.Header, "county,,county,清河县,,,", "town,county,township,柳林镇,,,", "village-a,town,village,东沟村,,,",
            "village-b,town,village,西河村,,,",
        ];
        return UnitFile.Read(lines, [])!;
    }

    Task AddAccountAsync(Role role)
    {
        var (name, unit) = role switch
        {
            Role.Agent => ("王小梅", "village-a"),
            Role.Street => ("李建国", "town"),
            _ => ($"{role.Chinese()}某", "county"),
        };
        return AddAccountAsync(new NewAccount(role.Code(), name, role, unit, role == Role.ListDepartment ? "civil_affairs" : null));
    }
}
