using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Registrations;

/// <summary>Somebody who is on a table.</summary>
/// <param name="Person">The person.</param>
/// <param name="Status">What is so now.</param>
/// <param name="Household">The household's number; empty for none.</param>
/// <param name="Enrolment">The enrolment of the year; null where there is none.</param>
/// <param name="Day">The day of registration, move or death.</param>
/// <param name="Categories">Codes of categories that lists give today.</param>
sealed record RegisteredPerson(
    PersonRow Person, PersonStatusRow Status, string Household, EnrolmentRow? Enrolment, DateOnly Day, IReadOnlyList<string> Categories);

/// <summary>Finds who belongs on a registration table.</summary>
static class RegistrationReader
{
    const int MostAtOnce = 500;

    static readonly string[] FormKinds = [EnrolmentKinds.New, EnrolmentKinds.Newborn, EnrolmentKinds.MovedIn];

    /// <summary>The people, in no order.</summary>
    public static async Task<List<RegisteredPerson>> ReadAsync(Act act, RegistrationExport export, string path)
    {
        var days = export.Kind.Code switch
        {
            "form" => await EnrolledAsync(act, export, FormKinds),
            "new" => await EnrolledAsync(act, export, FormKinds[..2]),
            "deceased" => await DeadAsync(act, export),
            var code => await MovedAsync(act, export, isIn: code == "moved-in"),
        };
        var people = new List<RegisteredPerson>();
        foreach (var part in days.Chunk(MostAtOnce))
            people.AddRange(await LoadAsync(act, export, new UnitRange(path), part.ToDictionary()));
        return people;
    }

    static async Task<Dictionary<long, DateOnly>> EnrolledAsync(Act act, RegistrationExport export, string[] kinds)
    {
        var (area, year, from, until) = (act.Area, export.Year.Year, export.From, export.Until);
        return await act.Session.Table<EnrolmentRow>().Where(row => row.Area == area && row.InsuranceYear == year && row.EndedOn == null
            && kinds.Contains(row.Kind) && row.RegisteredOn >= @from && row.RegisteredOn <= until)
            .ToDictionaryAsync(row => row.PersonId, row => row.RegisteredOn);
    }

    static async Task<Dictionary<long, DateOnly>> DeadAsync(Act act, RegistrationExport export)
    {
        var (area, from, until) = (act.Area, export.From, export.Until);
        return await act.Session.Table<PersonRow>().Where(row => row.Area == area && row.MergedInto == null
            && row.DiedOn >= @from && row.DiedOn <= until).ToDictionaryAsync(row => row.PersonId, row => row.DiedOn!.Value);
    }

    /// <summary>
    /// Who came or went: a span that begins in these days, with another unit than the one before (came), or whose hukou left (went).
    /// Whoever was registered as moved in has no span before.
    /// </summary>
    static async Task<Dictionary<long, DateOnly>> MovedAsync(Act act, RegistrationExport export, bool isIn)
    {
        var (area, from, until) = (act.Area, export.From, export.Until);
        var spans = await act.Session.Table<PersonStatusRow>().Where(row => row.Area == area && row.FromDay >= @from && row.FromDay <= until
            && act.Session.Table<PersonStatusRow>().Any(before => before.Area == area && before.PersonId == row.PersonId
                && before.UntilDay < row.FromDay)).OrderBy(row => row.FromDay).ToListAsync();
        var moved = isIn ? await EnrolledAsync(act, export, [EnrolmentKinds.MovedIn]) : [];
        foreach (var part in spans.Chunk(MostAtOnce))
        {
            long[] ids = [.. part.Select(span => span.PersonId).Distinct()];
            var all = (await act.Session.Table<PersonStatusRow>().Where(row => row.Area == area && ids.Contains(row.PersonId))
                .ToListAsync()).ToLookup(span => span.PersonId);
            foreach (var span in part)
            {
                var before = all[span.PersonId].Where(each => each.FromDay < span.FromDay).MaxBy(each => each.FromDay)!;
                var (wasAway, isAway) = (before.Residence == Residence.NonLocal, span.Residence == Residence.NonLocal);
                if (isIn ? before.Unit != span.Unit || wasAway && !isAway : isAway && !wasAway)
                    moved[span.PersonId] = span.FromDay;
            }
        }

        return moved;
    }

    static async Task<IEnumerable<RegisteredPerson>> LoadAsync(
        Act act, RegistrationExport export, UnitRange within, Dictionary<long, DateOnly> days)
    {
        var (area, year, today, first, end) = (act.Area, export.Year.Year, act.Today, within.First, within.End);
        long[] ids = [.. days.Keys];
        var rows = await (
            from person in act.Session.Table<PersonRow>()
            join status in act.Session.Table<PersonStatusRow>()
                on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
            join unit in act.Session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { unit.Area, unit.Code }
            from household in act.Session.Table<HouseholdRow>().LeftJoin(row => row.Area == area && status.Area == row.Area
                && row.HouseholdId == status.HouseholdId)
            from enrolment in act.Session.Table<EnrolmentRow>().LeftJoin(row => row.Area == area && person.Area == row.Area
                && row.InsuranceYear == year && row.PersonId == person.PersonId && row.EndedOn == null)
            where person.Area == area && status.Area == area && unit.Area == area && ids.Contains(person.PersonId)
                && status.UntilDay == null && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            select new { person, status, household, enrolment }).ToListAsync();
        var held = (await act.Session.Table<CategorySpanRow>().Where(row => row.Area == area && ids.Contains(row.PersonId)
            && row.VoidedBy == null && row.FromDay <= today && (row.UntilDay == null || row.UntilDay >= today)).ToListAsync())
            .ToLookup(row => row.PersonId, row => row.Category);
        return rows.Select(row => new RegisteredPerson(
            row.person, row.status, row.household?.Number ?? "", row.enrolment, days[row.person.PersonId],
            [.. held[row.person.PersonId]]));
    }
}
