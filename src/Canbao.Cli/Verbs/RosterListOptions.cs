using System.CommandLine;
using Canbao.Core.Rosters;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary>How a list is to be read, from the call.</summary>
sealed class RosterListOptions
{
    readonly Option<bool> adjustment = new("--adjustment") { Description = "动态调整名单（附件3 的样式）；不写则为全量名单" };

    readonly Option<string?> category = new("--category") { Description = "全部行的人员类别；不写则由“人员类别”列说明", HelpName = "NAME" };

    readonly Option<DateOnly?> from = PolicyOptions.DayOption("--from", "全量名单从这一天起生效；不写则为今天");

    readonly Option<string[]> columns = new("--column") { Description = "部门所用的列名是哪一列，如 身份号=身份证号码；生效后记住", HelpName = "NAME=NAME" };

    readonly Option<string[]> words = new("--word") { Description = "部门所用的类别名称是哪一类，如 特困户=农村特困人员；生效后记住", HelpName = "NAME=NAME" };

    public Argument<string> File { get; } = new("FILE") { Description = "名单，.csv 或 .xlsx" };

    public Option<string?> Rejects { get; } = ImportVerbs.RejectsOption();

    public IEnumerable<Symbol> All => [adjustment, category, from, columns, words, Rejects];

    public RosterOrder Order(ParseResult call, string department, DateOnly today) => new(
        department,
        call.GetValue(adjustment) ? RosterKind.Adjustment : RosterKind.Full,
        call.GetValue(adjustment) ? today : call.GetValue(from) ?? today)
    {
        Category = call.GetValue(category) ?? "",
        Words = new(Pairs(call.GetValue(columns)), Pairs(call.GetValue(words))),
    };

    static Dictionary<string, string> Pairs(string[]? texts) => (texts ?? []).Select(text => text.Split('=', 2)).ToDictionary(
        pair => pair[0],
        pair => pair.Length == 2 ? pair[1] : throw new RefusedException("M115", $"“{pair[0]}”写法不对；应写成 部门的名称=系统的名称"));
}
