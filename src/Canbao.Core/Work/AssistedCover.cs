using Canbao.Core.Assessment.Dues;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Policy;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>
/// Opens the cover of people who owe 0.00 and so never pay: as if paid on the later of their registration and the day when their list was
/// applied (decision 32).
/// </summary>
/// <param name="dues">What people owe.</param>
public sealed class AssistedCover(Dues dues)
{
    /// <summary>What opened such a span.</summary>
    public const string Ground = "assistance";

    const int ChunkPeople = 5000;

    /// <summary>Opens cover for everybody of an area who owes 0.00 by the dues kept last and has none yet.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year.</param>
    /// <returns>How many spans were opened.</returns>
    public async Task<long> OpenAllAsync(Act act, InsuranceYear year)
    {
        long opened = 0;
        for (long behind = 0; ;)
        {
            var next = await Candidates(act, year).Where(row => row.PersonId > behind).OrderBy(row => row.PersonId)
                .Take(ChunkPeople).ToListAsync();
            if (next.Count == 0)
                break;
            behind = next[^1].PersonId;
            opened += await OpenAsync(act, year, next);
            await act.FlushAsync();
        }

        if (opened > 0)
            act.Record("cover", year, "assisted", null, new { People = opened });
        return opened;
    }

    /// <summary>Opens cover for those of some people who owe 0.00 by the dues kept last and have none yet.</summary>
    public async Task<long> OpenAsync(Act act, InsuranceYear year, IReadOnlyCollection<long> people) => people.Count == 0 ? 0
        : await OpenAsync(act, year, await Candidates(act, year).Where(row => people.Contains(row.PersonId)).ToListAsync());

    /// <summary>
    /// Ends with today the cover of those of some people who by what is known now owe more than 0.00 even on the day as of which it was
    /// opened; what was to begin later is void. Whoever ceases to be listed later keeps it, as whoever paid does.
    /// </summary>
    public async Task LoseAsync(Act act, InsuranceYear year, IReadOnlyCollection<long> people)
    {
        var open = (await Settlements.AssistedAsync(act.Session, act.Area, year, people)).FindAll(one => one.Span.UntilDay > act.Today);
        var lost = new List<CoverSpanRow>();
        foreach (var same in open.GroupBy(one => one.Day, one => one.Span))
        {
            var offers = await dues.OffersAsync(act.Session, act.Area, year, [.. same.Select(span => span.PersonId).Distinct()], same.Key);
            lost.AddRange(same.Where(span => !offers.TryGetValue(span.PersonId, out var offer) || offer.Personal != Money.Zero));
        }

        await CoverEnds.EndAsync(act, lost, act.Today, CoverEnds.NotExempt);
    }

    /// <summary>The active enrolments of the year whose people owe 0.00 and have no cover.</summary>
    static IQueryable<EnrolmentRow> Candidates(Act act, InsuranceYear year)
    {
        var (area, number, due) = (act.Area, year.Year, Outcome.Due.Code());
        return from enrolment in act.Session.Table<EnrolmentRow>()
               join kept in act.Session.Table<DueRow>() on new { enrolment.Area, enrolment.InsuranceYear, enrolment.PersonId }
                   equals new { kept.Area, kept.InsuranceYear, kept.PersonId }
               join verdict in act.Session.Table<DueVerdictRow>() on new { kept.Area, kept.VerdictId }
                   equals new { verdict.Area, verdict.VerdictId }
               where enrolment.Area == area && kept.Area == area && verdict.Area == area && enrolment.InsuranceYear == number
                   && kept.InsuranceYear == number && enrolment.EndedOn == null && verdict.Outcome == due && verdict.Personal == 0
                   && !act.Session.Table<CoverSpanRow>().Any(span => span.Area == area && span.InsuranceYear == number
                       && span.PersonId == enrolment.PersonId
                       && (span.VoidedBy == null || span.EndReason == CoverEnds.Death || span.EndReason == CoverEnds.Duplicate))
               select enrolment;
    }

    async Task<long> OpenAsync(Act act, InsuranceYear year, List<EnrolmentRow> enrolments)
    {
        if (enrolments.Count == 0)
            return 0;
        var listed = await ListedAsync(act.Session, act.Area, act.Today, [.. enrolments.Select(row => row.PersonId)]);
        var spans = new List<CoverSpanRow>();
        var left = enrolments.Select(row => row.PersonId).ToHashSet();
        var days = enrolments.GroupBy(
            row => Later(row.RegisteredOn, listed.GetValueOrDefault(row.PersonId), act.Today), row => row.PersonId);
        foreach (var same in days.OrderBy(same => same.Key))
            spans.AddRange(await SpansAsync(act, year, same.Key, [.. same]));
        left.ExceptWith(spans.Select(span => span.PersonId));
        // Registered before the period began, or listed by a rule that holds from today on.
        spans.AddRange(await SpansAsync(act, year, act.Today, left));
        await act.Session.WriteAsync(spans);
        foreach (var span in spans)
            act.Record("person", span.PersonId, "covered", null, new { span.FromDay, span.UntilDay, span.Ground });
        return spans.Count;
    }

    async Task<IEnumerable<CoverSpanRow>> SpansAsync(Act act, InsuranceYear year, DateOnly day, IReadOnlyCollection<long> people)
    {
        var offers = (await dues.OffersAsync(act.Session, act.Area, year, people, day))
            .Where(one => one.Value.Personal == Money.Zero).ToList();
        if (offers.Count == 0)
            return [];
        var died = await act.Session.Table<PersonRow>()
            .Where(row => row.Area == act.Area && people.Contains(row.PersonId) && row.DiedOn != null)
            .ToDictionaryAsync(row => row.PersonId, row => row.DiedOn);
        return from one in offers
               let cover = one.Value.Cover(died.GetValueOrDefault(one.Key))
               where cover is not null
               select new CoverSpanRow
               {
                   Area = act.Area,
                   SpanId = act.Session.NextId(),
                   InsuranceYear = year.Year,
                   PersonId = one.Key,
                   FromDay = cover.Value.From,
                   UntilDay = cover.Value.Until,
                   Ground = Ground,
                   AsOf = day,
                   ActId = act.Id,
               };
    }

    /// <summary>The last day on which a list was applied that somebody stands on today.</summary>
    internal static async Task<Dictionary<long, DateOnly>> ListedAsync(
        Session session, int area, DateOnly today, IReadOnlyCollection<long> people)
    {
        var applied = await (
            from span in session.Table<CategorySpanRow>()
            join version in session.Table<RosterVersionRow>()
                on new { span.Area, VersionId = span.OpenedBy } equals new { version.Area, version.VersionId }
            join written in session.Table<ActRow>()
                on new { version.Area, version.ActId } equals new { written.Area, written.ActId }
            where span.Area == area && version.Area == area && written.Area == area && people.Contains(span.PersonId)
                && span.VoidedBy == null && span.FromDay <= today && (span.UntilDay == null || span.UntilDay >= today)
            select new { span.PersonId, written.At }).ToListAsync();
        return applied.GroupBy(one => one.PersonId)
            .ToDictionary(same => same.Key, same => BusinessDay.Of(same.Max(one => one.At)));
    }

    static DateOnly Later(DateOnly registered, DateOnly listed, DateOnly today)
    {
        var later = registered > listed ? registered : listed;
        return later > today ? today : later;
    }
}
