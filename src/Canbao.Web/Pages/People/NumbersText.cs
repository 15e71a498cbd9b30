using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work;

namespace Canbao.Web.Pages;

/// <summary>What is said beside a pasted number.</summary>
static class NumbersText
{
    /// <summary>Why nobody was found, what is special, or why no amount stands there; empty where there is nothing to say.</summary>
    public static string Of(NumberAnswer answer) => string.Join('；', Parts(answer));

    static IEnumerable<string> Parts(NumberAnswer answer)
    {
        if (answer.Asked.Fault.Length > 0)
            yield return $"号码有误：{answer.Asked.Fault.TrimEnd('。')}";
        else if (answer.Found is null)
            yield return "本单位没有查到";
        if (answer.Asked.SameAs is { } line)
            yield return $"与第 {line} 行相同";
        if (answer.IsFormer)
            yield return "这是原号码，此人现用另一号码";
        if (answer.Year is { Payment: null, Quote: { Personal: null } quote })
            yield return DueText.Outcome(quote.Verdict.Outcome);
    }
}
