using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Policy.Tests.Oracle;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>The tables behind a signature answer as the questions themselves do.</summary>
public class SignaturePropertyTests
{
    static readonly DateOnly FirstDay = new(1990, 1, 1);
    static readonly DateOnly LastDay = new(2030, 12, 31);

    public static TheoryData<string> PackNames() => [.. Packs.Names];

    /// <summary>
    /// On every payment day from the day before the first day of the plan's periods and year to the day after the last. Further out the
    /// tables repeat the answers of those two days, which differ from the question's own for the day of the month only.
    /// </summary>
    [Theory]
    [MemberData(nameof(PackNames))]
    public void Each_bit_is_the_answer_to_its_question(string pack)
    {
        var plan = Packs.Load(pack);
        var (first, last) = TableDays(plan);
        var people = People(plan, 11);
        var outside = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var person = people.Next();
            var isOutside = person.PaidOn < first || person.PaidOn > last;
            outside += isOutside ? 1 : 0;
            var signature = plan.Signature(person);
            for (var question = 0; question < plan.Questions.Length; question++)
                if (!(isOutside && plan.Questions[question] is Question.PaidOnDayOfMonth)
                    && (signature >> question & 1) == 1 != plan.Questions[question].Holds(person))
                    Assert.Fail($"{plan.Questions[question].Chinese(plan.Pack.Catalogue)}: "
                        + FactsText.Options(person, plan.Pack.Catalogue));
            Assert.Equal(0UL, plan.Questions.Length == 64 ? 0 : signature >> plan.Questions.Length);
        }

        Assert.True(outside > 1000);
    }

    [Fact]
    public void Far_from_the_payment_days_the_day_of_month_is_that_of_the_nearest_day()
    {
        var plan = Packs.Load("jincheng-2022");
        var (first, last) = TableDays(plan);
        Assert.Equal((new DateOnly(2021, 8, 31), new DateOnly(2023, 1, 1)), (first, last));
        for (var day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            var nearest = day < first ? first : day > last ? last : day;
            foreach (var (question, index) in plan.Questions.Select((question, index) => (question, index)))
                if (question is Question.PaidOnDayOfMonth)
                    Assert.Equal(question.Holds(new PersonFacts { PaidOn = nearest }),
                        (plan.Signature(new PersonFacts { PaidOn = day }) >> index & 1) == 1);
        }
    }

    [Theory]
    [MemberData(nameof(PackNames))]
    public void Everybody_gets_an_answer_on_any_day(string pack)
    {
        var plan = Packs.Load(pack);
        var random = new Random(5);
        var people = People(plan, 12);
        var outcomes = new HashSet<Outcome>();
        for (var i = 0; i < 60_000; i++)
        {
            var paid = FirstDay.AddDays(random.Next(LastDay.DayNumber - FirstDay.DayNumber + 1));
            var answer = plan.Assess(people.Next() with
            {
                PaidOn = i % 2 == 0 ? paid
                : plan.Pack.Year.FirstDay.AddDays(random.Next(-130, 366))
            });
            outcomes.Add(answer.Verdict.Outcome);
            Assert.NotEmpty(answer.Verdict.Clauses);
        }

        Assert.Superset(new HashSet<Outcome> { Outcome.Due, Outcome.OutOfScope, Outcome.DuplicateCover, Outcome.NotOpen,
            Outcome.Closed }, outcomes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_time_limit_is_plain_calendar_arithmetic(bool inMonths)
    {
        var random = new Random(3);
        var (admitted, refused) = (0, 0);
        for (var i = 0; i < 200_000; i++)
        {
            var count = random.Next(1, inMonths ? 121 : 3661);
            var start = FirstDay.AddDays(random.Next(12_000));
            var last = inMonths ? SameDayOrMonthsEnd(start, count) : start.AddDays(count);
            var day = i % 3 == 0 ? last.AddDays(random.Next(-3, 4)) : start.AddDays(random.Next(-40, 4000));
            var admits = new TimeLimit(count, inMonths).Admits(start, day);
            Assert.True(admits == (day <= last), $"{start:yyyy-MM-dd} {count} {day:yyyy-MM-dd}");
            (admitted, refused) = admits ? (admitted + 1, refused) : (admitted, refused + 1);
        }

        Assert.True(admitted > 10_000 && refused > 10_000);
    }

    /// <summary>Every start and limit of up to two years whose last day lies about a month's end, where counting goes wrong.</summary>
    [Fact]
    public void A_limit_in_months_ends_on_the_same_day_or_the_months_end()
    {
        for (var start = new DateOnly(2019, 1, 1); start < new DateOnly(2021, 3, 1); start = start.AddDays(1))
            for (var count = 1; count <= 24; count++)
            {
                var last = SameDayOrMonthsEnd(start, count);
                Assert.True(new TimeLimit(count, InMonths: true).Admits(start, last));
                Assert.False(new TimeLimit(count, InMonths: true).Admits(start, last.AddDays(1)));
            }
    }

    static DateOnly SameDayOrMonthsEnd(DateOnly start, int months)
    {
        var (year, month) = (start.Year + (start.Month - 1 + months) / 12, (start.Month - 1 + months) % 12 + 1);
        return new DateOnly(year, month, Math.Min(start.Day, DateTime.DaysInMonth(year, month)));
    }

    /// <summary>The days for which a plan keeps answers of their own: those of its periods and its year, and one on either side.</summary>
    static (DateOnly First, DateOnly Last) TableDays(Plan plan)
    {
        var named = plan.Pack.Periods.Select(period => period.Result.Days).Append(plan.Pack.Year.Range).ToList();
        return (named.Min(days => days.From).AddDays(-1), named.Max(days => days.To).AddDays(1));
    }

    static RandomPeople People(Plan plan, int seed) => new(seed,
        [.. plan.Pack.Periods.SelectMany(period => new[] { period.Result.Days.From, period.Result.Days.To }).Order()],
        [.. plan.Questions.OfType<Question.BornIn>().SelectMany(question => new[] { question.Days.From, question.Days.To })
            .Where(day => day.Year is > 1900 and < 2100), plan.Pack.Year.FirstDay]);
}
