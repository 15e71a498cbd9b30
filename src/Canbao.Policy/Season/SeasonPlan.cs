using System.Collections.Immutable;
using Canbao.Vocabulary;

namespace Canbao.Policy.Season;

/// <summary>Whom a rate or a stage of a season is about.</summary>
public enum SeasonGroup
{
    /// <summary>居民: everybody who should be insured as a resident.</summary>
    Residents,

    /// <summary>名单人员: whoever is in an assisted category.</summary>
    Listed,

    /// <summary>在校学生.</summary>
    Students,

    /// <summary>普通居民: neither listed nor at school.</summary>
    Ordinary,
}

/// <summary>A rate that a place has to reach, enrolled and paid of those who should be.</summary>
/// <param name="Of">Of whom.</param>
/// <param name="AtLeast">Whole percent.</param>
/// <param name="Clause">Where it is asked for, with the notice's prefix.</param>
public sealed record SeasonRate(SeasonGroup Of, int AtLeast, string Clause);

/// <summary>A stage of the schedule.</summary>
/// <param name="Says">What is to be done, as an office says it.</param>
/// <param name="Of">For whom.</param>
/// <param name="Days">From its first to its last day, inclusive.</param>
/// <param name="Clause">Where it stands, with the notice's prefix.</param>
public sealed record SeasonStage(string Says, ImmutableArray<SeasonGroup> Of, DateRange Days, string Clause);

/// <summary>How often something is due.</summary>
public enum SeasonRhythm
{
    /// <summary>On one day.</summary>
    Once,

    /// <summary>Every Friday.</summary>
    Friday,

    /// <summary>On the 15th and the last day of a month.</summary>
    HalfMonth,

    /// <summary>On the last day of a month.</summary>
    Month,
}

/// <summary>A form that units hand in, or a bulletin that goes out.</summary>
/// <param name="Says">What it is, as an office says it.</param>
/// <param name="Form">The form's code; empty for a bulletin.</param>
/// <param name="Level">The kind of units that hand it in, as unit files write it; of a bulletin, those that it ranks.</param>
/// <param name="Rhythm">How often.</param>
/// <param name="At">Until what time of the day.</param>
/// <param name="Days">From its first to its last day, inclusive; one day for <see cref="SeasonRhythm.Once"/>.</param>
/// <param name="Clause">Where it stands, with the notice's prefix.</param>
public sealed record SeasonReport(
    string Says, string Form, string Level, SeasonRhythm Rhythm, TimeOnly At, DateRange Days, string Clause)
{
    /// <summary>The days on which it is due, in their order. Whether a day off moves them is a setting (decision 20).</summary>
    public IEnumerable<DateOnly> DueDays()
    {
        if (Rhythm == SeasonRhythm.Once)
            return [Days.To];
        return Enumerable.Range(0, Days.To.DayNumber - Days.From.DayNumber + 1).Select(Days.From.AddDays).Where(IsDue);
    }

    bool IsDue(DateOnly day)
    {
        bool isLast = day.AddDays(1).Month != day.Month;
        return Rhythm switch
        {
            SeasonRhythm.Friday => day.DayOfWeek == DayOfWeek.Friday,
            SeasonRhythm.HalfMonth => day.Day == 15 || isLast,
            _ => isLast,
        };
    }
}

/// <summary>Work funds for units, for each resident enrolled and paid on a day (<c>lingyuan 六(三)</c>, decision 30).</summary>
/// <param name="On">The day whose end counts.</param>
/// <param name="Rate">The rate to reach, whole percent.</param>
/// <param name="CredentialRate">The share of activated credentials to reach besides, whole percent.</param>
/// <param name="Below">For each person where the rate is not reached.</param>
/// <param name="Reached">For each person where it is.</param>
/// <param name="WithCredentials">For each person where both are.</param>
/// <param name="Clause">Where it stands, with the notice's prefix.</param>
public sealed record SeasonFunds(
    DateOnly On, int Rate, int CredentialRate, Money Below, Money Reached, Money WithCredentials, string Clause);

/// <summary>
/// How a place runs the season of a pack: rates, stages, reporting days, work funds. It stands beside the pack in a file of its own, since
/// none of it changes what anybody owes: a later reporting day leaves the pack's hash, by which amounts are explained, as it is.
/// </summary>
/// <param name="Rates">Rates to reach.</param>
/// <param name="Stages">The schedule.</param>
/// <param name="Reports">Forms that units hand in.</param>
/// <param name="Bulletins">Bulletins that go out.</param>
/// <param name="Funds">Work funds, or null.</param>
public sealed record SeasonPlan(
    ImmutableArray<SeasonRate> Rates, ImmutableArray<SeasonStage> Stages, ImmutableArray<SeasonReport> Reports,
    ImmutableArray<SeasonReport> Bulletins, SeasonFunds? Funds)
{
    /// <summary>Of a place that says nothing.</summary>
    public static SeasonPlan Empty { get; } = new([], [], [], [], null);

    /// <summary>The rate to reach of some people, or null.</summary>
    public SeasonRate? RateOf(SeasonGroup group) => Rates.FirstOrDefault(rate => rate.Of == group);
}
