namespace Canbao.Tidy.Tests;

/// <summary>A rule of style or structure, with samples that show that it can fail and that it lets good text pass.</summary>
/// <param name="Rule">What must hold, as a sentence.</param>
/// <param name="Covers">The files it looks at, by path.</param>
/// <param name="Find">The places of one file that break it.</param>
sealed record Check(string Rule, Func<SourceFile, bool> Covers, Func<SourceFile, IEnumerable<Violation>> Find)
{
    /// <summary>Each of these breaks the rule.</summary>
    public required SourceFile[] Broken { get; init; }

    /// <summary>Each of these keeps it, though it comes near.</summary>
    public required SourceFile[] Sound { get; init; }

    public IReadOnlyList<Violation> In(SourceFile file) => Covers(file) ? [.. Find(file)] : [];
}
