using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Microsoft.Playwright;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class PeopleJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    [JourneyTheory, Clause("baogou 二(四)-first")]
    [InlineData("phone", Engine.Sqlite)]
    [InlineData("desk", Engine.Postgres)]
    [Clause("lishi 六(一)")]
    public async Task An_agent_registers_a_newborn_with_a_photo_and_takes_the_cash(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.RegisterAsync("王建国", new(1990, 2, 3), 1, ("village-a", household), Relation.Head);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("家庭户");
        await window.FollowAsync("王建国");
        await window.FollowAsync("添加成员");
        await window.FillAsync("姓名", "王新禾");
        await window.PressAsync("登记");
        await window.SeesAsync("没有证件号码时请选择性别");
        await window.SeesAsync("没有证件号码时请填写出生日期");
        await window.ShowAsync("register-refused");
        await window.ChooseAsync("性别", "女");
        await window.FillAsync("出生日期", "2021-10-20");
        await window.ChooseAsync("与户主关系", "女");
        await window.ChooseAsync("参保类别", "新生儿");
        await window.PressAsync("登记");
        await window.SeesAsync("已登记王新禾，并登记 2022 年度参保");
        await window.SeesAsync("2022 年度为什么是这个金额");
        await window.SeesAsync("什么时候缴费，结果会不同");
        await window.SeesAsync("新生儿登记");
        await window.ShowAsync("person-newborn");
        await window.FollowAsync("证件材料和照片（0）");
        var picture = await window.Page.ScreenshotAsync();
        await window.Page.GetByLabel("文件").SetInputFilesAsync(
            new FilePayload { Name = "王新禾.png", MimeType = "image/png", Buffer = picture });
        await window.PressAsync("上传");
        await window.SeesAsync("已上传照片");
        await window.Page.Locator("summary", new() { HasText = "查看" }).ClickAsync();
        await window.FillAsync("查看原因", "核对照片");
        await window.PressAsync("打开");
        await Assertions.Expect(window.Page.GetByAltText("照片")).ToHaveJSPropertyAsync("complete", true);
        await window.ShowAsync("person-papers");
        await window.FollowAsync("返回此人");
        await window.FollowAsync("本户登记与收款");
        await window.PressAsync("确认已收现金");
        await window.SeesAsync("已收现金 320.00 元，1 人");
        await window.FollowAsync("王新禾");
        await window.Page.Locator("a[href^='/receipts/']").First.ClickAsync();
        await window.SeesAsync("城乡居民基本医疗保险费收款凭据");
        await window.SeesAsync("320.00 元");
        await window.ShowAsync("receipt");
    }

    [JourneyTheory]
    [InlineData("phone", Engine.Sqlite)]
    [InlineData("desk", Engine.Postgres)]
    public async Task An_agent_finds_people_by_initials_and_by_a_pasted_column(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        var (own, far) = (await site.FoundAsync("village-a", "H0001"), await site.FoundAsync("village-b", "H0002"));
        var born = new DateOnly(1980, 2, 3);
        var paid = await site.RegisterAsync("单小梅", born, 2, ("village-a", own), Relation.Head);
        await site.PayAsync(paid.PersonId);
        await site.RegisterAsync("王小明", born, 1, ("village-a", own), Relation.Spouse);
        await site.RegisterAsync("李四", born, 3, ("village-b", far), Relation.Head);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("人员");
        await window.FillAsync("证件号码、姓名或拼音首字母、电话、户号", "sxm");
        await window.PressAsync("查询");
        await window.SeesAsync("单小梅");
        await window.ShowAsync("people-initials");
        await window.FollowAsync("成批查询");
        await window.ShowAsync("people-numbers-empty");
        string[] column =
        [
            "身份证号码", "'" + TestArea.Number(born, 2).Full, "", TestArea.Number(born, 1).Full, TestArea.Number(born, 3).Full,
            TestArea.Number(born, 1).Full[..17], TestArea.Number(born, 2).Full,
        ];
        await window.FillAsync("证件号码", string.Join('\n', column));
        await window.PressAsync("查 2022 年度");
        await window.SeesAsync("号码有误，没有查：第 6 行");
        await window.SeesAsync("本单位没有查到：第 5 行");
        await window.SeesAsync("与第 2 行相同");
        await window.SeesAsync("320.00");
        await window.ShowAsync("people-numbers");
        Assert.EndsWith("/people/numbers", window.Page.Url, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadAsync("下载 Excel"))[..2]);
        await window.PressAsync("查 2021 年度");
        await window.SeesAsync("2021 年度");
        await window.SeesAsync("本单位没有查到：第 5 行");
        await window.FollowAsync("王小明");
        await window.SeesAsync("本户登记与收款");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_bureau_finds_a_person_by_number_and_sees_both_years(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Bureau);
        var household = await site.FoundAsync("village-b", "H0002");
        var born = new DateOnly(1980, 2, 3);
        var person = await site.RegisterAsync("李春梅", born, 1, ("village-b", household), Relation.Head);
        await site.PayAsync(person.PersonId);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("bureau");
        await window.FollowAsync("人员");
        await window.FillAsync("证件号码、姓名或拼音首字母、电话、户号", TestArea.Number(born, 1).Full);
        await window.PressAsync("查询");
        await window.SeesAsync("已缴 320.00 元");
        await window.SeesAsync("未登记");
        await window.ShowAsync("people-found");
        Assert.DoesNotContain("search", window.Page.Url, StringComparison.Ordinal);
        await window.FillAsync("证件号码、姓名或拼音首字母、电话、户号", "李");
        await window.PressAsync("查询");
        await window.SeesAsync("下载 Excel");
        await window.ShowAsync("people-excel");
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadFromAsync("下载 Excel"))[..2]);
        await window.FollowAsync("李春梅");
        await window.Page.GetByText("显示完整证件号码").ClickAsync();
        await window.FillAsync("查看原因", "核对身份证");
        await window.PressAsync("显示");
        await window.SeesAsync(TestArea.Number(born, 1).Full);
        // Who looked is the auditor's matter.
        await Assertions.Expect(window.Page.GetByText("核对身份证")).ToHaveCountAsync(0);
        await window.FollowAsync("变更与更正");
        await window.ShowAsync("person-change");
        await window.ChooseAsync("就业", "职工");
        await window.Page.Locator("#why-status").FillAsync("企业参保");
        await window.PressAsync("变更");
        await window.SeesAsync("还没有变更");
        await window.SeesAsync("→ 不属于参保范围");
        await window.ShowAsync("person-change-effects");
        await window.PressAsync("确认变更");
        await window.SeesAsync("登记信息已变更");
        await window.SeesAsync("企业参保");
        await window.ShowAsync("person-changed");
    }

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    public async Task A_corrected_number_merges_two_records_and_a_death_ends_the_enrolment(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Street);
        var household = await site.FoundAsync("village-a", "H0001");
        var born = new DateOnly(1980, 2, 3);
        var wrong = await site.RegisterAsync("李春梅", born, 2, ("village-a", household), Relation.Head);
        await site.PayAsync(wrong.PersonId);
        await site.RegisterAsync("李春梅", born, 4, ("village-a", household), Relation.OtherRelative);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("street");
        await window.Page.GotoAsync($"/people/{wrong.PersonId}/change");
        await window.FillAsync("正确号码", TestArea.Number(born, 4).Full);
        await window.Page.Locator("#why-number").FillAsync("录入错误");
        await window.PressAsync("更正号码");
        await window.PressAsync("确认变更");
        await window.SeesAsync("两条记录已合并");
        await window.SeesAsync("320.00 元");
        await window.ShowAsync("person-merged");
        await window.FollowAsync("变更与更正");
        await window.FillAsync("死亡日期", "2021-11-01");
        await window.Page.Locator("#why-died").FillAsync("死亡证明");
        await window.PressAsync("登记死亡");
        await window.SeesAsync("收回 2022-01-01 至 2022-12-31");
        await window.ShowAsync("person-died-effects");
        await window.PressAsync("确认变更");
        await window.SeesAsync("2021-11-01 死亡");
        await window.SeesAsync("注销：死亡");
    }
}
