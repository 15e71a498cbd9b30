using System.Collections.Concurrent;
using Canbao.Core.Secrets;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Residents;

/// <summary>
/// How often people without an account may ask: counted in the database before anything is looked at, so that many requests at once, to
/// whichever servers, get no more answers than one after another. An hour begins with the first request.
/// </summary>
/// <param name="vault">Hashes addresses and numbers; neither is kept.</param>
public sealed class ResidentLimits(Vault vault) : IAsyncDisposable
{
    /// <summary>Look-ups of one client address within an hour. Many phones share an address of their network.</summary>
    public const int ByAddress = 200;

    /// <summary>Look-ups of one number within an hour, found or not.</summary>
    public const int ByNumber = 10;

    /// <summary>Applications, and questions after them, of one client address within an hour.</summary>
    public const int Applications = 20;

    /// <summary>How long a count holds.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    const int MostTogether = 200, MostWaiting = 2000;

    const string Address = "address", Number = "number", Application = "application";

    readonly ConcurrentDictionary<(Database Database, int Area), Lazy<GroupWriter<(string Address, string Number), bool>>> writers = new();

    /// <summary>
    /// Counts a look-up; those that come together are counted together. False: there were too many, and nothing may be answered.
    /// </summary>
    /// <param name="database">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="number">The number that is asked for, in full.</param>
    public async Task<bool> AdmitsAsync(Database database, int area, string address, string number)
    {
        // Where nobody knows whether a count was stored it is counted again: one too many keeps the limit.
        var writer = writers.GetOrAdd((database, area), of => new(() => new(
            (MostTogether, MostWaiting), (asked, _) => of.Database.WriteAsync(session => CountAsync(session, of.Area, asked))))).Value;
        return writer.TryAsk((address, number)) is { } answer && await answer;
    }

    /// <summary>Counts an application, or a question after one. False: there were too many.</summary>
    public async Task<bool> AdmitsApplicationAsync(Session session, int area, string address) =>
        (await CountAsync(session, area, [(Application, address, 1)]))[0] <= Applications;

    /// <summary>Forgets counts whose hour is over.</summary>
    public static Task ForgetAsync(Session session, int area)
    {
        var before = session.Now - Hour;
        return session.Table<ResidentCountRow>().Where(row => row.Area == area && row.Since < before).DeleteAsync();
    }

    /// <summary>Answers what waits, and takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers.Values)
            await writer.Value.DisposeAsync();
    }

    /// <summary>Counts each subject once, by how many ask for it; whoever asked first has the lower count.</summary>
    async Task<IReadOnlyList<bool>> CountAsync(Session session, int area, IReadOnlyList<(string Address, string Number)> asked)
    {
        var admitted = Enumerable.Repeat(true, asked.Count).ToArray();
        // In one order, so that two servers never wait for each other.
        var subjects = asked.Index()
            .SelectMany(one => new[]
            {
                (Kind: Address, Name: one.Item.Address, one.Index), (Kind: Number, Name: one.Item.Number, one.Index),
            })
            .GroupBy(one => (one.Kind, one.Name), one => one.Index)
            .OrderBy(same => same.Key.Kind, StringComparer.Ordinal).ThenBy(same => same.Key.Name, StringComparer.Ordinal).ToList();
        var counts = await CountAsync(session, area, [.. subjects.Select(same => (same.Key.Kind, same.Key.Name, same.Count()))]);
        foreach (var (same, count) in subjects.Zip(counts))
        {
            int before = count - same.Count();
            foreach (int one in same)
                admitted[one] &= ++before <= (same.Key.Kind == Address ? ByAddress : ByNumber);
        }

        return admitted;
    }

    /// <summary>Counts subjects, all in one round trip; how often each was counted within its hour.</summary>
    async Task<List<int>> CountAsync(Session session, int area, IReadOnlyList<(string Kind, string Name, int More)> subjects)
    {
        var statements = subjects.Select((_, at) => FormattableString.Invariant($"""
            insert into resident_count (area, kind, subject, since, tries) values (@area, @kind{at}, @subject{at}, @moment, @more{at})
            on conflict (area, kind, subject) do update set
                tries = case when resident_count.since <= @over then excluded.tries else resident_count.tries + excluded.tries end,
                since = case when resident_count.since <= @over then excluded.since else resident_count.since end
            returning tries
            """));
        await using var rows = await session.Data.ExecuteReaderAsync(
            string.Join(";\n", statements),
            [
                new("area", area, DataType.Int32),
                session.Instant("moment", session.Now), session.Instant("over", session.Now - Hour),
                .. subjects.SelectMany((one, at) => new DataParameter[]
                {
                    new(FormattableString.Invariant($"kind{at}"), one.Kind, DataType.NVarChar),
                    new(FormattableString.Invariant($"subject{at}"), vault.Hash($"resident|{one.Kind}|{one.Name}"), DataType.VarBinary),
                    new(FormattableString.Invariant($"more{at}"), one.More, DataType.Int32),
                }),
            ]);
        var counts = new List<int>(subjects.Count);
        do
            while (await rows.Reader!.ReadAsync())
                counts.Add(rows.Reader.GetInt32(0));
        while (await rows.Reader.NextResultAsync());
        return counts;
    }
}
