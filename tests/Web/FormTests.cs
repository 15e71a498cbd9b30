using System.Net;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Web.Tests;

public class FormTests
{
    static readonly DateOnly Born = new(1980, 2, 3);

    /// <summary>The page has the header of the notice with its real spans, the numbers open, and the workbook is to be had.</summary>
    [Fact, Clause("lishi 附件5")]
    public async Task The_weekly_form_is_shown_opened_and_downloaded()
    {
        await using var site = await WebSite.OpenAsync(
            Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Bureau, Role.Street, Role.School);
        var household = await site.FoundAsync("village-a", "H0001");
        await site.PayAsync((await site.RegisterAsync("王建国", Born, 1, ("village-a", household), Relation.Head)).PersonId);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", household), Relation.Spouse);

        using var bureau = new Browser(site.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        var page = await bureau.ReadAsync("/forms/lishi-5?year=2022");
        foreach (var text in new[]
        {
            "清河县2022年度城乡居民医保参保缴费工作进度周报表", "<th scope=\"col\" rowspan=\"3\">各乡镇、街道</th>",
            "<th scope=\"colgroup\" colspan=\"5\">其中：资助参保人数</th>", "应参保总人数：2人", "截止日期：2021年11月5日", ">50.00%<",
        })
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains("/forms/lishi-5/people?unit=town&amp;column=self_local", page, StringComparison.Ordinal);
        var people = await bureau.ReadAsync("/forms/lishi-5/people?unit=town&column=self_local&year=2022");
        Assert.Contains("王建国", people, StringComparison.Ordinal);
        Assert.DoesNotContain("赵秀兰", people, StringComparison.Ordinal);
        Assert.DoesNotContain(TestArea.Number(Born, 1).Full, people, StringComparison.Ordinal);
        var sheet = await bureau.PostAsync("/forms/lishi-5", "/forms/lishi-5?handler=Download&unit=county&year=2022");
        Assert.Equal("PK"u8.ToArray(), (await sheet.Content.ReadAsByteArrayAsync())[..2]);
        Assert.DoesNotContain("<nav", await bureau.ReadAsync("/forms/lishi-5?paper=true"), StringComparison.Ordinal);
        foreach (var path in new[] { "/forms/none", "/forms/none/people", "/forms/lishi-5?unit=none", "/forms/lishi-5/people?column=none" })
            Assert.Equal(HttpStatusCode.NotFound, (await bureau.GetAsync(path)).StatusCode);

        using var street = new Browser(site.Address);
        await street.SignInAsync("street", WebSite.Password);
        foreach (var path in new[] { "/forms/lishi-6", "/forms/lishi-6/people" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await street.GetAsync($"{path}?unit=county")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await street.GetAsync($"{path}?unit=village-a")).StatusCode);
        }

        // A school sees numbers, not whom they count, and not for whom funders pay.
        using var school = new Browser(site.Address);
        await school.SignInAsync("school", WebSite.Password);
        Assert.DoesNotContain("/people?", await school.ReadAsync("/forms/lishi-5"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await school.GetAsync("/forms/baogou-list")).StatusCode);
    }
}
