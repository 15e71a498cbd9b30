using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Registrations;

/// <summary>Which table is handed in, for which year, and by whom.</summary>
/// <param name="Kind">Which table.</param>
/// <param name="Year">The insurance year for which people are enrolled.</param>
/// <param name="Within">The unit that hands it in: its rows are of this unit or below it.</param>
/// <param name="Scope">What whoever looks at it answers for: somebody may be moved in only from there.</param>
public sealed record RegistrationOrder(RegistrationKind Kind, InsuranceYear Year, UnitRange Within, UnitRange Scope)
{
    /// <summary>The day of registration: the one that the table tells, but a move is no registration.</summary>
    internal DateOnly Enrolled(RegistrationDraft draft, DateOnly today) =>
        Kind == RegistrationKind.MovedIn ? today : draft.Day ?? today;
}

/// <summary>A table that was handed in.</summary>
/// <param name="Upload">The kept file.</param>
/// <param name="Kind">Which table.</param>
/// <param name="Year">For which year.</param>
/// <param name="Steps">How far it has come.</param>
/// <param name="Kept">Who uploaded it when.</param>
public sealed record RegistrationUpload(UploadRow Upload, RegistrationKind Kind, InsuranceYear Year, RegistrationSteps Steps, ActRow? Kept);

/// <summary>
/// Tables that register people. What one would do is shown first, worked out anew whenever it is looked at; it is applied only if the same
/// still comes of it, in one act. The same table again changes nothing.
/// </summary>
/// <param name="vault">Hashes numbers and opens kept files.</param>
/// <param name="dues">What people owe.</param>
/// <param name="names">All categories.</param>
public sealed class RegistrationDesk(Vault vault, Dues dues, CategoryNames names)
{
    readonly Uploads uploads = new(vault);
    readonly People people = new(vault);
    readonly Enrolments enrolments = new(vault);

    /// <summary>The uploads of registration tables by some units, newest first: one page of them.</summary>
    public static async Task<List<RegistrationUpload>> ListAsync(
        Session session, int area, UnitRange within, (int Skip, int Take) part)
    {
        var (first, end) = (within.First, within.End);
        var uploads = await (
            from upload in session.Table<UploadRow>()
            join unit in session.Table<UnitRow>() on new { upload.Area, Code = upload.Department } equals new { unit.Area, unit.Code }
            where upload.Area == area && unit.Area == area && upload.Kind.StartsWith("registration.")
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            orderby upload.UploadId descending
            select upload).Skip(part.Skip).Take(part.Take).ToListAsync();
        var steps = await RegistrationClocks.FindAsync(session, area, uploads);
        var found = new List<RegistrationUpload>(uploads.Count);
        foreach (var upload in uploads)
        {
            var (kind, year) = RegistrationKind.OfUpload(upload.Kind)!.Value;
            found.Add(new(upload, kind, year, steps(upload), await ActLog.FindAsync(session, area, upload.KeptAct)));
        }

        return found;
    }

    /// <summary>Opens a file and looks for its header.</summary>
    /// <exception cref="TableFileException">The file cannot be read as such a table.</exception>
    public static void RequireReadable(TableFile file, RegistrationKind kind) => Intake.Open(file, kind.Shape).Dispose();

    /// <summary>An upload of a registration table by one of some units; null where there is none.</summary>
    public static async Task<UploadRow?> FindAsync(Session session, int area, UnitRange within, long id)
    {
        if (await Uploads.FindAsync(session, area, id) is not { } upload || RegistrationKind.OfUpload(upload.Kind) is null)
            return null;
        var path = await session.Table<UnitRow>().Where(row => row.Area == area && row.Code == upload.Department)
            .Select(row => row.Path).FirstOrDefaultAsync();
        return path is not null && within.Contains(path) ? upload : null;
    }

    /// <summary>Keeps a file.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="order">Which table.</param>
    /// <param name="unit">The code of the unit that hands it in.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="TableFileException">F113: it is too large, or empty.</exception>
    public Task<KeptUpload> KeepAsync(Act act, RegistrationOrder order, string unit, string fileName, Stream content) =>
        uploads.KeepAsync(act, new(order.Kind.UploadKind(order.Year), unit, fileName), content);

    /// <summary>What a file would do.</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="file">The file.</param>
    /// <param name="order">Which table, and whose.</param>
    /// <param name="rejects">Takes refused rows in the file's own layout; null to leave them out.</param>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public Task<RegistrationOutcome> TryAsync(
        Session session, int area, TableFile file, RegistrationOrder order, Stream? rejects = null) =>
        new RegistrationTrial(session, area, order, BusinessDay.Of(session.Now)).RunAsync(vault, names, file, rejects);

    /// <summary>What a kept upload would do.</summary>
    /// <inheritdoc cref="TryAsync(Session, int, TableFile, RegistrationOrder, Stream?)"/>
    public async Task<RegistrationOutcome> TryAsync(
        Session session, int area, UploadRow upload, RegistrationOrder order, Stream? rejects = null)
    {
        using var opened = await uploads.OpenAsync(session, upload);
        return await TryAsync(session, area, opened.File, order, rejects);
    }

    /// <summary>Applies an upload, if what comes of it is what was shown; what ran for its hand-over is done.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The upload.</param>
    /// <param name="order">Which table, and whose.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <exception cref="RefusedException">
    /// R315: something else comes of it by now. R316: no such upload. R320: applied or withdrawn already. Else as the rooms refuse.
    /// </exception>
    public async Task<RegistrationOutcome> ApplyAsync(Act act, long id, RegistrationOrder order, string digest)
    {
        var upload = await RequireAsync(act, order.Within, id);
        if (upload.State != UploadState.Staged)
            throw new RefusedException("R320", "这份表已经录入，或已作废；请刷新页面");
        var outcome = await TryAsync(act.Session, act.Area, upload, order);
        if (outcome.Digest != digest)
            throw new RefusedException("R315", "登记有了变化，这份表的结果与您看到的不同；请重新查看，再决定是否录入");
        await Uploads.MarkAsync(act, id, UploadState.Applied, outcome.Rows, outcome.Refused);
        await new RegistrationWriter(act, order, (people, enrolments, dues)).WriteAsync(outcome);
        await RegistrationClocks.EndAsync(act, upload);
        if (outcome.Changes)
            act.Record("enrolments", order.Year, "imported", null,
                new { File = upload.FileName, Kind = order.Kind.Code, People = outcome.Deeds.Count, Rejected = outcome.Refused });
        return outcome;
    }

    /// <summary>Withdraws an upload that was not applied; what ran for its hand-over is over.</summary>
    /// <exception cref="RefusedException">R316: no such upload.</exception>
    /// <exception cref="TableFileException">F114: it was applied or withdrawn meanwhile.</exception>
    public static async Task DropAsync(Act act, UnitRange within, long id)
    {
        var upload = await RequireAsync(act, within, id);
        await Uploads.MarkAsync(act, id, UploadState.Dropped, 0, 0);
        await RegistrationClocks.EndAsync(act, upload);
    }

    /// <summary>Writes the refused rows of an upload in its own layout; they hold full numbers, so that it is a recorded act.</summary>
    /// <returns>How many.</returns>
    public async Task<long> RefusedAsync(Act act, UploadRow upload, RegistrationOrder order, Stream rejects)
    {
        var outcome = await TryAsync(act.Session, act.Area, upload, order, rejects);
        if (outcome.Refused > 0)
            act.Record("upload", upload.UploadId, "refused_taken", null, new { Rows = outcome.Refused });
        return outcome.Refused;
    }

    static async Task<UploadRow> RequireAsync(Act act, UnitRange within, long id) =>
        await FindAsync(act.Session, act.Area, within, id)
            ?? throw new RefusedException("R316", "没有找到这次上传；请重新上传");
}
