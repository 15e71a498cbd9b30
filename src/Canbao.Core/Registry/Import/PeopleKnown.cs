using System.IO.Hashing;
using System.Runtime.InteropServices;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Registry.Import;

/// <summary>Who is in the register, by the keys that a file can name: held in memory while a file is read.</summary>
sealed class PeopleKnown
{
    readonly Dictionary<UInt128, (long Id, ulong Name)> byNumber = [];
    readonly Dictionary<(string Name, DateOnly Born), long> nameless = [];
    readonly Dictionary<string, long> households = new(StringComparer.Ordinal);
    readonly HashSet<UInt128> seen = [];
    readonly HashSet<(string Name, DateOnly Born, string Household)> seenNameless = [];

    public static async Task<PeopleKnown> ReadAsync(Session session, int area)
    {
        var known = new PeopleKnown();
        var given = new DataParameter("area", area, DataType.Int32);
        await using (var reader = await session.Data.ExecuteReaderAsync(
            "select person_id, number_hash, name, born_on from person where area = @area and merged_into is null", given))
            while (await reader.Reader!.ReadAsync())
                known.Add(reader.Reader);
        await using (var papers = await session.Data.ExecuteReaderAsync(
            """
            select p.person_id, p.name, f.number_hash from person_paper f join person p on p.area = f.area and p.person_id = f.person_id
            where f.area = @area and p.area = @area and f.kind = 'former_number'
            """,
            given))
            while (await papers.Reader!.ReadAsync())
                known.byNumber.TryAdd(
                    ListedPeople.Key(papers.Reader.GetFieldValue<byte[]>(2)),
                    (papers.Reader.GetInt64(0), NameKey(papers.Reader.GetString(1))));
        await using (var rows = await session.Data.ExecuteReaderAsync(
            "select household_id, number from household where area = @area and number <> ''", given))
            while (await rows.Reader!.ReadAsync())
                known.households.Add(rows.Reader.GetString(1), rows.Reader.GetInt64(0));
        return known;
    }

    /// <summary>The person whom a row means, and whether the name is the same; null for whoever is new.</summary>
    public (long Id, bool IsNamesake)? Find(PersonDraft draft)
    {
        if (draft.NumberHash is not { } hash)
            return nameless.TryGetValue((draft.Name, draft.BornOn), out var other) ? (other, true) : null;
        return Find(hash, draft.Name);
    }

    /// <summary>The person with a number, now or before, and whether the name is the same; null for nobody.</summary>
    public (long Id, bool IsNamesake)? Find(byte[] numberHash, string name) =>
        byNumber.TryGetValue(ListedPeople.Key(numberHash), out var found) ? (found.Id, found.Name == NameKey(name)) : null;

    /// <summary>Whether no earlier row of the file means the same person.</summary>
    public bool IsFirst(PersonDraft draft) => draft.NumberHash is { } hash
        ? seen.Add(ListedPeople.Key(hash))
        : seenNameless.Add((draft.Name, draft.BornOn, draft.HouseholdNumber));

    public long? Household(string number) => households.TryGetValue(number, out var id) ? id : null;

    public void AddHousehold(string number, long id) => households.Add(number, id);

    void Add(System.Data.Common.DbDataReader row)
    {
        long id = row.GetInt64(0);
        if (!row.IsDBNull(1))
            byNumber[ListedPeople.Key(row.GetFieldValue<byte[]>(1))] = (id, NameKey(row.GetString(2)));
        else
            nameless.TryAdd((row.GetString(2), row.Day(3)), id);
    }

    // Names of millions would fill the memory; their hashes do not.
    static ulong NameKey(string name) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()));
}
