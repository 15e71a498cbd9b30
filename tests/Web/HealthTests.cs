using System.Net;
using System.Text.Json;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Secrets;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using LinqToDB.Data;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class HealthTests : IDisposable
{
    static readonly string[] Checks = ["database", "schema", "keys", "packs", "sealing"];

    readonly TestClock clock = new("2022-10-10 09:00");
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, OnBothEngines]
    public async Task Everybody_hears_that_a_server_lives_and_is_ready(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        // Signing in makes something sealed, which the keys have to open.
        await browser.SignInAsync("agent", WebSite.Password);
        Assert.Equal("{\"status\":\"live\"}", await browser.ReadAsync(Health.Live));
        var (status, checks) = await ReadyAsync(site.Address);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ready", checks["status"]);
        Assert.All(Checks, check => Assert.Equal((check, "ok"), (check, checks[check])));
        Assert.Equal(Checks.Length + 1, checks.Count);
    }

    [Theory, OnBothEngines]
    public async Task Acts_that_wait_for_their_seal_and_another_schema_are_told(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent);
        clock.Set("2022-10-10 09:11");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "W162"), await CheckAsync(site.Address, "sealing"));
        var other = await site.StartServerAsync(clock);
        await site.Database.WriteAsync(session => session.Data.ExecuteAsync("update schema_migration set sha256 = 'x' where number = 3"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "W160"), await CheckAsync(other, "schema"));
    }

    [Fact]
    public async Task Other_keys_missing_packs_and_a_lost_database_are_told()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("agent", WebSite.Password);
        var vault = Vault.Create(folder["other.keys"], "aes", clock);
        File.Copy(Repository.Path("policies", "categories.yaml"), folder["categories.yaml"]);
        var shelf = new PackShelf(new PackLibrary(folder.Path));
        await using (var server = WebServer.Build(new(site.Database, vault, shelf, clock, "http://127.0.0.1:0")))
        {
            await server.StartAsync();
            var address = new Uri(server.Urls.First() + "/");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "K106"), await CheckAsync(address, "keys"));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "W161"), await CheckAsync(address, "packs"));
        }

        await using var lost = Database.Open($"sqlite:{folder["none/canbao.db"]}", clock);
        await using var blind = WebServer.Build(new(lost, vault, shelf, clock, "http://127.0.0.1:0"));
        await blind.StartAsync();
        var (status, checks) = await ReadyAsync(new Uri(blind.Urls.First() + "/"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready", "S102"), (status, checks["status"], checks["database"]));
        using var nobody = new Browser(new Uri(blind.Urls.First() + "/"));
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(Health.Live)).StatusCode);
    }

    static async Task<(HttpStatusCode, string)> CheckAsync(Uri address, string check)
    {
        var (status, checks) = await ReadyAsync(address);
        return (status, checks[check]);
    }

    static async Task<(HttpStatusCode Status, Dictionary<string, string> Checks)> ReadyAsync(Uri address)
    {
        using var nobody = new Browser(address);
        var answer = await nobody.GetAsync(Health.Ready);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonSerializer.Deserialize<Dictionary<string, string>>(await answer.Content.ReadAsStringAsync())!);
    }
}
