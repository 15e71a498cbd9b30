using System.Diagnostics;
using System.Globalization;
using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Core.Work.Reconciliation;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;

namespace Canbao.Bench;

/// <summary>
/// A channel's day of many lines: importing its statement and matching it, beside the bare join of the same tables. Of 10,000 lines one
/// each is missing here, missing there, late, doubled, or has another amount.
/// </summary>
static class ReconciliationBench
{
    const int Area = 370481, Rounds = 5, Odd = 10_000, Fen = 32_000;
    const string Channel = "bank";

    static readonly DateOnly Day = new(2021, 11, 5);
    static readonly DateTimeOffset At = new(Day, new(9, 0), BusinessDay.Offset);

    /// <param name="lines">How many lines the statement has.</param>
    /// <param name="connection">An empty database.</param>
    public static async Task<int> RunAsync(int lines, string connection)
    {
        var keys = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.keys");
        var vault = Vault.Create(keys, "aes", TimeProvider.System);
        await using var database = Database.Open(connection, TimeProvider.System, new() { StatementLimit = TimeSpan.FromHours(1) });
        await database.MigrateAsync(CoreSchema.Migrations);
        var dues = new Dues(new PackShelf(new PackLibrary(Path.Combine(AppContext.BaseDirectory, "policies"))), vault);
        var reconciler = new Reconciler(new(dues, vault), vault);
        await DoAsync(database, async act =>
        {
            await new Channels(vault).AddAsync(act, Channel, "bank");
            await act.Session.BulkWriteAsync(Notices(lines, act.Id), OnConflict.Refuse);
            await act.Session.RefreshStatisticsAsync("channel_notice");
            return true;
        });
        using var file = new MemoryStream(Statement(lines));
        Console.WriteLine(Machine.Line());
        Console.WriteLine($"{lines} lines; {(database.Engine == Engine.Sqlite ? "SQLite" : "PostgreSQL")}; median of {Rounds} rounds");
        Console.WriteLine("| work | seconds | lines/s | ratio of time to the bare join |\n|---|--:|--:|--:|");
        var watch = Stopwatch.StartNew();
        var (statement, _) = await DoAsync(
            database, act => reconciler.ImportAsync(act, new(Channel, Day, new(2022), "s.csv", file)));
        var import = watch.Elapsed;
        await using var bare = BareRows.On(connection);
        var (ours, theirs) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (int round = 0; round < Rounds; round++)
        {
            watch.Restart();
            await DoAsync(database, act => reconciler.RunAsync(act, Channel, Day));
            ours.Add(watch.Elapsed);
            theirs.Add(await bare.QueryAsync(FormattableString.Invariant($"""
                select count(*), sum(case when l.amount = n.amount and l.paid_at = n.paid_at then 1 else 0 end)
                from statement_line l join channel_notice n on n.reference = l.reference
                where l.area = {Area} and l.statement_id = {statement.StatementId} and n.area = {Area} and n.channel = '{Channel}'
                """)));
        }

        var (median, join) = (ours.Order().ElementAt(Rounds / 2), theirs.Order().ElementAt(Rounds / 2));
        Tell("import: read, check, seal, write, match", import);
        Tell("match, settle, keep", median);
        Tell("bare join", join);
        File.Delete(keys);
        return 0;

        void Tell(string work, TimeSpan time) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {work} | {time.TotalSeconds:0.00} | {lines / time.TotalSeconds:0} | {time / join:0.00} |"));
    }

    static string Reference(int at) => string.Create(
        CultureInfo.InvariantCulture, $"20211105{at * 7919L % 100_000_007:000000000}{at:00000000}");

    static IEnumerable<ChannelNoticeRow> Notices(int lines, long act)
    {
        byte[] salt = new byte[Vault.SaltBytes], told = new byte[60], hash = new byte[Vault.HashBytes];
        return from at in Enumerable.Range(0, lines)
               where at % Odd != 1
               select new ChannelNoticeRow
               {
                   Area = Area,
                   Channel = Channel,
                   Reference = Reference(at),
                   InsuranceYear = 2022,
                   Amount = Fen,
                   PaidAt = at % Odd == 2 ? At.AddDays(-1) : At,
                   PaidOn = at % Odd == 2 ? Day.AddDays(-1) : Day,
                   Salt = salt,
                   Told = told,
                   ToldHash = hash,
                   State = ChannelNotices.Posted,
                   ActId = act,
               };
    }

    static byte[] Statement(int lines)
    {
        var text = new StringBuilder("流水号,金额,缴费时间\n");
        for (int at = 0; at < lines; at++)
        {
            if (at % Odd == 3)
                continue;
            var amount = Money.FromFen(at % Odd == 4 ? Fen + 100 : Fen);
            for (int again = at % Odd == 5 ? 2 : 1; again > 0; again--)
                text.Append(CultureInfo.InvariantCulture, $"{Reference(at)},{amount},2021-11-05 09:00:00\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static Task<T> DoAsync<T>(Database database, Func<Act, Task<T>> work) =>
        Act.DoAsync(database, Area, new Doer("@bench", "bench"), "bench", work);
}
