using Canbao.Policy.Plans;

namespace Canbao.Policy.Packs;

/// <summary>Checks what rules of a well-formed pack say of each other: periods, precedence, unused clauses and assumptions.</summary>
static class PackReferences
{
    public static void Check(Pack pack, List<Finding> findings)
    {
        var usedClauses = new HashSet<string>(StringComparer.Ordinal);
        var usedAssumptions = new HashSet<int>(pack.SeveralGrounds.Assumes);
        if (pack.SeveralGrounds.Clause is { } several)
            usedClauses.Add(several);
        var periods = pack.Periods.Select(period => period.Head.Id).ToHashSet(StringComparer.Ordinal);
        var questions = new HashSet<Question>();

        Use(pack.SubsidySource);
        CheckList(pack.Scope);
        CheckList(pack.Registration);
        CheckList(pack.Periods);
        CheckList(pack.PersonalStandard);
        CheckList(pack.Payment);
        CheckList(pack.Assistance);
        CheckList(pack.Cover);
        CheckList(pack.Refunds);
        if (pack.NewlyExempt is { } exempt)
            Use(exempt.Source);

        foreach (var clause in pack.Clauses.Where(clause => !usedClauses.Contains(clause.Id)))
            Add("P207", clause.At, $"条款“{clause.Id}”列出了，但没有规则依据它；请补写规则或删去该条款");
        foreach (var assumption in pack.Assumptions.Where(assumption => !usedAssumptions.Contains(assumption.Number)))
            Add("P208", assumption.At, $"口径 {assumption.Number} 列出了，但没有规则用到它；请在规则的 assumes 中注明，或删去该口径");
        if (questions.Count > PlanCompiler.MostQuestions)
            Add("P114", new SourcePlace(1, 1), $"全部规则共问 {questions.Count} 个不同的条件，最多 {PlanCompiler.MostQuestions} 个；请合并条件相同的规则");

        void CheckList<TResult>(IReadOnlyList<Rule<TResult>> rules)
        {
            for (var i = 0; i < rules.Count; i++)
            {
                var head = rules[i].Head;
                Use(head);
                questions.UnionWith(PlanCompiler.QuestionsOf(rules[i]));
                foreach (var period in head.During.Where(period => !periods.Contains(period)))
                    Add("P209", head.At, $"规则“{head.Id}”的 during 写了“{period}”，但 periods 中没有；可写：{string.Join("、", periods)}");
                foreach (var other in head.Over.Where(other => !rules.Skip(i + 1).Any(rule => rule.Head.Id == other)))
                    Add("P210", head.At, $"规则“{head.Id}”的 over 写了“{other}”，但其后没有这条规则；over 只能写排在后面的规则，或写 rest");
            }
        }

        void Use(RuleHead head)
        {
            usedClauses.Add(head.Clause);
            usedAssumptions.UnionWith(head.Assumes);
        }

        void Add(string code, SourcePlace at, string text) => findings.Add(new Finding(code, pack.File, at, text));
    }
}
