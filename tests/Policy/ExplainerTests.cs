using Canbao.Policy.Explain;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Policy.Tests.Oracle;
using Xunit;

namespace Canbao.Policy.Tests;

public class ExplainerTests
{
    static readonly DateOnly[] Turns = [new(2021, 10, 26), new(2021, 12, 11), new(2022, 3, 11), new(2022, 7, 1), new(2022, 12, 31)];

    public static TheoryData<string> PackNames() => [.. Packs.Names];

    [Theory]
    [MemberData(nameof(PackNames))]
    public void No_day_on_which_the_answer_changes_is_passed_over(string pack)
    {
        var plan = Packs.Load(pack);
        var people = new RandomPeople(7, [.. Turns.Select(day => day.AddYears(plan.Pack.Year.Year - 2022))],
            [new(2004, 1, 1), new(2022, 1, 1)]);
        var changes = 0;
        for (var i = 0; i < 400; i++)
        {
            var person = people.Next();
            if (person.PaidOn.Year < plan.Pack.Year.Year - 1 || person.PaidOn > plan.Pack.Year.LastDay)
                continue;
            var explained = Explainer.Explain(plan, person);
            var byDay = WalkDayByDay(plan, person).ToList();
            Assert.Equal(byDay, explained.ByDay.Select(later => Gist(later.Answer)));
            changes += byDay.Count;
        }

        Assert.True(changes > 100);
    }

    /// <summary>Each day asked by itself, up to the day after the year.</summary>
    static IEnumerable<string> WalkDayByDay(Plan plan, PersonFacts person)
    {
        var last = Gist(plan.Assess(person));
        for (var day = person.PaidOn.AddDays(1); day <= plan.Pack.Year.LastDay.AddDays(1); day = day.AddDays(1))
        {
            var gist = Gist(plan.Assess(person with { PaidOn = day }));
            if (gist != last)
                yield return gist;
            last = gist;
        }
    }

    static string Gist(Answer answer) =>
        $"{answer.Verdict.Outcome} {answer.Verdict.Needs} {answer.Verdict.PersonalDue} {answer.Verdict.Cover} "
        + (answer.CoverFrom == PersonFacts.NoDate ? "no cover" : "cover");

    [Theory]
    [MemberData(nameof(PackNames))]
    public void A_trace_names_the_rule_that_each_stage_chose(string pack)
    {
        var plan = Packs.Load(pack);
        foreach (var example in Packs.Cases(pack))
        {
            var explained = Explainer.Explain(plan, example.Facts);
            foreach (var stage in Enum.GetValues<StageName>())
            {
                var rule = explained.Answer.Verdict.RuleOf(stage);
                var chosen = explained.Trace.Where(step => step.Stage == stage && step.Chosen).Select(step => step.Rule.Id);
                Assert.Equal(rule < 0 ? [] : [plan.Rule(stage, rule).Id], chosen);
            }

            Assert.All(explained.Trace, step => Assert.True(!step.Chosen || step.Missing.IsEmpty));
        }
    }

    [Theory]
    [MemberData(nameof(PackNames))]
    public void A_list_that_would_change_the_answer_is_told_with_the_answer(string pack)
    {
        var plan = Packs.Load(pack);
        foreach (var example in Packs.Cases(pack).Where((_, i) => i % 7 == 0))
        {
            var told = Explainer.Explain(plan, example.Facts).ByList.Select(other => Gist(other.Answer)).ToHashSet();
            var asked = Enumerable.Range(0, plan.Pack.Catalogue.Categories.Length)
                .Select(category => Gist(plan.Assess(example.Facts with { Categories = example.Facts.Categories | 1UL << category })))
                .Where(gist => gist != Gist(plan.Assess(example.Facts))).ToHashSet();
            Assert.Equal(asked.Order(), told.Order());
        }
    }

    /// <summary>What a resident is told, word for word.</summary>
    public static TheoryData<string, string, string> Sentences() => new()
    {
        {
            "baogou-2022", "1955-03-01 2021-11-11",
            "应缴160.00元：个人缴费标准320.00元，因属于60至69岁老年人，市财政承担160.00元，财政另补助580.00元；"
            + "待遇享受期为2022年1月1日至2022年12月31日；2021年12月11日起缴费，应缴900.00元（按口径4办理）。"
        },
        {
            "baogou-2022", "1990-03-01 2022-12-15",
            "应缴900.00元：个人缴费标准320.00元，集中征缴期后缴费的全额缴纳个人缴费与政府补助之和，含财政补助部分580.00元；"
            + "等待期满已超过本保险年度，缴费后本年度不能享受待遇；2023年1月1日起已停止缴费（按口径2、9、25办理）。"
        },
        { "baogou-2022", "1990-03-01 2021-10-01", "尚未开放缴费；2021年10月26日起缴费，应缴320.00元。" },
        {
            "laishan-2022", "2010-03-01 2021-12-31",
            "应缴370.00元：其他未成年居民缴费标准370.00元，财政另补助580.00元；待遇享受期为2022年1月1日至2022年12月31日；"
            + "2021年12月31日前（含当日）可以申请退费；2022年1月1日起缴费，应缴950.00元（按口径4、7、8、11、18、26办理）。"
        },
        { "laishan-2022", "1990-03-01 2021-12-31", "暂不能核定：成年居民须先选择缴费档次（一档或二档）；2023年1月1日起已停止缴费（按口径7、11办理）。" },
        {
            "lishi-2023", "1990-03-01 2023-05-01",
            "已停止缴费：集中缴费期已结束（按口径10、25办理）。"
        },
        {
            "lingyuan-2022", "1990-03-01 2022-03-10",
            "应缴330.00元：个人缴费标准330.00元，财政另补助580.00元；待遇享受期为2022年3月10日至2022年12月31日；"
            + "2022年3月11日起缴费，金额不变，缴费60天等待期后至年底享受待遇（按口径3、8办理）。"
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_resident_is_told_in_one_sentence(string pack, string birthAndPayment, string sentence)
    {
        var days = birthAndPayment.Split(' ').Select(DateOnly.Parse).ToArray();
        var person = new PersonFacts { BirthDate = days[0], PaidOn = days[1] };
        Assert.Equal(sentence, Explainer.Explain(Packs.Load(pack), person).Sentence);
    }
}
