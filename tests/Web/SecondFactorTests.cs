using System.Net;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

public sealed partial class SecondFactorTests
{
    const string Page = "/second-factor";

    readonly TestClock clock = new("2022-10-10 09:00");

    [Theory, OnBothEngines]
    public async Task It_is_enrolled_asked_for_and_reset_on_the_pages(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent, Role.Administrator);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var (secret, codes) = await EnrolAsync(agent);
        Assert.Equal(10, codes.Count);
        Assert.Contains("已启用", await agent.ReadAsync(Page));

        clock.Set("2022-10-10 09:05");
        using var other = new Browser(site.Address);
        var half = await other.SignInAsync("agent", WebSite.Password, "/sign-in?from=/households");
        Assert.Equal("/sign-in/code?from=%2Fhouseholds", Location(half));
        Assert.Equal("/sign-in", Location(await other.GetAsync("/")));
        var wrong = await other.PostAsync("/sign-in/code", "/sign-in/code", ("Code", "12345x"));
        Assert.Contains("验证码不对", await wrong.Content.ReadAsStringAsync());
        // Another server goes on where the first began.
        var second = await site.StartServerAsync(clock);
        Assert.Contains("手机验证器", await (await other.SendAsync(HttpMethod.Get, "/sign-in/code", null, second)).Content.ReadAsStringAsync());
        var right = await other.PostAsync("/sign-in/code?from=/households", "/sign-in/code?from=/households", ("Code", Now(secret)));
        Assert.Equal("/households", Location(right));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/")).StatusCode);
        using var nobody = new Browser(site.Address);
        Assert.Contains("请先输入登录名和密码", await nobody.ReadAsync("/sign-in/code"));
        Assert.Contains("请先输入登录名和密码", await (await nobody.PostAsync("/sign-in", "/sign-in/code", ("Code", Now(secret)))).Content
            .ReadAsStringAsync());

        using var admin = new Browser(site.Address);
        await admin.SignInAsync("administrator", WebSite.Password);
        Assert.Contains("重置动态验证码", await admin.ReadAsync("/accounts/agent"));
        Assert.DoesNotContain("重置动态验证码", await admin.ReadAsync("/accounts/administrator"));
        await admin.PostAsync("/accounts/agent", "/accounts/agent?handler=Factor", ("Reason", "手机丢失"));
        Assert.Equal("/sign-in", Location(await other.GetAsync("/")));
        Assert.Equal("/", Location(await other.SignInAsync("agent", WebSite.Password)));
        Assert.Contains("第一步", await other.ReadAsync(Page));
    }

    [Fact]
    public async Task Who_must_have_one_sees_nothing_before()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent, Role.Administrator);
        using var admin = new Browser(site.Address);
        using var agent = new Browser(site.Address);
        await admin.SignInAsync("administrator", WebSite.Password);
        await agent.SignInAsync("agent", WebSite.Password);
        Assert.Contains("自愿使用", await admin.ReadAsync("/accounts/second-factor"));
        await admin.PostAsync("/accounts/second-factor", "/accounts/second-factor?handler=Demand", ("Reason", "等级保护要求"));
        Assert.Equal(Page, Location(await admin.GetAsync("/accounts")));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync("/")).StatusCode);
        var (secret, _) = await EnrolAsync(admin);
        Assert.Contains("必须使用", await admin.ReadAsync("/accounts/second-factor"));
        clock.Set("2022-10-10 09:05");
        var kept = await admin.PostAsync(Page, $"{Page}?handler=End", ("Code", Now(secret)));
        Assert.Contains("（L125）", await kept.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_picture_is_read_by_a_camera()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        await agent.PostAsync(Page, $"{Page}?handler=Begin", ("Password", WebSite.Password));
        var page = await agent.ReadAsync(Page);
        Assert.DoesNotContain("style=", page);
        var side = int.Parse(Side().Match(page).Groups["side"].Value);
        var dark = Module().Matches(page)
            .Select(match => (int.Parse(match.Groups["x"].Value), int.Parse(match.Groups["y"].Value))).ToHashSet();
        // Three corners hold the finder pattern, within four modules of white; the fourth does not.
        (int, int, bool)[] corners = [(4, 4, true), (side - 11, 4, true), (4, side - 11, true), (side - 11, side - 11, false)];
        foreach (var (left, top, there) in corners)
            Assert.Equal(there, Enumerable.Range(0, 49)
                .All(at => dark.Contains((left + at % 7, top + at / 7)) == IsFinder(at % 7, at / 7)));
        Assert.DoesNotContain(dark, each => each.Item1 < 4 || each.Item2 < 4 || each.Item1 >= side - 4 || each.Item2 >= side - 4);
    }

    async Task<(byte[] Secret, IReadOnlyList<string> Codes)> EnrolAsync(Browser browser)
    {
        var wrong = await browser.PostAsync(Page, $"{Page}?handler=Begin", ("Password", "wrong"));
        Assert.Contains("（L108）", await wrong.Content.ReadAsStringAsync());
        Assert.Equal(Page, Location(await browser.PostAsync(Page, $"{Page}?handler=Begin", ("Password", WebSite.Password))));
        var secret = Decoded(Secret().Match(await browser.ReadAsync(Page)).Groups["text"].Value);
        wrong = await browser.PostAsync(Page, $"{Page}?handler=Confirm", ("Code", "12345x"));
        Assert.Contains("（L124）", await wrong.Content.ReadAsStringAsync());
        var done = await (await browser.PostAsync(Page, $"{Page}?handler=Confirm", ("Code", Now(secret)))).Content.ReadAsStringAsync();
        var codes = Recovery().Matches(done).Select(match => match.Groups["code"].Value).ToList();
        // Shown once.
        Assert.DoesNotContain(codes[0], await browser.ReadAsync(Page));
        return (secret, codes);
    }

    string Now(byte[] secret) => TimedCodes.Code(secret, TimedCodes.StepAt(clock.GetUtcNow()));

    static bool IsFinder(int x, int y) => x is 0 or 6 || y is 0 or 6 || x is >= 2 and <= 4 && y is >= 2 and <= 4;

    static string? Location(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    /// <summary>As an authenticator program reads what is typed into it.</summary>
    static byte[] Decoded(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(letter => Convert.ToString(Alphabet.IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }

    [GeneratedRegex("class=\"factor-secret\">(?<text>[A-Z2-7]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("<li>(?<code>[2-9A-Z]{5}-[2-9A-Z]{5})</li>")]
    private static partial Regex Recovery();

    [GeneratedRegex("viewBox=\"0 0 (?<side>[0-9]+) ")]
    private static partial Regex Side();

    [GeneratedRegex("M(?<x>[0-9]+) (?<y>[0-9]+)h1v1h-1z")]
    private static partial Regex Module();
}
