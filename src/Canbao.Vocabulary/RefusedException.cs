namespace Canbao.Vocabulary;

/// <summary>
/// What somebody asked for cannot be done, and nothing of it was done. For the person at the desk, not for the maintainer.
/// </summary>
/// <param name="code">Stable, a letter and a number, such as <c>R101</c>.</param>
/// <param name="text">Chinese: what is wrong and what to do about it. Never holds a number of a person.</param>
public sealed class RefusedException(string code, string text) : Exception(text)
{
    /// <summary>Stable, a letter and a number.</summary>
    public string Code { get; } = code;
}
