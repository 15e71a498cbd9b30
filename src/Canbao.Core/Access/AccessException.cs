namespace Canbao.Core.Access;

/// <summary>A wish about accounts that is refused; nothing is stored. The message is for the person who wished it.</summary>
/// <param name="code">A stable code, <c>A1xx</c>.</param>
/// <param name="text">What is wrong and what to do, in Chinese.</param>
public sealed class AccessException(string code, string text) : Exception(text)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
