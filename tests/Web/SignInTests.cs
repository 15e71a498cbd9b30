using System.Net;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class SignInTests
{
    const string Better = "更好的-Passw0rd";

    readonly TestClock clock = new("2022-10-10 09:00");

    [Theory, OnBothEngines]
    public async Task What_one_server_began_another_carries_on(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("agent", WebSite.Password);
        var other = await site.StartServerAsync(clock);
        // Ports do not part cookies, so the second server is asked as the first was.
        var home = await browser.SendAsync(HttpMethod.Get, "/", null, other);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.Contains("王小梅", await home.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_login_get_the_same_answer()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        var wrong = await (await browser.SignInAsync("agent", "wrong")).Content.ReadAsStringAsync();
        var unknown = await (await browser.SignInAsync("tnega", "wrong")).Content.ReadAsStringAsync();
        Assert.Contains("登录名或密码不对", wrong);
        Assert.Equal(Without(wrong, "agent"), Without(unknown, "tnega"));
        Assert.DoesNotContain("\"wrong\"", wrong);
    }

    [Theory]
    [InlineData("/accounts", "/accounts")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    public async Task After_signing_in_one_goes_on_to_pages_of_this_site_only(string from, string to)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Administrator);
        using var browser = new Browser(site.Address);
        var page = $"/sign-in?from={Uri.EscapeDataString(from)}";
        Assert.Equal(to, (await browser.SignInAsync("administrator", WebSite.Password, page)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_elsewhere_and_not_this_one()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var here = new Browser(site.Address);
        using var elsewhere = new Browser(site.Address);
        await here.SignInAsync("agent", WebSite.Password);
        await elsewhere.SignInAsync("agent", WebSite.Password);
        var unlike = await PasswordAsync(here, WebSite.Password, Better, "another");
        Assert.Contains("两遍输入的新密码不一样", await unlike.Content.ReadAsStringAsync());
        var wrong = await PasswordAsync(here, "wrong", Better, Better);
        Assert.Contains("现在的密码不对；请重新输入（L108）", await wrong.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await PasswordAsync(here, WebSite.Password, Better, Better)).StatusCode);
        Assert.Contains("密码已修改", await here.ReadAsync("/"));
        Assert.DoesNotContain("密码已修改", await here.ReadAsync("/"));
        Assert.Equal("/sign-in", (await elsewhere.GetAsync("/")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task An_account_is_made_used_and_closed()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Administrator);
        using var admin = new Browser(site.Address);
        await admin.SignInAsync("administrator", WebSite.Password);
        (string, string)[] form =
        [
            ("Login", "Zhao.Liu"), ("Name", "赵六"), ("RoleCode", "agent"), ("Department", ""), ("Unit", "village-b"), ("Password", Better),
        ];
        var nowhere = await admin.PostAsync("/accounts/new", "/accounts/new", [.. form[..4], ("Unit", "nowhere"), form[5]]);
        Assert.Contains("（L103）", await nowhere.Content.ReadAsStringAsync());
        Assert.Equal("/accounts", (await admin.PostAsync("/accounts/new", "/accounts/new", form)).Headers.Location?.OriginalString);

        using var agent = new Browser(site.Address);
        await agent.SignInAsync("zhao.liu", Better);
        Assert.Equal("/password", (await agent.GetAsync("/")).Headers.Location?.OriginalString);
        await PasswordAsync(agent, Better, WebSite.Password, WebSite.Password);
        Assert.Contains("西河村", await agent.ReadAsync("/"));

        var page = "/accounts/zhao.liu";
        await admin.PostAsync(page, $"{page}?handler=Disable", ("Reason", "离职"));
        Assert.Equal("/sign-in", (await agent.GetAsync("/")).Headers.Location?.OriginalString);
        Assert.Contains("账号已停用", await (await agent.SignInAsync("zhao.liu", WebSite.Password)).Content.ReadAsStringAsync());
        Assert.Contains("已停用", await admin.ReadAsync("/accounts?Search=赵"));
        Assert.Contains("没有符合条件的账号", await admin.ReadAsync("/accounts?Search=没有此人"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/accounts/nobody")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("agent", WebSite.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostRawAsync("/sign-out")).StatusCode);
        Assert.Equal("/sign-in", (await browser.PostAsync("/", "/sign-out")).Headers.Location?.OriginalString);
        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Headers.Location?.OriginalString);
    }

    static Task<HttpResponseMessage> PasswordAsync(Browser browser, string present, string next, string again) =>
        browser.PostAsync("/password", "/password", ("Present", present), ("Next", next), ("Again", again));

    static string Without(string page, string login) =>
        string.Join('\n', page.Split('\n').Where(line => !line.Contains("RequestVerificationToken", StringComparison.Ordinal)))
            .Replace(login, "", StringComparison.Ordinal);
}
