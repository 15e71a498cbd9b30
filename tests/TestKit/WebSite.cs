using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Canbao.TestKit;

/// <summary>
/// The real pages on a free port of this machine, over a fresh database with one county: a town, two villages, and an account for every
/// role, whose login is the role's code. All accounts have one password, and have chosen it themselves.
/// </summary>
public sealed class WebSite : IAsyncDisposable
{
    /// <summary>The area.</summary>
    public const int Area = 310101;

    /// <summary>Everybody's password.</summary>
    public const string Password = "清河-Passw0rd";

    const string FirstPassword = "初始-Passw0rd";
    static readonly Doer Setup = new("@test", "测试");

    readonly TestDatabase made;
    readonly TempFolder folder = new();
    readonly Vault vault;
    readonly List<WebApplication> servers = [];

    WebSite(TestDatabase made)
    {
        this.made = made;
        vault = Vault.Create(folder["canbao.keys"], "aes", TimeProvider.System);
    }

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
    public static async Task<WebSite> OpenAsync(Engine engine, TimeProvider clock, params Role[] roles)
    {
        var site = new WebSite(await CoreDatabase.CreateAsync(engine, clock));
        await Act.DoAsync(site.Database, Area, Setup, "units", act => UnitStore.LoadAsync(act, site.vault, Units()));
        foreach (var role in roles.Length == 0 ? Roles.All : roles)
            await site.AddAccountAsync(role);
        await site.StartServerAsync(clock);
        return site;
    }

    /// <summary>Starts another server on the same database, as behind one address in production.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> StartServerAsync(TimeProvider clock)
    {
        var server = WebServer.Build(new(Database, vault, clock, "http://127.0.0.1:0"));
        await server.StartAsync();
        servers.Add(server);
        return AddressOf(server);
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

    async Task AddAccountAsync(Role role)
    {
        var (name, unit) = role switch
        {
            Role.Agent => ("王小梅", "village-a"),
            Role.Street => ("李建国", "town"),
            _ => ($"{role.Chinese()}某", "county"),
        };
        var login = role.Code();
        var department = role == Role.ListDepartment ? "civil_affairs" : null;
        await Accounts.AddAsync(Database, Area, Setup, new(login, name, role, unit, department), FirstPassword);
        var session = await Sessions.TryAsync(Database, login, FirstPassword);
        var viewer = await Sessions.FindAsync(Database, session.Area, session.Login, session.Stamp);
        await Accounts.ChangePasswordAsync(Database, viewer!, FirstPassword, Password);
    }
}
