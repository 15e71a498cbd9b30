using System.Globalization;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Storage;

public sealed partial class Session
{
    static readonly int[] FewSizes = [4, 8, 16];

    /// <summary>
    /// The condition that a column is one of some numbers, with its parameters; for none, one that nobody meets who has positive numbers.
    /// Few numbers are filled up to one of three sizes: so there are few texts, each planned once for all, and by the true size, while a
    /// list in one parameter would be planned anew each time.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="name">The parameters' name.</param>
    /// <param name="numbers">The numbers.</param>
    public (string Sql, DataParameter[] Given) OneOf(string column, string name, IReadOnlyCollection<long> numbers) =>
        Few(column, name, numbers, 0, DataType.Int64) ?? (Engine == Engine.Sqlite
            ? ($"{column} in (select value from json_each(@{name}))", [new(name, Json(numbers), DataType.VarChar)])
            : ($"{column} = any(@{name})", [new(name, numbers.ToArray())]));

    /// <summary>The same for hashes.</summary>
    public (string Sql, DataParameter[] Given) OneOf(string column, string name, IReadOnlyCollection<byte[]> hashes) =>
        Few(column, name, hashes, [], DataType.VarBinary) ?? (Engine == Engine.Sqlite
            ? ($"{column} in ({string.Join(',', hashes.Select(hash => $"x'{Convert.ToHexString(hash)}'"))})", [])
            : ($"{column} = any(@{name})", [new(name, hashes.ToArray())]));

    static (string Sql, DataParameter[] Given)? Few<T>(string column, string name, IReadOnlyCollection<T> values, T none, DataType type)
    {
        if (Array.Find(FewSizes, size => values.Count <= size) is not (> 0 and var size))
            return null;
        var filling = Enumerable.Repeat(values.Count == 0 ? none : values.Last(), size - values.Count);
        DataParameter[] given =
            [.. values.Concat(filling).Select((value, at) => new DataParameter(FormattableString.Invariant($"{name}{at}"), value, type))];
        return ($"{column} in ({string.Join(", ", given.Select(one => $"@{one.Name}"))})", given);
    }

    static string Json(IEnumerable<long> numbers) =>
        $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";
}
