using System.Data.Common;
using System.Globalization;

namespace Canbao.Storage;

/// <summary>Days of rows that a statement of one's own reads: a date on PostgreSQL, a text of ten characters on SQLite.</summary>
public static class ReaderDays
{
    /// <summary>The day in a column that is filled.</summary>
    public static DateOnly Day(this DbDataReader row, int column) => row.GetFieldType(column) == typeof(string)
        ? DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : row.GetFieldValue<DateOnly>(column);

    /// <summary>The day in a column, or null.</summary>
    public static DateOnly? OptionalDay(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Day(column);
}
