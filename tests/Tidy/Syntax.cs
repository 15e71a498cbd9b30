using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Canbao.Tidy.Tests;

/// <summary>Small questions to a C# syntax tree.</summary>
static class Syntax
{
    /// <summary>
    /// Each longest dotted name in code, such as <c>DateTime.Now.AddDays</c> or <c>Canbao.Core.Ledger</c>, as its parts. Names of
    /// namespaces being declared are left out, a chain that begins with something else than a name (a call, an index) too.
    /// </summary>
    public static IEnumerable<(SyntaxNode Node, string[] Parts)> DottedNames(this SyntaxNode root) =>
        from node in root.DescendantNodes()
        where node is NameSyntax or MemberAccessExpressionSyntax
        where node.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax or BaseNamespaceDeclarationSyntax)
        where node.Parent is not MemberAccessExpressionSyntax
        let parts = Parts(node)
        where parts is not null
        select (node, parts);

    /// <summary>Dotted names in which <paramref name="type"/> is followed by such a member.</summary>
    public static IEnumerable<SyntaxNode> Uses(this SyntaxNode root, string type, Func<string, bool> isSuch) =>
        from name in root.DottedNames()
        where name.Parts.Zip(name.Parts.Skip(1)).Any(pair => pair.First == type && isSuch(pair.Second))
        select name.Node;

    /// <summary>The namespace that a file declares first; empty where it declares none.</summary>
    public static string Namespace(this SyntaxNode root) =>
        root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    static string[]? Parts(SyntaxNode node) => node switch
    {
        SimpleNameSyntax name => [name.Identifier.ValueText],
        QualifiedNameSyntax name => Parts(name.Left) is { } left ? [.. left, name.Right.Identifier.ValueText] : null,
        AliasQualifiedNameSyntax name => [name.Name.Identifier.ValueText],
        MemberAccessExpressionSyntax access => Parts(access.Expression) is { } left ? [.. left, access.Name.Identifier.ValueText] : null,
        PredefinedTypeSyntax type => [type.Keyword.ValueText],
        _ => null,
    };
}
