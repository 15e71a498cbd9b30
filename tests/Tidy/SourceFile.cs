using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Canbao.Tidy.Tests;

/// <summary>One text file of the repository, or a sample that stands for one; its path begins at the root.</summary>
sealed record SourceFile(string Path, string Text)
{
    static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(LanguageVersion.Preview)
        .WithFeatures([new("FileBasedProgram", "true")]);

    readonly Lazy<SyntaxNode> _root = new(() => CSharpSyntaxTree.ParseText(Text, ParseOptions).GetRoot());

    /// <summary>The file as a C# syntax tree.</summary>
    public SyntaxNode Root => _root.Value;

    /// <summary>The lines without their ends; the empty text after the last end is not a line.</summary>
    public string[] Lines => (Text.EndsWith('\n') ? Text[..^1] : Text).Split('\n');

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsBelow(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Violation At(int line, string text) => new(Path, line, text);

    public Violation At(SyntaxNodeOrToken place, string text) => At(place.GetLocation()!, text);

    public Violation At(SyntaxTrivia place, string text) => At(place.GetLocation(), text);

    Violation At(Location place, string text) => At(Line(place.GetLineSpan().StartLinePosition), text);

    static int Line(LinePosition position) => position.Line + 1;
}

/// <summary>A place that breaks a rule; lines count from 1.</summary>
sealed record Violation(string File, int Line, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Text}";
}
