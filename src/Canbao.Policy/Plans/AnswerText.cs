using Canbao.Policy.Facts;

namespace Canbao.Policy.Plans;

/// <summary>Parts of an answer as the assessment contract writes them.</summary>
public static class AnswerText
{
    /// <summary><c>yyyy-MM-dd</c>, or empty for no date.</summary>
    public static string Day(DateOnly day) => day == PersonFacts.NoDate ? "" : day.ToString("yyyy-MM-dd");

    /// <summary><c>payer=amount</c>, payers in alphabetical order, joined by <c>;</c>.</summary>
    public static string Funding(Verdict verdict) => string.Join(';', verdict.Funding
        .OrderBy(part => part.Payer.Code, StringComparer.Ordinal).Select(part => $"{part.Payer.Code}={part.Amount}"));
}
