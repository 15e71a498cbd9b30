using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Changes;

/// <summary>How somebody stands in a year at one moment of a change.</summary>
sealed class Standing
{
    /// <summary>What was answered last; null for whoever was never assessed.</summary>
    public DueVerdictRow? Due { get; set; }

    /// <summary>The unit by which it was answered.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Whether the person is registered for the year.</summary>
    public bool IsEnrolled { get; set; }

    /// <summary>What was paid and not taken back.</summary>
    public PaymentRow? Payment { get; set; }

    /// <summary>
    /// What was owed on the day of payment or assisted cover by what is known at this moment; null while the enrolment is not settled.
    /// </summary>
    public FundedDue? Then { get; set; }

    /// <summary>What others bear of a settled enrolment, as booked (<c>docs/rooms/funding.md</c>); null while it is not settled.</summary>
    public IReadOnlyList<FundedPart>? Borne => Then is null ? null : (Payment?.Amount ?? 0) <= Then.Personal?.Fen ? Then.Parts : [];

    /// <summary>The spans that stand.</summary>
    public List<CoverSpanRow> Cover { get; } = [];
}

/// <summary>Reads how people stand, in a few statements for every some thousands of them.</summary>
/// <param name="session">The deed's transaction.</param>
/// <param name="area">The tenant.</param>
/// <param name="dues">What people owe.</param>
sealed class StandingReader(Session session, int area, Dues dues)
{
    const int ChunkPeople = 5000;

    /// <summary>How some people stand in a year, by person; whoever has nothing at all in it has no entry.</summary>
    public async Task<Dictionary<long, Standing>> ReadAsync(InsuranceYear year, IReadOnlyCollection<long> people)
    {
        var all = new Dictionary<long, Standing>();
        foreach (var part in people.Chunk(ChunkPeople))
        {
            await AddDuesAsync(all, year.Year, part);
            await AddEnrolmentsAsync(all, year.Year, part);
            foreach (var payment in await Payments.OfAsync(session, area, [year.Year], part))
                Of(all, payment.PersonId).Payment ??= payment;
            foreach (var span in await Covers.OfAsync(session, area, [year.Year], part))
                Of(all, span.PersonId).Cover.Add(span);
            await AddThenAsync(all, year, part);
        }

        return all;
    }

    async Task AddDuesAsync(Dictionary<long, Standing> all, int year, long[] people)
    {
        var rows = await (
            from due in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where due.Area == area && verdict.Area == area && due.InsuranceYear == year && people.Contains(due.PersonId)
            select new { due.PersonId, due.Unit, Verdict = verdict }).ToListAsync();
        foreach (var row in rows)
            (Of(all, row.PersonId).Due, Of(all, row.PersonId).Unit) = (row.Verdict, row.Unit);
    }

    async Task AddEnrolmentsAsync(Dictionary<long, Standing> all, int year, long[] people)
    {
        var enrolled = await session.Table<EnrolmentRow>().Where(row => row.Area == area && row.InsuranceYear == year
            && people.Contains(row.PersonId) && row.EndedOn == null).Select(row => row.PersonId).ToListAsync();
        foreach (long person in enrolled)
            Of(all, person).IsEnrolled = true;
    }

    async Task AddThenAsync(Dictionary<long, Standing> all, InsuranceYear year, long[] people)
    {
        var settled = await Settlements.DaysAsync(session, area, year, people);
        foreach (var same in settled.GroupBy(one => one.Value, one => one.Key))
            foreach (var (person, due) in await dues.FundedAsync(session, area, year, [.. same], same.Key))
                Of(all, person).Then = due;
    }

    static Standing Of(Dictionary<long, Standing> all, long person)
    {
        if (!all.TryGetValue(person, out var standing))
            all.Add(person, standing = new());
        return standing;
    }
}
