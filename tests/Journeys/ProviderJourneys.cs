using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class ProviderJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    readonly TestClock clock = new("2022-10-10 09:00");

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task Somebody_is_tied_and_signs_in_by_the_identity_provider(string screen)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await WebSite.OpenAsync(
            Engine.Sqlite, clock, options => options with { Provider = provider.Agreed }, Role.Agent, Role.Administrator);
        await using var agent = await chromium.OpenAsync(site, screen, script: true);
        await agent.Page.GotoAsync("/households");
        await agent.ShowAsync("provider-sign-in");
        Assert.Empty(await Axe.FaultsAsync(agent.Page));
        await agent.FollowAsync("用政务统一认证登录");
        await agent.SeesAsync("W174");
        await agent.ShowAsync("provider-unknown");
        Assert.Empty(await Axe.FaultsAsync(agent.Page));
        var shown = await agent.Page.Locator("main code").InnerTextAsync();

        await using var admin = await chromium.OpenAsync(site, screen, script: true);
        await admin.SignInAsync("administrator");
        await admin.FollowAsync("账号");
        await admin.FollowAsync("agent");
        await admin.FillAsync("本人的标识", shown);
        await admin.FillAsync("绑定原因", "本人申请");
        await admin.ShowAsync("provider-tie");
        Assert.Empty(await Axe.FaultsAsync(admin.Page));
        await admin.PressAsync("绑定");
        await admin.SeesAsync("2022-10-10 09:00 绑定");
        await admin.ShowAsync("provider-tied");

        await agent.Page.GotoAsync("/households");
        await agent.FollowAsync("用政务统一认证登录");
        await agent.SeesAsync("家庭户");
        Assert.EndsWith("/households", agent.Page.Url, StringComparison.Ordinal);
        await agent.PressAsync("退出");
        await agent.SeesAsync("用政务统一认证登录");
    }
}
