using Canbao.Core.Events;
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

    /// <summary>How an office says it.</summary>
    public static string Chinese(string reason) => reason switch
    {
        Death => "死亡",
        Duplicate => "在别处参保",
        Cancelled => "注销登记",
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
        foreach (var span in spans.Where(span => year is null || span.InsuranceYear == year))
        {
            var now = span.FromDay > last
                ? span with { VoidedBy = act.Id, EndReason = reason }
                : span with { UntilDay = last, PlannedUntil = span.PlannedUntil ?? span.UntilDay, EndReason = reason };
            await act.Session.Data.UpdateAsync(now);
            act.Record("person", person, "cover_ended", Fields(span), now.VoidedBy is null ? Fields(now) : null);
        }
    }

    /// <summary>Lets cover go on that ended because of other insurance, as far as it was meant to go.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="person">Whose.</param>
    /// <param name="from">The first day without the other insurance.</param>
    public static async Task ResumeAsync(Act act, long person, DateOnly from)
    {
        var cut = await act.Session.Table<CoverSpanRow>().Where(row => row.Area == act.Area && row.PersonId == person
            && row.EndReason == Duplicate && row.UntilDay < from && (row.PlannedUntil ?? row.UntilDay) >= from).ToListAsync();
        foreach (var span in cut)
        {
            bool goesOn = await act.Session.Table<CoverSpanRow>().AnyAsync(row => row.Area == act.Area && row.PersonId == person
                && row.InsuranceYear == span.InsuranceYear && row.VoidedBy == null && row.UntilDay >= from);
            if (goesOn)
                continue;
            var resumed = span with
            {
                SpanId = act.Session.NextId(),
                FromDay = from,
                UntilDay = span.PlannedUntil!.Value,
                PlannedUntil = null,
                EndReason = null,
                Ground = "resumed",
                ActId = act.Id,
            };
            await act.Session.Data.InsertAsync(resumed);
            act.Record("person", person, "covered", null, Fields(resumed));
        }
    }

    static object Fields(CoverSpanRow span) => new { span.FromDay, span.UntilDay, span.Ground };
}
