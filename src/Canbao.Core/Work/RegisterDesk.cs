using Canbao.Core.Assessment.Dues;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>Where a person is registered into.</summary>
/// <param name="HouseholdId">A household; null founds one.</param>
/// <param name="Number">The number of the household that is founded; empty where it has none.</param>
public readonly record struct IntoHousehold(long? HouseholdId, string Number)
{
    /// <summary>No household at all, as for foundlings and inmates.</summary>
    public static readonly IntoHousehold Nowhere = new() { IsNowhere = true };

    /// <summary>Whether the person lives in no household.</summary>
    public bool IsNowhere { get; private init; }
}

/// <summary>What makes a registration a special one (<c>lingyuan 四(五)</c>, <c>lishi 一</c>).</summary>
/// <param name="DiedOn">The death of an infant whose parents are insured here; else null.</param>
/// <param name="FoundOn">The day on which a foundling was found, whose name and birth are assumed; else null.</param>
public readonly record struct SpecialCase(DateOnly? DiedOn, DateOnly? FoundOn);

/// <summary>A member of a household that is registered as a whole.</summary>
/// <param name="Person">Who; unit, household and address are filled in.</param>
/// <param name="Enrol">How the person enrols.</param>
public sealed record NewMember(NewPerson Person, EnrolFor Enrol);

/// <summary>For which year and how somebody enrols.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Kind">One of <see cref="EnrolmentKinds"/>.</param>
/// <param name="Tier">The chosen tier; 0 where the place has none.</param>
public readonly record struct EnrolFor(InsuranceYear Year, string Kind, int Tier);

/// <summary>What a desk does with the register: each deed assesses at once what the people in question owe.</summary>
/// <param name="people">The register.</param>
/// <param name="enrolments">The registrations.</param>
/// <param name="dues">What people owe.</param>
public sealed class RegisterDesk(People people, Enrolments enrolments, Dues dues)
{
    /// <summary>Registers a person into a household or a new one, and enrols the person where a year is given.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="person">Who; the status names the unit and address, and the household is filled in.</param>
    /// <param name="from">From which day what is said is so; the birth, for a newborn.</param>
    /// <param name="into">The household.</param>
    /// <param name="enrol">For which year to enrol; null for none.</param>
    /// <param name="special">What makes it a special registration.</param>
    /// <returns>The person and the household; null for none.</returns>
    /// <exception cref="RefusedException">
    /// R131: a foundling without the day of finding, or found before the assumed birth or after today. As of the rooms: R102, R103, R106,
    /// R111, R112, R121 to R124, R127.
    /// </exception>
    public async Task<(PersonRow Person, long? Household)> RegisterAsync(
        Act act, NewPerson person, DateOnly from, IntoHousehold into, EnrolFor? enrol, SpecialCase special = default)
    {
        var isFoundling = person.Status.ScopeStatus == ScopeStatus.Foundling;
        if (isFoundling && (special.FoundOn is null || special.FoundOn < person.BornOn || special.FoundOn > act.Today))
            throw new RefusedException("R131", "登记社会弃婴须填写捡拾日期，不早于（估计的）出生日期，也不在今天之后");
        var status = await HousedAsync(act, person.Status, into);
        var row = await people.RegisterAsync(act, person with { Status = status }, isFoundling ? special.FoundOn!.Value : from);
        if (isFoundling)
            await people.AddPaperAsync(act, row.PersonId, PersonPaperRow.FoundlingReport, "", (special.FoundOn!.Value, null));
        if (special.DiedOn is { } died)
            await People.DiedAsync(act, row.PersonId, died);
        if (enrol is { } chosen)
            await EnrolAsync(act, chosen, [row.PersonId]);
        return (row, status.HouseholdId);
    }

    /// <summary>
    /// Registers a household whole, and enrols all its members (<c>lingyuan 四(二)</c>: not only some of them). Newborns are here from birth.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="home">Unit, number and address of the household; the number may be empty.</param>
    /// <param name="members">All members, one of them the head.</param>
    /// <returns>The household.</returns>
    /// <exception cref="RefusedException">R132: not exactly one head. Else as of the rooms.</exception>
    public async Task<long> RegisterHouseholdAsync(
        Act act, (string Unit, string Number, string Address) home, IReadOnlyList<NewMember> members)
    {
        if (members.Count(member => member.Person.Status.Relation == Relation.Head) != 1)
            throw new RefusedException("R132", "一户须有且只有一名户主；请核对各人与户主的关系");
        var household = await Households.FoundAsync(act, home.Unit, home.Number, home.Address);
        foreach (var (person, enrol) in members)
        {
            var status = person.Status with { Unit = home.Unit, HouseholdId = household.HouseholdId, Address = home.Address };
            var from = enrol.Kind == EnrolmentKinds.Newborn ? person.BornOn : act.Today;
            var row = await people.RegisterAsync(act, person with { Status = status }, from);
            await EnrolAsync(act, enrol, [row.PersonId]);
        }

        return household.HouseholdId;
    }

    static async Task<PersonStatusRow> HousedAsync(Act act, PersonStatusRow status, IntoHousehold into)
    {
        if (into.IsNowhere)
            return status;
        if (into.HouseholdId is not { } id)
        {
            var fresh = await Households.FoundAsync(act, status.Unit, into.Number, status.Address);
            return status with { HouseholdId = fresh.HouseholdId, Relation = Relation.Head };
        }

        if (await Households.FindAsync(act.Session, act.Area, id, new(act.Today.Year)) is not { Household.EndedOn: null } view)
            throw new RefusedException("R112", "没有找到这一户，或该户已并入他户；请重新查找");
        if (status.Relation == Relation.Head && view.Head is not null)
            throw Households.HasHead(view.Head);
        return status with { Unit = view.Household.Unit, HouseholdId = id };
    }

    /// <summary>Enrols some people for a year.</summary>
    /// <exception cref="RefusedException">R107: nobody was chosen. Else as <see cref="Enrolments.EnrolAsync"/>.</exception>
    public async Task EnrolAsync(Act act, EnrolFor how, IReadOnlyCollection<long> who)
    {
        if (who.Count == 0)
            throw NobodyChosen();
        foreach (var person in who)
            await enrolments.EnrolAsync(act, how.Year, person, how.Kind, how.Tier);
        await dues.KeepAsync(act, how.Year, who);
        foreach (var person in who)
            await Consequences.ResumeAsync(act, how.Year, person, isRegisteredToday: true);
        await new AssistedCover(dues).OpenAsync(act, how.Year, who);
    }

    /// <summary>R107: nobody was chosen.</summary>
    public static RefusedException NobodyChosen() => new("R107", "没有勾选任何人；请勾选要登记的成员");

    /// <summary>Cancels an enrolment.</summary>
    /// <exception cref="RefusedException">
    /// R126: it is paid, and has to be refunded first. Else as <see cref="Enrolments.CancelAsync"/>.
    /// </exception>
    public async Task CancelAsync(Act act, InsuranceYear year, long person, string reason)
    {
        if ((await Collection.Payments.OfAsync(act.Session, act.Area, [year.Year], [person])).Count > 0)
            throw new RefusedException("R126", $"此人已缴纳{year}年度保费，不能注销登记；请先办理退费");
        await enrolments.CancelAsync(act, year, person, reason);
        await CoverEnds.EndAsync(act, person, act.Today, CoverEnds.Cancelled, year.Year);
        await dues.KeepAsync(act, year, [person]);
    }

    /// <summary>Does something that changes people's facts, and assesses them anew for some years.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="years">The open years.</param>
    /// <param name="who">Whose facts change.</param>
    /// <param name="change">The change.</param>
    public async Task ChangeAsync(Act act, IEnumerable<InsuranceYear> years, IReadOnlyCollection<long> who, Func<Act, Task> change)
    {
        await change(act);
        await new Consequences(dues).DrawAsync(act, years, who);
    }
}
