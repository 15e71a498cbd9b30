using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Rosters;

/// <summary>What a version did to one person, with the person.</summary>
/// <param name="Row">What it did.</param>
/// <param name="Person">Who.</param>
public sealed record RosterEntry(RosterEntryRow Row, ListedPerson Person);

/// <summary>
/// Departments' lists. What a list would do is shown first, worked out anew whenever it is looked at; it is applied only if the same still
/// comes of it, whole or not at all.
/// </summary>
/// <param name="vault">Hashes numbers and opens kept files.</param>
/// <param name="names">All categories.</param>
public sealed class RosterDesk(Vault vault, CategoryNames names)
{
    readonly Uploads uploads = new(vault);

    /// <summary>All categories.</summary>
    public CategoryNames Names => names;

    /// <summary>Keeps a department's file.</summary>
    /// <exception cref="RefusedException">M101: there is no such department. M116: it is said to come from a later day.</exception>
    /// <exception cref="TableFileException">F113: it is too large, or empty.</exception>
    public async Task<KeptUpload> KeepAsync(Act act, RosterOrder order, string fileName, Stream content)
    {
        Require(order);
        RequireHandedIn(act, order);
        var kept = await uploads.KeepAsync(act, new(order.UploadKind, order.Department, fileName), content);
        RosterUploads.NoteReading(act, kept.Upload.UploadId, order);
        return kept;
    }

    /// <summary>Whether a file has the header of a list; its rows are not looked at.</summary>
    /// <exception cref="RefusedException">M101: no such department. M112: a word that stands for nothing.</exception>
    /// <exception cref="TableFileException">The file cannot be read, or has no such header.</exception>
    public async Task CheckAsync(Session session, int area, TableFile file, RosterOrder order)
    {
        Require(order);
        await new RosterTrial(session, area, order, names).CheckAsync(vault, file);
    }

    /// <summary>Writes the refused rows of a kept upload in the file's own layout, with reasons; that somebody did is recorded.</summary>
    /// <returns>How many rows.</returns>
    /// <inheritdoc cref="TryAsync(Session, int, long, RosterOrder, Stream?)"/>
    public async Task<int> RefusedAsync(Act act, long upload, RosterOrder order, Stream rejects)
    {
        rejects.SetLength(0);
        var outcome = await TryAsync(act.Session, act.Area, upload, order, rejects);
        if (outcome.Rejected > 0)
            act.Record("upload", upload, "refused_taken", null, new { Rows = outcome.Rejected });
        return outcome.Rejected;
    }

    /// <summary>What a file would do.</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="file">The file.</param>
    /// <param name="order">How it is to be read.</param>
    /// <param name="rejects">Takes refused rows in the file's own layout; null to leave them out.</param>
    /// <param name="progress">Told how much of the file was read, 0 to 1.</param>
    /// <exception cref="RefusedException">M101: no such department. M112: a word that stands for nothing.</exception>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public Task<RosterOutcome> TryAsync(
        Session session, int area, TableFile file, RosterOrder order, Stream? rejects = null, IProgress<double>? progress = null)
    {
        Require(order);
        return new RosterTrial(session, area, order, names).RunAsync(vault, file, rejects, progress);
    }

    /// <summary>What a kept upload would do.</summary>
    /// <inheritdoc cref="TryAsync(Session, int, TableFile, RosterOrder, Stream?, IProgress{double}?)"/>
    /// <exception cref="RefusedException">M102: no such upload of the department. Else as for a file.</exception>
    public async Task<RosterOutcome> TryAsync(Session session, int area, long upload, RosterOrder order, Stream? rejects = null)
    {
        Require(order);
        var row = await UploadAsync(session, area, upload, order);
        using var opened = await uploads.OpenAsync(session, row);
        return await TryAsync(session, area, opened.File, order, rejects);
    }

    /// <summary>Notes that somebody looked at what an upload would do, and agrees.</summary>
    /// <param name="act">The deed; its account is the one who agrees.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="order">How it is to be read.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <exception cref="RefusedException">M104: something else comes of it by now. Else as for <see cref="ApplyAsync"/>.</exception>
    public async Task ConfirmAsync(Act act, long upload, RosterOrder order, string digest)
    {
        var outcome = await SameAsync(act, upload, order, digest);
        var row = new RosterConfirmationRow
        {
            Area = act.Area,
            UploadId = upload,
            Digest = digest,
            Account = act.Account,
            ActId = act.Id,
        };
        if (await act.Session.BulkWriteAsync([row], OnConflict.Keep) > 0)
        {
            act.Record("upload", upload, "confirmed", null, new { act.Account, outcome.Removed, outcome.Held, Digest = digest });
            RosterUploads.NoteReading(act, upload, order);
        }
    }

    /// <summary>Applies an upload, if what comes of it is what was shown.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="order">How it is to be read.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <returns>The version; null where nothing changes.</returns>
    /// <exception cref="RefusedException">
    /// M101: no such department. M102: no such upload. M103: the list is stopped whole. M104: something else comes of it by now. M105: so
    /// many would leave that another person has to agree first. M112: a word that stands for nothing. M116: handed in on a later day.
    /// </exception>
    /// <exception cref="TableFileException">F114: the upload was applied or withdrawn meanwhile.</exception>
    public async Task<RosterVersionRow?> ApplyAsync(Act act, long upload, RosterOrder order, string digest)
    {
        var outcome = await SameAsync(act, upload, order, digest);
        await RequireConfirmedAsync(act, upload, outcome);
        return await WriteAsync(act, upload, order, outcome);
    }

    /// <summary>Refuses what so many leave by that another person has to agree, and nobody has.</summary>
    /// <exception cref="RefusedException">M105.</exception>
    internal static async Task RequireConfirmedAsync(Act act, long upload, RosterOutcome outcome)
    {
        if (outcome.NeedsSecond && !await IsConfirmedAsync(act, upload, outcome.Digest))
            throw new RefusedException("M105",
                $"这份名单要使 {outcome.Removed} 人退出（在册 {outcome.Held} 人），须由另一人核对并确认后才能生效；请另一账号确认后再试");
    }

    /// <summary>Writes what comes of an upload; null where nothing changes.</summary>
    internal async Task<RosterVersionRow?> WriteAsync(Act act, long upload, RosterOrder order, RosterOutcome outcome)
    {
        RequireHandedIn(act, order);
        await order.Words.LearnAsync(act, order.Department, names);
        var row = await UploadAsync(act.Session, act.Area, upload, order);
        await Uploads.MarkAsync(act, upload, UploadState.Applied, outcome.Rows, outcome.Rejected);
        if (outcome.Changes.Count == 0)
            return null;
        var version = await new RosterWriter(act, names).WriteAsync(order, row, outcome);
        await RosterClocks.StartAsync(act, version);
        return version;
    }

    /// <summary>Takes back a department's latest version: who held what before holds it again, on every day.</summary>
    /// <exception cref="RefusedException">M106: it is not the latest one that counts.</exception>
    public async Task UndoAsync(Act act, long version)
    {
        var row = await FindAsync(act.Session, act.Area, version);
        var latest = await LatestAsync(act.Session, act.Area, row?.Department ?? "");
        if (row is null || latest?.VersionId != version)
            throw new RefusedException("M106", "只能撤销该部门最近一次生效的名单，它可能已撤销或后面还有新的名单；请刷新后从最近的一次撤起");
        await new RosterWriter(act, names).UndoAsync(row);
    }

    /// <summary>All versions of a department, newest first; of all departments where it is empty.</summary>
    public static Task<List<RosterVersionRow>> HistoryAsync(Session session, int area, string department) =>
        session.Table<RosterVersionRow>().Where(row => row.Area == area && (department == "" || row.Department == department))
            .OrderByDescending(row => row.VersionId).ToListAsync();

    /// <summary>A version; null where there is none.</summary>
    public static Task<RosterVersionRow?> FindAsync(Session session, int area, long version) =>
        session.Table<RosterVersionRow>().FirstOrDefaultAsync(row => row.Area == area && row.VersionId == version);

    /// <summary>The latest version of a department that counts, which is the one that can be undone; null where there is none.</summary>
    public static Task<RosterVersionRow?> LatestAsync(Session session, int area, string department) =>
        session.Table<RosterVersionRow>().Where(row => row.Area == area && row.Department == department && row.UndoneBy == null)
            .OrderByDescending(row => row.VersionId).FirstOrDefaultAsync();

    /// <summary>What a version changed, with the people: one page.</summary>
    public static async Task<List<RosterEntry>> EntriesAsync(Session session, int area, long version, (int Skip, int Take) part)
    {
        var rows = await session.Table<RosterEntryRow>().Where(row => row.Area == area && row.VersionId == version)
            .OrderBy(row => row.EntryNo).Skip(part.Skip).Take(part.Take).ToListAsync();
        var people = await ListedPeople.ByIdAsync(session, area, rows.Select(row => row.PersonId));
        return [.. rows.Select(row => new RosterEntry(row, people[row.PersonId]))];
    }

    /// <summary>What a version changed, in the order in which it did.</summary>
    public static Task<List<RosterEntryRow>> EntriesAsync(Session session, int area, long version) =>
        session.Table<RosterEntryRow>().Where(row => row.Area == area && row.VersionId == version)
            .OrderBy(row => row.EntryNo).ToListAsync();

    static void Require(RosterOrder order)
    {
        if (!Departments.IsKnown(order.Department))
            throw new RefusedException("M101",
                $"没有部门“{order.Department}”；可写：{string.Join("、", Departments.All.Select(each => each.Code))}");
    }

    static void RequireHandedIn(Act act, RosterOrder order)
    {
        if (order.HandedInOn > act.Today)
            throw new RefusedException("M116", $"报送日{order.HandedInOn:yyyy-MM-dd}在今天之后；请核对");
    }

    static async Task<UploadRow> UploadAsync(Session session, int area, long upload, RosterOrder order) =>
        await Uploads.FindAsync(session, area, upload) is { } row && row.Department == order.Department && row.Kind == order.UploadKind
            ? row
            : throw new RefusedException("M102", "没有找到这次上传，或它不是这个部门的这种名单；请重新上传");

    static Task<bool> IsConfirmedAsync(Act act, long upload, string digest)
    {
        var (area, account) = (act.Area, act.Account);
        return act.Session.Table<RosterConfirmationRow>().AnyAsync(
            row => row.Area == area && row.UploadId == upload && row.Digest == digest && row.Account != account);
    }

    /// <summary>What comes of an upload, if it is what was shown.</summary>
    /// <exception cref="RefusedException">M103, M104.</exception>
    internal async Task<RosterOutcome> SameAsync(Act act, long upload, RosterOrder order, string digest)
    {
        var outcome = await TryAsync(act.Session, act.Area, upload, order);
        if (outcome.Stops.Count > 0)
            throw new RefusedException("M103", $"整份名单没有生效：{string.Join("；", outcome.Stops.Take(3))}");
        if (outcome.Digest != digest)
            throw new RefusedException("M104", "登记或其他名单有了变化，这份名单的结果与您看到的不同；请重新查看试算结果，再决定是否生效");
        return outcome;
    }
}
