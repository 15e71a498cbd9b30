using System.Net;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class FirstStartTests
{
    const string Page = "/first";

    readonly TestClock clock = new("2022-10-10 09:00");

    [Theory, OnBothEngines]
    public async Task Whoever_has_the_code_makes_the_first_administrator_and_nobody_else(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        Assert.DoesNotContain(Page, await browser.ReadAsync("/sign-in"));
        Assert.Contains("此页不能使用", await browser.ReadAsync(Page));
        var code = await WebServer.BeginFirstAsync(site.Server);
        Assert.Matches("^([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}$", code);
        Assert.Contains(Page, await browser.ReadAsync("/sign-in"));

        // Another server has a code of its own, which is no use here.
        await site.StartServerAsync(clock);
        Assert.Contains("（W163）", await MakeAsync(browser, await new FirstStart(site.Database).BeginAsync(), WebSite.Password));
        Assert.Contains("（W163）", await MakeAsync(browser, "", WebSite.Password));
        Assert.Contains("（L110）", await MakeAsync(browser, code, "short"));
        Assert.Contains("两遍输入的密码不一样", await MakeAsync(browser, code, WebSite.Password, "another"));
        // Typed as people do.
        Assert.Equal("", await MakeAsync(browser, code!.ToLowerInvariant().Replace('-', ' '), WebSite.Password));

        Assert.Equal("/", (await browser.SignInAsync("guan.li", WebSite.Password)).Headers.Location?.OriginalString);
        Assert.Contains("新建账号", await browser.ReadAsync("/accounts"));
        using var late = new Browser(site.Address);
        Assert.Contains("此页不能使用", await late.ReadAsync(Page));
        Assert.DoesNotContain(Page, await late.ReadAsync("/sign-in"));
        Assert.Null(await WebServer.BeginFirstAsync(site.Server));
    }

    [Theory, OnBothEngines]
    public async Task Of_two_at_once_one_is_refused(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent);
        var (one, two) = (new FirstStart(site.Database), new FirstStart(site.Database));
        var codes = (await one.BeginAsync(), await two.BeginAsync());
        var outcomes = await Task.WhenAll(TryAsync(one, codes.Item1!, "guan.yi"), TryAsync(two, codes.Item2!, "guan.er"));
        Assert.Equal(["", "L120"], outcomes.Order());

        static async Task<string> TryAsync(FirstStart start, string code, string login)
        {
            try
            {
                await start.FinishAsync(code, WebSite.Area, (login, "关", WebSite.Password), default);
                return "";
            }
            catch (Vocabulary.RefusedException fault)
            {
                return fault.Code;
            }
        }
    }

    static async Task<string> MakeAsync(Browser browser, string? code, string password, string? again = null)
    {
        var answer = await browser.PostAsync(Page, Page, ("Code", code ?? ""), ("Login", "Guan.Li"), ("Name", "关理"),
            ("Password", password), ("Again", again ?? password));
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : await answer.Content.ReadAsStringAsync();
    }
}
