using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
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
    const int Senders = 1024, WarmUp = 10_000, BySm2 = 20_000;

    static readonly DateTimeOffset At = new(2021, 11, 5, 9, 0, 0, BusinessDay.Offset);

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it.</param>
    /// <param name="connection">An empty database.</param>
    /// <param name="rival">The transactions a second of pgbench in the same run, for the ratio.</param>
    public static async Task RunAsync(string folder, string connection, double rival)
    {
        var clock = new StillClock(At);
        await using var area = await BenchArea.OpenAsync(folder, connection, clock);
        var secret = await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, "bank", "银行"));
        var key = new byte[32];
        Random.Shared.NextBytes(key.AsSpan(1));
        await area.DoAsync(
            "channel.add", act => new Channels(area.Vault).AddAsync(act, "etax", "电子税务局", ChannelSigning.Sm2PublicKey(key)));
        await area.ImportAsync();
        await area.EnrolAsync();
        await area.Database.WriteAsync(session => session.RefreshStatisticsAsync("person", "person_status", "enrolment"));
        var messages = await MessagesAsync(area);
        await using var server = WebServer.Build(new(area.Database, area.Vault, area.Shelf, clock, "http://127.0.0.1:0"));
        await server.StartAsync();
        var to = new Uri(server.Urls.Single());
        var bySm2 = messages[..BySm2].AsParallel().AsOrdered().Select((message, nth) => Request(
            to, "etax", nth, message, (head, body) => ChannelSigning.Sm2(key, head, body))).ToList();
        var requests = messages[BySm2..].Select((message, nth) => Request(
            to, "bank", nth, message, (head, body) => ChannelSigning.Hmac(secret, head, body))).ToList();
        // A server runs for weeks: the first payments after its start are not what a season is made of.
        await SendAsync(to, requests[..WarmUp]);
        var (seconds, posted) = await SendAsync(to, requests[WarmUp..]);
        var (sm2Seconds, sm2Posted) = await SendAsync(to, bySm2);
        Console.WriteLine(Machine.Line());
        Console.WriteLine("| work | a second | ratio |\n|---|--:|--:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| payments over HTTP, signed, durable ({posted} posted) | {posted / seconds:0} | {posted / seconds / rival:0.00} |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| the same signed with SM2 and SM3 ({sm2Posted} posted) | {sm2Posted / sm2Seconds:0} "
                + $"| {sm2Posted / sm2Seconds / rival:0.00} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| pgbench, TPC-B-like | {rival:0} | 1.00 |"));
    }

    static async Task<List<string>> MessagesAsync(BenchArea area) =>
        [.. (await area.OwingAsync(BusinessDay.Of(At))).Select((one, at) => string.Create(CultureInfo.InvariantCulture, $$"""
            {"reference":"B{{at:00000000}}","year":{{BenchArea.Year}},"amount_fen":{{one.Due.Fen}},
            "paid_at":"2021-11-05T09:00:00+08:00","number":"{{one.Number}}","name":"{{one.Name}}"}
            """))];

    /// <summary>Every sender has a connection of its own and sends its next payment when the last is acknowledged.</summary>
    static async Task<(double Seconds, int Posted)> SendAsync(Uri server, List<byte[]> requests)
    {
        int next = -1, posted = 0;
        var limit = TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server.Host, server.Port);
            var answer = new byte[4096];
            while (watch.Elapsed < limit && Interlocked.Increment(ref next) is var nth && nth < requests.Count)
            {
                await socket.SendAsync(requests[nth]);
                if (await IsPostedAsync(socket, answer))
                    Interlocked.Increment(ref posted);
            }
        }));
        return (watch.Elapsed.TotalSeconds, posted);
    }

    /// <summary>A request as it goes over the line, ready before the clock runs: pgbench has no work of its own either.</summary>
    static byte[] Request(Uri server, string channel, int nth, string message, Func<SignedHead, byte[], byte[]> sign)
    {
        var body = Encoding.UTF8.GetBytes(message);
        var head = new SignedHead("POST", "/channel/v1/payments", At.ToUnixTimeSeconds(), $"n{nth}");
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            POST {head.Path} HTTP/1.1
            Host: {server.Authority}
            Content-Length: {body.Length}
            X-Canbao-Channel: {BenchArea.Code}/{channel}
            X-Canbao-Time: {head.Time}
            X-Canbao-Nonce: {head.Nonce}
            X-Canbao-Signature: {Convert.ToBase64String(sign(head, body))}


            """).ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(text), .. body];
    }

    /// <summary>Reads an answer to its end: its length is stated, or its last chunk is empty.</summary>
    static async Task<bool> IsPostedAsync(Socket socket, byte[] answer)
    {
        int length = 0;
        while (!IsWhole(answer.AsSpan(0, length)))
        {
            int read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            length += read;
        }

        return answer.AsSpan(0, length).IndexOf("\"posted\""u8) >= 0;
    }

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        int stated = answer[..end].IndexOf("Content-Length: "u8);
        return stated < 0
            ? answer.EndsWith("\r\n0\r\n\r\n"u8)
            : Utf8Parser.TryParse(answer[(stated + "Content-Length: ".Length)..end], out int length, out _)
                && answer.Length == end + "\r\n\r\n".Length + length;
    }
}
