using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What is told of a pasted number.</summary>
/// <param name="Asked">The number.</param>
/// <param name="Found">
/// Whose it is; null where it is nobody's within the units of who asks, whether or not it is somebody's elsewhere.
/// </param>
/// <param name="Year">The person's insurance year; null where nobody was found.</param>
public sealed record NumberAnswer(PastedNumber Asked, PersonInUnit? Found, PersonYear? Year)
{
    /// <summary>The number of the household; empty where it has none.</summary>
    public string Household { get; init; } = "";

    /// <summary>Whether the person has another number now.</summary>
    public bool IsFormer { get; init; }

    /// <summary>What is still owed by the person; null where nothing can be told, or all is paid.</summary>
    public Money? Owed => Year is { Payment: null, Quote.Personal: { } due } ? due : null;
}

/// <summary>Answers a column of numbers: who it is, whether registered, what is due or paid.</summary>
/// <param name="people">The register.</param>
/// <param name="files">What is told of people.</param>
public sealed class NumberDesk(People people, PersonFiles files)
{
    /// <summary>An answer for each number in their order, read in a few statements however many there are.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="within">The units of who asks.</param>
    /// <param name="asked">The numbers.</param>
    /// <param name="when">Of which year, and the day on which it would be paid.</param>
    public async Task<IReadOnlyList<NumberAnswer>> AnswerAsync(
        Session session, int area, UnitRange within, IReadOnlyList<PastedNumber> asked, (InsuranceYear Year, DateOnly Today) when)
    {
        var found = await people.FindManyWithinAsync(session, area, within, asked.Select(one => one.Number).OfType<CitizenNumber>());
        long[] ids = [.. found.Values.Select(one => one.Person.PersonId).Distinct()];
        var years = await files.YearsAsync(session, area, ids, [when.Year], when.Today);
        long[] households = [.. found.Values.Select(one => one.Status.HouseholdId).OfType<long>().Distinct()];
        var numbers = await session.Table<HouseholdRow>().Where(row => row.Area == area && households.Contains(row.HouseholdId))
            .ToDictionaryAsync(row => row.HouseholdId, row => row.Number);
        return
        [
            .. from one in asked
               let person = one.Number is null ? null : found.GetValueOrDefault(one.Number)
               select person is null ? new NumberAnswer(one, null, null) : new(one, person, years(person.Person.PersonId)[0])
               {
                   Household = person.Status.HouseholdId is { } household ? numbers[household] : "",
                   IsFormer = !people.IsNumber(person.Person, one.Number!),
               },
        ];
    }

    /// <summary>
    /// Keeps that somebody asked for many people at once, and how many were found: no number and no name, and nothing in full was shown.
    /// </summary>
    public static void Record(Act act, IReadOnlyList<NumberAnswer> answers) => act.Record("people", "numbers", "looked_up", null, new
    {
        Asked = answers.Count,
        Found = answers.Count(answer => answer.Found is not null),
        Wrong = answers.Count(answer => answer.Asked.Number is null),
    });
}
