using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Compare;

/// <summary>What changes for some people who pay on some days.</summary>
/// <param name="Who">The people, in words.</param>
/// <param name="Days">The payment days, both inclusive, in the first pack's calendar.</param>
/// <param name="Before">What the first pack answers.</param>
/// <param name="After">What the second answers, on the same days of its own season.</param>
public sealed record Effect(string Who, DateRange Days, string Before, string After);

/// <summary>
/// Asks two plans about the people that an officer thinks of: residents by age, pupils, students, newcomers, and each assisted
/// category, on every day on which either plan may answer differently. Packs of different years are compared season against season.
/// </summary>
static class EffectFinder
{
    public static IEnumerable<Effect> Find(Plan before, Plan after)
    {
        var years = after.Pack.Year.Year - before.Pack.Year.Year;
        var days = DaysToAsk(before, after, years);
        var people = People(before.Pack)
            .Select(person => (person.Facts, Effects: EffectsOn(before, after, years, days, person.Who, person.Facts).ToList())).ToList();
        // Who holds a category that makes no difference is an ordinary resident to both packs.
        var ordinary = Changes(people[0].Effects);
        var told = people.Where((person, i) => i == 0 || person.Facts.Categories == 0 || !Changes(person.Effects).SequenceEqual(ordinary));
        return told.SelectMany(person => person.Effects).GroupBy(effect => (effect.Days, effect.Before, effect.After))
            .OrderBy(group => group.Key.Days.From)
            .Select(group => group.First() with { Who = string.Join('、', group.Select(effect => effect.Who)) });
    }

    static List<(DateRange, string, string)> Changes(List<Effect> effects) =>
        [.. effects.Select(effect => (effect.Days, effect.Before, effect.After))];

    static List<DateOnly> DaysToAsk(Plan before, Plan after, int years) =>
    [
        .. before.PaidDayChanges.Concat(after.PaidDayChanges.Select(day => day.AddYears(-years)))
            .Append(before.Pack.Periods.Min(period => period.Result.Days.From).AddDays(-1)).Distinct().Order(),
    ];

    static IEnumerable<Effect> EffectsOn(Plan before, Plan after, int years, List<DateOnly> days, string who, PersonFacts facts)
    {
        Effect? open = null;
        for (var i = 0; i < days.Count; i++)
        {
            if (facts.BirthDate > days[i])
                continue;
            var old = Words(before, facts with { PaidOn = days[i] });
            var now = Words(after, facts with { PaidOn = days[i].AddYears(years), BirthDate = facts.BirthDate.AddYears(years) });
            var last = i + 1 < days.Count ? days[i + 1].AddDays(-1) : days[i];
            if (open is not null && open.Before == old && open.After == now)
            {
                open = open with { Days = new DateRange(open.Days.From, last) };
                continue;
            }

            if (open is not null)
                yield return open;
            open = old == now ? null : new Effect(who, new DateRange(days[i], last), old, now);
        }

        if (open is not null)
            yield return open;
    }

    static string Words(Plan plan, in PersonFacts facts)
    {
        var verdict = plan.Assess(facts).Verdict;
        if (verdict.Needs is not null || verdict.Outcome != Outcome.Due)
            return verdict.Outcome.Chinese();
        var funding = verdict.Funding.IsEmpty
            ? ""
            : $"（{string.Join('、', verdict.Funding.Select(part => $"{part.Payer.Chinese}承担 {part.Amount} 元"))}）";
        return $"应缴 {verdict.PersonalDue} 元{funding}，{plan.Rule(StageName.Cover, verdict.RuleOf(StageName.Cover)).Says}享受待遇";
    }

    static IEnumerable<(string Who, PersonFacts Facts)> People(Pack pack)
    {
        PersonFacts Born(int age) => new()
        {
            BirthDate = pack.AgeCountedOn.AddYears(-age).AddMonths(-6),
            Tier = age >= 18 ? (byte)1 : (byte)0,
        };

        var newborn = new PersonFacts { BirthDate = pack.Year.FirstDay.AddDays(30), RegisteredOn = pack.Year.FirstDay.AddDays(30) };
        yield return ("普通成年居民", Born(40));
        yield return ("未成年居民", Born(4));
        yield return ("60至69岁居民", Born(65));
        yield return ("70岁以上居民", Born(75));
        yield return ("中小学生", Born(12) with { Student = Student.School });
        yield return ("外地户籍大学生", Born(20) with { Student = Student.College, Residence = Residence.NonLocal });
        yield return ("持居住证居民", Born(40) with { Residence = Residence.ResidencePermit });
        yield return ("灵活就业人员", Born(40) with { Employment = Employment.Flexible });
        yield return ("保险年度内出生并登记的新生儿", newborn);
        for (var category = 0; category < pack.Catalogue.Categories.Length; category++)
            yield return (pack.Catalogue.Categories[category].Chinese, Born(40) with { Categories = 1UL << category });
    }
}
