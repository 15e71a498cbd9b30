using Canbao.Storage;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Rosters;

/// <summary>Reads the spans that a list is held against.</summary>
static class SpanReader
{
    const int MostInList = 1000;

    const string Columns = """
        select person_id, category, department, from_day, opened_by, until_day, closed_by, voided_by from category_span
        where area = @area
        """;

    /// <summary>Of one department: what counts, and what ended on the day on which it began.</summary>
    const string Own = "department = @department and (voided_by is null or voided_by <> opened_by)";

    /// <summary>The spans of a department in some categories that count, or that ended on the day on which they began.</summary>
    public static Task<List<CategorySpanRow>> OfCategoriesAsync(
        Session session, int area, string department, IReadOnlyCollection<string> categories) => ReadAsync(
            session,
            area,
            // Codes of the catalogue's own, so they may stand in the statement.
            $"{Columns} and {Own} and category in ({Texts(categories)})",
            department);

    /// <summary>The same for some people, of this department.</summary>
    public static Task<List<CategorySpanRow>> OfPeopleAsync(Session session, int area, string department, IEnumerable<long> people) =>
        ReadAsync(session, area, department, people, Own);

    /// <summary>The spans of some people that count, of all other departments.</summary>
    public static Task<List<CategorySpanRow>> OfOthersAsync(Session session, int area, string department, IEnumerable<long> people) =>
        ReadAsync(session, area, department, people, "department <> @department and voided_by is null");

    /// <summary>How many people a department holds in some categories on a day.</summary>
    public static async Task<int> HeldAsync(
        Session session, int area, string department, IReadOnlyCollection<string> categories, DateOnly day) =>
        (int)await session.Data.ExecuteAsync<long>(
            $"""
            select count(distinct person_id) from category_span where area = @area and department = @department and voided_by is null
                and from_day <= @day and (until_day is null or until_day >= @day) and category in ({Texts(categories)})
            """,
            new DataParameter("area", area, DataType.Int32),
            new DataParameter("department", department, DataType.NVarChar),
            new DataParameter("day", day, DataType.Date));

    static async Task<List<CategorySpanRow>> ReadAsync(
        Session session, int area, string department, IEnumerable<long> people, string condition)
    {
        var rows = new List<CategorySpanRow>();
        foreach (var part in people.Distinct().Chunk(MostInList))
        {
            var sql = FormattableString.Invariant($"{Columns} and {condition} and person_id in ({string.Join(',', part)})");
            rows.AddRange(await ReadAsync(session, area, sql, department));
        }

        return rows;
    }

    static async Task<List<CategorySpanRow>> ReadAsync(Session session, int area, string sql, string department)
    {
        var rows = new List<CategorySpanRow>();
        await using var reader = await session.Data.ExecuteReaderAsync(
            sql, new DataParameter("area", area, DataType.Int32), new DataParameter("department", department, DataType.NVarChar));
        while (await reader.Reader!.ReadAsync())
            rows.Add(new()
            {
                Area = area,
                PersonId = reader.Reader.GetInt64(0),
                Category = reader.Reader.GetString(1),
                Department = reader.Reader.GetString(2),
                FromDay = reader.Reader.Day(3),
                OpenedBy = reader.Reader.GetInt64(4),
                UntilDay = reader.Reader.OptionalDay(5),
                ClosedBy = reader.Reader.IsDBNull(6) ? null : reader.Reader.GetInt64(6),
                VoidedBy = reader.Reader.IsDBNull(7) ? null : reader.Reader.GetInt64(7),
            });
        // In one order, whatever way the engine took: what comes of a list is compared by its digest.
        rows.Sort(Compare);
        return rows;
    }

    static int Compare(CategorySpanRow one, CategorySpanRow other)
    {
        int order = one.PersonId.CompareTo(other.PersonId);
        order = order != 0 ? order : string.CompareOrdinal(one.Category, other.Category);
        order = order != 0 ? order : string.CompareOrdinal(one.Department, other.Department);
        order = order != 0 ? order : one.FromDay.CompareTo(other.FromDay);
        return order != 0 ? order : one.OpenedBy.CompareTo(other.OpenedBy);
    }

    static string Texts(IEnumerable<string> codes) => string.Join(',', codes.Select(code => $"'{code}'").DefaultIfEmpty("''"));
}
