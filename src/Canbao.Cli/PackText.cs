using Canbao.Policy.Compare;
using Canbao.Policy.Packs;

namespace Canbao.Cli;

/// <summary>Packs and their differences as text for a policy officer.</summary>
static class PackText
{
    public static void Write(TextWriter output, Pack pack)
    {
        output.WriteLine($"{pack.Place} {pack.Year.Year}年度城乡居民基本医疗保险");
        output.WriteLine($"依据：{pack.Notice.Issuer}《{pack.Notice.Title}》（{pack.Notice.Number}）");
        output.WriteLine($"财政补助：每人每年 {pack.Subsidy} 元〔{pack.SubsidySource.Clause}〕{Assumed(pack.SubsidySource)}");
        foreach (var part in pack.SubsidyParts)
            output.WriteLine($"  其中{part.Payer.Chinese} {part.Amount} 元");
        foreach (var list in RuleWords.Of(pack).GroupBy(rule => rule.List))
        {
            output.WriteLine();
            output.WriteLine(list.Key);
            foreach (var rule in list)
                WriteRule(output, rule, isOnly: list.Key is "缴费期" or "退费" || list.Count() == 1);
        }

        output.WriteLine();
        output.WriteLine("条款");
        foreach (var clause in pack.Clauses)
            output.WriteLine($"  {clause.Id}  {clause.Gist}");
        output.WriteLine();
        output.WriteLine("口径（文件没有写明或可作两种理解之处）");
        foreach (var assumption in pack.Assumptions)
            output.WriteLine($"  {assumption.Number,3}  {assumption.Says}");
    }

    public static void Write(TextWriter output, Pack before, Pack after, PackDiff diff)
    {
        output.WriteLine($"{before.Id}（{before.Place} {before.Year.Year}年度）→ {after.Id}（{after.Place} {after.Year.Year}年度）");
        if (before.Subsidy != after.Subsidy)
            output.WriteLine($"  财政补助由 {before.Subsidy} 元变为 {after.Subsidy} 元");
        if (diff.Rules.IsEmpty && diff.Effects.IsEmpty && before.Subsidy == after.Subsidy)
        {
            output.WriteLine("  没有差别");
            return;
        }

        foreach (var list in diff.Rules.GroupBy(change => change.List))
        {
            output.WriteLine();
            output.WriteLine($"{list.Key}的规则");
            foreach (var change in list)
                WriteChange(output, change);
        }

        output.WriteLine();
        output.WriteLine("对谁有什么变化");
        if (diff.Effects.IsEmpty)
            output.WriteLine("  没有人的答复发生变化");
        foreach (var days in diff.Effects.GroupBy(effect => effect.Days))
        {
            output.WriteLine($"  {days.Key.From:yyyy-MM-dd} 至 {days.Key.To:yyyy-MM-dd} 缴费");
            foreach (var effect in days)
            {
                output.WriteLine($"    {effect.Who}");
                output.WriteLine($"      由 {effect.Before}");
                output.WriteLine($"      变为 {effect.After}");
            }
        }
    }

    static void WriteRule(TextWriter output, RuleInWords rule, bool isOnly)
    {
        output.WriteLine($"  {rule.Head.Says}：{rule.Result}〔{rule.Head.Clause}〕{Assumed(rule.Head)}");
        if (rule.Who.Length > 0)
            output.WriteLine($"      {rule.Who}");
        else if (!isOnly)
            output.WriteLine("      以上各条之外的人");
    }

    static void WriteChange(TextWriter output, RuleChange change)
    {
        if (change.Before is { } before && change.After is { } after)
        {
            output.WriteLine($"  改  {after.Head.Says}");
            WriteIfChanged("条件", before.Who, after.Who);
            WriteIfChanged("规定", before.Result, after.Result);
            WriteIfChanged("依据", before.Head.Clause, after.Head.Clause);
            return;
        }

        var only = (change.Before ?? change.After)!;
        output.WriteLine($"  {(change.Before is null ? "增" : "删")}  {only.Head.Says}：{only.Result}〔{only.Head.Clause}〕");
        if (only.Who.Length > 0)
            output.WriteLine($"        {only.Who}");

        void WriteIfChanged(string what, string old, string now)
        {
            if (old != now)
                output.WriteLine($"        {what}由“{(old.Length > 0 ? old : "不限")}”改为“{(now.Length > 0 ? now : "不限")}”");
        }
    }

    static string Assumed(RuleHead head) => head.Assumes.IsEmpty ? "" : $"〔口径{string.Join('、', head.Assumes)}〕";
}
