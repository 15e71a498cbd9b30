using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using LinqToDB.Data;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class LogTests
{
    const string Name = "欧阳清荷", Phone = "13800001234";
    static readonly DateOnly Born = new(1985, 3, 20);

    readonly TestClock clock = new("2022-10-10 09:00");

    /// <summary>Everything about people that a journey passes by, in any form that a log might have it.</summary>
    static readonly string[] Personal =
    [
        Name, Uri.EscapeDataString(Name), TestArea.Number(Born, 1).Full, TestArea.Number(Born, 1).Full[6..14], Phone, WebSite.Password,
        Uri.EscapeDataString(WebSite.Password), "王小梅", "东沟村3号", "secret 42",
    ];

    [Fact]
    public async Task The_log_of_a_journey_has_its_steps_and_nothing_personal()
    {
        using var output = new StringWriter();
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        var address = await site.StartServerAsync(clock, null, logging => JsonLines.Use(logging, output));
        var page = await JourneyAsync(site, address);
        await site.StopNewestAsync();

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();
        Assert.Contains(lines, line => Is(line, "POST", "/sign-in", 302));
        Assert.Contains(lines, line => Is(line, "GET", "/people/{id:long}", 200));
        Assert.Contains(lines, line => Is(line, "GET", "", 404));
        // The number on the failure page finds what happened.
        var number = page.Split("<strong>")[1].Split("</strong>")[0];
        var fault = Assert.Single(lines, line => line["category"].GetString() == typeof(Faults).FullName);
        Assert.Equal((number, "S113"), (fault["request"].GetString(), fault["code"].GetString()));
        Assert.Contains(lines, line => Is(line, "GET", "/people/{id:long}", 500) && line["request"].GetString() == number);
        Assert.All(Personal, text => Assert.DoesNotContain(text, output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_others_messages_and_of_exceptions_only_what_cannot_be_personal_is_kept()
    {
        using var output = new StringWriter();
        using var lines = new JsonLines(output);
        lines.CreateLogger("Microsoft.AspNetCore.Anything").Log<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Warning, default, [new("Value", Name), new("{OriginalFormat}", "Failed for {Value}")], new IOException("secret 42"),
            (_, _) => $"Failed for {Name}");
        var line = Read(output.ToString());
        Assert.Equal(("Failed for {Value}", "IOException"), (line["message"].GetString(), line["exception"].GetString()));
        Assert.All(Personal, text => Assert.DoesNotContain(text, output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Traces_and_metrics_go_to_the_collector_that_is_named()
    {
        await using var collector = new Collector();
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        var address = await site.StartServerAsync(clock, options => options with { Telemetry = collector.Address });
        var page = await JourneyAsync(site, address);
        await site.StopNewestAsync();
        Assert.Contains("GET people/{id:long}", collector.Traces.Replace("/people", "people", StringComparison.Ordinal));
        Assert.Contains(page.Split("<strong>")[1].Split("</strong>")[0], collector.Traces);
        Assert.Contains("http.server.request.duration", collector.Metrics);
        Assert.All(Personal, text => Assert.DoesNotContain(text, collector.Traces + collector.Metrics, StringComparison.Ordinal));
        Assert.Throws<Vocabulary.RefusedException>(() => Telemetry.Address("collector:x"));
    }

    /// <summary>Signs in, searches by name and number, opens a person, goes astray, and meets a fault, whose page is given.</summary>
    static async Task<string> JourneyAsync(WebSite site, Uri address)
    {
        var household = await site.FoundAsync("village-a", "H-log");
        var person = await site.RegisterAsync(Name, Born, 1, ("village-a", household), Relation.Head);
        using var browser = new Browser(address);
        await browser.SignInAsync("agent", "wrong");
        await browser.SignInAsync("agent", WebSite.Password);
        await browser.PostRawAsync("/sign-in", ("Login", Name));
        Assert.Contains(Name, await browser.ReadAsync($"/people?Search={Uri.EscapeDataString(Name)}"));
        Assert.Contains(Name, await browser.ReadAsync($"/people?Search={TestArea.Number(Born, 1).Full}"));
        Assert.Contains(Name, await browser.ReadAsync($"/people/{person.PersonId}?q={Phone}"));
        var answered = await browser.PostAsync("/people/numbers", "/people/numbers", ("Numbers", TestArea.Number(Born, 1).Full));
        Assert.Contains(Name, await answered.Content.ReadAsStringAsync());
        await browser.GetAsync($"/{Uri.EscapeDataString(Name)}");
        await site.Database.WriteAsync(session => session.Data.ExecuteAsync("alter table person_status rename to gone"));
        var failed = await browser.GetAsync($"/people/{person.PersonId}");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        return await failed.Content.ReadAsStringAsync();
    }

    static Dictionary<string, JsonElement> Read(string line) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!;

    static bool Is(Dictionary<string, JsonElement> line, string method, string route, int status) =>
        line.TryGetValue("route", out var kept) && kept.GetString()!.TrimStart('/') == route.TrimStart('/')
        && line.TryGetValue("method", out var sent) && sent.GetString() == method && line["status"].GetInt32() == status;

    /// <summary>Takes what is sent by OTLP over HTTP and keeps its bytes as text.</summary>
    sealed class Collector : IAsyncDisposable
    {
        readonly HttpListener listener = new();
        readonly Task taking;

        public Collector()
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            }

            listener.Prefixes.Add(Address + "/");
            listener.Start();
            taking = TakeAsync();
        }

        public string Address { get; }

        public string Traces { get; private set; } = "";

        public string Metrics { get; private set; } = "";

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await taking;
            listener.Close();
        }

        async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    var call = await listener.GetContextAsync();
                    using var kept = new MemoryStream();
                    await call.Request.InputStream.CopyToAsync(kept);
                    var text = Encoding.UTF8.GetString(kept.ToArray());
                    if (call.Request.Url!.AbsolutePath == "/v1/traces")
                        Traces += text;
                    else if (call.Request.Url.AbsolutePath == "/v1/metrics")
                        Metrics += text;
                    call.Response.Close();
                }
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                // It was stopped.
            }
        }
    }
}
