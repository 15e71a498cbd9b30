using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Work;
using Canbao.Core.Work.PaymentFiles;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Bench;

/// <summary>
/// A bank's file of payments of everybody who owes, paid on several days, posted line by line by all rules; beside the bare COPY of the
/// rows that it leaves.
/// </summary>
static class PaymentFileBench
{
    const int Days = 10, PausedHours = 8, Seconds = 36_000;
    const string Channel = "bank";

    static readonly DateOnly First = new(2021, 11, 5);
    static readonly DateTimeOffset Now = new(First.AddDays(Days), new(9, 0), BusinessDay.Offset);

    // In the order in which their keys allow to write them.
    static readonly string[] Tables = ["transfer", "payment", "channel_notice", "cover_span"];

    /// <param name="folder">An area as <c>canbao demo-data</c> writes it.</param>
    /// <param name="most">The most lines of the file.</param>
    /// <param name="connection">An empty database.</param>
    public static async Task<int> RunAsync(string folder, int most, string connection)
    {
        var path = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.csv");
        await using var area = await BenchArea.OpenAsync(folder, connection, new StillClock(Now));
        await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, Channel, "银行"));
        await area.ImportAsync();
        await area.EnrolAsync();
        await area.Database.WriteAsync(session => session.RefreshStatisticsAsync("person", "person_status", "enrolment"));
        var lines = await WriteAsync(area, path, most);
        Console.WriteLine(Machine.Line());
        Console.WriteLine($"{lines} lines; {(area.Database.Engine == Engine.Sqlite ? "SQLite" : "PostgreSQL")}");
        Console.WriteLine("| work | seconds | lines/s | ratio to all rows | ratio to payments alone |\n|---|--:|--:|--:|--:|");
        var watch = Stopwatch.StartNew();
        var posted = await PostAsync(area, path);
        var first = watch.Elapsed;
        watch.Restart();
        var again = await PostAsync(area, path);
        var second = watch.Elapsed;
        if (posted.Posted.Lines != lines || again.Echoed.Lines != lines)
            throw new InvalidDataException($"{posted.Posted.Lines} of {lines} lines were posted, {again.Echoed.Lines} told again.");
        await using var bare = BareRows.On(connection);
        await bare.TakeAwayAsync(Tables);
        var all = await bare.PutBackAsync(Tables);
        await bare.TakeAwayAsync(Tables[1..2]);
        var payments = await bare.PutBackAsync(Tables[1..2]);
        Tell("file: read, check, judge, seal, post, record", first);
        Tell("the same file again", second);
        Tell("bare COPY of transfers, payments, notices, cover", all);
        Tell("bare COPY of payments alone", payments);
        File.Delete(path);
        return 0;

        void Tell(string work, TimeSpan time) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {work} | {time.TotalSeconds:0.00} | {lines / time.TotalSeconds:0} | {time / all:0.00} | {time / payments:0.00} |"));
    }

    static Task<PaymentFileReport> PostAsync(BenchArea area, string path) =>
        new PaymentFileDesk(area.Database, new ChannelDesk(area.Dues, area.Vault)).RunAsync(
            BenchArea.Code, new Doer("@bench", "bench"), new(Channel, TableFile.At(path)));

    /// <summary>The file, in the order of the time of payment.</summary>
    static async Task<int> WriteAsync(BenchArea area, string path, int most)
    {
        var owing = await area.OwingAsync(First);
        // Families were registered together, and do not pay so.
        new Random(1).Shuffle(CollectionsMarshal.AsSpan(owing));
        var lines = Math.Min(most, owing.Count);
        await using var text = new StreamWriter(path, false, new UTF8Encoding(true));
        await text.WriteLineAsync("流水号,证件号码,姓名,年度,金额,缴费时间");
        for (var at = 0; at < lines; at++)
        {
            var (number, name, due) = owing[at];
            var day = (int)((long)at * Days / lines);
            var time = First.AddDays(day).ToDateTime(new(PausedHours, 0)).AddSeconds((long)at * Days % lines * Seconds / lines);
            var reference = string.Create(CultureInfo.InvariantCulture, $"20211105{at * 7919L % 100_000_007:000000000}{at:00000000}");
            await text.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{reference},{number},{name},{BenchArea.Year},{due},{time:yyyy-MM-dd HH:mm:ss}"));
        }

        return lines;
    }
}
