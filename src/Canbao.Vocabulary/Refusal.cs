namespace Canbao.Vocabulary;

/// <summary>
/// Why a value was refused. A refusal never quotes the refused value, so that it can be shown, stored and logged.
/// </summary>
/// <param name="Code">
/// Stable name in lower case, <c>subject.reason</c>, such as <c>citizen_number.check_digit</c>; once released it keeps its
/// meaning, so that tests, statistics and other programs may rely on it.
/// </param>
/// <param name="Text">Chinese sentence for the person at the desk: what is wrong, and what to do about it. May be reworded.</param>
public sealed record Refusal(string Code, string Text)
{
    /// <summary>Code and text, such as <c>citizen_number.empty 证件号码为空，请填写。</c>.</summary>
    public override string ToString() => $"{Code} {Text}";
}
