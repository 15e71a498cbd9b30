using Canbao.Core.Units;

namespace Canbao.Core.Work.Registrations;

/// <summary>Finds the units that tables name. Names are not guessed: exactly one unit must have them.</summary>
/// <param name="tree">The area's units.</param>
/// <param name="within">Where they are looked for.</param>
sealed class UnitNames(UnitTree tree, UnitRange within)
{
    readonly List<Unit> units = [.. tree.All.Where(unit => within.Contains(tree.PathOf(unit)))];
    readonly Dictionary<(string Town, string Village), (Unit? Unit, string Wrong)> found = [];

    /// <summary>The unit of a row.</summary>
    /// <param name="town">The name of a town, street or school; may be empty.</param>
    /// <param name="village">The name or code of a village, community or class; may be empty.</param>
    /// <returns>The unit, or what is wrong.</returns>
    public (Unit? Unit, string Wrong) Find(string town, string village)
    {
        if (!found.TryGetValue((town, village), out var answer))
            found.Add((town, village), answer = Search(town, village));
        return answer;
    }

    /// <summary>The one unit of a name, other name or code, whatever stands below it.</summary>
    /// <returns>The unit, or what is wrong.</returns>
    public (Unit? Unit, string Wrong) Named(string name) => units.Where(unit => IsCalled(unit, name)).Take(2).ToList() switch
    {
        [] => (null, "本单位及下级中没有这个名称的单位；请按单位表中的名称填写"),
        [var one] => (one, ""),
        _ => (null, "有几个单位都叫这个名称；请改写单位代码"),
    };

    (Unit? Unit, string Wrong) Search(string town, string village)
    {
        var fitting = village.Length > 0
            ? units.Where(unit => IsCalled(unit, village) && (town.Length == 0 || Above(unit).Any(above => IsCalled(above, town))))
            : town.Length > 0 ? units.Where(unit => IsCalled(unit, town)) : units.Take(1);
        return fitting.Take(2).ToList() switch
        {
            [] => (null, "本单位及下级中没有这个名称的单位；请按单位表中的名称填写"),
            [var one] when !tree.ChildrenOf(one).Any() => (one, ""),
            [_] => (null, "这个单位还有下级；请写明村、社区或班级"),
            _ => (null, "有几个单位都叫这个名称；请同时写明上级，或改写单位代码"),
        };
    }

    IEnumerable<Unit> Above(Unit unit) => tree.AncestorsOf(unit).Prepend(unit);

    static bool IsCalled(Unit unit, string name) => unit.Name == name || unit.Code == name || unit.Aliases.Contains(name);
}
