using System.Collections.Immutable;
using Canbao.Policy.Packs;

namespace Canbao.Policy.Plans;

/// <summary>The lists of rules of a pack, in the order in which they decide.</summary>
public enum StageName
{
    /// <summary>Who is in the scheme.</summary>
    Scope,

    /// <summary>Who has to register first.</summary>
    Registration,

    /// <summary>Which period the day lies in.</summary>
    Periods,

    /// <summary>Which personal standard stands for the person.</summary>
    PersonalStandard,

    /// <summary>What of it the resident pays in the period.</summary>
    Payment,

    /// <summary>Who else pays a part.</summary>
    Assistance,

    /// <summary>When cover begins.</summary>
    Cover,

    /// <summary>Until when a payment can be refunded.</summary>
    Refunds,
}

/// <summary>Hears which rules were tried. A struct that does nothing costs nothing: calls to it are compiled away.</summary>
public interface IPlanObserver
{
    /// <summary>A rule was tried.</summary>
    /// <param name="stage">Its list.</param>
    /// <param name="rule">Its index in the list.</param>
    /// <param name="missing">The questions it needs that were answered no, as bits of the plan's questions; 0 if it fits.</param>
    void Tried(StageName stage, int rule, ulong missing);

    /// <summary>A rule that fits was used.</summary>
    void Chosen(StageName stage, int rule);
}

/// <summary>The observer of the fast path.</summary>
public readonly struct NoObserver : IPlanObserver
{
    /// <inheritdoc/>
    public void Tried(StageName stage, int rule, ulong missing)
    {
    }

    /// <inheritdoc/>
    public void Chosen(StageName stage, int rule)
    {
    }
}

/// <summary>
/// A list of rules as flat data: rule <c>i</c> fits a person whose signature has all bits of <c>required[i]</c>, in a period of
/// <c>periods[i]</c>.
/// </summary>
/// <typeparam name="TResult">What the rules decide.</typeparam>
sealed class Stage<TResult>(StageName name, ImmutableArray<Rule<TResult>> rules, ulong[] required, ulong[] periods)
{
    public StageName Name => name;

    public ImmutableArray<Rule<TResult>> Rules => rules;

    public bool Fits(int rule, ulong signature, ulong period) =>
        (signature & required[rule]) == required[rule] && (periods[rule] & period) != 0;

    /// <summary>Whether the rule can stand in the period at all, whoever the person is.</summary>
    public bool StandsIn(int rule, ulong period) => (periods[rule] & period) != 0;

    /// <summary>The first rule from <paramref name="start"/> on that fits, or -1.</summary>
    public int First<TObserver>(ulong signature, ulong period, ref TObserver observer, int start = 0)
        where TObserver : struct, IPlanObserver
    {
        for (var rule = start; rule < required.Length; rule++)
        {
            if ((periods[rule] & period) == 0)
                continue;
            var missing = required[rule] & ~signature;
            observer.Tried(name, rule, missing);
            if (missing == 0)
                return rule;
        }

        return -1;
    }
}
