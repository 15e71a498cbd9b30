using System.Net;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Residents;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What people without an account see, and what they cannot find out.</summary>
public sealed partial class ResidentTests
{
    readonly TestClock clock = new("2021-11-05 09:00");

    [Theory, OnBothEngines]
    public async Task Whatever_does_not_fit_gets_one_answer(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await site.OpenOtherAreaAsync("钱多多", 31);
        using var browser = new Browser(site.Address);
        string[] answers =
        [
            await RefusedAsync(browser, WebSite.MemberNumber(77), "王建国"),
            await RefusedAsync(browser, WebSite.MemberNumber(1), "王建军"),
            await RefusedAsync(browser, WebSite.MemberNumber(31), "钱多多"),
        ];
        Assert.Contains("没有查到", answers[0], StringComparison.Ordinal);
        Assert.Contains("（W120）", answers[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.Redirect, (await LookUpAsync(browser, 31, "钱多多", WebSite.OtherArea)).StatusCode);
    }

    [Theory, OnBothEngines]
    public async Task A_number_is_asked_for_ten_times_an_hour_on_all_servers_together(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        var other = await site.StartServerAsync(clock);
        foreach (var (sequence, name) in new[] { (1, "王建国"), (78, "周无此人") })
        {
            for (int tried = 0; tried < ResidentLimits.ByNumber; tried++)
            {
                using var wrong = new Browser(tried % 2 == 0 ? site.Address : other);
                Assert.Contains("W120", await TextAsync(await LookUpAsync(wrong, sequence, "赵某某")), StringComparison.Ordinal);
            }

            using var right = new Browser(site.Address);
            Assert.Contains("W121", await TextAsync(await LookUpAsync(right, sequence, name)), StringComparison.Ordinal);
        }

        clock.Set("2021-11-05 10:01");
        using var later = new Browser(site.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await LookUpAsync(later, 1, "王建国")).StatusCode);
    }

    /// <summary>
    /// Whom the proxy on this machine names last is counted; what a client claims before that is not, or everybody would have limits of
    /// their own choice.
    /// </summary>
    [Fact]
    public async Task The_address_that_the_proxy_tells_is_the_one_that_is_counted()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        foreach (var (at, told) in new[] { "203.0.113.7", "203.0.113.8", "198.51.100.1, 203.0.113.7" }.Index())
        {
            using var browser = new Browser(site.Address) { ForwardedFor = told };
            await LookUpAsync(browser, 70 + at, "周无此人");
        }

        var counted = await site.Database.ReadAsync(session => session.Table<ResidentCountRow>()
            .Where(row => row.Area == WebSite.Area && row.Kind == "address").Select(row => row.Tries).ToListAsync());
        Assert.Equal([1, 2], counted.Order());
    }

    [Theory, OnBothEngines, Clause("baogou 二(一)")]
    public async Task Somebody_who_looked_up_reads_why_by_when_and_of_the_family_no_more_than_the_sum(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        using var browser = new Browser(site.Address);
        var answer = await LookUpAsync(browser, 1, "王建国");
        Assert.Equal("/my", answer.Headers.Location?.OriginalString);
        Assert.All(answer.Headers.GetValues("Set-Cookie").Where(cookie => cookie.StartsWith("canbao-my=", StringComparison.Ordinal)),
            cookie => Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase));
        var page = await browser.ReadAsync("/my");
        foreach (var said in new[] { "应缴 320.00 元", "2021-12-10", "为什么", "其余由谁承担", "依据的条款", "东沟村", "柳林镇", "赵*兰" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("赵秀兰", page, StringComparison.Ordinal);
        Assert.DoesNotContain(WebSite.MemberNumber(1), page, StringComparison.Ordinal);
        Assert.DoesNotContain(WebSite.MemberNumber(3), page, StringComparison.Ordinal);
        Assert.DoesNotContain("东沟村3号", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_ends_by_itself_and_by_its_button()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        using var browser = new Browser(site.Address);
        await LookUpAsync(browser, 1, "王建国");
        Assert.Contains("看完了", await browser.ReadAsync("/my"), StringComparison.Ordinal);
        clock.Set("2021-11-05 09:15");
        Assert.Equal("/my", (await browser.GetAsync("/my/pay")).Headers.Location?.OriginalString);
        await LookUpAsync(browser, 1, "王建国");
        await browser.PostAsync("/my", "/my?handler=End");
        Assert.DoesNotContain("王建国", await browser.ReadAsync("/my"), StringComparison.Ordinal);
        // Who fails to look up somebody else sees nothing of whom they looked up before.
        await LookUpAsync(browser, 1, "王建国");
        Assert.DoesNotContain("看完了", await TextAsync(await LookUpAsync(browser, 3, "某某")), StringComparison.Ordinal);
    }

    /// <summary>Two tabs, two servers, two orders, all at once and again: each person pays once.</summary>
    [Theory, OnBothEngines]
    public async Task Nobody_pays_twice(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await site.OpenGatewayAsync();
        var other = await site.StartServerAsync(clock);
        string[] codes = [await site.OrderAsync(1, 1, 3), await site.OrderAsync(3, 1, 3, 5)];
        async Task<HttpStatusCode> PayAsync(int at)
        {
            using var tab = new Browser(at % 2 == 0 ? site.Address : other);
            var path = $"/gateway/{WebSite.Area}-{codes[at / 2 % 2]}";
            return (await tab.PostAsync("/my", path)).StatusCode;
        }

        for (int round = 0; round < 2; round++)
            foreach (var status in await Task.WhenAll(Enumerable.Range(0, 12).Select(PayAsync)))
                Assert.Contains(status, new[] { HttpStatusCode.OK, HttpStatusCode.Redirect });
        var payments = await site.Database.ReadAsync(
            session => session.Table<PaymentRow>().Where(row => row.Area == WebSite.Area).ToListAsync());
        Assert.Equal(3, payments.Count);
        Assert.Equal(3, payments.Select(row => row.PersonId).Distinct().Count());
        Assert.All(payments, row => Assert.Equal(("sandbox-pay", 32_000L), (row.Channel, row.Amount)));
        Assert.Empty(await site.Database.ReadAsync(session => MoneyCheck.RunAsync(session, WebSite.Area)));
        // What was told of money is what was posted: nothing waits in suspense.
        Assert.Equal(3, await site.Database.ReadAsync(
            session => session.Table<ChannelNoticeRow>().CountAsync(row => row.Area == WebSite.Area)));
    }

    [Fact]
    public async Task Only_the_own_household_is_paid_for_and_only_while_the_order_holds()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        await site.EnrolHouseholdAsync("village-b", "H0002", ("孙大海", 21));
        using var browser = new Browser(site.Address);
        await LookUpAsync(browser, 1, "王建国");
        Assert.Contains("现在不能在网上缴费", await browser.ReadAsync("/my/pay"), StringComparison.Ordinal);
        await site.OpenGatewayAsync();
        var stranger = (await site.MemberAsync(21)).PersonId;
        Assert.Contains("W124", await TextAsync(await browser.PostAsync("/my/pay", "/my/pay", ("Chosen", $"{stranger}"))));
        Assert.Contains("W123", await TextAsync(await browser.PostAsync("/my/pay", "/my/pay")), StringComparison.Ordinal);
        var made = await browser.PostAsync("/my/pay", "/my/pay", ("Chosen", $"{(await site.MemberAsync(3)).PersonId}"));
        var order = made.Headers.Location!.OriginalString;
        var page = await browser.ReadAsync(order);
        Assert.Contains("data:image/png;base64,", page, StringComparison.Ordinal);
        var gateway = Regex.Match(page, "/gateway/[^\"]+").Value;
        clock.Set("2021-11-05 09:31");
        Assert.Contains("W126", await TextAsync(await browser.PostAsync("/my", gateway)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/gateway/310101-222222222222")).StatusCode);
        // Another's order and receipt are not there.
        await LookUpAsync(browser, 21, "孙大海");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(order)).StatusCode);
    }

    [Theory, OnBothEngines]
    public async Task Receipts_and_certificates_are_checked_by_anybody(Engine engine)
    {
        await using var site = await OpenAsync(engine);
        await site.OpenGatewayAsync();
        await site.ConfirmAsync(await site.OrderAsync(1, 1, 3));
        using var browser = new Browser(site.Address);
        await LookUpAsync(browser, 1, "王建国");
        var page = await browser.ReadAsync("/my");
        Assert.Contains("2022-01-01 至 2022-12-31", page, StringComparison.Ordinal);
        var receipt = await browser.ReadAsync(Regex.Match(page, @"/my/receipts/\d+").Value);
        Assert.Contains("票据真实有效", await CheckAsync(Fact(receipt, "票据号"), Fact(receipt, "校验码")), StringComparison.Ordinal);
        var certificate = await browser.ReadAsync("/my/certificate");
        var (number, code) = (Fact(certificate, "证明编号"), Fact(certificate, "校验码"));
        var real = await CheckAsync(number, code);
        Assert.Contains("参保证明真实有效", real, StringComparison.Ordinal);
        Assert.Contains("王*国", real, StringComparison.Ordinal);
        Assert.DoesNotContain("王建国", real, StringComparison.Ordinal);
        Assert.Contains("没有这张票据", await CheckAsync(number, "2222-2222"), StringComparison.Ordinal);
        // Another has the receipt of the own contribution, whoever paid it, and not the payer's.
        var paid = await site.Database.ReadAsync(
            session => session.Table<PaymentRow>().Where(row => row.Area == WebSite.Area).ToListAsync());
        var payer = (await site.MemberAsync(1)).PersonId;
        using var wife = new Browser(site.Address);
        await LookUpAsync(wife, 3, "赵秀兰");
        foreach (var row in paid)
            Assert.Equal(
                row.PersonId == payer ? HttpStatusCode.NotFound : HttpStatusCode.OK,
                (await wife.GetAsync($"/my/receipts/{row.PaymentId}")).StatusCode);
        Assert.All(paid, row => Assert.Equal(HttpStatusCode.OK, browser.GetAsync($"/my/receipts/{row.PaymentId}").Result.StatusCode));

        async Task<string> CheckAsync(string typed, string check) =>
            await TextAsync(await browser.PostAsync("/receipts/check", "/receipts/check", ("Number", typed), ("Code", check)));
    }

    [Fact]
    public async Task A_cold_first_load_is_under_100_kilobytes()
    {
        await using var site = await OpenAsync(Engine.Sqlite);
        await site.OpenGatewayAsync();
        using var browser = new Browser(site.Address);
        var cold = await SizeAsync("/my");
        await LookUpAsync(browser, 1, "王建国");
        Assert.InRange(cold, 1, 100_000);
        Assert.InRange(await SizeAsync("/my"), cold, 100_000);

        async Task<int> SizeAsync(string path)
        {
            var page = await browser.ReadAsync(path);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            var style = Regex.Match(page, "/style.css\\?v=[0-9a-f]+").Value;
            using var client = new HttpClient { BaseAddress = site.Address };
            using var asked = new HttpRequestMessage(HttpMethod.Get, style);
            asked.Headers.Add("Accept-Encoding", "gzip");
            using var sent = await client.SendAsync(asked);
            Assert.Equal("gzip", Assert.Single(sent.Content.Headers.ContentEncoding));
            Assert.Contains("immutable", sent.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            return System.Text.Encoding.UTF8.GetByteCount(page) + (await sent.Content.ReadAsByteArrayAsync()).Length;
        }
    }

    async Task<WebSite> OpenAsync(Engine engine)
    {
        var site = await WebSite.OpenAsync(engine, clock, Role.Agent);
        await site.EnrolHouseholdAsync("village-a", "H0001", ("王建国", 1), ("赵秀兰", 3), ("王守田", 5));
        return site;
    }

    static Task<HttpResponseMessage> LookUpAsync(Browser browser, int sequence, string name, int area = WebSite.Area) =>
        browser.PostAsync("/sign-in", "/my", ("Number", WebSite.MemberNumber(sequence)), ("Name", name), ("Area", $"{area}"));

    /// <summary>The page of a refused look-up, without what was typed and the form's token.</summary>
    static async Task<string> RefusedAsync(Browser browser, string number, string name)
    {
        var answer = await browser.PostAsync("/my", "/my", ("Number", number), ("Name", name), ("Area", $"{WebSite.Area}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Token().Replace((await TextAsync(answer)).Replace(number, "").Replace(name, ""), "");
    }

    static string Fact(string page, string name) => Regex.Match(page, $"<dt>{name}</dt><dd>([^<]+)</dd>").Groups[1].Value;

    static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    [GeneratedRegex("<input name=\"__RequestVerificationToken\"[^>]*>")]
    private static partial Regex Token();
}
