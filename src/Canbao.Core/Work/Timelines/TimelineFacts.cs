using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Outreach;
using Canbao.Core.Registry.Comparison;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Timelines;

/// <summary>
/// What happened to people without a change of their own: what was done to many at once (an import, a renewal, a run of dues or shares),
/// or found about them. It is told of rows whose act no change of theirs names.
/// </summary>
sealed class TimelineFacts(TimelineRows rows, IReadOnlyList<LoggedChange> changes)
{
    readonly ILookup<string, long> acts = changes.Where(one => one.Change.Subject == "person")
        .ToLookup(one => $"{one.Change.SubjectId} {TimelineWords.KindOf("person", one.Change.Action)}", one => one.Act.ActId);

    /// <summary>The acts of all such rows.</summary>
    public IEnumerable<long> Acts() => All().Select(one => one.ActId).Where(act => act != 0);

    /// <summary>The entries; those whose act is not there are left out.</summary>
    public IEnumerable<TimelineEntry> Tell(IReadOnlyDictionary<long, ActRow> known)
    {
        foreach (var entry in All())
            if (entry.ActId == 0)
                yield return entry;
            else if (known.TryGetValue(entry.ActId, out var act))
                yield return entry with
                {
                    At = act.At,
                    What = entry.What.Length > 0 ? entry.What : ActWords.Kind(act.Kind),
                    Account = act.Account,
                    Reason = act.Reason,
                };
    }

    /// <summary>A payment's receipt and batch, by the receipt's number.</summary>
    public static IReadOnlyList<TimelineSource> SourcesOf(TimelineRows rows, string receipt) =>
        rows.Payments.FirstOrDefault(row => row.ReceiptNo == receipt) is { } payment ? SourcesOf(rows, payment) : [];

    public static TimelineSource Source(CollectionBatchRow batch) =>
        new(SourceKind.Batch, batch.BatchId, $"批次 {Batches.Name(batch)}", batch.Unit);

    public static TimelineSource Source(OutreachCaseRow row) => new(SourceKind.Case, row.PersonId, "扩面台账", row.Unit, row.InsuranceYear);

    static IReadOnlyList<TimelineSource> SourcesOf(TimelineRows rows, PaymentRow payment) =>
    [
        new(SourceKind.Receipt, payment.PaymentId, "票据"),
        .. rows.Batches.Where(batch => batch.BatchId == payment.BatchId).Select(Source),
    ];

    IEnumerable<TimelineEntry> All() =>
        [.. Registered(), .. Enrolled(), .. Paid(), .. Covered(), .. Assessed(), .. Found(), .. Outreach(), .. Borne()];

    IEnumerable<TimelineEntry> Registered()
    {
        foreach (var row in rows.Records)
        {
            var own = changes.Where(one => one.Change.Subject == "person" && one.Change.SubjectId == $"{row.PersonId}").ToList();
            if (own.Exists(one => one.Change.Action == "registered"))
                continue;
            if (rows.Statuses.FirstOrDefault(status => status.PersonId == row.PersonId) is { } first
                && !own.Exists(one => one.Act.ActId == first.ActId))
                yield return New(TimelineKind.Register, "", "", row.PersonId, first.ActId);
        }
    }

    IEnumerable<TimelineEntry> Enrolled() =>
        from row in rows.Enrolments
        where IsUntold(row.PersonId, TimelineKind.Enrolment, row.ActId)
        select New(TimelineKind.Enrolment, "", TimelineWords.Enrolled(row.InsuranceYear, row.Kind, $"{row.RegisteredOn:yyyy-MM-dd}"),
            row.PersonId, row.ActId);

    IEnumerable<TimelineEntry> Paid() =>
        from row in rows.Payments
        where IsUntold(row.PersonId, TimelineKind.Money, row.ActId)
            && !changes.Any(one => one.Change.Action == "paid" && TimelineWords.Receipt(one.Change) == row.ReceiptNo)
        select New(TimelineKind.Money, "缴费",
            TimelineWords.Paid(row.InsuranceYear, row.Channel, Yuan(row.Amount), row.ReceiptNo, row.PaidOn), row.PersonId, row.ActId) with
        {
            Sources = SourcesOf(rows, row),
        };

    IEnumerable<TimelineEntry> Covered() =>
        from row in rows.Covers
        where IsUntold(row.PersonId, TimelineKind.Cover, row.ActId)
        select New(TimelineKind.Cover, ActWords.Action("covered"),
            TimelineWords.Covered($"{row.FromDay:yyyy-MM-dd}", $"{row.UntilDay:yyyy-MM-dd}", row.Ground), row.PersonId, row.ActId);

    IEnumerable<TimelineEntry> Assessed() =>
        from one in rows.Dues
        where IsUntold(one.Due.PersonId, TimelineKind.Due, one.Due.ActId)
        let owed = TimelineWords.Owed(one.Verdict.Personal is { } fen ? Yuan(fen) : null, one.Verdict.Outcome)
        select New(TimelineKind.Due, ActWords.Kind("dues.make"), $"{one.Due.InsuranceYear} 年度，个人应缴 {owed}，政策包 {one.Verdict.Pack}",
            one.Due.PersonId, one.Due.ActId) with
        {
            Clauses = one.Verdict.Clauses,
        };

    IEnumerable<TimelineEntry> Found() =>
        from one in rows.Findings
        let source = ComparisonSource.Find(one.Finding.Source)?.Chinese ?? one.Finding.Source
        select New(TimelineKind.Case, "比对发现", $"{source}来文：{FindingKinds.Chinese(one.Finding.Kind)}",
            one.Finding.PersonId!.Value, one.Comparison.ActId) with
        {
            Sources = [new(SourceKind.Finding, one.Finding.FindingId, $"来文“{one.Comparison.FileName}”", one.Finding.Unit)],
        };

    IEnumerable<TimelineEntry> Outreach()
    {
        foreach (var row in rows.Cases)
        {
            yield return New(TimelineKind.Outreach, "列入扩面台账", $"{row.InsuranceYear} 年度，{OutreachWords.Ground(row.Ground)}",
                row.PersonId, 0) with
            {
                At = BusinessDay.StartOf(row.OpenedOn),
                Sources = [Source(row)],
            };
            if (row.ClosedOn is not null && OutreachOutcome.Find(row.Outcome) is { IsByItself: true } outcome)
                yield return New(TimelineKind.Outreach, "扩面台账自动结案", $"{row.InsuranceYear} 年度，{outcome.Chinese}",
                    row.PersonId, row.ActId) with
                {
                    Sources = [Source(row)],
                };
        }
    }

    IEnumerable<TimelineEntry> Borne() =>
        from one in rows.Shares
        let share = one.Share
        let did = share.Amount > 0 ? "承担" : "扣回"
        let claim = one.Claim is { } asked ? $"；资金申请 {asked.Number} {FunderClaims.State(asked.State)}" : ""
        select New(TimelineKind.Due, share.Amount > 0 ? "核算资助资金" : "扣回资助资金",
            $"{share.InsuranceYear} 年度，{one.Ground.PayerName}{did} {Yuan(Math.Abs(share.Amount))} 元，{one.Ground.Name}{claim}",
            share.PersonId, share.ActId) with
        {
            Clauses = one.Ground.Clause,
            Sources = one.Claim is { } found ? [new(SourceKind.Claim, found.ClaimId, $"资金申请 {found.Number}", found.Unit)] : [],
        };

    bool IsUntold(long record, TimelineKind kind, long act) => !acts[$"{record} {kind}"].Contains(act);

    TimelineEntry New(TimelineKind kind, string what, string detail, long record, long act) => new(default, kind, what, detail)
    {
        ActId = act,
        PersonId = rows.Owner(record),
    };

    static string Yuan(long fen) => Money.FromFen(fen).ToString();
}
