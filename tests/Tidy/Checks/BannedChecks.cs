using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Canbao.Tidy.Tests.Checks;

/// <summary>What the language allows and this project does not.</summary>
static partial class BannedChecks
{
    public static readonly Check InjectedClock = new(
        "No clock is read but an injected TimeProvider",
        file => file.IsCSharp,
        file => Clocks(file).Select(node => file.At(node, $"{node} reads the machine's clock")))
    {
        Broken =
        [
            Statement("var day = DateTime.Now;"),
            Statement("var day = System.DateTime.UtcNow.AddDays(1);"),
            Statement("var day = DateOnly.FromDateTime(DateTime.Today);"),
            Statement("var day = DateTimeOffset.Now.ToString();"),
            Statement("var day = DateTimeOffset.UtcNow;"),
            new("src/Canbao.Core/Ledger/A.cs", "using static System.DateTime;\n"),
            new("src/Canbao.Core/Ledger/A.cs", "using Clock = System.DateTime;\n"),
            Statement("var day = TimeProvider.System.GetLocalNow();"),
        ],
        Sound =
        [
            Statement("var day = clock.GetUtcNow(); // DateTime.Now would not do"),
            Statement("var day = new DateTime(2022, 1, 1);"),
            Statement("var clock = TimeProvider.System;", "src/Canbao.Cli/A.cs"),
        ],
    };

    public static readonly Check WholeFen = new(
        "Where Money is, there is no fraction: no double, float or decimal",
        file => file.IsBelow("src") && file.IsCSharp,
        file => file.Root.DescendantTokens().Any(token => token.ValueText == "Money")
            ? file.Root.DescendantTokens().Where(IsFraction).Select(token => file.At(token, $"'{token}' in a file that deals with Money"))
            : [])
    {
        Broken =
        [
            Statement("double rate = 1; Money due;"),
            Statement("float rate = 1; Money due;"),
            Statement("decimal rate = 1; Money due;"),
            Statement("System.Decimal rate = 1; Money due;"),
            Statement("var half = Money.FromYuan(0.5);"),
        ],
        Sound = [Statement("double rate = 0.5; // no Money here"), Statement("Money due = Money.FromFen(32_000);")],
    };

    public static readonly Check NoSleep = new(
        "No thread sleeps",
        file => file.IsBelow("src") && file.IsCSharp,
        file => file.Root.Uses("Thread", member => member == "Sleep").Select(node => file.At(node, "a sleeping thread")))
    {
        Broken = [Statement("Thread.Sleep(5);"), Statement("System.Threading.Thread.Sleep(5);")],
        Sound = [Statement("await Task.Delay(5, clock);")],
    };

    public static readonly Check NoAsyncVoid = new(
        "No function is async void",
        file => file.IsCSharp,
        file => from node in file.Root.DescendantNodes()
                let function = node switch
                {
                    MethodDeclarationSyntax method => (method.Modifiers, Returns: method.ReturnType),
                    LocalFunctionStatementSyntax local => (local.Modifiers, Returns: local.ReturnType),
                    _ => default,
                }
                where function.Modifiers.Any(SyntaxKind.AsyncKeyword)
                where function.Returns is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
                select file.At(node, "its faults end the process: return a Task"))
    {
        Broken = [Member("async void B() { }"), Statement("async void C() { }")],
        Sound = [Member("async Task B() { }"), Member("void B() { }")],
    };

    public static readonly Check WarningsHaveReasons = new(
        "A warning switched off says why, on the same line or the line above",
        file => file.IsCSharp,
        file => from trivia in file.Root.DescendantTrivia()
                let directive = trivia.GetStructure() as PragmaWarningDirectiveTriviaSyntax
                where directive is not null
                where directive.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword)
                let line = file.Text.Split('\n')[..(directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1)]
                where !line[^1].Contains("//", StringComparison.Ordinal)
                where line.Length < 2 || !line[^2].TrimStart().StartsWith("//", StringComparison.Ordinal)
                select file.At(directive, "switched off without a reason"))
    {
        Broken = [new("a.cs", "#pragma warning disable CA1000\nclass A;\n"), new("a.cs", "class A;\n#pragma warning disable\nclass B;\n")],
        Sound =
        [
            new("a.cs", "#pragma warning disable CA1000 // the type argument is the point\nclass A;\n"),
            new("a.cs", "// The type argument is the point.\n#pragma warning disable CA1000\nclass A;\n#pragma warning restore CA1000\n"),
        ],
    };

    public static readonly Check NoRegions = new(
        "There are no regions",
        file => file.IsCSharp,
        file => from trivia in file.Root.DescendantTrivia()
                where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
                select file.At(trivia, "a region hides what should be a smaller file"))
    {
        Broken = [new("a.cs", "#region Fields\nclass A;\n#endregion\n")],
        Sound = [new("a.cs", "class Region;\n")],
    };

    public static readonly Check ConsoleInCliOnly = new(
        "Only the command line writes to the console",
        file => file.IsCSharp && (file.IsBelow("src") || file.IsBelow("tests")) && !file.IsBelow("src/Canbao.Cli"),
        file => file.Root.Uses("Console", member => member is "Out" or "Error" || member.StartsWith("Write", StringComparison.Ordinal))
            .Select(node => file.At(node, $"{node} outside the command line")))
    {
        Broken = [Statement("Console.WriteLine(1);"), Statement("System.Console.Write('a');"), Statement("Console.Error.WriteLine(1);")],
        Sound = [Statement("Console.WriteLine(1);", "src/Canbao.Cli/A.cs"), Statement("output.WriteLine(1);")],
    };

    public static readonly Check NarrowCatches = new(
        "Outside the command line a catch names its fault or has a filter",
        file => file.IsCSharp && !file.IsBelow("src/Canbao.Cli"),
        file => from clause in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
                where clause.Filter is null
                where clause.Declaration is null || clause.Declaration.Type.ToString() is "Exception" or "System.Exception"
                select file.At(clause, "catches everything"))
    {
        Broken =
        [
            Statement("try { } catch { }"),
            Statement("try { } catch (Exception) { }"),
            Statement("try { } catch (System.Exception fault) { throw; }"),
        ],
        Sound =
        [
            Statement("try { } catch (IOException) { }"),
            Statement("try { } catch (Exception fault) when (fault is IOException) { }"),
            Statement("try { } catch (Exception) { }", "src/Canbao.Cli/A.cs"),
        ],
    };

    public static readonly Check NothingLeftUndone = new(
        "Nothing is marked as left undone",
        file => Path.GetExtension(file.Path) is not (".md" or ".json"),
        file => from line in file.Lines.Index()
                from Match match in Undone().Matches(line.Item)
                select file.At(line.Index + 1, $"'{match.Value}': finish it, or open an issue"))
    {
        Broken =
        [
            new("a.cs", $"// {"TO" + "DO"}: finish\n"),
            new("a.cs", $"// {"FIX" + "ME"}\n"),
            new("a.yaml", $"# {"XX" + "X"} which amount?\n"),
            new("test", $"# {"HA" + "CK"}\n"),
            new("a.cs", $"class A {{ int B() => throw new {"NotImplemented" + "Exception"}(); }}\n"),
        ],
        Sound = [new("a.cs", "// a hackneyed phrase, XXXL\n")],
    };

    public static readonly Check NoTestSwitchedOff = new(
        "No test is switched off or checks nothing",
        file => file.IsBelow("tests") && file.IsCSharp,
        file => from node in file.Root.DescendantNodes()
                where node is AttributeArgumentSyntax { NameEquals.Name.Identifier.ValueText: "Skip" } argument
                        && !argument.Parent!.ChildNodes().OfType<AttributeArgumentSyntax>()
                            .Any(other => other.NameEquals?.Name.Identifier.ValueText is "SkipWhen" or "SkipUnless")
                    || node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } call
                        && call.Expression.ToString() == "Assert.True"
                        && call.ArgumentList.Arguments is [{ Expression.RawKind: (int)SyntaxKind.TrueLiteralExpression }, ..]
                select file.At(node, $"{node}: a test that does not test"))
    {
        Broken =
        [
            new("tests/Core/A.cs", "class A { [Fact(Skip = \"later\")] void B() { } }\n"),
            new("tests/Core/A.cs", $"class A {{ [Fact] void B() => Assert.True({"true"}); }}\n"),
        ],
        Sound =
        [
            new("tests/Core/A.cs", "class A { [Fact(Skip = \"no server\", SkipUnless = nameof(Server))] void B() { } }\n"),
            new("tests/Core/A.cs", "class A { [Fact] void B() => Assert.True(1 < 2); }\n"),
        ],
    };

    static IEnumerable<SyntaxNode> Clocks(SourceFile file) =>
    [
        .. file.Root.Uses("DateTime", member => member is "Now" or "UtcNow" or "Today"),
        .. file.Root.Uses("DateTimeOffset", member => member is "Now" or "UtcNow"),
        .. file.IsBelow("src") && !file.IsBelow("src/Canbao.Cli") && !file.IsBelow("src/Canbao.Web")
            ? file.Root.Uses("TimeProvider", member => member == "System") : [],
        // Either would let a clock be read by another name.
        .. from directive in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>()
           where directive.Alias is not null || directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword)
           where directive.NamespaceOrType.ToString() is "System.DateTime" or "System.DateTimeOffset"
           select directive,
    ];

    static bool IsFraction(SyntaxToken token) =>
        token.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword or SyntaxKind.DecimalKeyword
        || token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "Double" or "Single" or "Decimal" && token.Parent is NameSyntax
            && token.Parent.Parent is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax)
        || token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is double or float or decimal;

    // Put together from pieces, so that this file does not hold what it looks for.
    [GeneratedRegex(@"\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK|NotImplemented" + @"Exception)\b")]
    private static partial Regex Undone();

    const string LedgerFile = "src/Canbao.Core/Ledger/A.cs";

    static SourceFile Statement(string statement, string path = LedgerFile) => Member($"void B() {{ {statement}\n}}", path);

    static SourceFile Member(string member, string path = LedgerFile) => new(path, $"class A\n{{\n    {member}\n}}\n");
}
