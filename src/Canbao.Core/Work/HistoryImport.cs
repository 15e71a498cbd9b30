using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Work;

/// <summary>
/// Takes over enrolments, payments and cover of years before this system. The money is not in this ledger: nobody here ever held it. All
/// in the caller's transaction: whole or not at all; the same file again changes nothing.
/// </summary>
/// <param name="vault">Hashes numbers.</param>
public sealed class HistoryImport(Vault vault)
{
    const int ChunkRows = 20_000;
    const int MostInList = 1000;
    const int MostFaults = 1000;
    const string Channel = "history";

    /// <summary>Imports a file.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="file">The file.</param>
    /// <param name="isDry">Only tells what it would do.</param>
    /// <param name="rejects">Takes refused rows in the file's own layout; null to leave them out.</param>
    /// <param name="progress">Told how much of the file was read, 0 to 1.</param>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public async Task<HistoryReport> RunAsync(
        Act act, TableFile file, bool isDry = false, Stream? rejects = null, IProgress<double>? progress = null)
    {
        using var intake = Intake.Open(file, HistoryFile.Shape);
        // The work may run again where it lost against another write.
        rejects?.SetLength(0);
        using var returned = rejects is null ? null : new RejectsTable(rejects, intake);
        // The year that is collected now may have been begun in the system before this one.
        var rows = new HistoryFile(intake, new InsuranceYear(act.Today.Year).Next);
        var people = await PeopleKnown.ReadAsync(act.Session, act.Area);
        var known = new HistoryKnown(act.Session, act.Area);
        var report = new HistoryReport();
        var chunk = new List<HistoryRow>(ChunkRows);
        while (intake.Read())
        {
            if (rows.Read() is { } draft && await MatchAsync(intake.Row, draft, people, known) is { } matched)
                chunk.Add(matched);
            else
                Refuse(intake, returned, report);
            if (chunk.Count == ChunkRows)
                await WriteAsync();
        }

        await WriteAsync();
        returned?.Complete();
        report.Rows = intake.Rows;
        report.Notes = intake.Notes;
        if (!isDry && report.Enrolments + report.Payments > 0)
        {
            await act.Session.RefreshStatisticsAsync("enrolment", "payment", "cover_span");
            act.Record("enrolments", "history", "imported", null,
                new { File = Path.GetFileName(file.Name), report.Enrolments, report.Payments, Amount = report.Sum.ToString() });
        }

        return report;

        async Task WriteAsync()
        {
            progress?.Report(intake.Progress);
            report.Add(chunk);
            if (!isDry)
                await StoreAsync(act, chunk);
            chunk.Clear();
        }
    }

    async Task<HistoryRow?> MatchAsync(
        IntakeRow row, HistoryDraft draft, PeopleKnown people, HistoryKnown known)
    {
        var hash = vault.Hash(draft.Number.Full);
        await known.LoadAsync(draft.Year);
        if (people.Find(hash, draft.Name) is not (var person, var isNamesake))
            row.Refuse(0, "R213", "登记中没有这个证件号码；请核对号码，或先导入人员");
        else if (!isNamesake)
            row.Refuse(1, "R209", "与登记的姓名不同；请核对号码和姓名，如确已改名请先在登记中更正");
        else if (!known.IsFirst(draft.Year, person))
            row.Refuse(0, "R202", "文件中前面已有此人的同一年度；请删去重复的行");
        else if (known.IsElsewhere(draft.Year, hash))
            row.Refuse(0, "R215", "此人同一年度已在本系统的另一地区登记；请核对在哪里参保");
        else if (known.Of(draft.Year, person) is var kept && kept.Paid is { } paid && paid != draft.Amount)
            row.Refuse(6, "R214", $"系统中此人该年度已缴 {paid} 元，与文件不同；请核对");
        else
            return new(person, draft, kept);
        return null;
    }

    static async Task StoreAsync(Act act, List<HistoryRow> chunk)
    {
        var places = await PlacesAsync(act, chunk.Select(row => row.Person));
        var enrolled = chunk.Where(row => !row.Kept.IsEnrolled).ToList();
        await act.Session.BulkWriteAsync(
            enrolled.Where(row => places[row.Person].Hash is not null).Select(row => new EnrolmentClaimRow
            {
                InsuranceYear = row.Draft.Year.Year,
                PersonHash = places[row.Person].Hash!,
                Area = act.Area,
                PersonId = row.Person,
            }),
            OnConflict.Keep);
        await act.Session.BulkWriteAsync(enrolled.Select(row => Enrolment(act, row.Person, row.Draft, places)), OnConflict.Refuse);
        var paid = chunk.Where(row => row.Pays);
        await act.Session.BulkWriteAsync(paid.Select(row => Payment(act, row.Person, row.Draft, places)), OnConflict.Refuse);
        var covered = await CoveredAsync(act, [.. chunk.Where(row => row.Kept.IsEnrolled && row.Pays).Select(row => row.Person)]);
        await act.Session.BulkWriteAsync(
            from row in chunk
            where row.Draft.Cover is { } cover && (!row.Kept.IsEnrolled || row.Pays)
                && !covered.Contains((row.Person, row.Draft.Year.Year, cover.From))
            select Cover(act, row.Person, row.Draft),
            OnConflict.Refuse);
    }

    /// <summary>The spans that people have whose payment is told now and whose enrolment was told before.</summary>
    static async Task<HashSet<(long Person, int Year, DateOnly From)>> CoveredAsync(Act act, IReadOnlyCollection<long> people)
    {
        if (people.Count == 0)
            return [];
        var spans = await act.Session.Table<CoverSpanRow>()
            .Where(row => row.Area == act.Area && people.Contains(row.PersonId) && row.VoidedBy == null).ToListAsync();
        return [.. spans.Select(row => (row.PersonId, row.InsuranceYear, row.FromDay))];
    }

    static EnrolmentRow Enrolment(Act act, long person, HistoryDraft draft, Dictionary<long, (string Unit, byte[]? Hash)> places) => new()
    {
        Area = act.Area,
        InsuranceYear = draft.Year.Year,
        PersonId = person,
        Unit = places[person].Unit,
        Kind = EnrolmentKinds.History,
        RegisteredOn = draft.RegisteredOn,
        Tier = draft.Tier,
        ActId = act.Id,
    };

    static PaymentRow Payment(Act act, long person, HistoryDraft draft, Dictionary<long, (string Unit, byte[]? Hash)> places) => new()
    {
        Area = act.Area,
        PaymentId = act.Session.NextId(),
        InsuranceYear = draft.Year.Year,
        PersonId = person,
        Unit = places[person].Unit,
        Amount = draft.Amount.Fen,
        PaidOn = draft.PaidOn!.Value,
        Channel = Channel,
        // One receipt may have stood for a whole household, so that it names no payment by itself.
        Reference = FormattableString.Invariant($"{draft.Year}-{person}"),
        ReceiptNo = draft.Receipt,
        Account = draft.Channel,
        ActId = act.Id,
    };

    static CoverSpanRow Cover(Act act, long person, HistoryDraft draft) => new()
    {
        Area = act.Area,
        InsuranceYear = draft.Year.Year,
        PersonId = person,
        SpanId = act.Session.NextId(),
        FromDay = draft.Cover!.Value.From,
        UntilDay = draft.Cover.Value.Until,
        Ground = "history",
        ActId = act.Id,
    };

    /// <summary>Where people belong now, and their numbers' hashes.</summary>
    static async Task<Dictionary<long, (string Unit, byte[]? Hash)>> PlacesAsync(Act act, IEnumerable<long> people)
    {
        var places = new Dictionary<long, (string Unit, byte[]? Hash)>();
        foreach (var part in people.Distinct().Chunk(MostInList))
        {
            await using var rows = await act.Session.Data.ExecuteReaderAsync(
                FormattableString.Invariant($"""
                    select p.person_id, s.unit, p.number_hash from person p
                    join person_status s on s.area = p.area and s.area = @area and s.person_id = p.person_id and s.until_day is null
                    where p.area = @area and p.person_id in ({string.Join(',', part)})
                    """),
                new DataParameter("area", act.Area, DataType.Int32));
            while (await rows.Reader!.ReadAsync())
                places.Add(
                    rows.Reader.GetInt64(0),
                    (rows.Reader.GetString(1), await rows.Reader.IsDBNullAsync(2) ? null : rows.Reader.GetFieldValue<byte[]>(2)));
        }

        return places;
    }

    static void Refuse(Intake intake, RejectsTable? rejects, HistoryReport report)
    {
        report.Refused++;
        if (report.Faults.Count < MostFaults)
            report.Faults.AddRange(intake.Row.Faults);
        rejects?.Add();
    }
}
