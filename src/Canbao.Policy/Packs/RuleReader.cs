using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Policy.Packs;

/// <summary>Reads lists of rules: what all rules have in common, with clauses and assumptions held against the pack's own.</summary>
sealed class RuleReader
{
    static readonly string[] HeadKeys = ["id", "says", "when", "during", "clause", "assumes", "over"];

    readonly ConditionReader conditions;

    public RuleReader(YamlField clauses, YamlField assumptions, ConditionReader conditions)
    {
        this.conditions = conditions;
        Clauses = [.. clauses.Fields([]).Select(entry => new Clause(entry.Key, entry.Value.Text(), entry.Value.At))];
        Assumptions = [.. assumptions.Fields([]).Select(entry => ReadAssumption(entry.Key, entry.Value))];
        if (Clauses.IsEmpty)
            clauses.Fault("P105", "缺少“clauses”；请逐条列出文件条款及其要点");
    }

    public ImmutableArray<Clause> Clauses { get; }

    public ImmutableArray<Assumption> Assumptions { get; }

    /// <summary>Reads a list of rules.</summary>
    /// <param name="list">The list.</param>
    /// <param name="resultKeys">The keys that say what a rule of this list decides.</param>
    /// <param name="read">Reads them.</param>
    /// <param name="required">Whether the list must have a rule.</param>
    /// <param name="byPeriod">Whether its rules may be bound to periods.</param>
    public ImmutableArray<Rule<TResult>> List<TResult>(
        YamlField list,
        string[] resultKeys,
        Func<Dictionary<string, YamlField>, TResult> read,
        bool required = true,
        bool byPeriod = true)
    {
        string[] headKeys = byPeriod ? HeadKeys : [.. HeadKeys.Where(key => key != "during")];
        var rules = ImmutableArray.CreateBuilder<Rule<TResult>>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items())
        {
            var fields = item.Fields([.. headKeys, .. resultKeys]);
            var head = ReadHead(item, fields);
            if (!ids.Add(head.Id) && head.Id.Length > 0)
                fields["id"].Fault("P113", $"规则名“{head.Id}”在同一表中重复；请另取一个");
            rules.Add(new Rule<TResult>(head, read(fields)));
        }

        if (required && rules.Count == 0)
            list.Fault("P105", $"“{list.Name}”缺少规则；请至少写一条");
        return rules.ToImmutable();
    }

    /// <summary>The source of an amount that is not in a list.</summary>
    public RuleHead Source(YamlField field, Dictionary<string, YamlField> fields)
    {
        return new RuleHead("", fields["says"].Text(), [], [], Cited(fields["clause"]), Assumed(fields["assumes"]), [], false, field.At);
    }

    /// <summary>A clause that the pack lists.</summary>
    public string Cited(YamlField field)
    {
        if (!field.IsGiven)
        {
            field.Fault("P204", "规则没有注明条款依据；请补写 clause，并写在 clauses 所列的条款之中");
            return "";
        }

        var id = field.Text();
        if (id.Length > 0 && Clauses.All(clause => clause.Id != id))
            field.Fault("P205", $"条款“{id}”没有写在 clauses 中；请先在 clauses 中列出该条款及其要点");
        return id;
    }

    /// <summary>Assumptions that the pack lists.</summary>
    public ImmutableArray<int> Assumed(YamlField field)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (var item in field.Items())
        {
            var number = item.Number(1, 999);
            numbers.Add(number);
            if (Assumptions.All(assumption => assumption.Number != number))
                item.Fault("P206", $"口径 {number} 没有写在 assumptions 中；请先在 assumptions 中写明该口径");
        }

        return numbers.ToImmutable();
    }

    static Assumption ReadAssumption(string key, YamlField field)
    {
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            field.Fault("P108", $"口径的编号应为数字，不能写“{key}”");
        return new Assumption(number, field.Text(), field.At);
    }

    RuleHead ReadHead(YamlField item, Dictionary<string, YamlField> fields)
    {
        var over = fields["over"].Items().Select(id => id.Text()).ToList();
        var overRest = over.Remove("rest");
        string[] during = fields.TryGetValue("during", out var periods) ? [.. periods.Items().Select(period => period.Text())] : [];
        if (periods is { IsGiven: true } && during.Length == 0)
            periods.Fault("P105", "“during”没有写缴费期；请写出缴费期，或删去 during 表示全部缴费期");
        return new RuleHead(fields["id"].Text(), fields["says"].Text(), conditions.Read(fields["when"]), [.. during],
            Cited(fields["clause"]), Assumed(fields["assumes"]),
            [.. over], overRest, item.At);
    }
}
