using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Timelines;

/// <summary>
/// Tells everything that happened to people, and why: what acts recorded of them and of their payments, refunds, findings and cases, and
/// what was done to many at once. A fixed number of statements, however much there is. Writes nothing.
/// </summary>
public static class Timelines
{
    /// <summary>So many changes are read; nobody has more, but a page must not need more either.</summary>
    public const int MostChanges = 2000;

    /// <summary>Reads a timeline.</summary>
    public static async Task<Timeline> ReadAsync(Session session, TimelineOrder order)
    {
        var rows = await TimelineRows.ReadAsync(session, order);
        var things = rows.Things(order.Household);
        var (changes, isCut) = await ActLog.OfAsync(session, order.Area, things.Keys.ToHashSet(), MostChanges);
        var facts = new TimelineFacts(rows, changes);
        var wanted = facts.Acts().Except(changes.Select(one => one.Act.ActId)).Distinct().ToList();
        var acts = await ActLog.FindAsync(session, order.Area, wanted);
        foreach (var act in changes.Select(one => one.Act))
            acts[act.ActId] = act;
        var lists = await ListsAsync(session, order.Area, changes);
        string Unit(string code) => order.Units.Find(code)?.Name ?? code;
        var told = changes.Where(one => IsTold(one.Change)).Select(one => Entry(one, rows, lists, Unit) with
        {
            PersonId = things[(one.Change.Subject, one.Change.SubjectId)],
        });
        // Behind the cut nobody knows what a change told already.
        var since = isCut ? changes[^1].Act.At : DateTimeOffset.MinValue;
        var entries = told.Concat(facts.Tell(acts).Where(fact => fact.At >= since))
            .Where(one => order.WithAccesses || one.Kind != TimelineKind.Access)
            .OrderByDescending(one => one.At).ThenByDescending(one => one.ActId).ThenByDescending(one => one.Place).ToList();
        var offices = await OfficesAsync(session, order, entries);
        return new(
            entries.ConvertAll(one => one with { Office = offices.GetValueOrDefault(one.Account, "") }), isCut,
            rows.Records.Where(row => row.MergedInto is null).ToDictionary(row => row.PersonId, row => row.Name));
    }

    // Of a batch only its steps, which tell where the money is; its other changes are of other people's lines.
    static bool IsTold(ActChangeRow change) => change.Subject != "collection_batch" || change.Action == "batch_step";

    static TimelineEntry Entry(
        LoggedChange one, TimelineRows rows, IReadOnlyDictionary<long, RosterVersionRow> lists, Func<string, string> unitName)
    {
        var (act, change) = one;
        var kind = TimelineWords.KindOf(change.Subject, change.Action);
        var (what, detail) = TimelineWords.Told(one, unitName);
        var entry = new TimelineEntry(act.At, kind, what, detail)
        {
            ActId = act.ActId,
            Place = change.ChangeNo,
            Account = act.Account,
            Reason = act.Reason,
        };
        return (change.Subject, kind) switch
        {
            ("person", TimelineKind.List) when lists.TryGetValue(act.ActId, out var list) => entry with { Sources = [Source(list)] },
            ("person", TimelineKind.Due) => entry with { Clauses = TimelineWords.Clauses(change) },
            ("person", TimelineKind.Money) => entry with { Sources = TimelineFacts.SourcesOf(rows, TimelineWords.Receipt(change)) },
            ("collection_batch", _) => entry with
            {
                Sources = [.. rows.Batches.Where(row => Is(change, row.BatchId)).Select(TimelineFacts.Source)],
            },
            ("refund", _) when rows.Refunds.FirstOrDefault(row => Is(change, row.RefundId)) is { } refund => entry with
            {
                Clauses = refund.Clause,
                Sources = [new(SourceKind.Refund, refund.RefundId, "退费", refund.Unit)],
            },
            ("finding", _) when rows.Findings.FirstOrDefault(row => Is(change, row.Finding.FindingId)) is { Finding: { } finding } =>
                entry with { Sources = [new(SourceKind.Finding, finding.FindingId, "比对结果", finding.Unit)] },
            ("outreach_case", _) when rows.Cases.FirstOrDefault(row => change.SubjectId
                == FormattableString.Invariant($"{row.InsuranceYear}/{row.PersonId}")) is { } found =>
                entry with { Sources = [TimelineFacts.Source(found)] },
            ("resident_application", _) when rows.Applications.FirstOrDefault(row => Is(change, row.ApplicationId)) is { } asked =>
                entry with { Sources = [new(SourceKind.Application, asked.ApplicationId, "居民申请", asked.Unit)] },
            _ => entry,
        };
    }

    static TimelineSource Source(RosterVersionRow list) => new(
        SourceKind.Roster, list.VersionId, $"{Departments.Chinese(list.Department)} {list.HandedInOn:yyyy-MM-dd} 报送的名单");

    static bool Is(ActChangeRow change, long id) => change.SubjectId == id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The lists by which categories began and ended, by the act that applied or undid them.</summary>
    static async Task<IReadOnlyDictionary<long, RosterVersionRow>> ListsAsync(
        Session session, int area, IEnumerable<LoggedChange> changes)
    {
        long[] acts =
        [
            .. changes.Where(one => TimelineWords.KindOf(one.Change.Subject, one.Change.Action) == TimelineKind.List)
                .Select(one => one.Act.ActId).Distinct(),
        ];
        if (acts.Length == 0)
            return new Dictionary<long, RosterVersionRow>();
        var lists = await session.Table<RosterVersionRow>().Where(row => row.Area == area
            && (acts.Contains(row.ActId) || row.UndoneBy != null && acts.Contains(row.UndoneBy.Value))).ToListAsync();
        return acts.Select(act => (Act: act, List: lists.Find(row => row.ActId == act || row.UndoneBy == act)))
            .Where(one => one.List is not null).ToDictionary(one => one.Act, one => one.List!);
    }

    /// <summary>Unit and role of the accounts.</summary>
    static async Task<Dictionary<string, string>> OfficesAsync(Session session, TimelineOrder order, IEnumerable<TimelineEntry> entries)
    {
        int area = order.Area;
        string[] logins = [.. entries.Select(one => one.Account).Where(login => login.Length > 0 && login[0] != '@').Distinct()];
        if (logins.Length == 0)
            return [];
        var accounts = await session.Table<AccountRow>().Where(row => row.Area == area && logins.Contains(row.Login))
            .Select(row => new { row.Login, row.Role, row.Unit, row.Department }).ToListAsync();
        return accounts.ToDictionary(row => row.Login, row => $"{order.Units.Find(row.Unit)?.Name} "
            + (row.Department is { } department ? Departments.Chinese(department) : Departments.Office(row.Role)));
    }
}
