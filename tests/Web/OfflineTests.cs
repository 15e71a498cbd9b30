using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What the offline page is given and what it may send.</summary>
public class OfflineTests
{
    const string Page = OfflineFiles.Page;

    [Fact]
    public async Task Only_the_offline_page_may_run_script_and_only_its_own()
    {
        await using var site = await OpenAsync();
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var shell = await agent.GetAsync(Page);
        var policy = shell.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", (await agent.GetAsync("/collection/offline/bags")).Headers
            .GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        // The shell is kept on the phone: it is nobody's.
        Assert.DoesNotContain("王小梅", await shell.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var worker = await agent.GetAsync(OfflineFiles.Worker);
        Assert.Equal("/collection/offline", worker.Headers.GetValues("Service-Worker-Allowed").Single());
        Assert.Equal("no-cache", $"{worker.Headers.CacheControl}");
        var text = await worker.Content.ReadAsStringAsync();
        string[] names = ["app.js", "dom.js", "store.js", "server.js", "receipt.js", "offline.css", "icon.svg", "app.webmanifest"];
        foreach (var name in names)
        {
            Assert.Contains($"'{OfflineFiles.Address(name)}'", text, StringComparison.Ordinal);
            var file = await agent.GetAsync(OfflineFiles.Address(name));
            Assert.Equal((name, HttpStatusCode.OK), (name, file.StatusCode));
            Assert.Contains("immutable", $"{file.Headers.CacheControl}", StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"{Page}/files/0/app.js")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(OfflineFiles.Address("worker.js"))).StatusCode);
    }

    [Fact]
    public async Task Posts_need_the_token_and_a_session()
    {
        await using var site = await OpenAsync();
        using var agent = new Browser(site.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.GetAsync($"{Page}?handler=Standing")).StatusCode);
        await agent.SignInAsync("agent", WebSite.Password);
        foreach (var handler in new[] { "Take", "Send", "Return" })
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(agent, handler, "", new { })).StatusCode);
        var token = await TokenAsync(agent);
        foreach (var handler in new[] { "Take", "Send", "Return" })
        {
            var answer = await PostAsync(agent, handler, token, new { other = 1 });
            Assert.Equal((handler, HttpStatusCode.Conflict), (handler, answer.StatusCode));
            Assert.Equal("C212", $"{(await JsonAsync(answer))["code"]}");
        }

        var foreign = await PostAsync(agent, "Take", token, new { unit = "village-b", device = "d" });
        Assert.Equal("C210", $"{(await JsonAsync(foreign))["code"]}");
        var none = await PostAsync(agent, "Return", token, new { bag = "7" });
        Assert.Equal("C211", $"{(await JsonAsync(none))["code"]}");
    }

    [Fact]
    public async Task A_bag_is_taken_collected_from_and_sent()
    {
        await using var site = await OpenAsync();
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var token = await TokenAsync(agent);
        var bag = await JsonAsync(await PostAsync(agent, "Take", token, new { unit = "village-a", device = "d" }));
        Assert.Equal(("2022-L0001", "2021-11-05", 11), ($"{bag["name"]}", $"{bag["day"]}", bag["numbers"]!.AsArray().Count));
        var member = bag["households"]![0]!["members"]![0]!;
        var taking = new
        {
            key = "k-1",
            bag = $"{bag["id"]}",
            line = 1,
            person = $"{member["person"]}",
            fen = (long)member["fen"]!,
            verdict = $"{member["verdict"]}",
            signature = $"{member["signature"]}",
            taken_at = "2021-11-05T01:00:05.000Z",
        };
        var number = $"{bag["numbers"]![0]!["no"]}";
        Assert.Contains("收款还没有上传", await CheckAsync(agent, number), StringComparison.Ordinal);
        for (int time = 0; time < 2; time++)
        {
            var sent = await JsonAsync(await PostAsync(agent, "Send", token, new { takings = new[] { taking } }));
            Assert.Equal("posted", $"{sent["answers"]![0]!["state"]}");
        }

        Assert.Contains("校验码不对", await CheckAsync(agent, number), StringComparison.Ordinal);
        Assert.Contains("320.00", await agent.ReadAsync("/cash"), StringComparison.Ordinal);
        Assert.Contains("收款中", await agent.ReadAsync("/collection/offline/bags"), StringComparison.Ordinal);
        await PostAsync(agent, "Return", token, new { bag = $"{bag["id"]}" });
        Assert.Contains("已交回", await agent.ReadAsync("/collection/offline/bags"), StringComparison.Ordinal);
        // The browser that has a bag is led to where it is removed.
        var left = await agent.PostAsync("/password", "/sign-out");
        Assert.Equal($"{Page}?leave=1", left.Headers.Location!.OriginalString);
    }

    static async Task<WebSite> OpenAsync()
    {
        var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1));
        return site;
    }

    static async Task<string> CheckAsync(Browser browser, string number) => await (await browser.PostAsync(
        "/receipts/check", "/receipts/check", ("Number", number), ("Code", "2222-2222"))).Content.ReadAsStringAsync();

    static async Task<string> TokenAsync(Browser browser) =>
        $"{(await JsonAsync(await browser.GetAsync($"{Page}?handler=Standing")))["token"]}";

    static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    static Task<HttpResponseMessage> PostAsync(Browser browser, string handler, string token, object body)
    {
        var content = JsonContent.Create(body);
        content.Headers.Add("RequestVerificationToken", token);
        return browser.SendAsync(HttpMethod.Post, $"{Page}?handler={handler}", content, null);
    }
}
