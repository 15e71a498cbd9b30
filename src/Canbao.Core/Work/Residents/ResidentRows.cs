using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace Canbao.Core.Work.Residents;

/// <summary>
/// What stands in the database for somebody and their household, in one round trip: residents look up in a rush, and each statement
/// composed by itself costs as much as all of these.
/// </summary>
sealed class ResidentRows : HouseholdRows
{
    /// <summary>How many years back payments are read; those of the year after are read too.</summary>
    const int Years = 5;

    const string Own = "area = @area and person_id = @person and from_day <= @day and (until_day is null or until_day >= @day)";

    const string Home = $"(select household_id from person_status where {Own})";

    const string IsOfHome = $"""
        person_id in (
            select @person union all
            select person_id from person_status where area = @area and household_id = {Home} and until_day is null)
        """;

    /// <summary>The record; none where there is no such person.</summary>
    [ResultSetIndex(Sets)]
    public List<PersonRow> People { get; set; } = [];

    /// <summary>What is so on the day; none before the first span.</summary>
    [ResultSetIndex(Sets + 1)]
    public List<PersonStatusRow> OnDay { get; set; } = [];

    /// <summary>The unit of the day and those above it.</summary>
    [ResultSetIndex(Sets + 2)]
    public List<UnitRow> Units { get; set; } = [];

    /// <summary>The standing spans of cover of the year, of the household's others too.</summary>
    [ResultSetIndex(Sets + 3)]
    public List<CoverSpanRow> Covers { get; set; } = [];

    /// <summary>The payments of some years that were not reversed, newest first, of the household's others too.</summary>
    [ResultSetIndex(Sets + 4)]
    public List<PaymentRow> Payments { get; set; } = [];

    /// <summary>What was handed in, newest first.</summary>
    [ResultSetIndex(Sets + 5)]
    public List<ApplicationRow> Applications { get; set; } = [];

    /// <summary>The channels that are open.</summary>
    [ResultSetIndex(Sets + 6)]
    public List<OpenChannel> Channels { get; set; } = [];

    /// <summary>The areas of this installation.</summary>
    [ResultSetIndex(Sets + 7)]
    public List<AreaRow> Areas { get; set; } = [];

    /// <summary>Reads them; whoever was merged leads to the record that goes on.</summary>
    public static async Task<ResidentRows> ReadAsync(Session session, int area, long id, InsuranceYear year, DateOnly day)
    {
        var (isYear, given) = session.OneOf(
            "insurance_year", "y", [.. Enumerable.Range(year.Year - Years + 1, Years + 1).Select(one => (long)one)]);
        var statements = $"""
            {Statements(Home)};
            select * from person where area = @area and person_id = @person;
            select * from person_status where {Own};
            with recursive above as (
                select u.* from unit u where u.area = @area and u.code = (select unit from person_status where {Own})
                union all
                select u.* from above a join unit u on u.area = a.area and u.code = a.parent where u.area = @area)
            select * from above;
            {Coverage.Covers.Statement("insurance_year = @year", IsOfHome)};
            {Collection.Payments.Statement(isYear, IsOfHome)};
            select * from resident_application where area = @area and applicant_id = @person order by application_id desc;
            select channel, name from channel where area = @area and closed_by is null order by channel;
            select * from area order by code
            """;
        while (true)
        {
            var rows = await session.Data.QueryMultipleAsync<ResidentRows>(
                statements,
                [
                    new("area", area, DataType.Int32), new("person", id, DataType.Int64), new("year", year.Year, DataType.Int32),
                    new("day", day, DataType.Date), .. given,
                ]);
            if (rows.People is not [{ MergedInto: { } other }])
                return rows;
            id = other;
        }
    }

    /// <summary>A channel without its secret.</summary>
    public sealed record OpenChannel
    {
        /// <summary>Its code.</summary>
        [Column("channel")]
        public string Code { get; init; } = "";

        /// <summary>Its name.</summary>
        [Column("name")]
        public string Name { get; init; } = "";
    }
}
