using System.Globalization;
using System.Net;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Exchange;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit;
using LinqToDB.Async;
using Xunit;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Web.Tests;

/// <summary>What another office's program meets: signed messages, each number once, receipts with row results.</summary>
public sealed class ExchangeApiTests : IAsyncLifetime
{
    readonly TestClock clock = new("2021-11-05 09:00");
    readonly HttpClient http = new();
    WebSite site = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Bureau, Role.Tax, Role.Supervisor);
        http.BaseAddress = site.Address;
        var household = await site.FoundAsync("village-a", "H0001");
        await site.OpenBankAsync("village-a", household, ("张三", 1), ("李四", 2));
        await site.AddPartnerAsync("tax");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await site.DisposeAsync();
    }

    [Fact, Clause("baogou 三(四)")]
    public async Task A_message_is_answered_by_its_receipt_and_again_by_the_same()
    {
        var content = Payments("R1", 1);
        var envelope = site.EnvelopeOf("tax", "payments", content, 1);
        var (status, answer) = await PostAsync(envelope, content);
        Assert.Equal(HttpStatusCode.OK, status);
        var receipt = Receipt.Read(Encoding.UTF8.GetBytes(answer));
        Assert.Equal((1, "accepted", 1), (receipt.Number, receipt.State, receipt.Accepted));
        Assert.Equal((HttpStatusCode.OK, answer), await PostAsync(envelope, content));
        Assert.Equal((HttpStatusCode.OK, answer), await AskAsync(1));
        Assert.Equal(1, await site.Database.ReadAsync(
            session => session.Table<PaymentRow>().CountAsync(row => row.Area == WebSite.Area && row.Channel == WebSite.Bank)));
        // It was handed over by the answer, so no round sends it again.
        Assert.Empty(await site.Database.ReadAsync(session => Receipts.ToSendAsync(session, WebSite.Area, "tax")));
    }

    [Fact]
    public async Task A_later_message_waits_and_its_receipt_can_be_asked_for()
    {
        var content = Payments("R2", 2);
        var (status, answer) = await PostAsync(site.EnvelopeOf("tax", "payments", content, 2), content);
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Contains("第 1 号还没有收到", answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(2)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(1)).Status);
        var first = Payments("R1", 1);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site.EnvelopeOf("tax", "payments", first, 1), first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(2)).Status);
    }

    [Fact]
    public async Task What_is_not_sound_is_refused_with_its_code()
    {
        var content = Payments("R1", 1);
        var envelope = site.EnvelopeOf("tax", "payments", content, 1);
        Assert.Equal((HttpStatusCode.Unauthorized, "X103"), await CodeAsync(envelope with { Rows = 9 }, content));
        Assert.Equal((HttpStatusCode.Unauthorized, "X102"), await CodeAsync(envelope with { Partner = "police" }, content));
        Assert.Equal((HttpStatusCode.RequestTimeout, "X105"), await CodeAsync(envelope, content[..^9]));
        Assert.Equal((HttpStatusCode.Conflict, "X104"), await CodeAsync(site.EnvelopeOf("tax", "deaths", content, 1), content));
        var bare = await http.PostAsync("/exchange/v1/messages", new ByteArrayContent(content), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(1, signature: new string('0', 64))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(1, age: TimeSpan.FromMinutes(6))).Status);
        // What was signed and refused all the same is there for a person to see; strangers leave nothing.
        var rows = await site.Database.ReadAsync(
            session => session.Table<ExchangeMessageRow>().Where(row => row.Area == WebSite.Area).ToListAsync());
        Assert.Equal(["X104", "X105"], rows.Select(row => row.Fault[^5..^1]).Order(StringComparer.Ordinal));
        await PostAsync(envelope, content);
        var other = Payments("R9", 2);
        Assert.Equal((HttpStatusCode.Conflict, "X106"), await CodeAsync(site.EnvelopeOf("tax", "payments", other, 1), other));
    }

    [Fact]
    public async Task A_receipt_is_taken_once_and_one_of_nothing_is_refused()
    {
        await site.AddPartnerAsync("bureau");
        await site.MakeFridayAsync();
        await site.ExchangeAsync();
        var message = (await site.Database.ReadAsync(session => Messages.ListAsync(
            session, WebSite.Area, ("bureau", "", ""), session.Now, (0, 1)))).Single().Row;
        foreach (int time in new[] { 1, 2 })
            Assert.Equal((time, HttpStatusCode.Accepted), (time, (await SendAsync(site.ReceiptOf(message))).StatusCode));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(site.ReceiptOf(message with { Number = 8 }))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(site.ReceiptOf(message) with { Accepted = 77 })).StatusCode);
        var states = await site.Database.ReadAsync(session => Messages.CountsAsync(session, WebSite.Area));
        Assert.Equal((1, 1), (states[Messages.Answered], states[Messages.TurnedAway]));
    }

    [Fact]
    public async Task A_supervisor_reads_and_does_nothing()
    {
        await site.AddPartnerAsync("bureau");
        long message = await site.MakeFridayAsync();
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("supervisor", WebSite.Password);
        Assert.DoesNotContain("生成周五名单", await browser.ReadAsync("/exchange"), StringComparison.Ordinal);
        foreach (var path in new[] { "/exchange?handler=Friday", $"/exchange/{message}?handler=Resend", "/exchange/codes?handler=Map" })
        {
            var answer = await browser.PostAsync("/password", path, ("Outside", "1"));
            Assert.Contains("X123", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    static byte[] Payments(string reference, int payer) => Encoding.UTF8.GetBytes(
        $"流水号,证件号码,姓名,年度,金额,缴费时间\n{reference},{WebSite.PayerNumber(payer)},{(payer == 1 ? "张三" : "李四")},2022,320.00,2021-11-05 08:30:00\n");

    Task<HttpResponseMessage> SendAsync(Receipt receipt) =>
        http.PostAsync("/exchange/v1/receipts", new ByteArrayContent(receipt.Json()), Cancel);

    async Task<(HttpStatusCode Status, string Answer)> PostAsync(Envelope envelope, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/exchange/v1/messages") { Content = new ByteArrayContent(content) };
        request.Headers.Add(HttpWay.EnvelopeHeader, Convert.ToBase64String(envelope.Json()));
        var answer = await http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    async Task<(HttpStatusCode Status, string Code)> CodeAsync(Envelope envelope, byte[] content)
    {
        var (status, answer) = await PostAsync(envelope, content);
        return (status, (string)System.Text.Json.Nodes.JsonNode.Parse(answer)!["code"]!);
    }

    async Task<(HttpStatusCode Status, string Answer)> AskAsync(long number, string? signature = null, TimeSpan age = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/exchange/v1/receipts/{number}");
        long time = (clock.GetUtcNow() - age).ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Canbao-Partner", $"{WebSite.Area}/tax");
        request.Headers.Add("X-Canbao-Time", time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Canbao-Nonce", "n1");
        request.Headers.Add("X-Canbao-Signature",
            signature ?? Convert.ToHexStringLower(site.SignAs("tax", new SignedHead("GET", path, time, "n1"))));
        var answer = await http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
