using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pieces;

/// <summary>What choices of forms offer.</summary>
static class Choices
{
    public static IReadOnlyList<SelectListItem> Tiers { get; } =
        [.. new[] { "0", "1", "2" }.Select(tier => new SelectListItem(ActWords.Tier(tier), tier))];

    public static IReadOnlyList<SelectListItem> Kinds { get; } =
    [
        .. new[] { EnrolmentKinds.New, EnrolmentKinds.MovedIn, EnrolmentKinds.Newborn }
            .Select(kind => new SelectListItem(RegistryWords.Enrolment(kind), kind)),
    ];

    /// <summary>The codes of a word list, by their names.</summary>
    public static IReadOnlyList<SelectListItem> Of<T>(WordList<T> words)
        where T : struct, Enum => [.. words.All.Select(pair => new SelectListItem(pair.Word, $"{pair.Code}"))];

    /// <summary>The units of a viewer that people belong to: those without a unit below, under the name of the one above.</summary>
    public static IReadOnlyList<SelectListItem> Units(UnitTree tree, Viewer viewer) => Leaves(tree, tree.Find(viewer.UnitCode)!);

    /// <summary>The units within one that people belong to.</summary>
    public static IReadOnlyList<SelectListItem> Leaves(UnitTree tree, Unit within)
    {
        var groups = new Dictionary<string, SelectListGroup>(StringComparer.Ordinal);
        return
        [
            .. from unit in tree.Subtree(within)
               where !tree.ChildrenOf(unit).Any()
               select new SelectListItem(unit.Name, unit.Code) { Group = GroupOf(unit) },
        ];

        SelectListGroup? GroupOf(Unit unit)
        {
            if (tree.Find(unit.Parent) is not { } parent)
                return null;
            return groups.TryGetValue(parent.Code, out var group) ? group : groups[parent.Code] = new() { Name = parent.Name };
        }
    }

    /// <summary>All units of a viewer, each below the one that it belongs to.</summary>
    public static IEnumerable<SelectListItem> Below(UnitTree tree, Viewer viewer)
    {
        var own = tree.Find(viewer.UnitCode)!;
        int depth = tree.AncestorsOf(own).Count();
        return from unit in tree.Subtree(own)
               let indent = new string('\u3000', tree.AncestorsOf(unit).Count() - depth)
               select unit == own ? new SelectListItem($"{unit.Name}（全部）", "") : new SelectListItem(indent + unit.Name, unit.Code);
    }

    /// <summary>The units from a viewer's own down to the one above another.</summary>
    public static IReadOnlyList<Unit> Above(UnitTree tree, Viewer viewer, Unit unit) =>
        [.. tree.AncestorsOf(unit).Where(above => viewer.Sees(tree.PathOf(above))).Reverse()];

    /// <summary>A unit that was chosen, which the viewer must see.</summary>
    /// <exception cref="RefusedException">W103: it is none of the viewer's.</exception>
    public static Unit RequireUnit(UnitTree tree, Viewer viewer, string code) =>
        tree.Find(code) is { } unit && viewer.Sees(tree.PathOf(unit))
            ? unit
            : throw new RefusedException("W103", "请选择本单位或下级的单位");

    /// <summary>An amount that was typed.</summary>
    /// <exception cref="RefusedException">W115: it is none.</exception>
    public static Money RequireAmount(string text) => Money.TryParseYuan(text.Trim(), out var amount)
        ? amount
        : throw new RefusedException("W115", "金额写成 320 或 320.00，不带逗号和单位");
}
