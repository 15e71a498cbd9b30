namespace Canbao.Tidy.Tests.Checks;

/// <summary>How text lies in a file: ends, blanks, line lengths.</summary>
static class LayoutChecks
{
    const int CodeLine = 140;
    const int PolicyLine = 160;

    public static readonly Check NoTabs = new(
        "There are no tabs", _ => true, file => Lines(file, line => line.Contains('\t') ? "has a tab" : null))
    {
        Broken = [new("a.cs", "class A\n{\n\tint b;\n}\n"), new("test", "#!/usr/bin/env bash\n\techo\n")],
        Sound = [new("a.cs", "class A\n{\n    string B = \"\\t\";\n}\n")],
    };

    public static readonly Check NoTrailingBlanks = new(
        "No line ends with blanks", _ => true, file => Lines(file, line => line.EndsWith(' ') ? "ends with blanks" : null))
    {
        Broken = [new("a.cs", "class A; \n"), new("a.md", "one  \ntwo\n"), new("a.yaml", "a: 1 ")],
        Sound = [new("a.cs", "class A;\n\nclass B;\n")],
    };

    public static readonly Check UnixLineEnds = new(
        "Lines end with LF", _ => true, file => Lines(file, line => line.Contains('\r') ? "ends with CR" : null))
    {
        Broken = [new("a.cs", "class A;\r\n"), new("a.cs", "class A;\r")],
        Sound = [new("a.cs", "class A;\n")],
    };

    public static readonly Check FinalLineEnd = new(
        "A file ends with one line end",
        // The restore writes lock files, without a final line end.
        file => !IsLockFile(file) && file.Text.Length > 0,
        file => !file.Text.EndsWith('\n') ? [file.At(file.Lines.Length, "has no final line end")]
            : file.Lines[^1].Length == 0 ? [file.At(file.Lines.Length, "ends with an empty line")]
            : [])
    {
        Broken = [new("a.cs", "class A;"), new("a.cs", "class A;\n\n"), new("a.yaml", "\n")],
        Sound = [new("a.cs", "class A;\n")],
    };

    // The formatter looks at order only with the whole solution compiled, which takes it minutes.
    public static readonly Check SortedUsings = new(
        "Usings are sorted, those of System first",
        file => file.IsCSharp,
        file => file.Lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=')
            && !line.StartsWith("using static ", StringComparison.Ordinal))
            .Select(line => line[..^1]).ToList() is var all && all.SequenceEqual(
                all.OrderBy(line => !$"{line}.".StartsWith("using System.", StringComparison.Ordinal))
                    .ThenBy(line => line, StringComparer.OrdinalIgnoreCase))
            ? [] : [file.At(1, "has usings in another order")])
    {
        Broken = [new("a.cs", "using B;\nusing A;\n"), new("a.cs", "using A;\nusing System;\n"), new("a.cs", "using A.B;\nusing A;\n")],
        Sound = [new("a.cs", "using System;\nusing System.IO;\nusing A;\nusing A.B;\nusing Systems;\nusing static A.D;\nusing Z = A.C;\n")],
    };

    public static readonly Check CodeLines = new(
        $"A line of code has at most {CodeLine} characters",
        file => file.IsCSharp || Path.GetExtension(file.Path) == ".sh" || file.Text.StartsWith("#!", StringComparison.Ordinal),
        file => TooLong(file, CodeLine))
    {
        Broken = [new("a.cs", Wide('a', CodeLine + 1)), new("test", $"#!/usr/bin/env bash\n{Wide('参', CodeLine + 1)}")],
        Sound = [new("a.cs", Wide('参', CodeLine))],
    };

    public static readonly Check PolicyLines = new(
        $"A line of a policy has at most {PolicyLine} characters",
        file => file.IsBelow("policies") && file.Path.EndsWith(".yaml", StringComparison.Ordinal),
        file => TooLong(file, PolicyLine))
    {
        Broken = [new("policies/here-2022/policy.yaml", Wide('保', PolicyLine + 1))],
        Sound = [new("policies/here-2022/policy.yaml", Wide('保', PolicyLine)), new("docs/clauses.yaml", Wide('a', 500))],
    };

    public static bool IsLockFile(SourceFile file) =>
        Path.GetFileName(file.Path) is "packages.lock.json" or "package-lock.json" || file.Path.EndsWith(".lock", StringComparison.Ordinal);

    static string Wide(char letter, int length) => new string(letter, length) + "\n";

    static IEnumerable<Violation> TooLong(SourceFile file, int most) =>
        Lines(file, line => line.Length > most ? $"{line.Length} characters, at most {most}" : null);

    static IEnumerable<Violation> Lines(SourceFile file, Func<string, string?> fault) =>
        from line in file.Lines.Index()
        let text = fault(line.Item)
        where text is not null
        select file.At(line.Index + 1, text);
}
