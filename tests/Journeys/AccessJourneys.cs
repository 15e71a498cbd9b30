using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class AccessJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task An_agent_signs_in_and_changes_the_year_and_the_password(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2022-10-10 09:00"), Role.Agent);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.Page.GotoAsync("/");
        await window.ShowAsync("sign-in");
        await window.FillAsync("登录名", "agent");
        await window.FillAsync("密码", "wrong");
        await window.PressAsync("登录");
        await window.SeesAsync("登录名或密码不对");
        await window.ShowAsync("sign-in-refused");
        await window.SignInAsync("agent");
        await window.SeesAsync("东沟村");
        await window.FollowAsync("2022 年度");
        await window.ShowAsync("home-agent");
        await window.FollowAsync("修改密码");
        await window.FillAsync("现在的密码", WebSite.Password);
        await window.FillAsync("新密码", "更好的-Passw0rd");
        await window.FillAsync("再输一遍", "又一个-Passw0rd");
        await window.PressAsync("保存");
        await window.SeesAsync("两遍输入的新密码不一样");
        await window.ShowAsync("password-refused");
        await window.FillAsync("现在的密码", WebSite.Password);
        await window.FillAsync("新密码", "更好的-Passw0rd");
        await window.FillAsync("再输一遍", "更好的-Passw0rd");
        await window.PressAsync("保存");
        await window.SeesAsync("密码已修改");
        await window.PressAsync("退出");
        await window.SeesAsync("没有账号或忘记密码");
    }

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task An_administrator_makes_and_closes_an_account(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2022-10-10 09:00"));
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("administrator");
        await window.ShowAsync("home-administrator");
        await window.FollowAsync("账号");
        await window.ShowAsync("accounts");
        await window.FollowAsync("新建账号");
        await window.ShowAsync("account-new");
        await window.FillAsync("登录名", "zhao.liu");
        await window.FillAsync("姓名", "赵六");
        await window.ChooseAsync("岗位", "村社区协办员");
        await window.FillAsync("单位代码", "village-b");
        await window.FillAsync("初始密码", "初始-Passw0rd");
        await window.PressAsync("新建");
        await window.SeesAsync("已新建账号“zhao.liu”");
        await window.FillAsync("姓名或登录名", "赵");
        await window.PressAsync("查询");
        await window.FollowAsync("zhao.liu");
        await window.ShowAsync("account");
        await window.FillAsync("停用原因", "离职");
        await window.PressAsync("停用");
        await window.SeesAsync("已停用");
    }
}
