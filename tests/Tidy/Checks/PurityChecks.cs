using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Canbao.Tidy.Tests.Checks;

/// <summary>Canbao.Policy and Canbao.Vocabulary answer from what they are given.</summary>
static class PurityChecks
{
    /// <summary>The one file that reads packs.</summary>
    const string PackReading = "src/Canbao.Policy/Packs/PackLibrary.cs";

    static readonly HashSet<(string, string)> FileCalls =
    [
        .. from type in new[] { typeof(File), typeof(Directory), typeof(Path) }
           from member in type.GetMembers(BindingFlags.Public | BindingFlags.Static)
           select (type.Name, member.Name),
    ];

    static readonly HashSet<string> FileTypes =
        ["FileInfo", "DirectoryInfo", "FileStream", "FileSystemWatcher", "DriveInfo", "StreamReader", "StreamWriter", "RandomAccess"];

    static readonly HashSet<string> WorldTypes =
    [
        "TimeProvider", "Stopwatch", "Environment", "Process", "HttpClient", "Socket", "TcpClient", "Dns", "Random", "Console",
        "Timer", "PeriodicTimer",
    ];

    public static readonly Check NoClockAndNoWorld = new(
        "Policy and Vocabulary know no clock, network, process, environment or chance",
        IsPure,
        file => from name in file.Root.DottedNames()
                where name.Parts.FirstOrDefault(WorldTypes.Contains) is not null && IsTypeUse(name.Node, name.Parts)
                select file.At(name.Node, $"{string.Join('.', name.Parts)} is not for pure code"))
    {
        Broken =
        [
            Policy("long B() => Environment.TickCount64;"),
            Policy("int B() => Random.Shared.Next();"),
            Policy("object B(TimeProvider clock) => clock;"),
            Policy("object B() => new HttpClient();"),
            Policy("object B() => System.Diagnostics.Stopwatch.StartNew();"),
        ],
        Sound = [Policy("int B(DateOnly paidOn) => paidOn.Year;"), Policy("List<int> Random = [];\n    int C() => this.Random.Count;")],
    };

    public static readonly Check OnlyTheLibraryReadsFiles = new(
        "In Policy and Vocabulary only PackLibrary.cs touches files",
        file => IsPure(file) && file.Path != PackReading,
        file => from name in file.Root.DottedNames()
                where name.Parts.Zip(name.Parts.Skip(1)).Any(FileCalls.Contains)
                    || name.Parts.Any(FileTypes.Contains) && IsTypeUse(name.Node, name.Parts)
                select file.At(name.Node, $"{string.Join('.', name.Parts)} belongs in PackLibrary.cs"))
    {
        Broken =
        [
            Policy("string B() => File.ReadAllText(\"a\");"),
            Policy("bool B() => System.IO.Directory.Exists(\"a\");"),
            Policy("string B() => Path.Combine(\"a\", \"b\");"),
            Policy("object B() => new StreamReader(\"a\");"),
            Policy("object B(FileInfo file) => file;"),
        ],
        Sound =
        [
            Policy("string File = \"\";\n    int B() => File.Length;"),
            Policy("object B(string text) => new StringReader(text);"),
            new(PackReading, "class A { string B() => File.ReadAllText(\"a\"); }\n"),
        ],
    };

    static bool IsPure(SourceFile file) =>
        file.IsCSharp && (file.IsBelow("src/Canbao.Policy") || file.IsBelow("src/Canbao.Vocabulary"));

    /// <summary>A name in the place of a type, or a chain that begins with a type or a namespace and not with a variable.</summary>
    static bool IsTypeUse(SyntaxNode node, string[] parts) =>
        node is MemberAccessExpressionSyntax
            ? parts.Length > 1
            : node.Parent is not (ArgumentSyntax or EqualsValueClauseSyntax or NameColonSyntax);

    static SourceFile Policy(string member) => new("src/Canbao.Policy/Plans/A.cs", $"class A\n{{\n    {member}\n}}\n");
}
