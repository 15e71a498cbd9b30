using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Canbao.Core.Secrets;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Mapping;

namespace Canbao.Core.Events;

/// <summary>A link of the chain over an area's acts.</summary>
[Table("act_seal")]
public sealed record ActSealRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>From 1, without gaps.</summary>
    [Column("seal_no"), PrimaryKey(2)]
    public long SealNo { get; init; }

    /// <summary>The act.</summary>
    [Column("act_id")]
    public long ActId { get; init; }

    /// <summary>Keyed hash of the link before, the act and all its changes.</summary>
    [Column("mac")]
    public byte[] Mac { get; init; } = [];
}

/// <summary>How far a chain goes: kept elsewhere, it shows later that nothing was cut off at the end.</summary>
/// <param name="Area">The tenant.</param>
/// <param name="SealNo">The number of the last link; 0 where there is none.</param>
/// <param name="Mac">Its keyed hash in hexadecimal; empty where there is none.</param>
public sealed record AuditHead(int Area, long SealNo, string Mac)
{
    /// <summary>One line for a file: area, number and hash.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Area} {SealNo} {Mac}");

    /// <summary>Reads a line back; null where it is none.</summary>
    public static AuditHead? Parse(string line) => line.Trim().Split(' ') is [var area, var number, var mac]
        && int.TryParse(area, NumberStyles.None, CultureInfo.InvariantCulture, out int code)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long seal)
            ? new(code, seal, mac)
            : null;
}

/// <summary>What is wrong with a chain.</summary>
/// <param name="Code">Stable: <c>E101</c> altered, <c>E102</c> missing, <c>E103</c> a link is missing, <c>E104</c> cut
/// off at the end.</param>
/// <param name="ActId">The first act that is not as it was sealed; 0 where it is not known.</param>
/// <param name="Text">What is wrong, in Chinese.</param>
public sealed record AuditFault(string Code, long ActId, string Text);

/// <summary>
/// The chain that shows any later change of what was recorded. Acts are written in their own transactions, without a bottleneck; one
/// sealer for each area takes committed acts that have no link yet, in the order of their identifiers, and binds each to the one before.
/// </summary>
/// <param name="vault">Holds the chain's key, which is not in the database.</param>
public sealed class AuditChain(Vault vault)
{
    const int ActsAtOnce = 500;

    /// <summary>Longer than any act takes from its identifier to its commit.</summary>
    static readonly TimeSpan LongestAct = TimeSpan.FromHours(6);

    /// <summary>Seals the acts that are committed and not sealed yet.</summary>
    /// <returns>How many were sealed.</returns>
    public async Task<int> SealAsync(Database database, int area, CancellationToken cancel = default)
    {
        int all = 0, last;
        do
            all += last = await database.WriteAsync(session => SealSomeAsync(session, area, 0), cancel);
        while (last == ActsAtOnce);
        return all;
    }

    /// <summary>
    /// As <see cref="SealAsync"/>, without going over the acts of long ago: for whoever follows the chain and wants the newest at once.
    /// </summary>
    public async Task SealNewAsync(Database database, int area, CancellationToken cancel = default)
    {
        bool more = await database.ReadAsync(
            async session => (await OpenAsync(session, area, await RecentAsync(session, area))).Count > 0, cancel);
        while (more)
            more = await database.WriteAsync(
                async session => await SealSomeAsync(session, area, await RecentAsync(session, area)), cancel) == ActsAtOnce;
    }

    /// <summary>
    /// The acts behind a link, in the chain's order, which has no gaps: whoever follows it meets every act once, however late it was
    /// committed.
    /// </summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="number">The number of a link; 0 for the first acts.</param>
    /// <param name="limit">How many at most.</param>
    public static async Task<IReadOnlyList<(long SealNo, ActRow Act)>> BehindAsync(Session session, int area, long number, int limit)
    {
        var found = await (
            from seal in session.Table<ActSealRow>()
            join act in session.Table<ActRow>() on new { seal.Area, seal.ActId } equals new { act.Area, act.ActId }
            where seal.Area == area && act.Area == area && seal.SealNo > number
            orderby seal.SealNo
            select new { seal.SealNo, act }).Take(limit).ToListAsync();
        return [.. found.Select(one => (one.SealNo, one.act))];
    }

    /// <summary>How far the chain of an area goes.</summary>
    public static async Task<AuditHead> HeadAsync(Session session, int area) => await LastAsync(session, area) is { } last
        ? new(area, last.SealNo, Convert.ToHexString(last.Mac))
        : new(area, 0, "");

    /// <summary>
    /// When the oldest act was done that is not sealed yet; null where none waits. Looks at what is not older than the last seal by more
    /// than an act takes.
    /// </summary>
    public static async Task<DateTimeOffset?> OldestOpenAsync(Session session, int area)
    {
        var open = await OpenAsync(session, area, await RecentAsync(session, area));
        if (open.Count == 0)
            return null;
        long first = open[0];
        return await session.Table<ActRow>().Where(row => row.Area == area && row.ActId == first).Select(row => row.At).SingleAsync();
    }

    /// <summary>Goes over the whole chain and tells the first thing that is not as it was sealed; null where all is.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="kept">A head that was kept elsewhere, which the chain must still hold; null where none was.</param>
    public async Task<AuditFault?> VerifyAsync(Session session, int area, AuditHead? kept = null)
    {
        var before = Array.Empty<byte>();
        long number = 0;
        while (true)
        {
            var seals = await SealsBehindAsync(session, area, number);
            if (seals.Count == 0)
                break;
            var acts = await LoadAsync(session, area, [.. seals.Select(seal => seal.ActId)]);
            foreach (var seal in seals)
            {
                if (seal.SealNo != ++number)
                    return new("E103", seal.ActId, $"第 {number} 号封印缺失：审计链被删去一段，之后的第一条记录是 {seal.ActId}");
                if (!acts.TryGetValue(seal.ActId, out var act))
                    return new("E102", seal.ActId, $"记录 {seal.ActId} 被删除（第 {number} 号封印）");
                if (!Mac(before, act.Act, act.Changes).AsSpan().SequenceEqual(seal.Mac))
                    return new("E101", seal.ActId, $"记录 {seal.ActId}（{act.Act.Account} {act.Act.Kind}）与封存时不同（第 {number} 号封印）");
                before = seal.Mac;
                if (kept?.SealNo == number && kept.Mac != Convert.ToHexString(seal.Mac))
                    return new("E104", seal.ActId, $"第 {number} 号封印与留存的链头不符：审计链被整段改写");
            }
        }

        return kept is not null && kept.SealNo > number
            ? new("E104", 0, $"留存的链头是第 {kept.SealNo} 号封印，现在只到第 {number} 号：末尾的记录被删去")
            : null;
    }

    static Task<List<long>> OpenAsync(Session session, int area, long first) => (
        from act in session.Table<ActRow>()
        where act.Area == area && act.ActId >= first
            && !session.Table<ActSealRow>().Any(seal => seal.Area == area && seal.ActId == act.ActId)
        orderby act.ActId
        select act.ActId).Take(ActsAtOnce).ToListAsync();

    // Whatever began so long before the last sealed act is sealed, or was never committed. The clock of practice is behind that of others.
    static async Task<long> RecentAsync(Session session, int area) =>
        await LastAsync(session, area) is { } last ? RowIds.Before(Math.Min(last.ActId, session.NextId()), LongestAct) : 0;

    async Task<int> SealSomeAsync(Session session, int area, long first)
    {
        var open = await OpenAsync(session, area, first);
        if (open.Count == 0)
            return 0;
        var last = await LastAsync(session, area);
        var acts = await LoadAsync(session, area, open);
        var seals = new List<ActSealRow>();
        foreach (var id in open)
        {
            var mac = Mac(last?.Mac ?? [], acts[id].Act, acts[id].Changes);
            seals.Add(last = new() { Area = area, SealNo = (last?.SealNo ?? 0) + 1, ActId = id, Mac = mac });
        }

        await session.BulkWriteAsync(seals, OnConflict.Refuse);
        return seals.Count;
    }

    byte[] Mac(byte[] before, ActRow act, IEnumerable<ActChangeRow> changes)
    {
        using var mac = vault.StartAuditMac();
        mac.Append(before);
        Append(mac, act.Area, act.ActId, act.At.UtcTicks, act.Account, act.Kind, act.Reason, act.Changes);
        foreach (var change in changes)
            Append(mac, change.ChangeNo, change.Subject, change.SubjectId, change.Action, change.Old, change.New);
        return mac.Finish();
    }

    // Each field with its length, so that no two records read the same; -1 stands for nothing.
    static void Append(IKeyedHash mac, params object?[] fields)
    {
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var bytes = field is null ? null : Encoding.UTF8.GetBytes(Convert.ToString(field, CultureInfo.InvariantCulture)!);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes?.Length ?? -1);
            mac.Append(length);
            mac.Append(bytes);
        }
    }

    static Task<ActSealRow?> LastAsync(Session session, int area) =>
        session.Table<ActSealRow>().Where(row => row.Area == area).OrderByDescending(row => row.SealNo).FirstOrDefaultAsync();

    static Task<List<ActSealRow>> SealsBehindAsync(Session session, int area, long number) => session.Table<ActSealRow>()
        .Where(row => row.Area == area && row.SealNo > number).OrderBy(row => row.SealNo).Take(ActsAtOnce).ToListAsync();

    static async Task<Dictionary<long, (ActRow Act, IEnumerable<ActChangeRow> Changes)>> LoadAsync(
        Session session, int area, IReadOnlyCollection<long> ids)
    {
        var acts = await session.Table<ActRow>().Where(row => row.Area == area && row.ActId.In(ids)).ToListAsync();
        var changes = (await session.Table<ActChangeRow>().Where(row => row.Area == area && row.ActId.In(ids))
            .OrderBy(row => row.ActId).ThenBy(row => row.ChangeNo).ToListAsync()).ToLookup(row => row.ActId);
        return acts.ToDictionary(act => act.ActId, act => (act, changes[act.ActId]));
    }
}
