using System.Collections.Immutable;
using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>A place in a pack's file; both 1-based.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct SourcePlace(int Line, int Column);

/// <summary>What every rule of a pack has, whatever it decides.</summary>
/// <param name="Id">Its name in the pack, unique in its list.</param>
/// <param name="Says">What it says, in a few Chinese words.</param>
/// <param name="When">The conditions, all of which must hold; none in a catch-all.</param>
/// <param name="During">Ids of the periods in which it stands; empty for all.</param>
/// <param name="Clause">The clause it comes from, as cited in the pack (without the notice's prefix).</param>
/// <param name="Assumes">Numbers of the assumptions it rests on.</param>
/// <param name="Over">Ids of later rules before which it goes where both fit.</param>
/// <param name="OverRest">It goes before every later rule of its list.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record RuleHead(
    string Id,
    string Says,
    ImmutableArray<Question> When,
    ImmutableArray<string> During,
    string Clause,
    ImmutableArray<int> Assumes,
    ImmutableArray<string> Over,
    bool OverRest,
    SourcePlace At)
{
    /// <summary>Whether it fits everybody in its periods, and so stands for the rest.</summary>
    public bool IsCatchAll => When.IsEmpty;
}

/// <summary>A rule and what it decides.</summary>
/// <typeparam name="TResult">What rules of this list decide.</typeparam>
/// <param name="Head">Who and when, and where it comes from.</param>
/// <param name="Result">What it decides.</param>
public sealed record Rule<TResult>(RuleHead Head, TResult Result);

/// <summary>Whoever a list makes exempt within some days gets back what was paid.</summary>
/// <param name="Listed">The days on which the list took effect.</param>
/// <param name="Source">What it says, and where it comes from.</param>
public sealed record NewlyExemptRefund(DateRange Listed, RuleHead Source);

/// <summary>A named amount of money.</summary>
/// <param name="Id">Its name in the pack.</param>
/// <param name="Says">Its name for people.</param>
/// <param name="Amount">The amount per person and year.</param>
public sealed record Standard(string Id, string Says, Money Amount);

/// <summary>A payment period: the answer it gives on its days.</summary>
/// <param name="Days">Its days, both inclusive.</param>
/// <param name="Answer"><see cref="Outcome.Due"/> where payment is open.</param>
public sealed record PeriodResult(DateRange Days, Outcome Answer);

/// <summary>The personal standard of a person: an amount, or a fact without which it cannot be told.</summary>
/// <param name="Standard">The amount; null where <paramref name="Needs"/> is given.</param>
/// <param name="Needs">The contract's column that must be filled in.</param>
public sealed record StandardResult(Standard? Standard, string? Needs);

/// <summary>What the resident pays in a period.</summary>
/// <param name="IsPending">The amount is not known yet: <see cref="Outcome.PolicyPending"/>.</param>
/// <param name="ResidentPaysSubsidy">The resident pays the fiscal subsidy too.</param>
/// <param name="AssistanceApplies">Whether assistance pays a part of the personal standard.</param>
public sealed record PaymentResult(bool IsPending, bool ResidentPaysSubsidy, bool AssistanceApplies);

/// <summary>How much of the personal standard an assisted person pays.</summary>
/// <param name="Kind">How it is stated.</param>
/// <param name="Amount">The amount paid or aided, where stated as an amount.</param>
/// <param name="Percent">The resident's share in percent, where stated as a share.</param>
/// <param name="StatedAid">The aid that the notice states beside the amount paid; both must add up to the standard.</param>
public sealed record ResidentPart(ResidentPartKind Kind, Money Amount, int Percent, Money? StatedAid)
{
    /// <summary>The part of <paramref name="standard"/> that the resident pays, rounded half up to the fen (decisions 1, 36).</summary>
    public Money Of(Money standard) => Kind switch
    {
        ResidentPartKind.FixedPay => Amount,
        ResidentPartKind.FixedAid => standard - Amount,
        _ => standard.Share(Percent, 100),
    };
}

/// <summary>How a notice states assistance.</summary>
public enum ResidentPartKind
{
    /// <summary>The resident pays a fixed amount (0.00: the aid is full).</summary>
    FixedPay,

    /// <summary>The resident pays a share.</summary>
    Share,

    /// <summary>The aid is a fixed amount.</summary>
    FixedAid,
}

/// <summary>A payer's weight in what the resident does not pay.</summary>
/// <param name="Payer">Index of the payer in the pack.</param>
/// <param name="Percent">Its share in percent.</param>
public readonly record struct FunderShare(int Payer, int Percent);

/// <summary>A ground of assistance.</summary>
/// <param name="Resident">What is left to the resident; null where that is not known yet (<see cref="Outcome.PolicyPending"/>).</param>
/// <param name="Funders">Who bears the rest, in the pack's order; the last takes the remainder of rounding (decision 36).</param>
public sealed record AssistanceResult(ResidentPart? Resident, ImmutableArray<FunderShare> Funders);

/// <summary>From which day cover counts.</summary>
public enum CoverStart
{
    /// <summary>The first day of the insurance year.</summary>
    YearStart,

    /// <summary>The payment day.</summary>
    PaymentDay,

    /// <summary>The day of birth.</summary>
    Birth,

    /// <summary>The day of registration; if empty, the day of school entry.</summary>
    RegistrationOrSchoolEntry,
}

/// <summary>When cover begins; it always ends on the insurance year's last day.</summary>
/// <param name="From">The day counted from.</param>
/// <param name="WaitingDays">Days of waiting after it, its own day not counted (decision 2); null for none.</param>
/// <param name="NotBeforeYear">Cover begins on the year's first day at the earliest.</param>
public sealed record CoverResult(CoverStart From, int? WaitingDays, bool NotBeforeYear);
