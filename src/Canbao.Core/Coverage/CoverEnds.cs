using Canbao.Core.Events;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Coverage;

/// <summary>Cuts cover short, and lets it go on.</summary>
public static class CoverEnds
{
    /// <summary>Death.</summary>
    public const string Death = "death";

    /// <summary>Employee insurance, or insured elsewhere (<c>baogou 二(四)-duplicate</c>).</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The enrolment was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The payment that opened it was taken back.</summary>
    public const string Reversed = "reversed";

    /// <summary>Who owed 0.00 by a list owes more after all, from before the cover was opened.</summary>
    public const string NotExempt = "not_exempt";

    /// <summary>How an office says it.</summary>
    public static string Chinese(string reason) => reason switch
    {
        Death => "死亡",
        Duplicate => "在别处参保",
        Cancelled => "注销登记",
        Reversed => "缴费冲销",
        NotExempt => "不再符合资助条件",
        _ => reason,
    };

    /// <summary>Ends all cover of somebody; what was to begin later is void.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="person">Whose.</param>
    /// <param name="last">The last day of cover.</param>
    /// <param name="reason">One of the constants here.</param>
    /// <param name="year">For this insurance year only; null for all.</param>
    public static async Task EndAsync(Act act, long person, DateOnly last, string reason, int? year = null)
    {
        var spans = await act.Session.Table<CoverSpanRow>()
            .Where(row => row.Area == act.Area && row.PersonId == person && row.VoidedBy == null && row.UntilDay > last).ToListAsync();
        await EndAsync(act, spans.FindAll(span => year is null || span.InsuranceYear == year), last, reason);
    }

    /// <summary>Ends spans that go on after a day; those that were to begin later are void.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="spans">The spans.</param>
    /// <param name="last">The last day of cover.</param>
    /// <param name="reason">One of the constants here.</param>
    public static async Task EndAsync(Act act, IReadOnlyCollection<CoverSpanRow> spans, DateOnly last, string reason)
    {
        const int Few = 8;
        var ended = spans.Select(span => span.FromDay > last
            ? span with { VoidedBy = act.Id, EndReason = reason }
            : span with { UntilDay = last, PlannedUntil = span.PlannedUntil ?? span.UntilDay, EndReason = reason }).ToList();
        if (ended.Count > Few)
            await act.Session.BulkWriteAsync(ended, OnConflict.Update);
        else
            foreach (var now in ended)
                await act.Session.Data.UpdateAsync(now);
        foreach (var (span, now) in spans.Zip(ended))
            act.Record("person", span.PersonId, "cover_ended", Fields(span), now.VoidedBy is null ? Fields(now) : null);
    }

    /// <summary>Takes back all that a payment opened.</summary>
    public static Task ReverseAsync(Act act, long payment) => act.Session.Table<CoverSpanRow>()
        .Where(row => row.Area == act.Area && row.PaymentId == payment)
        .Set(row => row.VoidedBy, row => row.VoidedBy ?? act.Id).Set(row => row.EndReason, Reversed).UpdateAsync();

    /// <summary>Lets cover go on that ended with other insurance or a cancellation, as far as it was meant to go.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="person">Whose.</param>
    /// <param name="from">The first day on which nothing stands against it any more.</param>
    /// <param name="year">The insurance year.</param>
    public static async Task ResumeAsync(Act act, long person, DateOnly from, int year)
    {
        var spans = await act.Session.Table<CoverSpanRow>()
            .Where(row => row.Area == act.Area && row.PersonId == person && row.InsuranceYear == year).ToListAsync();
        // Cut short, or void since it was to begin later.
        var cut = spans.Where(span => span.EndReason is Duplicate or Cancelled && (span.VoidedBy is not null || span.UntilDay < from)
            && (span.PlannedUntil ?? span.UntilDay) >= from).MaxBy(span => span.SpanId);
        if (cut is null || spans.Exists(span => span.VoidedBy is null && span.UntilDay >= from))
            return;
        var resumed = cut with
        {
            SpanId = act.Session.NextId(),
            FromDay = cut.FromDay > from ? cut.FromDay : from,
            UntilDay = cut.PlannedUntil ?? cut.UntilDay,
            PlannedUntil = null,
            EndReason = null,
            VoidedBy = null,
            Ground = "resumed",
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(resumed);
        act.Record("person", person, "covered", null, Fields(resumed));
    }

    static object Fields(CoverSpanRow span) => new { span.FromDay, span.UntilDay, span.Ground };
}
