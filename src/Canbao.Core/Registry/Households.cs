using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Registry;

/// <summary>A person in a household.</summary>
/// <param name="Person">The person.</param>
/// <param name="Status">What is so of the person now.</param>
/// <param name="Enrolment">The enrolment of the year asked for, ended ones too; null where there is none.</param>
public sealed record Member(PersonRow Person, PersonStatusRow Status, EnrolmentRow? Enrolment)
{
    /// <summary>Whether the person counts among those whom the household enrols: alive.</summary>
    public bool Counts => Person.DiedOn is null;

    /// <summary>Whether the person is actively enrolled for the year.</summary>
    public bool IsEnrolled => Enrolment is { EndedOn: null };
}

/// <summary>A household with its members.</summary>
/// <param name="Household">The household.</param>
/// <param name="Members">The head first, then by birth.</param>
public sealed record HouseholdView(HouseholdRow Household, IReadOnlyList<Member> Members)
{
    /// <summary>
    /// Members who are left out: alive, not enrolled for the year, not in employee insurance and not insured elsewhere, so that nothing
    /// shown here excuses them (<c>lishi 一-household</c>; <c>lingyuan 四(二)</c>: the whole household together).
    /// </summary>
    public IEnumerable<Member> LeftOut => Members.Where(member => member.Counts && !member.IsEnrolled
        && member.Status.Employment != Employment.Employee && member.Status.OtherCover == OtherCover.None);

    /// <summary>Whether nobody is left out.</summary>
    public bool IsComplete => !LeftOut.Any();

    /// <summary>The head, or null where none is told.</summary>
    public Member? Head => Members.FirstOrDefault(member => member.Status.Relation == Relation.Head);
}

/// <summary>Households: who lives together and enrols together.</summary>
public static partial class Households
{
    /// <summary>A household with its members and their enrolment for a year; null where there is none.</summary>
    public static async Task<HouseholdView?> FindAsync(Session session, int area, long id, InsuranceYear year) =>
        (await ReadAsync(session, area, id, year)).View();

    /// <summary>A household of a unit or below it, with its members; null where there is none.</summary>
    public static async Task<HouseholdView?> FindWithinAsync(Session session, int area, UnitRange within, long id, InsuranceYear year)
    {
        var rows = await ReadAsync(session, area, id, year);
        return rows.View() is { } view && within.Contains(rows.Path) ? view : null;
    }

    /// <summary>The households of a unit, by number and address.</summary>
    public static Task<List<HouseholdView>> OfUnitAsync(Session session, int area, string unit, InsuranceYear year) =>
        ViewsAsync(session, area, year, row => row.Unit == unit && row.EndedOn == null);

    /// <summary>Founds a household.</summary>
    /// <exception cref="RefusedException">R111: the number is another household's.</exception>
    public static async Task<HouseholdRow> FoundAsync(Act act, string unit, string number, string address)
    {
        if (number.Length > 0
            && await act.Session.Table<HouseholdRow>().AnyAsync(row => row.Area == act.Area && row.Number == number))
            throw new RefusedException("R111", $"户号“{number}”已有；请核对，或打开该户");
        var household = new HouseholdRow
        {
            Area = act.Area,
            HouseholdId = act.Session.NextId(),
            Unit = unit,
            Number = number,
            Address = address,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(household);
        act.Record("household", household.HouseholdId, "founded", null, RegistryText.Of(household));
        return household;
    }

    /// <summary>
    /// Moves members out of a household into a new one (分户). The first of them becomes its head.
    /// </summary>
    /// <exception cref="RefusedException">R112: no such household. R113: nobody, everybody, or somebody who is not a member.</exception>
    public static async Task<HouseholdRow> SplitAsync(
        Act act, People people, long id, IReadOnlyList<long> leaving, (string Number, string Address) fresh)
    {
        var view = await RequireAsync(act, id);
        if (leaving.Count == 0 || leaving.Count >= view.Members.Count
            || leaving.Any(person => view.Members.All(member => member.Person.PersonId != person)))
            throw new RefusedException("R113", "请勾选要分出的成员：至少一人，且不能是全户；他们应是本户成员");
        var household = await FoundAsync(act, view.Household.Unit, fresh.Number, fresh.Address);
        foreach (var (index, person) in leaving.Index())
            await people.ChangeAsync(act, person, act.Today, status => status with
            {
                HouseholdId = household.HouseholdId,
                Address = fresh.Address,
                Relation = index == 0 ? Relation.Head : status.Relation == Relation.Head ? Relation.OtherRelative : status.Relation,
            });
        await HeadedAsync(act, people, view, leaving);
        return household;
    }

    /// <summary>Moves all members of a household into another and ends it (并户). The other's head stays head.</summary>
    /// <exception cref="RefusedException">R112: no such household. R114: they are one.</exception>
    public static async Task MergeAsync(Act act, People people, long ending, long into)
    {
        if (ending == into)
            throw new RefusedException("R114", "不能把一户并入它自己；请另选一户");
        var (gone, kept) = (await RequireAsync(act, ending), await RequireAsync(act, into));
        foreach (var member in gone.Members)
            await people.ChangeAsync(act, member.Person.PersonId, act.Today, status => status with
            {
                HouseholdId = into,
                Unit = kept.Household.Unit,
                Address = kept.Household.Address,
                Relation = status.Relation == Relation.Head ? Relation.OtherRelative : status.Relation,
            });
        await EndAsync(act, gone.Household);
    }

    /// <summary>Moves a whole household to another unit or address.</summary>
    /// <exception cref="RefusedException">R112: no such household.</exception>
    public static async Task MoveAsync(Act act, People people, long id, DateOnly from, (string Unit, string Address) place)
    {
        var view = await RequireAsync(act, id);
        var moved = view.Household with { Unit = place.Unit, Address = place.Address, ActId = act.Id };
        if (act.Record("household", id, "moved", RegistryText.Of(view.Household), RegistryText.Of(moved)))
            await act.Session.Data.UpdateAsync(moved);
        foreach (var member in view.Members)
            await people.ChangeAsync(
                act, member.Person.PersonId, from, status => status with { Unit = place.Unit, Address = place.Address });
    }

    /// <summary>Moves one person, of another household or of none, into a household and its unit.</summary>
    /// <exception cref="RefusedException">R112: no such household. R115: it has a head already.</exception>
    public static async Task JoinAsync(Act act, People people, long id, (long Person, Relation Relation) who, DateOnly from)
    {
        var view = await RequireAsync(act, id);
        if (who.Relation == Relation.Head && view.Head is { } head && head.Person.PersonId != who.Person)
            throw HasHead(head);
        await LeaveAsync(act, people, who.Person, from, status => status with
        {
            HouseholdId = id,
            Unit = view.Household.Unit,
            Address = view.Household.Address,
            Relation = who.Relation,
        });
    }

    /// <summary>
    /// Changes what is so of somebody, the household too: the one that is left gets another head, or ends where nobody is left in it.
    /// </summary>
    /// <exception cref="RefusedException">R101, R104 as for any change.</exception>
    public static async Task LeaveAsync(
        Act act, People people, long person, DateOnly from, Func<PersonStatusRow, PersonStatusRow> change)
    {
        var left = (await People.StatusAsync(act.Session, act.Area, person, act.Today))?.HouseholdId;
        await people.ChangeAsync(act, person, from, change);
        if (left is { } old && (await People.StatusAsync(act.Session, act.Area, person, act.Today))?.HouseholdId != old
            && await FindAsync(act.Session, act.Area, old, new(act.Today.Year)) is { } before)
            await AfterLeavingAsync(act, people, before);
    }

    /// <summary>Makes somebody the head; whoever was it becomes another relative.</summary>
    /// <exception cref="RefusedException">R112: no such household. R113: the person is not a member.</exception>
    public static async Task ChangeHeadAsync(Act act, People people, long id, long person)
    {
        var view = await RequireAsync(act, id);
        if (view.Members.All(member => member.Person.PersonId != person))
            throw new RefusedException("R113", "新户主应是本户成员；请核对");
        foreach (var member in view.Members)
            await people.ChangeAsync(act, member.Person.PersonId, act.Today, status => status with
            {
                Relation = member.Person.PersonId == person ? Relation.Head
                    : status.Relation == Relation.Head ? Relation.OtherRelative : status.Relation,
            });
    }

    internal static RefusedException HasHead(Member head) =>
        new("R115", $"本户已有户主{head.Person.Name}；请改选与户主的关系，或先变更户主");

    static async Task AfterLeavingAsync(Act act, People people, HouseholdView view)
    {
        if (view.Members.Count == 0)
            await EndAsync(act, view.Household);
        else if (view.Head is null)
            await people.ChangeAsync(
                act, view.Members[0].Person.PersonId, act.Today, status => status with { Relation = Relation.Head });
    }

    static async Task HeadedAsync(Act act, People people, HouseholdView view, IReadOnlyList<long> gone)
    {
        if (view.Head is not { } head || !gone.Contains(head.Person.PersonId))
            return;
        var next = view.Members.First(member => !gone.Contains(member.Person.PersonId));
        await people.ChangeAsync(act, next.Person.PersonId, act.Today, status => status with { Relation = Relation.Head });
    }

    static async Task EndAsync(Act act, HouseholdRow household)
    {
        var ended = household with { EndedOn = act.Today, ActId = act.Id };
        act.Record("household", household.HouseholdId, "ended", RegistryText.Of(household), RegistryText.Of(ended));
        await act.Session.Data.UpdateAsync(ended);
    }

    static async Task<HouseholdView> RequireAsync(Act act, long id) =>
        await FindAsync(act.Session, act.Area, id, new InsuranceYear(act.Today.Year)) is { Household.EndedOn: null } view
            ? view
            : throw new RefusedException("R112", "没有找到这一户，或该户已并入他户；请重新查找");

    static Task<HouseholdRows> ReadAsync(Session session, int area, long id, InsuranceYear year) =>
        session.Data.QueryMultipleAsync<HouseholdRows>(
            HouseholdRows.Statements("@household"),
            new DataParameter("area", area, DataType.Int32),
            new DataParameter("household", id, DataType.Int64),
            new DataParameter("year", year.Year, DataType.Int32));

    static async Task<List<HouseholdView>> ViewsAsync(
        Session session, int area, InsuranceYear year, System.Linq.Expressions.Expression<Func<HouseholdRow, bool>> which)
    {
        int number = year.Year;
        var rows = await (
            from household in session.Table<HouseholdRow>().Where(row => row.Area == area).Where(which)
            from status in session.Table<PersonStatusRow>().LeftJoin(row => row.Area == area && household.Area == row.Area
                && row.HouseholdId == household.HouseholdId && row.UntilDay == null)
            from person in session.Table<PersonRow>().LeftJoin(row => row.Area == area && status.Area == row.Area
                && row.PersonId == status.PersonId && row.MergedInto == null)
            from enrolment in session.Table<EnrolmentRow>().LeftJoin(row => row.Area == area && status.Area == row.Area
                && row.InsuranceYear == number && row.PersonId == status.PersonId)
            orderby household.Number, household.HouseholdId, status.Relation, person.BornOn, person.PersonId
            select new { household, status, person, enrolment }).ToListAsync();
        return [.. from row in rows
                   group row by row.household.HouseholdId into one
                   select new HouseholdView(
                       one.First().household,
                       [.. from row in one where row.person is not null select new Member(row.person, row.status, row.enrolment)])];
    }
}
