using System.Text.Json;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry.Comparison;

/// <summary>What comparing a file did.</summary>
/// <param name="Comparison">The comparison as it was kept.</param>
/// <param name="Kinds">How many new findings of each kind.</param>
/// <param name="Known">Findings that were there before.</param>
/// <param name="Faults">The first faults of rows.</param>
/// <param name="Notes">What whoever uploads should know of the file.</param>
public sealed record ComparisonReport(
    ComparisonRow Comparison, IReadOnlyDictionary<string, long> Kinds, long Known, IReadOnlyList<IntakeFault> Faults,
    IReadOnlyList<string> Notes);

/// <summary>A finding with what the other office told.</summary>
/// <param name="Row">The finding.</param>
/// <param name="Told">The other office's row.</param>
public sealed record Finding(FindingRow Row, TheirRow Told);

/// <summary>
/// Compares files of other offices with the register. A comparison changes nobody: it leaves findings, which are decided one by one. All in
/// the caller's transaction.
/// </summary>
/// <param name="vault">Hashes numbers and seals what was told.</param>
public sealed partial class Comparisons(Vault vault)
{
    const int ChunkRows = 10_000;
    const int MostFaults = 1000;
    const string Purpose = "finding";

    /// <summary>Compares a file.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="source">Whose file.</param>
    /// <param name="year">The year whose enrolments are looked at.</param>
    /// <param name="file">The file.</param>
    /// <param name="rejects">Takes refused rows in the file's own layout; null to leave them out.</param>
    /// <param name="progress">Told how much of the file was read, 0 to 1.</param>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public async Task<ComparisonReport> RunAsync(
        Act act, ComparisonSource source, InsuranceYear year, TableFile file, Stream? rejects = null, IProgress<double>? progress = null)
    {
        using var intake = Intake.Open(file, source.Shape);
        // The work may run again where it lost against another write.
        rejects?.SetLength(0);
        using var returned = rejects is null ? null : new RejectsTable(rejects, intake);
        var reader = new ComparisonFile(source, intake, await UnitStore.ReadAsync(act.Session, act.Area));
        var comparison = new ComparisonRow
        {
            Area = act.Area,
            ComparisonId = act.Session.NextId(),
            Source = source.Code,
            InsuranceYear = year.Year,
            FileName = Path.GetFileName(file.Name),
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(comparison);
        var faults = new List<IntakeFault>();
        var kinds = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long known = 0, refused = 0;
        for (var rows = Read(); rows.Count > 0; rows = Read())
        {
            progress?.Report(intake.Progress);
            var findings = await CompareAsync(act, source, year, rows);
            var kept = await KeepAsync(act, comparison, findings);
            known += findings.Count - kept.Count;
            foreach (var kind in kept.CountBy(finding => finding.Kind))
                kinds[kind.Key] = kinds.GetValueOrDefault(kind.Key) + kind.Value;
        }

        returned?.Complete();
        comparison = comparison with { RowsRead = intake.Rows, RowsRefused = refused, Found = kinds.Values.Sum() };
        await act.Session.Data.UpdateAsync(comparison);
        act.Record("comparison", comparison.ComparisonId, "compared", null,
            new { Source = source.Code, File = comparison.FileName, comparison.RowsRead, comparison.RowsRefused, comparison.Found });
        return new(comparison, kinds, known, faults, intake.Notes);

        List<TheirRow> Read()
        {
            var rows = new List<TheirRow>(ChunkRows);
            while (rows.Count < ChunkRows && intake.Read())
                if (reader.Read() is { } row)
                {
                    rows.Add(row);
                }
                else
                {
                    refused++;
                    if (faults.Count < MostFaults)
                        faults.AddRange(intake.Row.Faults);
                    returned?.Add();
                }

            return rows;
        }
    }

    /// <summary>A finding; null where there is none.</summary>
    public async Task<Finding?> FindAsync(Session session, int area, long id) =>
        await session.Table<FindingRow>().FirstOrDefaultAsync(row => row.Area == area && row.FindingId == id) is { } row
            ? Unseal(row)
            : null;

    /// <summary>Whether the register still differs from what was told.</summary>
    public async Task<bool> HoldsAsync(Session session, Finding finding)
    {
        var (area, year) = (finding.Row.Area, new InsuranceYear(finding.Row.InsuranceYear));
        if (finding.Row.Kind == FindingKinds.Recovery)
            return true;
        var source = ComparisonSource.Find(finding.Row.Source)!;
        var found = await FindPeopleAsync(session, area, year, [finding.Told]);
        return FindingRules.Compare(source, finding.Told, found[0], year).Contains(finding.Row.Kind);
    }

    /// <summary>Notes how a finding was decided; the change itself is the caller's, in the same deed.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="state">How it was decided.</param>
    /// <param name="reason">Why; never empty.</param>
    public static async Task MarkAsync(Act act, FindingRow finding, FindingState state, string reason)
    {
        var marked = finding with { State = state, Reason = LongNumbers.Hidden(reason), ActId = act.Id };
        await act.Session.Data.UpdateAsync(marked);
        act.Record("finding", finding.FindingId, "decided",
            new { finding.Kind, finding.State, finding.Reason }, new { marked.Kind, marked.State, marked.Reason });
    }

    /// <summary>Adds a finding that came of deciding another one.</summary>
    public async Task FollowAsync(Act act, Finding finding, string kind)
    {
        var row = Seal(act, finding.Row, kind, finding.Told, finding.Row.PersonId, finding.Row.Unit);
        await KeepAsync(act, new() { ComparisonId = finding.Row.ComparisonId }, [row]);
    }

    async Task<List<FindingRow>> CompareAsync(Act act, ComparisonSource source, InsuranceYear year, List<TheirRow> rows)
    {
        var ours = await FindPeopleAsync(act.Session, act.Area, year, rows);
        var template = new FindingRow { Source = source.Code, InsuranceYear = year.Year };
        return
        [
            .. from pair in rows.Zip(ours)
               from kind in FindingRules.Compare(source, pair.First, pair.Second, year)
               select Seal(act, template, kind, pair.First, pair.Second?.PersonId, pair.Second?.Status?.Unit ?? pair.First.Unit),
        ];
    }

    async Task<List<OurPerson?>> FindPeopleAsync(Session session, int area, InsuranceYear year, IReadOnlyList<TheirRow> rows)
    {
        var hashes = rows.AsParallel().AsOrdered().Select(row => ListedPeople.Key(vault.Hash(row.Number))).ToList();
        var known = await ListedPeople.ByNumberAsync(session, area, hashes);
        var ours = await OurPeople.ReadAsync(session, area, year, known.Values.Select(person => person.PersonId));
        return [.. hashes.Select(hash => known.TryGetValue(hash, out var person) ? ours.GetValueOrDefault(person.PersonId) : null)];
    }

    /// <summary>Keeps what is new; what was settled by itself and came up again is open again.</summary>
    static async Task<List<FindingRow>> KeepAsync(Act act, ComparisonRow comparison, List<FindingRow> findings)
    {
        var kept = new List<FindingRow>();
        foreach (var part in findings.DistinctBy(row => ListedPeople.Key(row.SameHash)).Chunk(500))
        {
            var hashes = part.Select(row => row.SameHash).ToArray();
            var area = act.Area;
            var old = (await act.Session.Table<FindingRow>().Where(row => row.Area == area && row.SameHash.In(hashes)).ToListAsync())
                .ToDictionary(row => ListedPeople.Key(row.SameHash));
            var added = part.Where(row => !old.ContainsKey(ListedPeople.Key(row.SameHash)))
                .Select(row => row with { ComparisonId = comparison.ComparisonId }).ToList();
            await act.Session.BulkWriteAsync(added, OnConflict.Refuse);
            kept.AddRange(added);
            foreach (var settled in old.Values.Where(row => row.State == FindingState.Settled))
            {
                var again = settled with { State = FindingState.Open, Reason = "", ActId = act.Id };
                await act.Session.Data.UpdateAsync(again);
                act.Record("finding", again.FindingId, "found_again", new { settled.State }, new { again.State });
                kept.Add(again);
            }
        }

        return kept;
    }

    FindingRow Seal(Act act, FindingRow template, string kind, TheirRow told, long? person, string? unit)
    {
        var text = JsonSerializer.Serialize(told);
        var salt = Vault.NewSalt();
        return template with
        {
            Area = act.Area,
            FindingId = act.Session.NextId(),
            Kind = kind,
            SameHash = vault.Hash($"finding {act.Area} {template.Source} {kind} {template.InsuranceYear} {text}"),
            PersonId = person,
            Unit = unit,
            NumberMask = CitizenNumber.TryParse(told.Number, out var number, out _) ? number.Masked : "",
            Salt = salt,
            DetailSealed = vault.Seal(salt, Purpose, text),
            State = FindingState.Open,
            Reason = "",
            ActId = act.Id,
        };
    }

    Finding Unseal(FindingRow row) =>
        new(row, JsonSerializer.Deserialize<TheirRow>(vault.OpenText(row.Salt, Purpose, row.DetailSealed))!);
}
