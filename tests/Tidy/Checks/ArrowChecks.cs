using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Canbao.Tidy.Tests.Checks;

/// <summary>Holds projects and rooms to the table in <see cref="Arrows"/>.</summary>
static class ArrowChecks
{
    public static readonly Check ProjectsPointOneWay = new(
        "A project refers only to projects that the table of arrows allows",
        file => file.IsBelow("src") && IsProject(file),
        file => from reference in Items(file, "ProjectReference")
                let target = Path.GetFileNameWithoutExtension(reference.Name.Replace('\\', '/'))
                where !Arrows.Projects.TryGetValue(ProjectName(file), out var allowed) || !allowed.Contains(target)
                select file.At(reference.Line, $"{ProjectName(file)} may not refer to {target}"))
    {
        Broken =
        [
            Project("Canbao.Policy", """<ProjectReference Include="../Canbao.Storage/Canbao.Storage.csproj" />"""),
            Project("Canbao.Storage", """<ProjectReference Include="../Canbao.Policy/Canbao.Policy.csproj" />"""),
            Project("Canbao.Core", """<ProjectReference Include="..\Canbao.Web\Canbao.Web.csproj" />"""),
            Project("Canbao.Core", """<ProjectReference Include="../../tests/TestKit/Canbao.TestKit.csproj" />"""),
            Project("Canbao.Newcomer", """<ProjectReference Include="../Canbao.Core/Canbao.Core.csproj" />"""),
        ],
        Sound = [Project("Canbao.Core", """<ProjectReference Include="../Canbao.Policy/Canbao.Policy.csproj" />""")],
    };

    public static readonly Check VocabularyStandsAlone = new(
        "Canbao.Vocabulary uses the base library only",
        file => file.IsBelow("src/Canbao.Vocabulary") && IsProject(file),
        file => from kind in new[] { "PackageReference", "FrameworkReference", "Reference" }
                from item in Items(file, kind)
                select file.At(item.Line, $"Canbao.Vocabulary may not use {item.Name}"))
    {
        Broken = [Project("Canbao.Vocabulary", """<PackageReference Include="YamlDotNet" />""")],
        Sound = [Project("Canbao.Vocabulary", """<InternalsVisibleTo Include="Canbao.Vocabulary.Tests" />""")],
    };

    public static readonly Check RoomsPointOneWay = new(
        "A room of the core uses only rooms that the table of arrows allows",
        file => file.IsBelow("src/Canbao.Core") && file.IsCSharp,
        ForbiddenRooms)
    {
        Broken =
        [
            Room("Registry", "using Canbao.Core.Ledger;"),
            Room("Registry", "using Entry = Canbao.Core.Ledger.Entry;"),
            Room("Registry", "using static Canbao.Core.Ledger.Entry;"),
            Room("Registry", "using Canbao.Policy.Packs;"),
            Room("Registry", "", "Canbao.Core.Ledger.Entry? entry;"),
            Room("Registry", "", "global::Canbao.Core.Ledger.Entry? entry;"),
            Room("Registry", "", "object entry = Core.Ledger.Entry.Make();"),
            Room("Registry", "", "Ledger.Entry? entry;"),
            Room("Registry", "", "object entry = Ledger.Entry.Make();"),
            Room("Units", "using Canbao.Core.Calendar;"),
            Room("Calendar", "using Canbao.Core.Files;"),
            Room("Ledger", "using Canbao.Core.Registry;"),
            Room("Collection", "using Canbao.Core.Coverage;"),
            Room("Coverage", "using Canbao.Core.Work;"),
            Room("Assessment", "using Canbao.Core.Reporting;"),
            Room("Reporting", "using Canbao.Core.Registry;"),
        ],
        Sound =
        [
            Room("Registry", "using Canbao.Core.Events;\nusing Canbao.Core.Registry.Rules;\nusing Canbao.Storage;"),
            Room("Access", "using Canbao.Core.Units;"),
            Room("Assessment", "using Canbao.Core.Rosters;\nusing Canbao.Policy.Plans;"),
            Room("Work", "using Canbao.Core.Collection;\nusing Canbao.Core.Coverage;"),
            Room("Registry", "", "List<int> Work = [];\n    int Amount => Work.Count;"),
        ],
    };

    public static readonly Check RoomsAreKnown = new(
        "Code of the core stands in the folder and the namespace of a room in the table of arrows, and no using is global",
        file => file.IsBelow("src/Canbao.Core") && (file.IsCSharp || IsProject(file)),
        Homeless)
    {
        Broken =
        [
            new("src/Canbao.Core/Loose.cs", "namespace Canbao.Core;\n\nclass Loose;\n"),
            new("src/Canbao.Core/Helpers/Loose.cs", "namespace Canbao.Core.Helpers;\n\nclass Loose;\n"),
            new("src/Canbao.Core/Registry/Loose.cs", "namespace Canbao.Core.Ledger;\n\nclass Loose;\n"),
            new("src/Canbao.Core/Registry/Usings.cs", "global using Canbao.Core.Ledger;\n"),
            Project("Canbao.Core", """<Using Include="Canbao.Core.Ledger" />"""),
        ],
        Sound = [new("src/Canbao.Core/Registry/Rules/Merge.cs", "namespace Canbao.Core.Registry.Rules;\n\nclass Merge;\n")],
    };

    public static readonly Check RulesSeeNoStorage = new(
        "Pure rules in a room's Rules/ see no storage",
        file => file.IsBelow("src/Canbao.Core") && file.Path.Contains("/Rules/", StringComparison.Ordinal) && file.IsCSharp,
        file => from name in file.Root.DottedNames()
                where Relative(name.Parts) is ["Storage", ..]
                select file.At(name.Node, "rules see no storage"))
    {
        Broken = [new("src/Canbao.Core/Registry/Rules/Merge.cs", "using Canbao.Storage;\n\nnamespace Canbao.Core.Registry.Rules;\n")],
        Sound = [new("src/Canbao.Core/Registry/Rules/A.cs", "using Canbao.Vocabulary;\n\nnamespace Canbao.Core.Registry.Rules;\n")],
    };

    static IEnumerable<Violation> ForbiddenRooms(SourceFile file)
    {
        var room = RoomOf(file);
        if (!Arrows.Rooms.TryGetValue(room, out var allowed))
            yield break;
        var declared = DeclaredNames(file.Root);
        foreach (var (node, parts) in file.Root.DottedNames())
            if (TargetRoom(parts, declared) is { } target && target != room && !allowed.Contains(target))
                yield return file.At(node, $"{room} may not use {target}");
    }

    static IEnumerable<Violation> Homeless(SourceFile file)
    {
        if (IsProject(file))
        {
            foreach (var item in Items(file, "Using"))
                yield return file.At(item.Line, $"a using for the whole project hides who uses {item.Name}");
            yield break;
        }

        foreach (var directive in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>())
            if (directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
                yield return file.At(directive, $"a global using hides who uses {directive.NamespaceOrType}");
        var type = file.Root.DescendantNodes().FirstOrDefault(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
        if (type is null)
            yield break;
        var room = RoomOf(file);
        if (!Arrows.Rooms.ContainsKey(room))
            yield return file.At(type, $"'{room}' is no room in the table of arrows");
        else if (!$"{file.Root.Namespace()}.".StartsWith($"Canbao.Core.{room}.", StringComparison.Ordinal))
            yield return file.At(type, $"the namespace {file.Root.Namespace()} is not that of the folder {room}");
    }

    /// <summary>The room, or "Policy", that a dotted name leads to; null where it leads to none.</summary>
    static string? TargetRoom(string[] parts, HashSet<string> declared) => Relative(parts) switch
    {
        ["Core", var room, ..] when Arrows.Rooms.ContainsKey(room) => room,
        ["Policy", ..] when parts.Length > 1 && !declared.Contains(parts[0]) => "Policy",
        // Seen from inside Canbao.Core, `Ledger.Entry` is a room too, unless the file has a member or a variable of that name.
        [var room, _, ..] when parts[0] == room && Arrows.Rooms.ContainsKey(room) && !declared.Contains(room) => room,
        _ => null,
    };

    /// <summary>A name without a leading <c>Canbao</c>, which code inside the namespace may leave out.</summary>
    static string[] Relative(string[] parts) => parts is ["Canbao", .. var rest] ? rest : parts;

    static HashSet<string> DeclaredNames(SyntaxNode root) =>
    [
        .. root.DescendantNodes().Select(node => node switch
        {
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            _ => "",
        }),
    ];

    static string RoomOf(SourceFile file) => file.Path.Split('/') is [_, _, var room, _, ..] ? room : "";

    static bool IsProject(SourceFile file) => file.Path.EndsWith(".csproj", StringComparison.Ordinal);

    static string ProjectName(SourceFile file) => Path.GetFileNameWithoutExtension(file.Path);

    static IEnumerable<(string Name, int Line)> Items(SourceFile file, string kind) =>
        from element in XDocument.Parse(file.Text, LoadOptions.SetLineInfo).Descendants()
        where element.Name.LocalName == kind
        select ((string?)element.Attribute("Include") ?? "", ((System.Xml.IXmlLineInfo)element).LineNumber);

    static SourceFile Project(string name, string item) =>
        new($"src/{name}/{name}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\">\n  <ItemGroup>\n    {item}\n  </ItemGroup>\n</Project>\n");

    static SourceFile Room(string room, string usings, string member = "") =>
        new($"src/Canbao.Core/{room}/Sample.cs", $"{usings}\n\nnamespace Canbao.Core.{room};\n\nclass Sample\n{{\n    {member}\n}}\n");
}
