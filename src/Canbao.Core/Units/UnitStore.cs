using System.Collections.Immutable;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Units;

/// <summary>The collection tree of an area in the database.</summary>
public static class UnitStore
{
    const string ContactPurpose = "contact";

    /// <summary>
    /// Stores a tree: units that are new are added, others take the file's names, places, leaders and contacts. A unit that the file
    /// leaves out stays, since people may belong to it. The same file twice changes nothing.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="vault">Seals contacts.</param>
    /// <param name="tree">The tree.</param>
    public static async Task LoadAsync(Act act, Vault vault, UnitTree tree)
    {
        await act.Session.BulkWriteAsync([new AreaRow { Code = act.Area, Name = tree.Root.Name }], OnConflict.Update);
        var old = (await RowsAsync(act.Session, act.Area)).ToDictionary(row => row.Code, StringComparer.Ordinal);
        var rows = tree.All.Select((unit, place) => Row(act.Area, vault, tree, unit, place, old.GetValueOrDefault(unit.Code))).ToList();
        foreach (var row in rows)
            act.Record("unit", row.Code, "loaded", old.TryGetValue(row.Code, out var before) ? Fields(before) : null, Fields(row));
        await act.Session.BulkWriteAsync(rows, OnConflict.Update);
        await act.Session.BulkWriteAsync(
            from unit in tree.All
            from alias in unit.Aliases
            select new UnitAliasRow { Area = act.Area, Unit = unit.Code, Alias = alias },
            OnConflict.Keep);
    }

    /// <summary>Reads an area's tree; leaders' contacts stay sealed.</summary>
    /// <exception cref="InvalidOperationException">The area has no units.</exception>
    public static async Task<UnitTree> ReadAsync(Session session, int area)
    {
        var aliases = (await session.Table<UnitAliasRow>().Where(row => row.Area == area).ToListAsync())
            .ToLookup(row => row.Unit, row => row.Alias, StringComparer.Ordinal);
        var units =
            from row in await RowsAsync(session, area)
            select new Unit(row.Code, row.Parent ?? "", Kind(row.Kind), row.Name, [.. aliases[row.Code].Order(StringComparer.Ordinal)])
            {
                Leader = row.Leader,
            };
        return new UnitTree([.. units]);
    }

    /// <summary>The areas of this installation, by code.</summary>
    public static Task<List<AreaRow>> AreasAsync(Session session) =>
        session.Data.QueryToListAsync<AreaRow>("select * from area order by code");

    /// <summary>How to reach a unit's leader; empty where not told.</summary>
    public static string Contact(Vault vault, UnitRow unit) =>
        unit.ContactSealed is null ? "" : vault.OpenText(unit.ContactSalt, ContactPurpose, unit.ContactSealed);

    static Task<List<UnitRow>> RowsAsync(Session session, int area) =>
        session.Table<UnitRow>().Where(row => row.Area == area).OrderBy(row => row.Place).ToListAsync();

    static UnitRow Row(int area, Vault vault, UnitTree tree, Unit unit, int place, UnitRow? old)
    {
        var row = new UnitRow
        {
            Area = area,
            Code = unit.Code,
            Parent = unit.Parent.Length == 0 ? null : unit.Parent,
            Kind = unit.Kind.Code(),
            Name = unit.Name,
            Path = tree.PathOf(unit),
            Place = place,
            Leader = unit.Leader,
        };
        if (unit.Contact.Length == 0)
            return row;
        // The old sealing stays where the contact is the same: sealing anew would look like a change.
        if (old is not null && Contact(vault, old) == unit.Contact)
            return row with { ContactSalt = old.ContactSalt, ContactSealed = old.ContactSealed };
        var salt = Vault.NewSalt();
        return row with { ContactSalt = salt, ContactSealed = vault.Seal(salt, ContactPurpose, unit.Contact) };
    }

    static object Fields(UnitRow row) => new { row.Parent, row.Kind, row.Name, row.Leader };

    static UnitKind Kind(string code) => UnitKinds.TryParse(code, out var kind)
        ? kind
        : throw new InvalidOperationException($"The kind {code} of a unit is unknown to this program.");
}
