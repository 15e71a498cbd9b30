using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class SecondFactorJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    const string AlphabetOfSecrets = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    readonly TestClock clock = new("2022-10-10 09:00");

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task Whoever_started_the_server_makes_the_first_administrator(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        var code = await WebServer.BeginFirstAsync(site.Server);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.Page.GotoAsync("/");
        await window.ShowAsync("sign-in-first");
        await window.FollowAsync("建立第一个账号管理员");
        await window.FillAsync("一次性代码", "ABCD-EFGH");
        await window.FillAsync("登录名", "guan.li");
        await window.FillAsync("姓名", "关理");
        await FillPasswordsAsync(window);
        await window.PressAsync("建立");
        await window.SeesAsync("一次性代码不对");
        await window.ShowAsync("first");
        await window.FillAsync("一次性代码", code!);
        await FillPasswordsAsync(window);
        await window.PressAsync("建立");
        await window.SignInAsync("guan.li");
        await window.SeesAsync("新建、停用账号");
    }

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task A_second_factor_is_enrolled_asked_for_and_demanded(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Administrator);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("administrator");
        await window.FollowAsync("账号");
        await window.FollowAsync("登录要求");
        await window.ShowAsync("factor-demand");
        await window.FillAsync("原因", "等级保护要求");
        await window.PressAsync("保存");
        await window.SeesAsync("请先启用，再办理业务");
        await window.ShowAsync("factor-begin");
        await window.FillAsync("现在的密码", WebSite.Password);
        await window.PressAsync("下一步");
        var secret = Decoded(await window.Page.Locator(".factor-secret").InnerTextAsync());
        await window.ShowAsync("factor-scan");
        await window.FillAsync("手机上显示的 6 位数字", Now(secret));
        await window.PressAsync("确认启用");
        await window.SeesAsync("请抄下备用码");
        await window.ShowAsync("factor-codes");
        await window.FollowAsync("抄好了，去首页");
        await window.FollowAsync("动态验证码");
        await window.ShowAsync("factor-on");
        await window.PressAsync("退出");

        clock.Set("2022-10-10 09:05");
        await window.FillAsync("登录名", "administrator");
        await window.FillAsync("密码", WebSite.Password);
        await window.PressAsync("登录");
        await window.ShowAsync("factor-code");
        await window.FillAsync("验证码", "12345x");
        await window.PressAsync("登录");
        await window.SeesAsync("验证码不对");
        await window.FillAsync("验证码", Now(secret));
        await window.PressAsync("登录");
        await window.FollowAsync("账号");
        await window.FollowAsync("administrator");
        await window.SeesAsync("重置动态验证码");
        await window.ShowAsync("factor-account");
    }

    static async Task FillPasswordsAsync(Window window)
    {
        await window.FillAsync("密码", WebSite.Password);
        await window.FillAsync("再输一遍", WebSite.Password);
    }

    string Now(byte[] secret) => TimedCodes.Code(secret, TimedCodes.StepAt(clock.GetUtcNow()));

    static byte[] Decoded(string text)
    {
        var bits = string.Concat(text.Trim().Select(letter => Convert.ToString(AlphabetOfSecrets.IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }
}
