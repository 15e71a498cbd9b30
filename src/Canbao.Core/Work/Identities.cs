using Canbao.Core.Assessment.Dues;
using Canbao.Core.Rosters;
using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>One identity that somebody holds.</summary>
/// <param name="Span">Since when, by whose list.</param>
/// <param name="Alone">What the person would pay with this one alone; null where nothing could be paid.</param>
/// <param name="Rule">The ground that it gives, in the pack's words; empty where it gives none.</param>
/// <param name="Counts">Whether it is the one that is used.</param>
public sealed record HeldIdentity(CategorySpanRow Span, Money? Alone, string Rule, bool Counts);

/// <summary>What somebody's identities come to.</summary>
/// <param name="Held">All of them, the one that is used first.</param>
/// <param name="Quote">What is owed if paid on the day; null where the person is not here on that day.</param>
/// <param name="IsIfRegistered">Whether it is told as if the person, who is not enrolled yet, registered on the day.</param>
public sealed record IdentityAnswer(IReadOnlyList<HeldIdentity> Held, DueQuote? Quote, bool IsIfRegistered)
{
    /// <summary>The one that is used; null where none gives anything.</summary>
    public HeldIdentity? Used => Held.FirstOrDefault(identity => identity.Counts);
}

/// <summary>
/// Which identity of several is used: exactly one, the one that leaves the person the least to pay, and on equal amounts the earlier clause
/// (<c>jincheng 六-one-identity</c>, decision 6). Asked of the plan itself, with all of them and with each alone.
/// </summary>
/// <param name="dues">What people owe.</param>
public sealed class Identities(Dues dues)
{
    /// <summary>The identities of some people on a day.</summary>
    /// <param name="session">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="people">Whom.</param>
    /// <param name="day">The payment day.</param>
    public async Task<IReadOnlyDictionary<long, IdentityAnswer>> OfAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day)
    {
        var held = await Categories.HeldByAsync(session, area, people, day, "");
        var quotes = await dues.QuotesAsync(session, area, year, people, day);
        return people.ToDictionary(person => person, person => Answer([.. held[person]], quotes.GetValueOrDefault(person)));
    }

    static IdentityAnswer Answer(IReadOnlyList<CategorySpanRow> held, DueQuote? quote)
    {
        if (quote?.Plan is not { } plan || quote.Explanation is not { } explanation)
            return new([.. held.Select(span => new HeldIdentity(span, null, "", false))], quote, false);
        var (facts, verdict) = (explanation.Facts, explanation.Answer.Verdict);
        var isIfRegistered = verdict.Outcome != Outcome.Due && facts.RegisteredOn == PersonFacts.NoDate;
        if (isIfRegistered)
        {
            facts = facts with { RegisteredOn = facts.PaidOn };
            verdict = plan.Assess(facts).Verdict;
        }

        var chosen = verdict.RuleOf(StageName.Assistance);
        var used = false;
        var identities = new List<HeldIdentity>();
        foreach (var span in held.OrderBy(span => span.FromDay).ThenBy(span => span.Category, StringComparer.Ordinal))
        {
            int index = plan.Pack.Catalogue.IndexOf(span.Category);
            if (index < 0)
            {
                identities.Add(new(span, null, "", false));
                continue;
            }

            var alone = plan.Assess(facts with { Categories = 1UL << index }).Verdict;
            var rule = alone.RuleOf(StageName.Assistance);
            // Two of one clause are one ground, which is given once.
            var counts = !used && chosen >= 0 && rule == chosen;
            used |= counts;
            identities.Add(new(
                span, alone is { Outcome: Outcome.Due, Needs: null } ? alone.PersonalDue : null,
                rule < 0 ? "" : plan.Rule(StageName.Assistance, rule).Says, counts));
        }

        return new([.. identities.OrderByDescending(identity => identity.Counts)], quote, isIfRegistered);
    }
}
