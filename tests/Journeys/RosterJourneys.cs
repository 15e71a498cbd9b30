using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Microsoft.Playwright;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class RosterJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1985, 3, 20);

    /// <summary>A department's own file, with a flaw, a word and a column that only it uses.</summary>
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_department_hands_in_its_list_mends_a_row_and_takes_the_list_back(string screen, Engine engine)
    {
        await using var site = await OpenAsync(engine, Role.ListDepartment);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("list_department");
        await window.FollowAsync("名单");
        await window.ShowAsync("rosters-empty");
        await window.FollowAsync("上传名单");
        await window.ShowAsync("roster-upload");
        await window.AttachAsync("文件", "民政低保名单.csv",
            $"民政部门名单\n姓名,身份号,对象,备注\n王建国,{Number(1)},低保户,\n赵秀兰,{Number(2)},低保户,\n李春梅,{Number(30)},孤儿,\n");
        await window.PressAsync("上传并试算");
        await window.SeesAsync("缺少列：身份证号码");
        await window.ShowAsync("roster-trial-asks");
        await window.ChooseAsync("列“身份号”是", "身份证号码");
        await window.ChooseAsync("列“对象”是", "人员类别");
        await window.PressAsync("按此重新试算");
        await window.SeesAsync("不认识的人员类别：低保户");
        await window.ChooseAsync("类别“低保户”是", "农村低保对象");
        await window.PressAsync("按此重新试算");
        await window.SeesAsync("登记中没有此人");
        await window.ShowAsync("roster-trial");
        var taken = window.Page.WaitForDownloadAsync();
        await window.PressAsync("下载退回的行");
        var refused = await File.ReadAllTextAsync((await (await taken).PathAsync())!);
        Assert.Contains("原因", refused, StringComparison.Ordinal);
        await window.PressAsync("使名单生效");
        await window.SeesAsync("名单已生效");
        await window.ShowAsync("roster-version");

        // The refused row comes back as it was given, with the right number.
        await window.FollowAsync("名单");
        await window.FollowAsync("上传名单");
        await window.AttachAsync("文件", "退回-民政低保名单.csv", refused.Replace(Number(30), Number(3), StringComparison.Ordinal));
        await window.PressAsync("上传并试算");
        await window.SeesAsync("列入孤儿");
        await window.PressAsync("使名单生效");
        await window.FollowAsync("名单");
        await window.SeesAsync("孤儿");
        await window.ShowAsync("rosters");
        await window.FollowAsync("3");
        await window.SeesAsync("李春梅");
        await window.SeesAsync("未参保");
        await window.ShowAsync("roster-people");
        await window.FollowAsync("李春梅");
        await window.SeesAsync("采用");
        await window.ShowAsync("roster-person");

        await window.FollowAsync("名单");
        await window.FollowAsync("生效记录与附件3");
        await window.ShowAsync("roster-versions");
        await window.FollowAsync("2021-11-05");
        await window.FillAsync("原因", "名单传错");
        await window.PressAsync("撤销名单");
        await window.SeesAsync("名单已撤销");
        await window.FollowAsync("名单");
        await Assertions.Expect(window.Page.Locator("main")).Not.ToContainTextAsync("孤儿");
    }

    static string Number(int person) => TestArea.Number(Born, person).Full;

    static async Task<WebSite> OpenAsync(Engine engine, params Role[] roles)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), roles);
        var (one, other) = (await site.FoundAsync("village-a", "H0001"), await site.FoundAsync("village-b", "H0002"));
        var paid = await site.RegisterAsync("王建国", Born, 1, ("village-a", one), Relation.Head);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", one), Relation.Spouse);
        await site.RegisterAsync("李春梅", Born, 3, ("village-b", other), Relation.Head);
        await site.PayAsync(paid.PersonId);
        return site;
    }
}
