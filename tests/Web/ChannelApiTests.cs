using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What a bank's program meets: signed messages, each payment once, refusals with codes.</summary>
public sealed class ChannelApiTests : IAsyncLifetime
{
    static readonly DateOnly Born = new(1985, 3, 20);
    static readonly byte[] PrivateKey = [.. Enumerable.Range(1, 32).Select(at => (byte)at)];

    readonly TestClock clock = new("2021-11-05 09:00");
    readonly HttpClient http = new();
    WebSite site = null!;
    byte[] secret = [];
    int nonces;

    public async ValueTask InitializeAsync()
    {
        site = await WebSite.OpenAsync(Storage.Engine.Sqlite, clock, Core.Access.Role.Agent);
        http.BaseAddress = site.Address;
        var channels = site.Server.Services.GetRequiredService<Core.Collection.Channels>();
        secret = await DoAsync(act => channels.AddAsync(act, "bank", "农商银行"));
        await DoAsync(act => channels.AddAsync(act, "etax", "电子税务局", ChannelSigning.Sm2PublicKey(PrivateKey)));
        var household = await site.FoundAsync("village-a", "户-9");
        foreach (var sequence in new[] { 11, 13 })
        {
            var person = await site.RegisterAsync("赵一", Born, sequence, ("village-a", household), Relation.OtherRelative);
            var vault = site.Server.Services.GetRequiredService<Core.Secrets.Vault>();
            await DoAsync(act => new Enrolments(vault).EnrolAsync(act, WebSite.PackYear, person.PersonId, EnrolmentKinds.New));
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await site.DisposeAsync();
    }

    [Fact, Clause("lishi 五(一)-(五)"), Clause("baogou 三(四)")]
    public async Task Somebody_asks_pays_and_is_posted_once()
    {
        var (status, due) = await SendAsync("dues", Person(11));
        Assert.Equal((HttpStatusCode.OK, "payable"), (status, due["state"]!.GetValue<string>()));
        long fen = due["amount_fen"]!.GetValue<long>();
        var message = Payment("B1", 11, fen);
        var (_, first) = await SendAsync("payments", message);
        Assert.Equal("posted", first["state"]!.GetValue<string>());
        Assert.NotEmpty(first["receipt"]!.GetValue<string>());
        Assert.Equal(first.ToJsonString(), (await SendAsync("payments", message)).Body.ToJsonString());
        Assert.Equal("paid", (await SendAsync("dues", Person(11))).Body["state"]!.GetValue<string>());
        var (_, statement) = await SendAsync($"statements/{Today:yyyy-MM-dd}", null);
        var line = Assert.Single(statement.AsArray())!;
        Assert.Equal(("B1", fen, "posted"),
            (line["reference"]!.GetValue<string>(), line["amount_fen"]!.GetValue<long>(), line["state"]!.GetValue<string>()));
    }

    [Fact, Clause("lishi 五(一)-(五)")]
    public async Task E_tax_declares_gets_a_notice_and_pays_by_it_with_SM2()
    {
        var (_, notice) = await SendAsync("declarations", Person(13), channel: "etax");
        var message = Payment("T1", 13, notice["amount_fen"]!.GetValue<long>());
        foreach (var name in new[] { "year", "number", "name" })
            message.Remove(name);
        message["declaration"] = notice["declaration"]!.GetValue<string>();
        Assert.Equal("posted", (await SendAsync("payments", message, channel: "etax")).Body["state"]!.GetValue<string>());
        message["reference"] = "T2";
        message["declaration"] = "3101012022211105" + new string('0', 21);
        await RefusedAsync("C109", HttpStatusCode.Conflict, () => SendAsync("payments", message, channel: "etax"));
        message["declaration"] = notice["declaration"]!.GetValue<string>();
        message["paid_at"] = clock.GetUtcNow().AddDays(4).ToString("O", CultureInfo.InvariantCulture);
        await RefusedAsync("C109", HttpStatusCode.Conflict, () => SendAsync("payments", message, channel: "etax"));
    }

    [Fact]
    public async Task Each_fault_of_a_message_has_its_code()
    {
        var message = Person(11);
        await RefusedAsync("N101", HttpStatusCode.Unauthorized, () => SendAsync("dues", message, channel: "nobody"));
        await RefusedAsync("N102", HttpStatusCode.Unauthorized, () => SendAsync("dues", message, sign: _ => new byte[32]));
        await RefusedAsync("N103", HttpStatusCode.Unauthorized, () => SendAsync("dues", message, late: TimeSpan.FromMinutes(6)));
        await RefusedAsync("N103", HttpStatusCode.Unauthorized, () => SendAsync("dues", message, late: TimeSpan.FromMinutes(-6)));
        await SendAsync("dues", message, nonce: "once");
        await RefusedAsync("N104", HttpStatusCode.Unauthorized, () => SendAsync("dues", message, nonce: "once"));
        await RefusedAsync("N105", HttpStatusCode.BadRequest, () => SendAsync("dues", message, nonce: "not sound"));
        await RefusedAsync("N105", HttpStatusCode.BadRequest, () => SendAsync("dues", new JsonObject { ["year"] = 2022 }));
        await RefusedAsync("N105", HttpStatusCode.BadRequest, () => SendAsync("dues", new JsonObject { ["name"] = new string('字', 9000) }));
        await RefusedAsync("C106", HttpStatusCode.Conflict, () => SendAsync("dues", Person(15)));
        await DoAsync(async act =>
        {
            await Core.Collection.Channels.CloseAsync(act, "bank");
            return true;
        });
        clock.Set("2021-11-05 09:01");
        await RefusedAsync("N101", HttpStatusCode.Unauthorized, () => SendAsync("dues", message));
    }

    [Fact]
    public async Task A_request_is_refused_a_notice_waits_and_what_was_taken_back_stays_back()
    {
        await RefusedAsync("C104", HttpStatusCode.Conflict, () => SendAsync("payments", Payment("1", 11, 1)));
        Assert.Equal(("suspense", "C104"), State((await SendAsync("notices", Payment("1", 11, 1))).Body));
        Assert.Equal("cancelled", (await SendAsync("cancellations", Payment("1", 11, 1))).Body["state"]!.GetValue<string>());
        await RefusedAsync("C111", HttpStatusCode.Conflict, () => SendAsync("payments", Payment("1", 11, 1)));

        static (string, string) State(JsonNode body) => (body["state"]!.GetValue<string>(), body["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nobody_enters_unsigned_and_the_description_names_every_endpoint()
    {
        var description = await http.GetStringAsync("/channel/v1/openapi.json", TestContext.Current.CancellationToken);
        foreach (var route in Routes.All.Where(route => route.IsSigned && route.Pattern.StartsWith("/channel/", StringComparison.Ordinal)))
        {
            var path = route.Pattern.Replace("{day}", "2021-11-05", StringComparison.Ordinal);
            var method = path.Contains("statements", StringComparison.Ordinal) ? HttpMethod.Get : HttpMethod.Post;
            using var request = new HttpRequestMessage(method, path);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, response.StatusCode));
            Assert.Contains($"\"{route.Pattern}\"", description, StringComparison.Ordinal);
        }

        foreach (var word in new[] { "amount_fen", "paid_at", "declaration", "流水号", "X-Canbao-Signature" })
            Assert.Contains(word, description, StringComparison.Ordinal);
    }

    DateOnly Today => Vocabulary.BusinessDay.Of(clock.GetUtcNow());

    static JsonObject Person(int sequence) =>
        new() { ["year"] = WebSite.PackYear.Year, ["number"] = TestArea.Number(Born, sequence).Full, ["name"] = "赵一" };

    JsonObject Payment(string reference, int sequence, long fen)
    {
        var message = Person(sequence);
        message["reference"] = reference;
        message["amount_fen"] = fen;
        message["paid_at"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return message;
    }

    async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(
        string what, JsonObject? body, string channel = "bank", string? nonce = null, TimeSpan late = default,
        Func<byte[], byte[]>? sign = null)
    {
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"/channel/v1/{what}");
        if (body is not null)
            request.Content = new ByteArrayContent(bytes);
        nonce ??= string.Create(CultureInfo.InvariantCulture, $"n{++nonces}");
        var head = new SignedHead(request.Method.Method, $"/channel/v1/{what}", (clock.GetUtcNow() - late).ToUnixTimeSeconds(), nonce);
        var signature = sign?.Invoke(bytes)
            ?? (channel == "etax" ? ChannelSigning.Sm2(PrivateKey, head, bytes) : ChannelSigning.Hmac(secret, head, bytes));
        request.Headers.Add("X-Canbao-Channel", $"{WebSite.Area}/{channel}");
        request.Headers.Add("X-Canbao-Time", head.Time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Canbao-Nonce", nonce);
        request.Headers.Add("X-Canbao-Signature", Convert.ToBase64String(signature));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    static async Task RefusedAsync(string code, HttpStatusCode status, Func<Task<(HttpStatusCode Status, JsonNode Body)>> send)
    {
        var (answered, body) = await send();
        Assert.Equal((code, status, "refused"), (body["code"]!.GetValue<string>(), answered, body["state"]!.GetValue<string>()));
        Assert.NotEmpty(body["text"]!.GetValue<string>());
    }

    Task<T> DoAsync<T>(Func<Act, Task<T>> work) => Act.DoAsync(site.Database, WebSite.Area, new("@test", "测试"), "test", work);
}
