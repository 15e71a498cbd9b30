using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Registrations;

/// <summary>How far a table that was handed in has come.</summary>
/// <param name="Report">The street's time to report it to the centre; null where it has none.</param>
/// <param name="Entry">The centre's time to enter it; null where it did not get there.</param>
public sealed record RegistrationSteps(ClockRow? Report, ClockRow? Entry)
{
    /// <summary>Whether it waits for the street.</summary>
    public bool AwaitsReport => Report is { DoneOn: null };

    /// <summary>Whether it was handed in at all.</summary>
    public bool IsHandedIn => Report is not null || Entry is not null;

    /// <summary>Whether it waits for the centre.</summary>
    public bool AwaitsEntry => Entry is { DoneOn: null };

    /// <summary>The last day of the step that it waits for; null where it waits for none, or the day cannot be told yet.</summary>
    public DateOnly? DueOn => AwaitsEntry ? Entry!.DueOn : AwaitsReport ? Report!.DueOn : null;
}

/// <summary>
/// The two times of <c>lingyuan 四(二)</c>: the community hands a table in, the street reports it to the centre within 5 working days,
/// and the centre enters it within 5 working days more.
/// </summary>
public static class RegistrationClocks
{
    /// <summary>How far each of some uploads has come.</summary>
    public static async Task<Func<UploadRow, RegistrationSteps>> FindAsync(
        Session session, int area, IReadOnlyCollection<UploadRow> uploads)
    {
        string[] subjects = [.. uploads.Select(Subject).DefaultIfEmpty("")];
        var clocks = (await session.Table<ClockRow>().Where(row => row.Area == area && subjects.Contains(row.Subject)).ToListAsync())
            .ToLookup(row => row.Subject);
        return upload => new(Of(upload, ClockKind.RegistrationReport), Of(upload, ClockKind.RegistrationEntry));

        ClockRow? Of(UploadRow upload, ClockKind kind) => clocks[Subject(upload)].FirstOrDefault(row => row.Kind == kind.Code);
    }

    /// <summary>How far an upload has come.</summary>
    public static async Task<RegistrationSteps> FindAsync(Session session, int area, UploadRow upload) =>
        (await FindAsync(session, area, [upload]))(upload);

    /// <summary>
    /// Hands a table in: to the street above the unit, or to the centre where there is none, as for schools of the county.
    /// </summary>
    /// <exception cref="RefusedException">R313: it was handed in already.</exception>
    public static async Task HandInAsync(Act act, UploadRow upload, DateOnly on)
    {
        if ((await FindAsync(act.Session, act.Area, upload)).IsHandedIn)
            throw new RefusedException("R313", "这份表已经报送，不用再报；请看办理情况");
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        var unit = tree.Find(upload.Department);
        var street = unit is null ? null : tree.AncestorsOf(unit).FirstOrDefault(above => above.Kind == UnitKind.Township);
        await OpenAsync(
            act, upload, street is null ? ClockKind.RegistrationEntry : ClockKind.RegistrationReport, on, street?.Code);
    }

    /// <summary>Reports a table to the centre.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="upload">The table.</param>
    /// <exception cref="RefusedException">R314: it was reported already, or is not the street's to report.</exception>
    public static async Task ReportAsync(Act act, UploadRow upload)
    {
        var steps = await FindAsync(act.Session, act.Area, upload);
        if (steps is not { Report: { DoneOn: null } report, Entry: null })
            throw new RefusedException("R314", "这份表没有等待上报，或已经上报医保中心；请看办理情况");
        await Clocks.DoneAsync(act, report.ClockId, act.Today);
        await OpenAsync(act, upload, ClockKind.RegistrationEntry, act.Today, null);
    }

    /// <summary>Notes that a table was entered, or withdrawn: what still ran for it is done.</summary>
    internal static async Task EndAsync(Act act, UploadRow upload)
    {
        var steps = await FindAsync(act.Session, act.Area, upload);
        foreach (var clock in new[] { steps.Report, steps.Entry })
            if (clock is { DoneOn: null })
                await Clocks.DoneAsync(act, clock.ClockId, act.Today);
    }

    static Task<ClockRow> OpenAsync(Act act, UploadRow upload, ClockKind kind, DateOnly on, string? unit) => Clocks.Published.OpenAsync(
        act, kind, (kind == ClockKind.RegistrationReport ? Role.Street : Role.Bureau).Code(), Subject(upload), on, unit);

    static string Subject(UploadRow upload) => string.Create(CultureInfo.InvariantCulture,
        $"{RegistrationKind.OfUpload(upload.Kind)?.Kind.Chinese} 上传 {upload.UploadId}");
}
