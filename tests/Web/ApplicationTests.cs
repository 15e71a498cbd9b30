using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Applications of residents, from the form to the register.</summary>
public sealed class ApplicationTests
{
    [Theory, OnBothEngines, Clause("lingyuan 四(二)")]
    public async Task A_newborn_is_applied_for_once_and_registered_by_the_desk(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var mother = await LookedUpAsync(site);
        string[] codes = [await HandInAsync(mother), await HandInAsync(mother)];
        Assert.Single(codes.Distinct());
        Assert.Contains("待受理", await mother.ReadAsync(codes[0]), StringComparison.Ordinal);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var path = Regex.Match(await agent.ReadAsync("/applications"), @"/applications/\d+").Value;
        Assert.Contains("王小禾", await agent.ReadAsync(path), StringComparison.Ordinal);
        Assert.Contains("W102", await TextAsync(agent, path, "Show", ("FileId", "1"), ("Reason", " ")), StringComparison.Ordinal);
        var file = Regex.Match(await agent.ReadAsync(path), "name=\"FileId\" value=\"(\\d+)\"").Groups[1].Value;
        Assert.Contains("data:image/png", await TextAsync(agent, path, "Show", ("FileId", file), ("Reason", "核对出生证明")));
        var done = await agent.PostAsync(path, $"{path}?handler=Accept", ("Tier", "0"));
        Assert.StartsWith("/households/", done.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("W133", await TextAsync(agent, path, "Accept", ("Tier", "0")), StringComparison.Ordinal);
        Assert.Contains("已登记", await mother.ReadAsync(codes[0]), StringComparison.Ordinal);
        Assert.Contains("已登记", await mother.ReadAsync("/my"), StringComparison.Ordinal);
        await site.Database.ReadAsync(async session =>
        {
            var baby = await session.Table<PersonRow>().SingleAsync(row => row.Area == WebSite.Area && row.Name == "王小禾");
            var enrolment = await session.Table<EnrolmentRow>().SingleAsync(
                row => row.Area == WebSite.Area && row.PersonId == baby.PersonId);
            Assert.Equal((EnrolmentKinds.Newborn, 2022), (enrolment.Kind, enrolment.InsuranceYear));
            var attached = await PersonAttachments.ListAsync(session, WebSite.Area, [baby.PersonId]);
            Assert.Equal("birth_certificate", Assert.Single(attached).Kind);
            return true;
        });
    }

    /// <summary>What waits comes first, oldest first; then what was decided, newest first; none is left out.</summary>
    [Theory, OnBothEngines]
    public async Task Applications_are_listed_whole_in_parts(Engine engine)
    {
        await using var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent);
        var asked = new List<ApplicationRow>();
        for (int at = 0; at < 5; at++)
            asked.Add(await site.AskToRegisterAsync("village-a", $"钱某{"一二三四五"[at]}"));
        foreach (int at in new[] { 1, 3 })
            await site.Database.WriteAsync(session => session.Table<ApplicationRow>()
                .Where(row => row.Area == WebSite.Area && row.ApplicationId == asked[at].ApplicationId)
                .Set(row => row.State, Applications.Refused).UpdateAsync());
        var listed = new List<long>();
        for (int skip = 0; skip < 6; skip += 2)
            listed.AddRange((await site.Database.ReadAsync(session => Applications.ListAsync(
                session, WebSite.Area, new("/county/"), (skip, 2)))).Select(one => one.Row.ApplicationId));
        Assert.Equal(new[] { 0, 2, 4, 3, 1 }.Select(at => asked[at].ApplicationId), listed);
    }

    [Fact]
    public async Task What_is_no_photo_or_no_newborn_is_refused_and_a_refusal_says_why()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        using var mother = await LookedUpAsync(site);
        Assert.Contains("R153", await HandInAsync(mother, photo: Encoding.UTF8.GetBytes("MZ 不是图片")), StringComparison.Ordinal);
        Assert.Contains("W130", await HandInAsync(mother, born: "2019-10-01"), StringComparison.Ordinal);
        var code = await HandInAsync(mother);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var path = Regex.Match(await agent.ReadAsync("/applications"), @"/applications/\d+").Value;
        Assert.Contains("W135", await TextAsync(agent, path, "Refuse", ("Reason", " ")), StringComparison.Ordinal);
        await agent.PostAsync(path, $"{path}?handler=Refuse", ("Reason", "照片看不清，请重拍"));
        Assert.Contains("照片看不清，请重拍", await mother.ReadAsync(code), StringComparison.Ordinal);
        Assert.DoesNotContain("王小禾", await mother.ReadAsync(code), StringComparison.Ordinal);
        // Sent back, it can be handed in anew.
        Assert.NotEqual(code, await HandInAsync(mother));
    }

    [Theory, OnBothEngines]
    public async Task A_household_that_nobody_knows_is_registered_whole(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var stranger = new Browser(site.Address);
        (string, string)[] form =
        [
            ("Unit", "village-b"), ("Address", "西河村9号"), ("Members[0].Name", "钱有福"), ("Members[0].Number", WebSite.MemberNumber(41)),
            ("Members[0].Relation", "Head"), ("Members[1].Name", "钱小满"), ("Members[1].Sex", "Female"),
            ("Members[1].BornOn", "2015-06-07"), ("Members[1].Relation", "Daughter"),
        ];
        var sent = await SendAsync(stranger, WebSite.Picture, [.. form, ("Members[1].Phone", "13800000000")]);
        var code = sent.Headers.Location!.OriginalString;
        Assert.Contains("待受理", await stranger.ReadAsync(code), StringComparison.Ordinal);
        var row = await site.Database.ReadAsync(session => session.Table<ApplicationRow>().SingleAsync(one => one.Area == WebSite.Area));
        Assert.DoesNotContain("钱有福", Encoding.UTF8.GetString(row.Told), StringComparison.Ordinal);
        using var street = new Browser(site.Address);
        await street.SignInAsync("street", WebSite.Password);
        var path = $"/applications/{row.ApplicationId}";
        var page = await street.ReadAsync(path);
        Assert.Contains("钱小满", page, StringComparison.Ordinal);
        Assert.DoesNotContain(WebSite.MemberNumber(41), page, StringComparison.Ordinal);
        var done = await street.PostAsync(path, $"{path}?handler=Accept", ("Tier", "0"));
        var household = await street.ReadAsync(done.Headers.Location!.OriginalString);
        Assert.Contains("钱有福", household, StringComparison.Ordinal);
        Assert.Contains("钱小满", household, StringComparison.Ordinal);
        var found = await stranger.PostAsync("/sign-in", "/my", ("Number", WebSite.MemberNumber(41)), ("Name", "钱有福"));
        Assert.Equal(HttpStatusCode.Redirect, found.StatusCode);
        Assert.Contains("应缴 320.00 元", await stranger.ReadAsync("/my"), StringComparison.Ordinal);
    }

    static async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, new TestClock("2021-11-05 09:00"), Role.Agent, Role.Street);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("赵秀兰", 3));
        return site;
    }

    static async Task<Browser> LookedUpAsync(WebSite site)
    {
        var mother = new Browser(site.Address);
        await mother.PostAsync("/my", "/my", ("Number", WebSite.MemberNumber(3)), ("Name", "赵秀兰"));
        return mother;
    }

    /// <summary>The address of the state, or the page of the refusal.</summary>
    static async Task<string> HandInAsync(Browser mother, byte[]? photo = null, string born = "2021-10-20")
    {
        var sent = await SendAsync(mother, photo ?? WebSite.Picture,
            ("Members[0].Name", "王小禾"), ("Members[0].Sex", "Female"), ("Members[0].BornOn", born), ("Members[0].Relation", "Daughter"));
        return sent.Headers.Location?.OriginalString ?? await sent.Content.ReadAsStringAsync();
    }

    static Task<HttpResponseMessage> SendAsync(Browser browser, byte[] photo, params (string, string)[] fields) =>
        browser.PostFileAsync("/my/register", "Paper", ("证明.png", photo), fields);

    static async Task<string> TextAsync(Browser browser, string path, string handler, params (string, string)[] fields) =>
        await (await browser.PostAsync("/password", $"{path}?handler={handler}", fields)).Content.ReadAsStringAsync();
}
