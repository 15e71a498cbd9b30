using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>One insurance year of a person.</summary>
/// <param name="Year">The year.</param>
/// <param name="Enrolment">The registration, ended ones too; null where there is none.</param>
/// <param name="Quote">What is owed if paid today; null where the person is not here today.</param>
/// <param name="Payment">What was paid, or null.</param>
/// <param name="Covers">The spans of cover.</param>
public sealed record PersonYear(
    InsuranceYear Year, EnrolmentRow? Enrolment, DueQuote? Quote, PaymentRow? Payment, IReadOnlyList<CoverSpanRow> Covers)
{
    /// <summary>Whether the person is actively enrolled.</summary>
    public bool IsEnrolled => Enrolment is { EndedOn: null };
}

/// <summary>Somebody who was found, with the open years side by side.</summary>
/// <param name="Found">The person.</param>
/// <param name="Years">The open years.</param>
public sealed record FoundPerson(PersonInUnit Found, IReadOnlyList<PersonYear> Years);

/// <summary>Everything that is kept of a person.</summary>
/// <param name="Found">The person.</param>
/// <param name="Open">The open years, with what is owed today.</param>
public sealed record PersonFile(PersonInUnit Found, IReadOnlyList<PersonYear> Open)
{
    /// <summary>What was and is so of the person, newest first.</summary>
    public required IReadOnlyList<PersonStatusRow> Statuses { get; init; }

    /// <summary>Papers and former numbers, newest first.</summary>
    public required IReadOnlyList<PersonPaperRow> Papers { get; init; }

    /// <summary>Attached papers and photos, newest first.</summary>
    public required IReadOnlyList<Attachment> Attachments { get; init; }

    /// <summary>The categories that departments' lists gave, newest first.</summary>
    public required IReadOnlyList<CategorySpanRow> Categories { get; init; }

    /// <summary>All years with a registration, payment or cover, newest first; what was owed in past years is not told.</summary>
    public required IReadOnlyList<PersonYear> AllYears { get; init; }

    /// <summary>All years, newest first, the open ones with what is owed today.</summary>
    public IEnumerable<PersonYear> Years =>
        Open.Concat(AllYears.Where(year => Open.All(open => open.Year != year.Year))).OrderByDescending(year => year.Year);
}

/// <summary>People as a desk sees them.</summary>
/// <param name="people">The register.</param>
/// <param name="dues">What people owe.</param>
public sealed class PersonFiles(People people, Dues dues)
{
    /// <summary>The people of a unit whom a text names (<see cref="People.SearchAsync"/>), with the open years side by side.</summary>
    public async Task<List<FoundPerson>> SearchAsync(
        Session session, int area, UnitRange within, string text, (IReadOnlyList<InsuranceYear> Years, DateOnly Today, int Limit) how)
    {
        var found = await people.SearchAsync(session, area, within, text, how.Limit);
        long[] ids = [.. found.Select(one => one.Person.PersonId)];
        var years = await YearsAsync(session, area, ids, how.Years, how.Today);
        return [.. found.Select(one => new FoundPerson(one, years(one.Person.PersonId)))];
    }

    /// <summary>Everything of a person of a unit or below it; null where there is none.</summary>
    public async Task<PersonFile?> FindAsync(
        Session session, int area, UnitRange within, long id, (IReadOnlyList<InsuranceYear> Years, DateOnly Today) how)
    {
        if (await People.FindWithinAsync(session, area, within, id) is not { } found)
            return null;
        id = found.Person.PersonId;
        var open = (await YearsAsync(session, area, [id], how.Years, how.Today))(id);
        long[] records =
        [
            id, .. await session.Table<PersonRow>().Where(row => row.Area == area && row.MergedInto == id)
                .Select(row => row.PersonId).ToListAsync(),
        ];
        return new(found, open)
        {
            Statuses = await NewestAsync(
                session.Table<PersonStatusRow>().Where(row => row.Area == area && row.PersonId == id), row => row.FromDay),
            Papers = await NewestAsync(
                session.Table<PersonPaperRow>().Where(row => row.Area == area && row.PersonId == id), row => row.FromDay),
            Categories = await NewestAsync(
                session.Table<CategorySpanRow>().Where(row => row.Area == area && row.PersonId == id && row.VoidedBy == null),
                row => row.FromDay),
            Attachments = await PersonAttachments.ListAsync(session, area, records),
            AllYears = await AllYearsAsync(session, area, id, records, how.Years),
        };
    }

    /// <summary>Some years of some people, with what is owed if paid today; by person.</summary>
    internal async Task<Func<long, IReadOnlyList<PersonYear>>> YearsAsync(
        Session session, int area, IReadOnlyCollection<long> ids, IReadOnlyList<InsuranceYear> years, DateOnly today)
    {
        if (ids.Count == 0)
            return _ => [];
        int[] numbers = [.. years.Select(year => year.Year)];
        var enrolments = await session.Table<EnrolmentRow>()
            .Where(row => row.Area == area && numbers.Contains(row.InsuranceYear) && ids.Contains(row.PersonId)).ToListAsync();
        var payments = await Payments.OfAsync(session, area, numbers, ids);
        var covers = await Covers.OfAsync(session, area, numbers, ids);
        var quotes = new Dictionary<InsuranceYear, IReadOnlyDictionary<long, DueQuote>>();
        foreach (var year in years)
            quotes.Add(year, await dues.QuotesAsync(session, area, year, ids, today));
        return id =>
        [
            .. from year in years
               select new PersonYear(
                   year,
                   enrolments.FirstOrDefault(row => row.PersonId == id && row.InsuranceYear == year.Year),
                   quotes[year].GetValueOrDefault(id),
                   payments.FirstOrDefault(row => row.PersonId == id && row.InsuranceYear == year.Year),
                   [.. covers.Where(row => row.PersonId == id && row.InsuranceYear == year.Year)]),
        ];
    }

    static async Task<IReadOnlyList<PersonYear>> AllYearsAsync(
        Session session, int area, long id, IReadOnlyCollection<long> records, IReadOnlyList<InsuranceYear> open)
    {
        var enrolments = await session.Table<EnrolmentRow>()
            .Where(row => row.Area == area && records.Contains(row.PersonId)).ToListAsync();
        int[] numbers =
        [
            .. enrolments.Select(row => row.InsuranceYear).Concat(open.Select(year => year.Year)).Distinct().OrderDescending(),
        ];
        var payments = await Payments.OfAsync(session, area, numbers, records);
        var covers = await Covers.OfAsync(session, area, numbers, records);
        return
        [
            .. from number in numbers
               let enrolment = enrolments.Where(row => row.InsuranceYear == number)
                    .OrderBy(row => row.PersonId == id ? 0 : 1).FirstOrDefault()
               let payment = payments.FirstOrDefault(row => row.InsuranceYear == number)
               let spans = covers.Where(row => row.InsuranceYear == number).ToArray()
               where enrolment is not null || payment is not null || spans.Length > 0
               select new PersonYear(new(number), enrolment, null, payment, spans),
        ];
    }

    static async Task<IReadOnlyList<T>> NewestAsync<T>(
        IQueryable<T> rows, System.Linq.Expressions.Expression<Func<T, DateOnly>> day) =>
        await rows.OrderByDescending(day).ToListAsync();
}
