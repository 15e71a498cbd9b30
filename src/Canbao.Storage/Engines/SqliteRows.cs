using System.Globalization;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;

namespace Canbao.Storage.Engines;

/// <summary>Writes many rows by one prepared statement: several times faster than statements that carry their values as text.</summary>
static class SqliteRows
{
    public static long Insert<T>(SqliteTransaction transaction, string table, EntityDescriptor mapping, IEnumerable<T> rows)
        where T : class
    {
        var columns = mapping.Columns.Where(column => !column.SkipOnInsert).ToArray();
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var names = string.Join(", ", columns.Select(column => column.ColumnName));
        var places = string.Join(", ", columns.Select((_, place) => $"${place}"));
        command.CommandText = $"insert into {table} ({names}) values ({places})";
        var parameters = columns
            .Select((_, place) => command.Parameters.Add(new SqliteParameter { ParameterName = $"${place}" })).ToArray();
        command.Prepare();
        long written = 0;
        foreach (var row in rows)
        {
            for (int place = 0; place < columns.Length; place++)
                parameters[place].Value = Stored(columns[place].GetProviderValue(row));
            written += command.ExecuteNonQuery();
        }

        return written;
    }

    static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateOnly day => ColumnTypes.Text(day),
        DateTimeOffset time => ColumnTypes.Text(time),
        Enum code => Convert.ToInt64(code, CultureInfo.InvariantCulture),
        _ => value,
    };
}
