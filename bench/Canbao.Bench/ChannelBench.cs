using System.Diagnostics;
using System.Globalization;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;

namespace Canbao.Bench;

/// <summary>
/// Payments one by one through the HTTP interface of channels, each signed, durable, acknowledged after its commit; beside pgbench's
/// TPC-B-like script on the same server.
/// </summary>
static class ChannelBench
{
    const int Senders = 128;

    static readonly DateTimeOffset At = new(2021, 11, 5, 9, 0, 0, BusinessDay.Offset);

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it.</param>
    /// <param name="connection">An empty database.</param>
    /// <param name="rival">The transactions a second of pgbench in the same run, for the ratio.</param>
    public static async Task RunAsync(string folder, string connection, double rival)
    {
        var clock = new StillClock(At);
        await using var area = await BenchArea.OpenAsync(folder, connection, clock);
        var secret = await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, "bank", "银行"));
        await area.ImportAsync();
        await area.EnrolAsync();
        await area.Database.WriteAsync(session => session.RefreshStatisticsAsync("person", "person_status", "enrolment"));
        var messages = await MessagesAsync(area);
        await using var server = WebServer.Build(new(area.Database, area.Vault, area.Shelf, clock, "http://127.0.0.1:0"));
        await server.StartAsync();
        var (seconds, posted) = await SendAsync(new(server.Urls.Single()), secret, messages);
        Console.WriteLine(Machine.Line());
        Console.WriteLine("| work | a second | ratio |\n|---|--:|--:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| payments over HTTP, signed, durable ({posted} posted) | {posted / seconds:0} | {posted / seconds / rival:0.00} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| pgbench, TPC-B-like | {rival:0} | 1.00 |"));
    }

    static async Task<List<string>> MessagesAsync(BenchArea area) =>
        [.. (await area.OwingAsync(BusinessDay.Of(At))).Select((one, at) => string.Create(CultureInfo.InvariantCulture, $$"""
            {"reference":"B{{at:00000000}}","year":{{BenchArea.Year}},"amount_fen":{{one.Due.Fen}},
            "paid_at":"2021-11-05T09:00:00+08:00","number":"{{one.Number}}","name":"{{one.Name}}"}
            """))];

    static async Task<(double Seconds, int Posted)> SendAsync(Uri server, byte[] secret, List<string> messages)
    {
        int next = -1, posted = 0;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Senders }) { BaseAddress = server };
        var limit = TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (watch.Elapsed < limit && Interlocked.Increment(ref next) is var nth && nth < messages.Count)
                if (await PostAsync(http, secret, nth, messages[nth]))
                    Interlocked.Increment(ref posted);
        }));
        return (watch.Elapsed.TotalSeconds, posted);
    }

    static async Task<bool> PostAsync(HttpClient http, byte[] secret, int nth, string message)
    {
        var body = Encoding.UTF8.GetBytes(message);
        var head = new SignedHead("POST", "/channel/v1/payments", At.ToUnixTimeSeconds(), $"n{nth}");
        using var request = new HttpRequestMessage(HttpMethod.Post, head.Path) { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Canbao-Channel", $"{BenchArea.Code}/bank");
        request.Headers.Add("X-Canbao-Time", head.Time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Canbao-Nonce", head.Nonce);
        request.Headers.Add("X-Canbao-Signature", Convert.ToBase64String(ChannelSigning.Hmac(secret, head, body)));
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        return answer.AsSpan().IndexOf("\"posted\""u8) >= 0;
    }
}
