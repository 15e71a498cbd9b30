using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Canbao.Cli;

/// <summary>
/// Help in Chinese. The library's own headings are English in part, and it does not count a Chinese character as two columns.
/// </summary>
sealed class ChineseHelp : SynchronousCommandLineAction
{
    /// <summary>Makes <c>--help</c> of a program and its commands write this help.</summary>
    public static void Use(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ChineseHelp();
        help.Description = "显示用法";
        root.Options.OfType<VersionOption>().Single().Description = "显示版本号";
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine($"用法：{Usage(command)}");
        WriteList(output, "命令", [.. command.Subcommands.Select(sub => (Call(sub), sub.Description))]);
        WriteList(output, "参数", [.. command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description))]);
        WriteList(output, "选项", [.. OptionsOf(command).Select(option => (Label(option), option.Description))]);
        return 0;
    }

    static string Usage(Command command)
    {
        var names = Parents(command).Reverse().Append(command).Select(part => part.Name);
        var arguments = command.Arguments.Select(argument => $"<{argument.Name}>");
        string[] rest = [.. arguments, .. command.Subcommands.Count > 0 ? ["<命令>"] : Array.Empty<string>(), "[选项]"];
        return string.Join(' ', names.Concat(rest));
    }

    static string Call(Command command) =>
        string.Join(' ', command.Arguments.Select(argument => $"<{argument.Name}>").Prepend(command.Name));

    static string Label(Option option)
    {
        var names = string.Join("、", option.Aliases.Append(option.Name).Distinct().Where(name => name[0] == '-')
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal));
        return names + (option.HelpName is { } value ? $" <{value}>" : "") + (option.Required ? "（必填）" : "");
    }

    static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(Parents(command).SelectMany(parent => parent.Options.Where(option => option.Recursive)))
            .Where(option => !option.Hidden);

    static IEnumerable<Command> Parents(Command command)
    {
        while (command.Parents.OfType<Command>().FirstOrDefault() is { } parent)
        {
            yield return parent;
            command = parent;
        }
    }

    static void WriteList(TextWriter output, string title, IReadOnlyList<(string Label, string? Says)> items)
    {
        if (items.Count == 0)
            return;
        var width = items.Max(item => TerminalText.Width(item.Label)) + 2;
        output.WriteLine();
        output.WriteLine($"{title}：");
        foreach (var (label, says) in items)
            output.WriteLine($"  {TerminalText.Pad(label, width)}{says}");
    }
}
