using System.Globalization;
using System.Text;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Reports;

/// <summary>The text of a bulletin as it is drafted from its figures; the office edits it.</summary>
public static class BulletinWords
{
    const int Best = 3, MostNamed = 20;

    /// <summary>The text, paragraph by paragraph.</summary>
    public static string Of(BulletinFigures figures)
    {
        var text = new StringBuilder();
        var whole = figures.Whole;
        Say(text, $"截至{Day(figures.AsOf)}，{figures.UnitName}应参保{whole.Expected}人，已参保{whole.Settled}人"
            + (whole.Target is { } target ? $"，任务{target}人，完成{Rate(whole.RatePerMille)}" : $"，参保率{Rate(whole.RatePerMille)}")
            + (figures.AtLeast is { } atLeast ? $"（要求达到{atLeast}%）。" : "。"));
        foreach (var group in figures.Groups.Where(group => group.Units.Count > 1))
            Say(text, $"排名在前的：{Names(group.Units.Take(Best).Select(Ranked))}；"
                + $"排名在后的：{Names(group.Units.TakeLast(Math.Min(Best, group.Units.Count - 1)).Select(Ranked))}。");
        if (figures.AtLeast is { } asked && figures.Weak.Where(unit => unit.IsBelow).ToList() is { Count: > 0 } below)
            Say(text, $"低于{asked}%的单位{below.Count}个：{Names(below.Select(Ranked))}。请上述单位查找原因，加快进度。");
        if (figures.ListedOpen.ToList() is { Count: > 0 } open)
            Say(text, $"名单人员参保率未达到100%的：{Names(open.Select(unit => $"{unit.Name}（{unit.ListedSettled}/{unit.ListedExpected}）"))}。");
        if (figures.Late.Count > 0)
            Say(text, $"未按时上报的：{Names(figures.Late.Select(Late))}。");
        if (figures.CashFen > 0)
            Say(text, $"尚未解缴的现金共{Money.FromFen(figures.CashFen)}元"
                + (figures.Cash.Count > 0 ? $"，超过限额或期限的：{Names(figures.Cash.Select(Held))}。请尽快解缴。" : "。"));
        if (figures.Offices.Where(office => office.InTime < office.Due).ToList() is { Count: > 0 } offices)
            Say(text, $"有时限的移交未全部按时的：{Names(offices.Select(one => $"{one.Office}（{one.InTime}/{one.Due}）"))}。");
        return text.ToString().TrimEnd();
    }

    static void Say(StringBuilder text, string sentence) => text.Append(sentence).Append('\n');

    static string Ranked(BulletinUnit unit) => $"{unit.Name}（{Rate(unit.RatePerMille)}）";

    static string Late(BulletinLate late) =>
        $"{late.UnitName}{late.DueOn.Month}月{late.DueOn.Day}日{late.Says}（{(late.Came ? "逾期上报" : "未报")}）";

    static string Held(BulletinCash cash) => $"{cash.UnitName}{cash.Name}（{Money.FromFen(cash.Fen)}元、{cash.Age}天）";

    static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join('、', all.Take(MostNamed)) + (all.Count > MostNamed ? $"等{all.Count}个" : "");
    }

    static string Rate(long perMille) => string.Create(CultureInfo.InvariantCulture, $"{perMille / 10}.{perMille % 10}%");

    static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
