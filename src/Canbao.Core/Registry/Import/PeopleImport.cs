using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Core.Units;

namespace Canbao.Core.Registry.Import;

/// <summary>What an import found, or did.</summary>
public sealed class ImportReport
{
    /// <summary>Rows read.</summary>
    public long Rows { get; internal set; }

    /// <summary>People who are new.</summary>
    public long Added { get; internal set; }

    /// <summary>People of whom something changes.</summary>
    public long Changed { get; internal set; }

    /// <summary>People of whom nothing changes.</summary>
    public long Unchanged { get; internal set; }

    /// <summary>Rows refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>Households that are new.</summary>
    public long Households { get; internal set; }

    /// <summary>The first faults.</summary>
    public List<IntakeFault> Faults { get; } = [];

    /// <summary>What whoever imports should know of the file.</summary>
    public IReadOnlyList<string> Notes { get; internal set; } = [];
}

/// <summary>How an import goes.</summary>
/// <param name="From">From which day what the file says is so.</param>
public sealed record ImportOrder(DateOnly From)
{
    /// <summary>Only tells what it would do.</summary>
    public bool IsDry { get; init; }

    /// <summary>Takes refused rows in the file's own layout; null to leave them out.</summary>
    public Stream? Rejects { get; init; }

    /// <summary>Told how much of the file was read, 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>
/// Takes people and households from a file, of any size: who is not in the register is added, what differs is changed from a day on,
/// rows with faults are refused one by one and come back with the reason. All in the caller's transaction: whole or not at all.
/// </summary>
/// <param name="vault">Seals numbers and phones.</param>
public sealed class PeopleImport(Vault vault)
{
    const int ChunkRows = 40_000;
    const int MostFaults = 1000;

    /// <summary>The columns of the file.</summary>
    public static TableShape Shape => PeopleFile.Shape;

    /// <summary>Imports a file.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="file">The file.</param>
    /// <param name="order">How.</param>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public async Task<ImportReport> RunAsync(Act act, TableFile file, ImportOrder order)
    {
        using var intake = Intake.Open(file, Shape);
        // The work may run again where it lost against another write.
        order.Rejects?.SetLength(0);
        using var rejects = order.Rejects is null ? null : new RejectsTable(order.Rejects, intake);
        var people = new PeopleFile(await UnitStore.ReadAsync(act.Session, act.Area), intake);
        var known = await PeopleKnown.ReadAsync(act.Session, act.Area);
        var report = new ImportReport();
        var writer = new PeopleWriter(act, vault, known, people.Has) { IsDry = order.IsDry, From = order.From };
        var next = Task.Run(() => Read(intake, people, known, rejects, report));
        while (await next is { Count: > 0 } drafts)
        {
            order.Progress?.Report(intake.Progress);
            // The next rows are read and checked while these are written.
            next = Task.Run(() => Read(intake, people, known, rejects, report));
            await writer.WriteAsync(drafts, report);
        }

        // Lists come next, and look for many of these people.
        if (!order.IsDry && report.Added > 0)
            await act.Session.RefreshStatisticsAsync("person", "person_status");
        rejects?.Complete();
        report.Rows = intake.Rows;
        report.Notes = intake.Notes;
        if (!order.IsDry && report.Added > 0)
            act.Record("people", "import", "imported", null,
                new { File = Path.GetFileName(file.Name), report.Added, report.Households, order.From });
        return report;
    }

    List<PersonDraft> Read(Intake intake, PeopleFile people, PeopleKnown known, RejectsTable? rejects, ImportReport report)
    {
        var drafts = new List<PersonDraft>(ChunkRows);
        while (drafts.Count < ChunkRows && intake.Read())
            if (people.Read() is { } draft && Match(intake.Row, draft, known) is { } matched)
                drafts.Add(matched);
            else
                Refuse(intake, rejects, report);
        return drafts;
    }

    PersonDraft? Match(IntakeRow row, PersonDraft draft, PeopleKnown known)
    {
        if (draft.Number is not null)
            draft = draft with { NumberHash = vault.Hash(draft.Number.Full) };
        if (!known.IsFirst(draft))
            row.Refuse(PeopleFile.Column.Number, "R202", "文件中前面已有此人；请删去重复的行");
        else if (known.Find(draft) is var (id, isNamesake))
        {
            if (isNamesake)
                return draft with { KnownId = id };
            row.Refuse(PeopleFile.Column.Name, "R209", "与登记的姓名不同；请核对号码和姓名，如确已改名请先在登记中更正");
        }

        return row.IsGood ? draft : null;
    }

    static void Refuse(Intake intake, RejectsTable? rejects, ImportReport report)
    {
        report.Refused++;
        if (report.Faults.Count < MostFaults)
            report.Faults.AddRange(intake.Row.Faults);
        rejects?.Add();
    }
}
