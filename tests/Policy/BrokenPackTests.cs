using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Policy.Prove;
using Canbao.Policy.Tests.Oracle;
using Canbao.TestKit;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>Packs that are wrong in one way each: the fault is found, in the right line, and the person shown really meets it.</summary>
public partial class BrokenPackTests
{
    const string Folder = "Broken";

    public static TheoryData<string> Names() => [.. PackPatch.Names(Folder)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_fault_is_found_where_it_is(string name)
    {
        var patch = PackPatch.Read(Folder, name);
        var findings = new List<Finding>();
        var plan = patch.Load(findings);
        var failures = plan is null ? [] : Prover.Prove(plan).Failures;
        findings.AddRange(failures.Select(failure => failure.Finding));

        Assert.Equal([patch.Code, .. patch.Also], findings.Select(finding => finding.Code).Distinct().Order());
        Assert.True(findings.Any(finding => IsAsSaid(finding, patch)), string.Join('\n', findings));
        foreach (var failure in failures.Where(failure => failure.Finding.Code == patch.Code))
            AssertShown(plan!, failure);
    }

    [Fact]
    public void Every_code_of_the_reader_and_the_prover_has_a_broken_pack()
    {
        var broken = PackPatch.Names(Folder).Select(name => PackPatch.Read(Folder, name).Code).ToList();
        Assert.True(broken.Count >= 15);
        var sources = Directory.EnumerateFiles(Repository.Path("src", "Canbao.Policy"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "PackLibrary.cs").Select(File.ReadAllText);
        var codes = sources.SelectMany(source => QuotedCode().Matches(source)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Contains("P301", codes);
        Assert.Empty(codes.Except(broken).Order());
    }

    /// <summary>Codes of form, references and proof; those of files and cases are not about packs.</summary>
    [GeneratedRegex("\"(P[123][0-9]{2})\"")]
    private static partial Regex QuotedCode();

    [GeneratedRegex("（([a-z_]+)）的“(.+?)”与“(.+?)”同时适用")]
    private static partial Regex OverlapText();

    [GeneratedRegex("增加人员类别“(.+?)”后")]
    private static partial Regex CategoryText();

    [GeneratedRegex("（([a-z_]+)）的规则“(.+?)”对任何人")]
    private static partial Regex UnreachableText();

    static bool IsAsSaid(Finding finding, PackPatch patch) =>
        patch.Text().Split('\n')[finding.At.Line - 1].Contains(patch.LineSays, StringComparison.Ordinal)
        && patch.Example.All(part => finding.Text.Contains(part, StringComparison.Ordinal));

    /// <summary>Runs the plan for the person of a counterexample: the fault has to be seen without the prover.</summary>
    static void AssertShown(Plan plan, ProofFailure failure)
    {
        var text = failure.Finding.Text;
        switch (failure.Finding.Code)
        {
            case "P301":
                var gap = Assert.Throws<PolicyGapException>(() => plan.Assess(failure.Witness!.Value));
                Assert.StartsWith(gap.Stage.Chinese(), text, StringComparison.Ordinal);
                break;
            case "P302":
                var overlap = OverlapText().Match(text).Groups;
                var swapped = PlanCompiler.Compile(Swap(plan.Pack, overlap[1].Value, overlap[2].Value, overlap[3].Value));
                Assert.NotEqual(AnswerIn(plan, failure.Witness!.Value), AnswerIn(swapped, failure.Witness.Value));
                break;
            case "P303":
                Assert.NotEqual(Verdict(plan, failure).PersonalStandard, Parts(Verdict(plan, failure)));
                break;
            case "P304":
                Assert.True(Verdict(plan, failure).PersonalDue < Money.Zero
                    || Verdict(plan, failure).Funding.Any(part => part.Amount < Money.Zero));
                break;
            case "P305":
                var more = plan.Pack.Catalogue.Categories.Select(category => category.Chinese).ToList()
                    .IndexOf(CategoryText().Match(text).Groups[1].Value);
                var with = failure.Witness!.Value with { Categories = failure.Witness.Value.Categories | 1UL << more };
                Assert.True(plan.Assess(with).Verdict.PersonalDue > Verdict(plan, failure).PersonalDue);
                break;
            case "P306":
                Assert.Null(failure.Witness);
                AssertNeverChosen(plan, UnreachableText().Match(text).Groups[2].Value);
                break;
            case "P307":
                Assert.Null(Expected.Of(plan.Assess(failure.Witness!.Value)).From);
                break;
            case "P308":
                Assert.True(plan.Assess(failure.Witness!.Value).CoverFrom < failure.Witness.Value.BirthDate);
                break;
            case "P309":
                var after = new PersonFacts { BirthDate = new(1985, 3, 20), PaidOn = plan.Pack.Year.LastDay.AddDays(1) };
                Assert.Equal(Outcome.Due, plan.Assess(after).Verdict.Outcome);
                break;
            case "P310":
                Assert.True(Verdict(plan, failure).RefundableUntil < failure.Witness!.Value.PaidOn);
                break;
            default:
                Assert.Fail($"Nothing shows {failure.Finding.Code} yet.");
                break;
        }
    }

    /// <summary>An answer with the period in which it was given, by which further rules are told apart.</summary>
    static (Expected Answer, string Period) AnswerIn(Plan plan, in PersonFacts person)
    {
        var answer = plan.Assess(person);
        return (Expected.Of(answer), plan.Stages.Periods.Rules[answer.Verdict.RuleOf(StageName.Periods)].Head.Id);
    }

    static Verdict Verdict(Plan plan, ProofFailure failure) => plan.Assess(failure.Witness!.Value).Verdict;

    /// <summary>What the resident and the funders bear of the personal standard.</summary>
    static Money Parts(Verdict verdict) => verdict.Funding.Aggregate(verdict.PersonalDue, (sum, part) => sum + part.Amount);

    static void AssertNeverChosen(Plan plan, string id)
    {
        var scope = plan.Stages.Scope.Rules.Select(rule => rule.Head.Id).ToList();
        Assert.Contains(id, scope);
        var people = new RandomPeople(7, [plan.Pack.Periods[0].Result.Days.From, plan.Pack.Year.LastDay], [plan.Pack.Year.FirstDay]);
        for (var i = 0; i < 20_000; i++)
            Assert.NotEqual(scope.IndexOf(id), plan.Assess(people.Next()).Verdict.RuleOf(StageName.Scope));
    }

    /// <summary>The pack with two rules of a list in each other's place.</summary>
    static Pack Swap(Pack pack, string list, string left, string right) => list switch
    {
        "periods" => pack with { Periods = Swap(pack.Periods, left, right) },
        "personal_standard" => pack with { PersonalStandard = Swap(pack.PersonalStandard, left, right) },
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "No broken pack overlaps there yet."),
    };

    static ImmutableArray<Rule<TResult>> Swap<TResult>(ImmutableArray<Rule<TResult>> rules, string left, string right)
    {
        var (first, second) = (rules.Single(rule => rule.Head.Id == left), rules.Single(rule => rule.Head.Id == right));
        return [.. rules.Select(rule => rule == first ? second : rule == second ? first : rule)];
    }
}
