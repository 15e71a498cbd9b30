using Canbao.Policy.Facts;
using Canbao.Policy.Plans;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>An answer as plain values: what a notice written out by hand gives, and what a plan gives.</summary>
/// <param name="Outcome">The contract's code, or <c>refused:</c> and the column that is missing.</param>
/// <param name="Due">What the resident pays, in fen.</param>
/// <param name="Funding">The contract's text.</param>
/// <param name="Subsidy">In fen.</param>
/// <param name="From">First day of cover.</param>
/// <param name="To">Last day of cover.</param>
/// <param name="RefundableUntil">Last day of a refund.</param>
readonly record struct Expected(
    string Outcome, long Due, string Funding, long Subsidy, DateOnly? From, DateOnly? To, DateOnly? RefundableUntil)
{
    public static Expected Nothing(string outcome) => new(outcome, 0, "", 0, null, null, null);

    public static Expected Of(in Answer answer)
    {
        var verdict = answer.Verdict;
        if (verdict.Needs is { } column)
            return Nothing($"refused:{column}");
        return verdict.Outcome != Policy.Outcome.Due
            ? Nothing(verdict.Outcome.Code())
            : new Expected("due", verdict.PersonalDue.Fen, verdict.Funding.IsEmpty ? "" : AnswerText.Funding(verdict), verdict.Subsidy.Fen,
                Day(answer.CoverFrom), Day(answer.CoverTo), verdict.RefundableUntil);
    }

    public override string ToString() =>
        $"{Outcome} due={Due} funding={Funding} subsidy={Subsidy} cover={From:yyyy-MM-dd}..{To:yyyy-MM-dd} "
        + $"refundable_until={RefundableUntil:yyyy-MM-dd}";

    static DateOnly? Day(DateOnly day) => day == PersonFacts.NoDate ? null : day;
}
