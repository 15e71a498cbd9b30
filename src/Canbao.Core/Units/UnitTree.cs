using System.Collections.Immutable;

namespace Canbao.Core.Units;

/// <summary>A unit that collects: a place, a school, or a group of people with targets of its own.</summary>
/// <param name="Code">Its name in files, unique in the tree.</param>
/// <param name="Parent">The code of the unit above it; empty for the root.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other names in notices and lists (names drift inside one notice, decision 21).</param>
public sealed record Unit(string Code, string Parent, UnitKind Kind, string Name, ImmutableArray<string> Aliases)
{
    /// <summary>Who leads it; empty where not told.</summary>
    public string Leader { get; init; } = "";

    /// <summary>How to reach the leader; empty where not told. Personal data.</summary>
    public string Contact { get; init; } = "";
}

/// <summary>The collection tree of one place. Well-formed: one root, no cycles, names unambiguous under each parent.</summary>
public sealed class UnitTree
{
    readonly Dictionary<string, Unit> units;
    readonly ILookup<string, Unit> children;

    internal UnitTree(IReadOnlyCollection<Unit> units)
    {
        this.units = units.ToDictionary(unit => unit.Code, StringComparer.Ordinal);
        children = units.ToLookup(unit => unit.Parent, StringComparer.Ordinal);
        Root = children[""].Single();
    }

    /// <summary>The unit above all others.</summary>
    public Unit Root { get; }

    /// <summary>A unit by its code, or null.</summary>
    public Unit? Find(string code) => units.GetValueOrDefault(code);

    /// <summary>The units directly below one, in the file's order.</summary>
    public IEnumerable<Unit> ChildrenOf(Unit unit) => children[unit.Code];

    /// <summary>A unit and all below it, each before those below it.</summary>
    public IEnumerable<Unit> Subtree(Unit unit) => ChildrenOf(unit).SelectMany(Subtree).Prepend(unit);

    /// <summary>The units above one, nearest first.</summary>
    public IEnumerable<Unit> AncestorsOf(Unit unit)
    {
        for (var above = Find(unit.Parent); above is not null; above = Find(above.Parent))
            yield return above;
    }

    /// <summary>All units, each before those below it.</summary>
    public IEnumerable<Unit> All => Subtree(Root);

    /// <summary>The codes from the root to a unit, as <c>/top/.../code/</c>: a unit and all below it are one range of paths.</summary>
    public string PathOf(Unit unit) => $"/{string.Concat(AncestorsOf(unit).Reverse().Append(unit).Select(each => each.Code + "/"))}";

    /// <summary>The unit of a name or alias directly below another; null where none has it. Names are not guessed.</summary>
    public Unit? FindByName(Unit parent, string name) =>
        ChildrenOf(parent).SingleOrDefault(unit => unit.Name == name || unit.Aliases.Contains(name));
}
