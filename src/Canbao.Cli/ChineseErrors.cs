using System.Text.RegularExpressions;

namespace Canbao.Cli;

/// <summary>
/// What the command line library finds wrong with a call, in Chinese. The library's own Chinese texts are English in part, and without
/// culture data it does not find them on file systems that tell case apart.
/// </summary>
static partial class ChineseErrors
{
    static readonly (Regex English, string Chinese)[] Messages =
    [
        (NoCommand(), "没有写命令"),
        (Unrecognized(), "不认识的命令、选项或参数：$1"),
        (OptionMissing(), "缺少必填的选项 $1"),
        (OptionValueMissing(), "选项 $1 后面没有写值"),
        (ArgumentMissing(), "命令 $2 缺少参数 $1"),
        (TooManyValues(), "选项 $1 只能有一个值，写了 $2 个"),
        (NotCombined(), "$1 不能与其他选项或参数同用"),
        (NotParsed(), "选项 $2 的值“$1”写法不对"),
    ];

    /// <summary>A message in Chinese; one that is not the library's own stays as it is.</summary>
    public static string Translate(string message)
    {
        foreach (var (english, chinese) in Messages)
            if (english.Match(message) is { Success: true } match)
                return match.Result(chinese);
        return message;
    }

    [GeneratedRegex("^Required command was not provided\\.$")]
    private static partial Regex NoCommand();

    [GeneratedRegex("^Unrecognized command or argument '(.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^Option '(.*)' is required\\.$")]
    private static partial Regex OptionMissing();

    [GeneratedRegex("^Required argument missing for option: '(.*)'\\.$")]
    private static partial Regex OptionValueMissing();

    [GeneratedRegex("^Required argument '(.*)' missing for command: '(.*)'\\.$")]
    private static partial Regex ArgumentMissing();

    [GeneratedRegex("^Option '(.*)' expects a single argument but (\\d+) were provided\\.$")]
    private static partial Regex TooManyValues();

    [GeneratedRegex("^(.*) option cannot be combined with other arguments\\.$")]
    private static partial Regex NotCombined();

    [GeneratedRegex("^Cannot parse argument '(.*)' for option '(.*)' as expected type", RegexOptions.Singleline)]
    private static partial Regex NotParsed();
}
