using System.Diagnostics;
using System.Globalization;
using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using LinqToDB.Data;

namespace Canbao.Bench;

/// <summary>
/// Payments one by one through the HTTP interface of channels, each signed, durable, acknowledged after its commit; beside pgbench's
/// TPC-B-like script on the same server.
/// </summary>
static class ChannelBench
{
    const int Area = 370481;
    const int Senders = 128;

    static readonly InsuranceYear Year = new(2022);
    static readonly DateTimeOffset At = new(2021, 11, 5, 9, 0, 0, BusinessDay.Offset);

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it.</param>
    /// <param name="connection">An empty database.</param>
    /// <param name="rival">The transactions a second of pgbench in the same run, for the ratio.</param>
    public static async Task RunAsync(string folder, string connection, double rival)
    {
        var clock = new StillClock(At);
        var keys = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.keys");
        var vault = Vault.Create(keys, "aes", TimeProvider.System);
        await using var database = Database.Open(connection, clock, new() { StatementLimit = TimeSpan.FromHours(1) });
        await database.MigrateAsync(CoreSchema.Migrations);
        var shelf = new PackShelf(new PackLibrary(Path.Combine(AppContext.BaseDirectory, "policies")));
        var secret = await FillAsync(database, vault, shelf, folder);
        var messages = await MessagesAsync(database, vault, new Dues(shelf, vault));
        await using var server = WebServer.Build(new(database, vault, shelf, clock, "http://127.0.0.1:0"));
        await server.StartAsync();
        var (seconds, posted) = await SendAsync(new(server.Urls.Single()), secret, messages);
        Console.WriteLine(Machine.Line());
        Console.WriteLine("| work | a second | ratio |\n|---|--:|--:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| payments over HTTP, signed, durable ({posted} posted) | {posted / seconds:0} | {posted / seconds / rival:0.00} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| pgbench, TPC-B-like | {rival:0} | 1.00 |"));
        File.Delete(keys);
    }

    static async Task<byte[]> FillAsync(Database database, Vault vault, PackShelf shelf, string folder)
    {
        var tree = UnitFile.Read(File.ReadLines(Path.Combine(folder, "units.csv")), [])!;
        byte[] secret = [];
        await DoAsync(database, async act =>
        {
            await UnitStore.LoadAsync(act, vault, tree);
            await PackBindings.BindAsync(act, shelf, tree.Root.Code, Year, new(2021, 1, 1), "baogou-2022");
            secret = await new Channels(vault).AddAsync(act, "bank", "银行");
        });
        await DoAsync(database, act => new PeopleImport(vault).RunAsync(
            act, TableFile.At(Path.Combine(folder, "people.csv")), new ImportOrder(new(2021, 9, 1))));
        await DoAsync(database, act => act.Session.Data.ExecuteAsync(FormattableString.Invariant($"""
            insert into enrolment (area, insurance_year, person_id, unit, kind, registered_on, tier, ended_on, end_reason, act_id)
            select s.area, {Year.Year}, s.person_id, s.unit, 'new', s.from_day, 0, null, '', {act.Id}
            from person_status s where s.area = {Area}
            """)));
        await database.WriteAsync(session => session.RefreshStatisticsAsync("person", "person_status", "enrolment"));
        return secret;
    }

    static async Task<List<string>> MessagesAsync(Database database, Vault vault, Dues dues)
    {
        var people = new People(vault);
        return await database.ReadAsync(async session =>
        {
            var messages = new List<string>();
            var rows = session.Table<PersonRow>().Where(row => row.Area == Area && row.NumberHash != null).ToList();
            foreach (var chunk in rows.Chunk(1000))
            {
                var quotes = await dues.QuotesAsync(session, Area, Year, [.. chunk.Select(row => row.PersonId)], BusinessDay.Of(At));
                foreach (var row in chunk)
                    if (quotes.GetValueOrDefault(row.PersonId)?.Personal is { Fen: > 0 } due)
                        messages.Add(string.Create(CultureInfo.InvariantCulture, $$"""
                            {"reference":"B{{messages.Count:00000000}}","year":{{Year}},"amount_fen":{{due.Fen}},
                            "paid_at":"2021-11-05T09:00:00+08:00","number":"{{people.OpenNumber(row)}}","name":"{{row.Name}}"}
                            """));
            }

            return messages;
        });
    }

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
        request.Headers.Add("X-Canbao-Channel", $"{Area}/bank");
        request.Headers.Add("X-Canbao-Time", head.Time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Canbao-Nonce", head.Nonce);
        request.Headers.Add("X-Canbao-Signature", Convert.ToBase64String(ChannelSigning.Hmac(secret, head, body)));
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        return answer.AsSpan().IndexOf("\"posted\""u8) >= 0;
    }

    static Task<T> DoAsync<T>(Database database, Func<Act, Task<T>> work) =>
        Act.DoAsync(database, Area, new("@bench", "bench"), "bench", work);

    static Task DoAsync(Database database, Func<Act, Task> work) =>
        Act.DoAsync(database, Area, new("@bench", "bench"), "bench", work);

    sealed class StillClock(DateTimeOffset at) : TimeProvider
    {
        readonly long start = Stopwatch.GetTimestamp();

        // Identifiers grow with it.
        public override DateTimeOffset GetUtcNow() => (at + Stopwatch.GetElapsedTime(start) / 1000).ToUniversalTime();
    }
}
