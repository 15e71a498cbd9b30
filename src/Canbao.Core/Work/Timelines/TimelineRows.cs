using System.Globalization;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Funding;
using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Residents;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Timelines;

/// <summary>
/// What the register holds of some people, which tells what their acts' changes do not: one statement for each table.
/// </summary>
sealed class TimelineRows
{
    /// <summary>So many insurance years back: what is older is told by acts only.</summary>
    const int YearsBack = 10;

    /// <summary>The people and the records that were merged into theirs.</summary>
    public required IReadOnlyList<PersonRow> Records { get; init; }

    public required IReadOnlyList<PersonStatusRow> Statuses { get; init; }

    public required IReadOnlyList<EnrolmentRow> Enrolments { get; init; }

    /// <summary>Payments that stand, and those that went back by a refund.</summary>
    public required IReadOnlyList<PaymentRow> Payments { get; init; }

    public required IReadOnlyList<CollectionBatchRow> Batches { get; init; }

    public required IReadOnlyList<RefundRow> Refunds { get; init; }

    public required IReadOnlyList<CoverSpanRow> Covers { get; init; }

    public required IReadOnlyList<(DueRow Due, DueVerdictRow Verdict)> Dues { get; init; }

    public required IReadOnlyList<(FindingRow Finding, ComparisonRow Comparison)> Findings { get; init; }

    public required IReadOnlyList<OutreachCaseRow> Cases { get; init; }

    public required IReadOnlyList<(FunderShareRow Share, FunderGroundRow Ground, FunderClaimRow? Claim)> Shares { get; init; }

    public required IReadOnlyList<ResidentOrderRow> Orders { get; init; }

    public required IReadOnlyList<ApplicationRow> Applications { get; init; }

    /// <summary>Reads them, each by an index that begins with person, or with year and person.</summary>
    public static async Task<TimelineRows> ReadAsync(Session session, TimelineOrder order)
    {
        var (area, people) = (order.Area, order.People);
        var records = await session.Table<PersonRow>().Where(row => row.Area == area && people.Contains(row.PersonId)).ToListAsync();
        records.AddRange(await session.Table<PersonRow>()
            .Where(row => row.Area == area && row.MergedInto != null && people.Contains(row.MergedInto.Value)).ToListAsync());
        long[] ids = [.. records.Select(row => row.PersonId)];
        int[] years = [.. Enumerable.Range(order.Today.Year + 1 - YearsBack, YearsBack + 1)];
        var refunds = await session.Table<RefundRow>()
            .Where(row => row.Area == area && row.PersonId != null && ids.Contains(row.PersonId.Value)).ToListAsync();
        var payments = await PaymentsAsync(session, area, (years, ids), refunds);
        long[] batches = [.. payments.Where(row => row.BatchId is not null).Select(row => row.BatchId!.Value).Distinct()];
        return new()
        {
            Records = records,
            Statuses = await session.Table<PersonStatusRow>().Where(row => row.Area == area && ids.Contains(row.PersonId))
                .OrderBy(row => row.FromDay).ToListAsync(),
            Enrolments = await session.Table<EnrolmentRow>().Where(row => row.Area == area && ids.Contains(row.PersonId)).ToListAsync(),
            Payments = payments,
            Batches = batches.Length == 0 ? [] : await session.Table<CollectionBatchRow>()
                .Where(row => row.Area == area && batches.Contains(row.BatchId)).ToListAsync(),
            Refunds = refunds,
            Covers = await Coverage.Covers.OfAsync(session, area, years, ids),
            Dues = await DuesAsync(session, area, years, ids),
            Findings = await FindingsAsync(session, area, ids),
            Cases = await session.Table<OutreachCaseRow>()
                .Where(row => row.Area == area && years.Contains(row.InsuranceYear) && ids.Contains(row.PersonId)).ToListAsync(),
            Shares = await SharesAsync(session, area, years, ids),
            Orders = await session.Table<ResidentOrderRow>().Where(row => row.Area == area && ids.Contains(row.PersonId)).ToListAsync(),
            Applications = await session.Table<ApplicationRow>()
                .Where(row => row.Area == area && row.ApplicantId != null && ids.Contains(row.ApplicantId.Value)).ToListAsync(),
        };
    }

    /// <summary>What acts say of: the kind of thing and which of them, with the person whom it is about.</summary>
    public Dictionary<(string Subject, string Id), long?> Things(long? household)
    {
        var things = new Dictionary<(string, string), long?>();
        foreach (var row in Records)
            things[("person", Text(row.PersonId))] = Owner(row.PersonId);
        foreach (var row in Refunds)
            things[("refund", Text(row.RefundId))] = Owner(row.PersonId!.Value);
        foreach (var row in Payments)
        {
            things[("receipt", Text(row.PaymentId))] = Owner(row.PersonId);
            things[("channel_notice", $"{row.Channel}/{row.Reference}")] = Owner(row.PersonId);
            if (row.BatchId is { } batch)
                things[("collection_batch", Text(batch))] = Payments.Count(one => one.BatchId == batch) > 1 && household is not null
                    ? null : Owner(row.PersonId);
        }

        foreach (var (row, _) in Findings)
            things[("finding", Text(row.FindingId))] = Owner(row.PersonId!.Value);
        foreach (var row in Cases)
            things[("outreach_case", FormattableString.Invariant($"{row.InsuranceYear}/{row.PersonId}"))] = Owner(row.PersonId);
        foreach (var row in Orders)
            things[("resident_order", Text(row.OrderId))] = Owner(row.PersonId);
        foreach (var row in Applications)
            things[("resident_application", Text(row.ApplicationId))] = Owner(row.ApplicantId!.Value);
        if (household is { } own)
            things[("household", Text(own))] = null;
        return things;
    }

    /// <summary>The person whose record it is now.</summary>
    public long Owner(long record) => Records.FirstOrDefault(row => row.PersonId == record)?.MergedInto ?? record;

    static async Task<List<PaymentRow>> PaymentsAsync(
        Session session, int area, (int[] Years, long[] People) whose, IEnumerable<RefundRow> refunds)
    {
        var payments = await Collection.Payments.OfAsync(session, area, whose.Years, whose.People);
        long[] back = [.. refunds.Where(row => row.PaymentId is not null).Select(row => row.PaymentId!.Value)
            .Except(payments.Select(row => row.PaymentId))];
        if (back.Length > 0)
            payments.AddRange(await session.Table<PaymentRow>()
                .Where(row => row.Area == area && back.Contains(row.PaymentId)).ToListAsync());
        return payments;
    }

    static async Task<IReadOnlyList<(DueRow, DueVerdictRow)>> DuesAsync(Session session, int area, int[] years, long[] ids)
    {
        var found = await (
            from due in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>() on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where due.Area == area && verdict.Area == area && years.Contains(due.InsuranceYear) && ids.Contains(due.PersonId)
            select new { due, verdict }).ToListAsync();
        return found.ConvertAll(one => (one.due, one.verdict));
    }

    static async Task<IReadOnlyList<(FindingRow, ComparisonRow)>> FindingsAsync(Session session, int area, long[] ids)
    {
        var found = await (
            from finding in session.Table<FindingRow>()
            join file in session.Table<ComparisonRow>()
                on new { finding.Area, finding.ComparisonId } equals new { file.Area, file.ComparisonId }
            where finding.Area == area && file.Area == area && finding.PersonId != null && ids.Contains(finding.PersonId.Value)
            select new { finding, file }).ToListAsync();
        return found.ConvertAll(one => (one.finding, one.file));
    }

    static async Task<IReadOnlyList<(FunderShareRow, FunderGroundRow, FunderClaimRow?)>> SharesAsync(
        Session session, int area, int[] years, long[] ids)
    {
        var found = await (
            from share in session.Table<FunderShareRow>()
            join ground in session.Table<FunderGroundRow>()
                on new { share.Area, share.GroundId } equals new { ground.Area, ground.GroundId }
            where share.Area == area && ground.Area == area && years.Contains(share.InsuranceYear) && ids.Contains(share.PersonId)
            select new { share, ground }).ToListAsync();
        long[] claims = [.. found.Where(one => one.share.ClaimId is not null).Select(one => one.share.ClaimId!.Value).Distinct()];
        var known = claims.Length == 0 ? [] : await session.Table<FunderClaimRow>()
            .Where(row => row.Area == area && claims.Contains(row.ClaimId)).ToDictionaryAsync(row => row.ClaimId);
        return found.ConvertAll(one => (one.share, one.ground, one.share.ClaimId is { } claim ? known.GetValueOrDefault(claim) : null));
    }

    static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
