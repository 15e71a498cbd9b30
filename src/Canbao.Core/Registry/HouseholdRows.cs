using LinqToDB.Mapping;

namespace Canbao.Core.Registry;

/// <summary>
/// What stands of a household in the database. Desks open households all day, and residents in a rush: as statements of its own, in one
/// round trip, that costs a tenth of the join that is composed anew. A use case may read more with it.
/// </summary>
public class HouseholdRows
{
    /// <summary>How many result sets <see cref="Statements"/> gives, so that those of a use case are counted on.</summary>
    protected const int Sets = 5;

    /// <summary>The household; none where there is none.</summary>
    [ResultSetIndex(0)]
    public List<HouseholdRow> Households { get; set; } = [];

    /// <summary>What is so of its members now.</summary>
    [ResultSetIndex(1)]
    public List<PersonStatusRow> Statuses { get; set; } = [];

    /// <summary>Its members.</summary>
    [ResultSetIndex(2)]
    public List<PersonRow> Members { get; set; } = [];

    /// <summary>Their enrolments of the year, ended ones too.</summary>
    [ResultSetIndex(3)]
    public List<EnrolmentRow> Enrolments { get; set; } = [];

    /// <summary>The path of its unit.</summary>
    [ResultSetIndex(4)]
    public string Path { get; set; } = "";

    /// <summary>The household with its members; null where there is none.</summary>
    public HouseholdView? View()
    {
        if (Households is not [var household])
            return null;
        var enrolments = Enrolments.ToDictionary(row => row.PersonId);
        var members =
            from person in Members
            join status in Statuses on person.PersonId equals status.PersonId
            orderby status.Relation, person.BornOn, person.PersonId
            select new Member(person, status, enrolments.GetValueOrDefault(person.PersonId));
        return new(household, [.. members]);
    }

    /// <summary>The statements, for <c>@area</c> and <c>@year</c>.</summary>
    /// <param name="household">Which: a parameter, or a query of one value.</param>
    public static string Statements(string household) => $"""
        select * from household where area = @area and household_id = {household};
        select * from person_status where area = @area and household_id = {household} and until_day is null;
        select p.* from person_status s join person p on p.area = s.area and p.person_id = s.person_id
        where s.area = @area and s.household_id = {household} and s.until_day is null and p.merged_into is null;
        select e.* from person_status s join enrolment e on e.area = s.area and e.person_id = s.person_id
        where s.area = @area and s.household_id = {household} and s.until_day is null and e.insurance_year = @year;
        select u.path from household h join unit u on u.area = h.area and u.code = h.unit
        where h.area = @area and h.household_id = {household}
        """;
}
