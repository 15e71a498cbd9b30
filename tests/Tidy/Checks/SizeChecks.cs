using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Canbao.Tidy.Tests.Checks;

/// <summary>Sizes that read well.</summary>
static class SizeChecks
{
    const int FileLines = 300;
    const int FunctionLines = 60;

    public static readonly Check Files = new(
        $"A C# file has at most {FileLines} lines",
        file => file.IsCSharp,
        file => file.Lines.Length > FileLines ? [file.At(1, $"{file.Lines.Length} lines, at most {FileLines}")] : [])
    {
        Broken = [new("a.cs", Repeat("// a line", FileLines + 1))],
        Sound = [new("a.cs", Repeat("// a line", FileLines))],
    };

    public static readonly Check Functions = new(
        $"A function has at most {FunctionLines} lines",
        file => file.IsCSharp,
        file => from node in file.Root.DescendantNodesAndSelf()
                let function = Function(node)
                where function is not null && function.Lines > FunctionLines
                select file.At(node, $"{function.Name} has {function.Lines} lines, at most {FunctionLines}"))
    {
        Broken =
        [
            Method(FunctionLines - 2),
            Member($"int B\n{{\nget\n{{\n{Repeat("_ = 1;", FunctionLines - 2)}}}\n}}"),
            Member($"object B =>\nnew[]\n{{\n{Repeat("1,", FunctionLines - 3)}}};"),
            Member($"Action b = () =>\n{{\n{Repeat("_ = 1;", FunctionLines - 2)}}};"),
            new("a.cs", Repeat("Console.Beep();", FunctionLines + 1)),
        ],
        Sound =
        [
            Method(FunctionLines - 3),
            Member($"int[] b =\n[\n{Repeat("1,", 2 * FunctionLines)}];"),
        ],
    };

    sealed record Measured(string Name, int Lines);

    /// <summary>A function's name and its lines, from its first word (attributes and doc comments not counted) to its end.</summary>
    static Measured? Function(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => new(method.Identifier.ValueText, Lines(method, method.AttributeLists)),
        LocalFunctionStatementSyntax local => new(local.Identifier.ValueText, Lines(local, local.AttributeLists)),
        BaseMethodDeclarationSyntax method => new("a constructor or operator", Lines(method, method.AttributeLists)),
        AccessorDeclarationSyntax accessor => new("an accessor", Lines(accessor, accessor.AttributeLists)),
        BasePropertyDeclarationSyntax property when property.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Any() =>
            new("a property", Lines(property, property.AttributeLists)),
        AnonymousFunctionExpressionSyntax lambda => new("a lambda", Lines(lambda, lambda.AttributeLists())),
        CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().Where(IsNoFunction).ToArray() is [var first, ..] all =>
            new("the main program", Line(all[^1].Span.End, unit) - Line(first.SpanStart, unit) + 1),
        _ => null,
    };

    static bool IsNoFunction(GlobalStatementSyntax statement) => statement.Statement is not LocalFunctionStatementSyntax;

    static SyntaxList<AttributeListSyntax> AttributeLists(this AnonymousFunctionExpressionSyntax lambda) =>
        lambda is LambdaExpressionSyntax { AttributeLists: var lists } ? lists : default;

    static int Lines(SyntaxNode node, SyntaxList<AttributeListSyntax> attributes)
    {
        var first = attributes.Count == 0 ? node.SpanStart : attributes[^1].GetLastToken().GetNextToken().SpanStart;
        return Line(node.Span.End, node) - Line(first, node) + 1;
    }

    static int Line(int position, SyntaxNode node) => node.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber;

    static SourceFile Method(int bodyLines) => Member($"[Obsolete]\nvoid B()\n{{\n{Repeat("_ = 1;", bodyLines)}}}");

    static SourceFile Member(string member) => new("a.cs", $"class A\n{{\n{member}\n}}\n");

    static string Repeat(string line, int times) => string.Concat(Enumerable.Repeat(line + "\n", times));
}
