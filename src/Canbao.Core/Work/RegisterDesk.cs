using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>Where a person is registered into.</summary>
/// <param name="HouseholdId">A household; null founds one.</param>
/// <param name="Number">The number of the household that is founded; empty where it has none.</param>
public readonly record struct IntoHousehold(long? HouseholdId, string Number);

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
    /// <returns>The person and the household.</returns>
    /// <exception cref="RefusedException">As of the rooms: R102, R103, R111, R112, R121 to R124.</exception>
    public async Task<(PersonRow Person, long Household)> RegisterAsync(
        Act act, NewPerson person, DateOnly from, IntoHousehold into, EnrolFor? enrol)
    {
        var status = person.Status;
        if (into.HouseholdId is { } id)
        {
            if (await Households.FindAsync(act.Session, act.Area, id, new(act.Today.Year)) is not { Household.EndedOn: null } view)
                throw new RefusedException("R112", "没有找到这一户，或该户已并入他户；请重新查找");
            status = status with { Unit = view.Household.Unit, HouseholdId = id };
            if (status.Relation == Relation.Head && view.Head is not null)
                throw Households.HasHead(view.Head);
        }
        else
        {
            var fresh = await Households.FoundAsync(act, status.Unit, into.Number, status.Address);
            status = status with { HouseholdId = fresh.HouseholdId, Relation = Relation.Head };
        }

        var row = await people.RegisterAsync(act, person with { Status = status }, from);
        if (enrol is { } chosen)
            await EnrolAsync(act, chosen, [row.PersonId]);
        return (row, status.HouseholdId!.Value);
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
        foreach (var year in years)
            await dues.KeepAsync(act, year, who);
    }
}
