using RulesEngine.Models;

namespace Canbao.Bench;

/// <summary>One person as rules read it: names instead of bits, as a rules engine's authors mean it.</summary>
sealed class RuleFacts(Facts facts)
{
    public DateTime BirthDate { get; } = facts.BirthDate.ToDateTime(TimeOnly.MinValue);
    public DateTime PaidOn { get; } = facts.PaidOn.ToDateTime(TimeOnly.MinValue);
    public bool Registered { get; } = facts.RegisteredOn is not null;
    public bool FirstTime { get; } = facts.FirstTime;
    public string Residence { get; } = Codes.Residence[(int)facts.Residence];
    public string Employment { get; } = Codes.Employment[(int)facts.Employment];
    public string Student { get; } = Codes.Student[(int)facts.Student];
    public string ScopeStatus { get; } = Codes.ScopeStatus[(int)facts.ScopeStatus];
    public string OtherCover { get; } = Codes.OtherCover[(int)facts.OtherCover];

    readonly ulong _categories = facts.Categories;

    /// <summary>Whether the person is on one of the lists of these bits.</summary>
    public bool On(ulong lists) => (_categories & lists) != 0;
}

/// <summary>
/// Baogou's rules as workflows of Microsoft's RulesEngine. Every rule of a workflow runs for every person, as its one call does it;
/// the first rule in order that holds decides. Aid is a second workflow, run only for those who pay in the central period.
/// </summary>
static class RulesEngineRival
{
    /// <summary>How many people it is given: it is slow.</summary>
    public const int People = 20_000;

    static readonly (string Name, string Expression)[] Outcomes =
    [
        (nameof(Outcome.DuplicateCover), "f.OtherCover != \"none\""),
        (nameof(Outcome.OutOfScope), """
            f.Employment == "employee" || !(f.Residence == "local_hukou" || f.Residence == "residence_permit"
              || f.Student == "college" || f.Student == "vocational" || f.ScopeStatus == "migrant_child")
            """),
        (nameof(Outcome.NotRegistered), "!f.Registered && (f.FirstTime || f.PaidOn <= f.BirthDate.AddMonths(12))"),
        (nameof(Outcome.NotOpen), "f.PaidOn < DateTime(2021, 10, 26)"),
        (nameof(Outcome.Closed), "f.PaidOn > DateTime(2022, 12, 31)"),
        ("Late", "f.PaidOn > DateTime(2021, 12, 10)"),
        ("Central", "true"),
    ];

    /// <summary>In the order in which they win: by what is left to pay, then by clause.</summary>
    static readonly (string Name, string Expression)[] Aids =
    [
        ("1", $"f.On({Baogou.Poor}UL)"),
        ("2", "f.BirthDate <= DateTime(1951, 12, 31)"),
        ("3", $"f.On({Baogou.Family}UL)"),
        ("4", $"f.On({Baogou.Disabled}UL)"),
        ("5", $"f.On({Baogou.Entitled}UL)"),
        ("2 half", "f.BirthDate > DateTime(1951, 12, 31) && f.BirthDate <= DateTime(1961, 12, 31)"),
    ];

    /// <summary>Compiles the rules and returns a round over these people.</summary>
    public static Func<long> Prepare(Facts[] people)
    {
        var facts = people.Select(person => new RuleFacts(person)).ToArray();
        var assess = Compile();
        return () => facts.Sum(person => assess(person).PersonalDue);
    }

    /// <summary>The whole answer for one person.</summary>
    public static Func<RuleFacts, Decision> Compile()
    {
        var engine = new RulesEngine.RulesEngine([Workflow("outcome", Outcomes), Workflow("aid", Aids)]);
        return facts => Assess(engine, facts);
    }

    static Decision Assess(RulesEngine.RulesEngine engine, RuleFacts facts)
    {
        var parameter = new RuleParameter("f", facts);
        var deciding = Holding(engine, "outcome", parameter).First();
        if (Enum.TryParse<Outcome>(deciding, out var outcome)) return new(outcome, 0, 0, 0, 0, null, null, ClauseOf(outcome));
        if (deciding == "Late")
        {
            var from = DateOnly.FromDateTime(facts.PaidOn).AddDays(Baogou.LateCoverAfter);
            var covered = from <= Baogou.YearEnds;
            return new(Outcome.Due, Baogou.LatePrice, 0, 0, 0, covered ? from : null, covered ? Baogou.YearEnds : null, Baogou.Plain);
        }

        var aids = Holding(engine, "aid", parameter);
        var several = aids.Count > 1;
        return (aids.Count == 0 ? "" : aids[0]) switch
        {
            "1" => Paid(0, 0, several ? Baogou.Aid1Highest : Baogou.Aid1),
            "2" => Paid(0, 0, several ? Baogou.Aid2Highest : Baogou.Aid2),
            "3" => Paid(0, Baogou.HalfPersonal, several ? Baogou.Aid3Highest : Baogou.Aid3),
            "4" => Paid(0, 0, several ? Baogou.Aid4Highest : Baogou.Aid4),
            "5" => Paid(0, 0, several ? Baogou.Aid5Highest : Baogou.Aid5),
            "2 half" => Paid(Baogou.HalfPersonal, 0, Baogou.Aid2),
            _ => Paid(Baogou.Personal, 0, Baogou.Plain),
        };
    }

    static string ClauseOf(Outcome outcome) => outcome switch
    {
        Outcome.DuplicateCover => Baogou.Duplicate,
        Outcome.OutOfScope => Baogou.Scope,
        Outcome.NotRegistered => Baogou.First,
        _ => Baogou.Period,
    };

    static Decision Paid(long personal, long town, string clauses) => new(
        Outcome.Due, personal, Baogou.Personal - personal - town, town, Baogou.Subsidy, Baogou.YearBegins, Baogou.YearEnds, clauses);

    /// <summary>The names of the rules that hold, in the workflow's order.</summary>
    static List<string> Holding(RulesEngine.RulesEngine engine, string workflow, RuleParameter parameter)
    {
        var results = engine.ExecuteAllRulesAsync(workflow, parameter).AsTask().GetAwaiter().GetResult();
        return [.. results.Where(result => result.IsSuccess).Select(result => result.Rule.RuleName)];
    }

    static Workflow Workflow(string name, (string Name, string Expression)[] rules) => new()
    {
        WorkflowName = name,
        Rules = [.. rules.Select(rule => new Rule
        {
            RuleName = rule.Name,
            RuleExpressionType = RuleExpressionType.LambdaExpression,
            Expression = rule.Expression,
        })],
    };
}
