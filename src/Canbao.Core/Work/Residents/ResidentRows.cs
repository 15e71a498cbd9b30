using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Units;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace Canbao.Core.Work.Residents;

/// <summary>
/// What stands in the database for somebody by their identifier, in one round trip: residents look up in a rush, and each statement
/// composed by itself costs as much as all of these.
/// </summary>
sealed class ResidentRows
{
    const string OnDay = "from_day <= @day and (until_day is null or until_day >= @day)";

    const string Statements = $"""
        select * from person where area = @area and person_id = @person;
        select * from person_status where area = @area and person_id = @person and {OnDay};
        with recursive above as (
            select u.* from unit u where u.area = @area
                and u.code = (select unit from person_status where area = @area and person_id = @person and {OnDay})
            union all
            select u.* from above a join unit u on u.area = a.area and u.code = a.parent where u.area = @area)
        select * from above;
        select * from cover_span where area = @area and person_id = @person and insurance_year = @year and voided_by is null
        order by from_day;
        select * from payment where area = @area and person_id = @person and insurance_year between @first and @last
            and reversed_by is null
        order by insurance_year desc, payment_id;
        select * from resident_application where area = @area and applicant_id = @person order by application_id desc;
        select channel, name from channel where area = @area and closed_by is null order by channel;
        select * from area order by code
        """;

    /// <summary>The record; none where there is no such person.</summary>
    [ResultSetIndex(0)]
    public List<PersonRow> People { get; set; } = [];

    /// <summary>What is so on the day; none before the first span.</summary>
    [ResultSetIndex(1)]
    public List<PersonStatusRow> Statuses { get; set; } = [];

    /// <summary>The unit of the day and those above it.</summary>
    [ResultSetIndex(2)]
    public List<UnitRow> Units { get; set; } = [];

    /// <summary>The standing spans of cover of the year.</summary>
    [ResultSetIndex(3)]
    public List<CoverSpanRow> Covers { get; set; } = [];

    /// <summary>The payments of some years that were not reversed, newest first.</summary>
    [ResultSetIndex(4)]
    public List<PaymentRow> Payments { get; set; } = [];

    /// <summary>What was handed in, newest first.</summary>
    [ResultSetIndex(5)]
    public List<ApplicationRow> Applications { get; set; } = [];

    /// <summary>The channels that are open.</summary>
    [ResultSetIndex(6)]
    public List<OpenChannel> Channels { get; set; } = [];

    /// <summary>The areas of this installation.</summary>
    [ResultSetIndex(7)]
    public List<AreaRow> Areas { get; set; } = [];

    /// <summary>Reads them; whoever was merged leads to the record that goes on.</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="id">The person.</param>
    /// <param name="year">The insurance year whose cover is read, and the first and the last one whose payments are.</param>
    /// <param name="day">The day.</param>
    public static async Task<ResidentRows> ReadAsync(
        Session session, int area, long id, (int Year, int First, int Last) year, DateOnly day)
    {
        while (true)
        {
            var rows = await session.Data.QueryMultipleAsync<ResidentRows>(
                Statements,
                new DataParameter("area", area, DataType.Int32),
                new DataParameter("person", id, DataType.Int64),
                new DataParameter("year", year.Year, DataType.Int32),
                new DataParameter("first", year.First, DataType.Int32),
                new DataParameter("last", year.Last, DataType.Int32),
                new DataParameter("day", day, DataType.Date));
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
