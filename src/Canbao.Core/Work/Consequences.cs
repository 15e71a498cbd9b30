using Canbao.Core.Assessment.Dues;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What follows for people whose facts changed: what they owe, and cover that goes on, opens or is lost.</summary>
/// <param name="dues">What people owe.</param>
public sealed class Consequences(Dues dues)
{
    const int ChunkPeople = 5000;

    readonly AssistedCover cover = new(dues);

    /// <summary>Assesses people anew for some years and lets their cover follow, set by set.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="years">The open years.</param>
    /// <param name="who">Whose facts changed.</param>
    public async Task DrawAsync(Act act, IEnumerable<InsuranceYear> years, IReadOnlyCollection<long> who)
    {
        foreach (var year in years)
            foreach (var part in who.Chunk(ChunkPeople))
            {
                await dues.KeepAsync(act, year, part, await Settlements.DaysAsync(act.Session, act.Area, year, part));
                foreach (long person in await CutShortAsync(act, year, part))
                    await ResumeAsync(act, year, person, isRegisteredToday: false);
                await cover.LoseAsync(act, year, part);
                await cover.OpenAsync(act, year, part);
                await act.FlushAsync();
            }
    }

    /// <summary>Cover that was cut short goes on once somebody is registered and not insured elsewhere any more.</summary>
    internal static async Task ResumeAsync(Act act, InsuranceYear year, long person, bool isRegisteredToday)
    {
        var status = await People.StatusAsync(act.Session, act.Area, person, act.Today);
        if (status is { Employment: not Employment.Employee, OtherCover: OtherCover.None }
            && await Enrolments.FindAsync(act.Session, act.Area, year, person) is { EndedOn: null })
            await CoverEnds.ResumeAsync(act, person, isRegisteredToday ? act.Today : status.FromDay, year.Year);
    }

    static Task<List<long>> CutShortAsync(Act act, InsuranceYear year, long[] people)
    {
        var (area, number) = (act.Area, year.Year);
        return act.Session.Table<CoverSpanRow>().Where(row => row.Area == area && row.InsuranceYear == number
            && people.Contains(row.PersonId) && (row.EndReason == CoverEnds.Duplicate || row.EndReason == CoverEnds.Cancelled))
            .Select(row => row.PersonId).Distinct().ToListAsync();
    }
}
