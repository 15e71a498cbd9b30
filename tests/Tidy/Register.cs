using Canbao.TestKit;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using YamlDotNet.RepresentationModel;

namespace Canbao.Tidy.Tests;

/// <summary>An entry of docs/clauses.yaml.</summary>
sealed record Clause(string Notice, string Id, string Kind, string Asks);

/// <summary>A place that names a clause.</summary>
sealed record ClauseUse(string Id, string Place);

/// <summary>A folder of policies/ with the texts of its policy.yaml and cases.yaml.</summary>
sealed record Pack(string Folder, string Policy, string Cases);

/// <summary>The clause register, and who names its entries.</summary>
static class Register
{
    public static IReadOnlyList<Clause> Entries { get; } = Read(File.ReadAllText(Repository.Path("docs", "clauses.yaml")));

    static readonly IReadOnlyList<Pack> Packs =
    [
        .. from folder in Directory.EnumerateDirectories(Repository.Path("policies")).Order(StringComparer.Ordinal)
           where File.Exists(Path.Combine(folder, "policy.yaml"))
           select new Pack(
               $"policies/{Path.GetFileName(folder)}",
               File.ReadAllText(Path.Combine(folder, "policy.yaml")),
               File.ReadAllText(Path.Combine(folder, "cases.yaml"))),
    ];

    /// <summary>The clauses that packs list as theirs.</summary>
    public static IReadOnlyList<ClauseUse> InPacks { get; } = [.. Packs.SelectMany(ListedByPack)];

    /// <summary>The clauses that the cases beside the packs name.</summary>
    public static IReadOnlyList<ClauseUse> InCases { get; } = [.. Packs.SelectMany(NamedByCases)];

    /// <summary>The clauses that test code names.</summary>
    public static IReadOnlyList<ClauseUse> InTests { get; } =
        [.. RepositoryFiles.All.Where(file => file.IsBelow("tests") && file.IsCSharp).SelectMany(NamedByTests)];

    public static IReadOnlyList<Clause> Read(string yaml) =>
    [
        .. from notice in (YamlMappingNode)Root(yaml)
           from entry in (YamlSequenceNode)notice.Value
           select new Clause(Text(notice.Key), Text(entry["id"]), Text(entry["kind"]), Text(entry["asks"])),
    ];

    public static IEnumerable<ClauseUse> ListedByPack(Pack pack) =>
        from clause in (YamlMappingNode)Root(pack.Policy)["clauses"]
        select new ClauseUse($"{Prefix(pack)} {Text(clause.Key)}", $"{pack.Folder}/policy.yaml:{clause.Key.Start.Line}");

    public static IEnumerable<ClauseUse> NamedByCases(Pack pack) =>
        from example in (YamlSequenceNode)Root(pack.Cases)
        from clause in (YamlSequenceNode)example["clauses"]
        select new ClauseUse($"{Prefix(pack)} {Text(clause)}", $"{pack.Folder}/cases.yaml:{clause.Start.Line}");

    /// <summary>Clauses in [Clause("…")]; one that is not written as a plain text has the id of its source, which no entry has.</summary>
    public static IEnumerable<ClauseUse> NamedByTests(SourceFile file) =>
        from attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>()
        where attribute.Name.ToString() is "Clause" or "ClauseAttribute"
        let argument = attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression
        let id = argument is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text
            ? text.Token.ValueText : $"{argument}"
        select new ClauseUse(id, file.At(attribute, "names").ToString());

    static string Prefix(Pack pack) => Text(Root(pack.Policy)["clause_prefix"]);

    static YamlNode Root(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents[0].RootNode;
    }

    static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
