using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Journeys.Tests;

public sealed class RegistrationFileJourneys(Chromium chromium) : IClassFixture<Chromium>
{
    static readonly DateOnly Born = new(1985, 3, 20);

    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    [InlineData("desk", Engine.Postgres)]
    [InlineData("phone", Engine.Sqlite)]
    [Clause("lishi 附件4")]
    public async Task An_agent_hands_in_the_form_mends_a_row_and_finds_the_person(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("登记表册");
        await window.SeesAsync("还没有上传过登记表册");
        await window.ShowAsync("registrations-empty");
        await UploadAsync(window, "附件4.csv", "附件4\n序号,乡（镇）、街道、学校,\"村、社区、班级\",姓名,身份证号码,电话号码,人员类别,备注\n"
            + $"1,柳林镇,东沟村,张三,{Number(1)},,普通居民,\n2,柳林镇,东沟村,李四,{Number(2)[..17]}A,,普通居民,\n"
            + $"3,柳林镇,西河村,王五,{Number(3)},,普通居民,\n");
        await window.SeesAsync("文件已收下，还没有录入");
        await window.SeesAsync("本单位及下级中没有这个名称的单位");
        await window.ShowAsync("registration-tried");
        await window.Page.Locator("a[href*='show=Register']").ClickAsync();
        await window.SeesAsync("张三");
        await window.SeesAsync("370499********0017");
        await window.PressAsync("录入 1 人");
        await window.SeesAsync("已录入：共 3 行，新登记 1 人，不变 0 人，退回 2 行");
        await window.ShowAsync("registration-applied");
        var refused = Encoding.UTF8.GetString(await window.DownloadAsync("下载退回的行"));
        Assert.Contains("原因", refused, StringComparison.Ordinal);
        var mended = string.Join('\n', refused.Split('\n').Where(line => !line.Contains("王五", StringComparison.Ordinal)))
            .Replace($"{Number(2)[..17]}A", Number(2), StringComparison.Ordinal);
        await window.FollowAsync("返回登记表册");
        await UploadAsync(window, "改好.csv", mended);
        await window.PressAsync("录入 1 人");
        await window.FollowAsync("返回登记表册");
        await window.SeesAsync("改好.csv");
        await window.ShowAsync("registrations");
        await window.FollowAsync("人员");
        await window.FillAsync("证件号码、姓名或拼音首字母、电话、户号", Number(2));
        await window.PressAsync("查询");
        await window.SeesAsync("李四");
        await window.SeesAsync("待缴 320.00 元");
        await window.FollowAsync("李四");
        await window.SeesAsync("新参保，2021-11-05");
        await window.ShowAsync("registration-person");
    }

    /// <summary>A community's list of people who moved away goes to the street, on to the centre, and is entered there.</summary>
    [JourneyTheory]
    [InlineData("desk", Engine.Sqlite)]
    [InlineData("phone", Engine.Postgres)]
    [Clause("lingyuan 四(二)")]
    public async Task A_list_goes_from_the_community_to_the_street_and_the_centre(string screen, Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street, Role.Bureau);
        var household = await site.FoundAsync("village-a", "H0001");
        var person = await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head);
        await site.PayAsync(person.PersonId);
        await using var window = await chromium.OpenAsync(site, screen);
        await window.SignInAsync("agent");
        await window.FollowAsync("登记表册");
        await UploadAsync(window, "迁出.csv", $"姓名,身份证号码,迁出日期,已在迁入地参保\n王建国,{Number(1)},2021-11-01,是\n", "迁出人员花名册");
        await window.SeesAsync("已缴 2022 年度，须先退费再注销登记");
        await window.PressAsync("报送街道办理");
        await window.SeesAsync("期限 2021-11-12");
        await window.ShowAsync("registration-handed-in");
        await NextAsync(window, "street");
        await window.SeesAsync("待街道上报");
        await window.FollowAsync("2022 年度迁出人员花名册");
        await window.ShowAsync("registration-street");
        await window.PressAsync("上报医保中心");
        await window.SeesAsync("2021-11-05 办结");
        await NextAsync(window, "bureau");
        await window.SeesAsync("待医保中心录入");
        await window.FollowAsync("2022 年度迁出人员花名册");
        await window.PressAsync("录入 1 人");
        await window.SeesAsync("已录入：共 1 行，迁出 1 人");
        await window.FollowAsync("返回登记表册");
        await window.ChooseInAsync("下载", "哪一种表", "迁出人员花名册");
        Assert.Equal("PK"u8.ToArray(), (await window.DownloadAsync("下载"))[..2]);
    }

    static async Task UploadAsync(Window window, string name, string text, string kind = "城乡居民新参保登记表（附件4）")
    {
        await window.ChooseInAsync("上传", "哪一种表", kind);
        await window.AttachAsync("文件", name, text);
        await window.PressAsync("上传并核对");
    }

    static async Task NextAsync(Window window, string login)
    {
        await window.PressAsync("退出");
        await window.SignInAsync(login);
        await window.FollowAsync("登记表册");
    }

    static string Number(int person) => TestArea.Number(Born, person).Full;
}
