using System.Buffers.Binary;
using System.Data.Common;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Registry;

/// <summary>Somebody of the register as a list needs to know.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="Mask">The number as screens show it.</param>
/// <param name="DiedOn">Day of death, or null.</param>
/// <param name="OtherCover">Insurance elsewhere, now.</param>
public sealed record ListedPerson(long PersonId, string Name, string Mask, DateOnly? DiedOn, OtherCover OtherCover);

/// <summary>Finds the many people whom a file names, some hundreds with each statement.</summary>
static class ListedPeople
{
    /// <summary>So many identifiers stand in one statement.</summary>
    public const int MostInList = 1000;

    const string Columns = """
        select p.number_hash, p.person_id, p.name, p.number_mask, p.died_on, s.other_cover from person p
        left join person_status s on s.area = p.area and s.area = @area and s.person_id = p.person_id and s.until_day is null
        """;

    const string Former = """
        select f.number_hash, p.person_id, p.name, p.number_mask, p.died_on, s.other_cover from person_paper f
        join person p on p.area = f.area and p.person_id = f.person_id and p.area = @area
        left join person_status s on s.area = p.area and s.area = @area and s.person_id = p.person_id and s.until_day is null
        """;

    /// <summary>A look-up hash as a key in memory.</summary>
    public static UInt128 Key(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);

    /// <summary>The people with numbers, now or before they were corrected, by the numbers' hashes.</summary>
    public static async Task<Dictionary<UInt128, ListedPerson>> ByNumberAsync(Session session, int area, IEnumerable<UInt128> hashes)
    {
        var found = new Dictionary<UInt128, ListedPerson>();
        foreach (var part in hashes.Distinct().Chunk(MostInList))
        {
            await ReadAsync($"{Columns} where p.area = @area and p.merged_into is null and", "p.number_hash", part);
            var missing = part.Where(hash => !found.ContainsKey(hash)).ToArray();
            if (missing.Length > 0)
                await ReadAsync(
                    $"{Former} where f.area = @area and f.kind = '{PersonPaperRow.FormerNumber}' and", "f.number_hash", missing);
        }

        return found;

        async Task ReadAsync(string sql, string column, UInt128[] part)
        {
            var (isListed, given) = session.OneOf(column, "h", Array.ConvertAll(part, Hash));
            await using var rows = await session.Data.ExecuteReaderAsync(
                $"{sql} {isListed}", [new("area", area, DataType.Int32), .. given]);
            while (await rows.Reader!.ReadAsync())
                found.TryAdd(Key(rows.Reader.GetFieldValue<byte[]>(0)), Read(rows.Reader));
        }
    }

    /// <summary>
    /// Whose numbers are, merged records too, by the numbers' hashes; a number that somebody had before, or that of another paper, leads to
    /// the record that goes on.
    /// </summary>
    public static async Task<Dictionary<UInt128, (long PersonId, string Name)>> HoldersAsync(
        Session session, int area, IEnumerable<UInt128> hashes)
    {
        var found = new Dictionary<UInt128, (long, string)>();
        foreach (var part in hashes.Distinct().Chunk(MostInList))
        {
            await ForEachAsync(
                "select number_hash, person_id, name from person", part,
                row => found.Add(Key(row.GetFieldValue<byte[]>(0)), (row.GetInt64(1), row.GetString(2))));
            var missing = Array.FindAll(part, hash => !found.ContainsKey(hash));
            var papers = new List<(UInt128 Hash, long Person)>();
            if (missing.Length > 0)
                await ForEachAsync(
                    "select number_hash, person_id from person_paper", missing,
                    row => papers.Add((Key(row.GetFieldValue<byte[]>(0)), row.GetInt64(1))));
            var people = await GoingOnAsync(session, area, papers.Select(paper => paper.Person));
            foreach (var (hash, holder) in papers)
                found.TryAdd(hash, people[holder]);
        }

        return found;

        async Task ForEachAsync(string rowsOf, UInt128[] part, Action<DbDataReader> take)
        {
            var (isListed, given) = session.OneOf("number_hash", "h", Array.ConvertAll(part, Hash));
            await using var rows = await session.Data.ExecuteReaderAsync(
                $"{rowsOf} where area = @area and {isListed}", [new("area", area, DataType.Int32), .. given]);
            while (await rows.Reader!.ReadAsync())
                take(rows.Reader);
        }
    }

    static byte[] Hash(UInt128 key)
    {
        var hash = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(hash, key);
        return hash;
    }

    /// <summary>Records by their identifiers; whoever was merged leads to the record that goes on.</summary>
    static async Task<Dictionary<long, (long PersonId, string Name)>> GoingOnAsync(Session session, int area, IEnumerable<long> ids)
    {
        var rows = new Dictionary<long, (string Name, long? Into)>();
        var asked = ids.Distinct().ToArray();
        for (var next = asked; next.Length > 0; next = [.. rows.Values.Select(row => row.Into).OfType<long>().Except(rows.Keys)])
            foreach (var part in next.Chunk(MostInList))
            {
                await using var read = await session.Data.ExecuteReaderAsync(
                    FormattableString.Invariant(
                        $"select person_id, name, merged_into from person where area = @area and person_id in ({string.Join(',', part)})"),
                    new DataParameter("area", area, DataType.Int32));
                while (await read.Reader!.ReadAsync())
                    rows.Add(read.Reader.GetInt64(0), (read.Reader.GetString(1), read.Reader.IsDBNull(2) ? null : read.Reader.GetInt64(2)));
            }

        return asked.ToDictionary(id => id, id =>
        {
            while (rows[id].Into is { } other)
                id = other;
            return (id, rows[id].Name);
        });
    }

    /// <summary>People by their identifiers.</summary>
    public static async Task<Dictionary<long, ListedPerson>> ByIdAsync(Session session, int area, IEnumerable<long> ids)
    {
        var found = new Dictionary<long, ListedPerson>();
        foreach (var part in ids.Distinct().Chunk(MostInList))
        {
            await using var rows = await session.Data.ExecuteReaderAsync(
                FormattableString.Invariant($"{Columns} where p.area = @area and p.person_id in ({string.Join(',', part)})"),
                new DataParameter("area", area, DataType.Int32));
            while (await rows.Reader!.ReadAsync())
                found.TryAdd(rows.Reader.GetInt64(1), Read(rows.Reader));
        }

        return found;
    }

    static ListedPerson Read(DbDataReader row) => new(
        row.GetInt64(1), row.GetString(2), row.GetString(3), row.OptionalDay(4),
        row.IsDBNull(5) ? OtherCover.None : (OtherCover)row.GetInt32(5));
}
