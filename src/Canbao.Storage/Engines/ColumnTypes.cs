using System.Globalization;
using System.Text;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace Canbao.Storage.Engines;

/// <summary>
/// How values stand in columns where the engines differ. A day is <c>date</c> on PostgreSQL and <c>yyyy-MM-dd</c> on SQLite; an instant
/// is <c>timestamptz</c> on PostgreSQL and, on SQLite, text in UTC of one length, so that its order is that of time. Both keep whole
/// microseconds.
/// </summary>
static class ColumnTypes
{
    const string DayFormat = "yyyy-MM-dd";
    const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // One instance for each engine: linq2db keeps its compiled queries by it.
    public static readonly MappingSchema Sqlite = ForSqlite();

    public static readonly MappingSchema Postgres = ForPostgres();

    static MappingSchema ForSqlite()
    {
        var schema = new MappingSchema("canbao-sqlite");
        schema.SetDataType(typeof(DateOnly), DataType.VarChar);
        schema.SetConvertExpression<DateOnly, DataParameter>(day => new DataParameter(null, Text(day), DataType.VarChar));
        schema.SetConvertExpression<string, DateOnly>(text => Day(text));
        schema.SetValueToSqlConverter(typeof(DateOnly), (sql, _, day) => Quote(sql, Text((DateOnly)day)));
        schema.SetDataType(typeof(DateTimeOffset), DataType.VarChar);
        schema.SetConvertExpression<DateTimeOffset, DataParameter>(time => new DataParameter(null, Text(time), DataType.VarChar));
        schema.SetConvertExpression<string, DateTimeOffset>(text => Instant(text));
        schema.SetValueToSqlConverter(typeof(DateTimeOffset), (sql, _, time) => Quote(sql, Text((DateTimeOffset)time)));
        return schema;
    }

    static MappingSchema ForPostgres()
    {
        var schema = new MappingSchema("canbao-postgres");
        schema.SetConvertExpression<DateTimeOffset, DataParameter>(
            time => new DataParameter(null, time.ToUniversalTime(), DataType.DateTimeOffset));
        return schema;
    }

    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    static DateOnly Day(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);

    static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(
        text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static void Quote(StringBuilder sql, string text) => sql.Append('\'').Append(text).Append('\'');
}
