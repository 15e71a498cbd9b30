using System.Collections.Immutable;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Policy.Compare;

/// <summary>A rule that differs between two packs.</summary>
/// <param name="List">The name of its list.</param>
/// <param name="Before">The rule in the first pack; null where it is new.</param>
/// <param name="After">The rule in the second; null where it is gone.</param>
public sealed record RuleChange(string List, RuleInWords? Before, RuleInWords? After);

/// <summary>Two packs compared: rule by rule, and by what changes for whom.</summary>
/// <param name="Rules">Rules that differ, matched by list and id.</param>
/// <param name="Effects">What differs in the answers.</param>
public sealed record PackDiff(ImmutableArray<RuleChange> Rules, ImmutableArray<Effect> Effects)
{
    /// <summary>Compares two plans.</summary>
    public static PackDiff Between(Plan before, Plan after)
    {
        var old = RuleWords.Of(before.Pack).ToDictionary(rule => (rule.List, rule.Head.Id));
        var now = RuleWords.Of(after.Pack).ToDictionary(rule => (rule.List, rule.Head.Id));
        var changes = old.Keys.Union(now.Keys)
            .Select(key => new RuleChange(key.List, old.GetValueOrDefault(key), now.GetValueOrDefault(key)))
            .Where(change => change.Before is null || change.After is null || !IsSame(change.Before, change.After));
        return new PackDiff([.. changes], [.. EffectFinder.Find(before, after)]);
    }

    static bool IsSame(RuleInWords one, RuleInWords other) =>
        one.Who == other.Who && one.Result == other.Result && one.Head.Clause == other.Head.Clause;
}
