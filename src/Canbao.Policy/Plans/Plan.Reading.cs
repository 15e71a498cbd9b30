using Canbao.Policy.Facts;
using Canbao.Policy.Packs;

namespace Canbao.Policy.Plans;

/// <summary>What explanations and proofs read of a plan.</summary>
public sealed partial class Plan
{
    /// <summary>The head of a rule, by its index in the plan's stage.</summary>
    public RuleHead Rule(StageName stage, int rule) => stage switch
    {
        StageName.Scope => Stages.Scope.Rules[rule].Head,
        StageName.Registration => Stages.Registration.Rules[rule].Head,
        StageName.Periods => Stages.Periods.Rules[rule].Head,
        StageName.PersonalStandard => Stages.PersonalStandard.Rules[rule].Head,
        StageName.Payment => Stages.Payment.Rules[rule].Head,
        StageName.Assistance => Stages.Assistance.Rules[rule].Head,
        StageName.Cover => Stages.Cover.Rules[rule].Head,
        _ => Stages.Refunds.Rules[rule].Head,
    };

    /// <summary>Payment days, ascending, on which some question about the day itself is answered otherwise than the day before.</summary>
    public IEnumerable<DateOnly> PaidDayChanges => tables.PaidDayChanges;

    /// <summary>
    /// Later payment days, ascending, on which the answer to some question may become another for this person: nothing can change
    /// between two of them but the length of cover.
    /// </summary>
    public IEnumerable<DateOnly> DaysOfChange(PersonFacts facts)
    {
        var days = new SortedSet<DateOnly>(tables.PaidDayChanges);
        foreach (var question in Questions)
        {
            if (question is Question.PaidAfterBirth born)
                days.Add(born.Limit.DayAfter(facts.BirthDate));
            else if (question is Question.PaidAfterEmployeeCover left && facts.EmployeeCoverEnded != PersonFacts.NoDate)
                days.Add(left.Limit.DayAfter(facts.EmployeeCoverEnded));
            else if (question is Question.RegisteredInBirthYear)
                days.Add(new DateOnly(facts.BirthDate.Year + 1, 1, 1));
        }

        // Waiting that outlasts the year takes all cover away from a day on.
        foreach (var cover in Pack.Cover)
            if (cover.Result.WaitingDays is { } wait)
                days.Add(Pack.Year.LastDay.AddDays(-wait));
        return days.Where(day => day > facts.PaidOn && day <= Pack.Year.LastDay.AddDays(1));
    }
}
