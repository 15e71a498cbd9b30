using System.Text.Json;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Hosting;

/// <summary>
/// Whether this server lives, and whether it can do its work: for whatever watches it or shares out requests. The answers hold a word or
/// a code for each check and nothing else, since everybody may ask; they are kept for a while, so that asking costs nothing.
/// </summary>
sealed class Health(Database database, Vault vault, PackShelf shelf, TimeProvider clock) : IDisposable
{
    public const string Live = "/health/live", Ready = "/health/ready";

    const string Fine = "ok";

    // Of this room's range: another schema; packs that cannot be used; acts that wait too long for their seal; keys that open nothing.
    const string OtherSchema = "W160", NoPacks = "W161", Behind = "W162";

    /// <summary>Acts are sealed every minute; so long may the oldest wait.</summary>
    static readonly TimeSpan MostWaiting = TimeSpan.FromMinutes(10);

    static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    readonly SemaphoreSlim turn = new(1);
    (long At, Dictionary<string, string> Checks)? last;

    /// <summary>Answers as long as the server does.</summary>
    public static IResult IsLive() => Json(new() { ["status"] = "live" }, StatusCodes.Status200OK);

    /// <summary>200 where all checks are fine, else 503.</summary>
    public async Task<IResult> IsReadyAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            // The machine's own time, which goes on where the clock of practice stands still.
            if (last is not { } kept || TimeProvider.System.GetElapsedTime(kept.At) >= Kept)
                last = kept = (TimeProvider.System.GetTimestamp(), await CheckAsync(cancel));
            bool ready = kept.Checks.Values.All(value => value == Fine);
            return Json(
                new(kept.Checks) { ["status"] = ready ? "ready" : "not_ready" },
                ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task<Dictionary<string, string>> CheckAsync(CancellationToken cancel) => new()
    {
        ["database"] = await TriedAsync(() => database.ReadAsync(UnitStore.AreasAsync, cancel)),
        ["schema"] = await TriedAsync(async () => Require(
            OtherSchema,
            (await database.ReadAsync(Migrator.AppliedAsync, cancel)).SequenceEqual(CoreSchema.Migrations.All.Select(one => one.Sha256)))),
        ["keys"] = await TriedAsync(async () =>
        {
            foreach (var key in (await ProtectionKeys.ReadAsync(database)).TakeLast(1))
                vault.Open(key.Salt, SharedKeys.Purpose, key.Sealed);
        }),
        ["packs"] = await TriedAsync(async () =>
        {
            foreach (var pack in await BoundAsync(cancel))
                shelf.Find(pack);
        }),
        ["sealing"] = await TriedAsync(async () => Require(Behind, await IsSealedAsync(cancel))),
    };

    async Task<IEnumerable<string>> BoundAsync(CancellationToken cancel)
    {
        var packs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var area in await database.ReadAsync(UnitStore.AreasAsync, cancel))
            packs.UnionWith(await database.ReadAsync(session => PackBindings.PacksAsync(session, area.Code), cancel));
        return packs;
    }

    async Task<bool> IsSealedAsync(CancellationToken cancel)
    {
        foreach (var area in await database.ReadAsync(UnitStore.AreasAsync, cancel))
            if (await database.ReadAsync(session => AuditChain.OldestOpenAsync(session, area.Code), cancel) is { } at
                && clock.GetUtcNow() - at > MostWaiting)
                return false;
        return true;
    }

    /// <summary>"ok", or the code of what was wrong.</summary>
    static async Task<string> TriedAsync(Func<Task> check)
    {
        try
        {
            await check();
            return Fine;
        }
        catch (StorageException fault)
        {
            return fault.Code;
        }
        catch (SecretsException fault)
        {
            return fault.Code;
        }
        catch (RefusedException fault)
        {
            return fault.Code == "A101" ? NoPacks : fault.Code;
        }
    }

    static void Require(string code, bool holds)
    {
        if (!holds)
            throw new RefusedException(code, code);
    }

    static IResult Json(Dictionary<string, string> answer, int status) =>
        Results.Text(JsonSerializer.Serialize(answer), "application/json; charset=utf-8", null, status);
}
