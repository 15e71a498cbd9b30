using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Dues;

/// <summary>What a payer bears for somebody.</summary>
/// <param name="Payer">Who; null for levels of the subsidy that the notice does not name.</param>
/// <param name="Amount">How much, not zero.</param>
/// <param name="Says">What the rule says.</param>
/// <param name="Clause">Its clause, with the notice's prefix.</param>
public sealed record FundedPart(Payer? Payer, Money Amount, string Says, string Clause)
{
    /// <summary>The assistance rule; null for the subsidy.</summary>
    public string? Rule { get; init; }

    /// <summary>The category by which the rule fits; null where it asks for none, such as for an age.</summary>
    public Category? Category { get; init; }
}

/// <summary>What is owed for somebody, and who bears the rest.</summary>
/// <param name="Personal">What the resident pays; null unless something can be paid.</param>
/// <param name="Parts">What others bear, the subsidy too.</param>
public sealed record FundedDue(Money? Personal, IReadOnlyList<FundedPart> Parts)
{
    /// <summary>Nothing is due.</summary>
    internal static readonly FundedDue None = new(null, []);
}

public sealed partial class Dues
{
    /// <summary>
    /// Who bears what for some people if their enrolment is settled on a day, by what is known now; whoever is not here on that day has no
    /// entry.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, FundedDue>> FundedAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<long> people, DateOnly day)
    {
        var (assessor, found) = await LoadAsync(session, area, year, people, day);
        return found.ToDictionary(person => person.PersonId, person => assessor.Funded(person, year));
    }
}

static class FundedParts
{
    /// <summary>The parts of a verdict for somebody who holds some categories.</summary>
    public static FundedDue Of(Plan plan, Verdict verdict, ulong categories)
    {
        if (verdict.Outcome != Policy.Outcome.Due || verdict.Needs is not null)
            return FundedDue.None;
        var parts = new List<FundedPart>();
        if (verdict.RuleOf(StageName.Assistance) is >= 0 and var index)
        {
            var rule = plan.Rule(StageName.Assistance, index);
            ulong fits = rule.When.OfType<Question.HoldsCategory>().Aggregate(0UL, (set, one) => set | one.Set) & categories;
            parts.AddRange(verdict.Funding.Select(part => new FundedPart(
                part.Payer, part.Amount, rule.Says, plan.Pack.Cite(rule.Clause))
            {
                Rule = rule.Id,
                Category = plan.Pack.Catalogue.Categories.FirstOrDefault(
                    category => (fits & plan.Pack.Catalogue.SetOf(category.Code)) != 0),
            }));
        }

        if (verdict.Subsidy > Money.Zero)
            parts.AddRange(Subsidy(plan.Pack));
        return new(verdict.PersonalDue, parts);
    }

    static IEnumerable<FundedPart> Subsidy(Pack pack)
    {
        var (says, clause) = ("财政补助", pack.Cite(pack.SubsidySource.Clause));
        var rest = pack.SubsidyParts.Aggregate(pack.Subsidy, (left, part) => left - part.Amount);
        foreach (var part in pack.SubsidyParts.Where(part => part.Amount > Money.Zero))
            yield return new(part.Payer, part.Amount, says, clause);
        if (rest > Money.Zero)
            yield return new(null, rest, says, clause);
    }
}
