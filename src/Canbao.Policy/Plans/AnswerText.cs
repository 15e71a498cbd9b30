using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Plans;

/// <summary>Parts of an answer as the assessment contract writes them.</summary>
public static class AnswerText
{
    /// <summary><c>yyyy-MM-dd</c>, or empty for no date.</summary>
    public static string Day(DateOnly day) => day == PersonFacts.NoDate ? "" : day.ToString("yyyy-MM-dd");

    /// <summary><c>payer=amount</c>, payers in alphabetical order, joined by <c>;</c>.</summary>
    public static string Funding(Verdict verdict) => string.Join(';', verdict.Funding
        .OrderBy(part => part.Payer.Code, StringComparer.Ordinal).Select(part => $"{part.Payer.Code}={part.Amount}"));

    /// <summary>Reads back what <see cref="Funding"/> wrote: codes of payers with their amounts.</summary>
    /// <exception cref="FormatException">It is of another form.</exception>
    public static IEnumerable<(string Payer, Money Amount)> ReadFunding(string text)
    {
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !Money.TryParseYuan(part.AsSpan(at + 1), out var amount))
                throw new FormatException("Funding of an unknown form.");
            yield return (part[..at], amount);
        }
    }
}
