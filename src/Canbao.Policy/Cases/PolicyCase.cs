using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Policy.Cases;

/// <summary>A worked example beside a pack: a sentence, a person and a day, and the answer that must come out.</summary>
/// <param name="Says">The example in a Chinese sentence.</param>
/// <param name="Clauses">The clauses it proves, without the notice's prefix.</param>
/// <param name="Facts">The person and the payment.</param>
/// <param name="Expected">Expected values by the contract's column; a column that is not named must be empty.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record PolicyCase(
    string Says,
    ImmutableArray<string> Clauses,
    PersonFacts Facts,
    ImmutableSortedDictionary<string, string> Expected,
    SourcePlace At)
{
    /// <summary>The column of an answer that only says which column a refused row lacks.</summary>
    public const string Refused = "refused";

    /// <summary>The column that is compared only where the case names it.</summary>
    public const string Deciding = "deciding";

    /// <summary>What differs between the plan's answer and the expected one, in Chinese; empty where nothing does.</summary>
    public IEnumerable<string> Differences(Plan plan)
    {
        var actual = Columns(plan);
        foreach (var column in Expected.Keys.Union(actual.Keys).Where(column => column != Deciding || Expected.ContainsKey(Deciding)))
        {
            var want = Expected.GetValueOrDefault(column, "");
            var got = actual.GetValueOrDefault(column, "");
            if (want != got)
                yield return $"{column} 应为“{want}”，实为“{got}”";
        }
    }

    Dictionary<string, string> Columns(Plan plan)
    {
        var answer = plan.Assess(Facts);
        var verdict = answer.Verdict;
        if (verdict.Needs is { } needs)
            return new() { [Refused] = needs };
        var columns = new Dictionary<string, string>
        {
            ["outcome"] = verdict.Outcome.Code(),
            [Deciding] = string.Join(';', verdict.Clauses.Select(clause => clause[(plan.Pack.ClausePrefix.Length + 1)..])),
        };
        if (verdict.Outcome != Outcome.Due)
            return columns;
        columns["personal_due"] = verdict.PersonalDue.ToString();
        columns["funding"] = AnswerText.Funding(verdict);
        columns["subsidy"] = verdict.Subsidy.ToString();
        columns["coverage_from"] = AnswerText.Day(answer.CoverFrom);
        columns["coverage_to"] = AnswerText.Day(answer.CoverTo);
        columns["refundable_until"] = verdict.RefundableUntil is { } until ? AnswerText.Day(until) : "";
        return columns;
    }
}
