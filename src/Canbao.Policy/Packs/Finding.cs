namespace Canbao.Policy.Packs;

/// <summary>Something wrong in a file that a person wrote: where, what, and what to write instead.</summary>
/// <param name="Code">
/// A stable code: <c>P1xx</c> form, <c>P2xx</c> references, <c>P3xx</c> proof, <c>P4xx</c> cases, season, what is not filled in.
/// </param>
/// <param name="File">The file.</param>
/// <param name="At">The place in it; line 0 for the file as a whole.</param>
/// <param name="Text">What is wrong and what to write, in Chinese.</param>
public sealed record Finding(string Code, string File, SourcePlace At, string Text)
{
    /// <summary>As a compiler prints it: file, line, column, code and text.</summary>
    public override string ToString() => At.Line == 0 ? $"{File}: {Code} {Text}" : $"{File}:{At.Line}:{At.Column}: {Code} {Text}";
}
