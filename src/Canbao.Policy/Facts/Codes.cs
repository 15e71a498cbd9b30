using System.Collections.Immutable;

namespace Canbao.Policy.Facts;

/// <summary>One value that a coded fact may take.</summary>
/// <param name="Text">The code in files and packs, such as <c>local_hukou</c>; empty where an empty field is the value.</param>
/// <param name="Chinese">How an office says it.</param>
public readonly record struct Code(string Text, string Chinese);

/// <summary>
/// The closed list of values of one fact, in the order of the enumeration that holds it: a code's index is the enumeration's value.
/// </summary>
/// <param name="Column">The column of the assessment contract.</param>
/// <param name="Chinese">The column's name for people.</param>
/// <param name="Values">The codes; index 0 is the default where <paramref name="MayBeEmpty"/>.</param>
/// <param name="MayBeEmpty">Whether an empty field stands for index 0.</param>
public sealed record CodeSet(string Column, string Chinese, ImmutableArray<Code> Values, bool MayBeEmpty)
{
    /// <summary>What packs write for an empty field.</summary>
    public const string Empty = "none";

    /// <summary>The index of a code as files write it, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return MayBeEmpty ? 0 : -1;
        for (var i = 0; i < Values.Length; i++)
            if (text.SequenceEqual(Values[i].Text))
                return i;
        return -1;
    }

    /// <summary>The index of a code as packs write it (<see cref="Empty"/> for an empty field), or -1.</summary>
    public int IndexInPack(string text) => text == Empty && MayBeEmpty && Values[0].Text.Length == 0 ? 0 : IndexOf(text);

    /// <summary>A code as packs write it.</summary>
    public string PackText(int index) => Values[index].Text.Length == 0 ? Empty : Values[index].Text;

    /// <summary>Where the person is at home, for the scheme.</summary>
    public static CodeSet Residence { get; } = new("residence", "户籍或居住情况",
        [new("local_hukou", "本地户籍"), new("residence_permit", "持本地居住证"), new("non_local", "外地户籍且无居住证"),
            new("hmt", "在本地居住的港澳台居民")], MayBeEmpty: false);

    /// <summary>How the person works.</summary>
    public static CodeSet Employment { get; } = new("employment", "就业情况",
        [new("none", "未就业"), new("employee", "应参加职工医保"), new("flexible", "灵活就业")], MayBeEmpty: false);

    /// <summary>Which kind of school the person attends.</summary>
    public static CodeSet Student { get; } = new("student", "在学情况",
        [new("none", "非在校生"), new("kindergarten", "在园幼儿"), new("school", "中小学生"), new("college", "全日制高等院校学生"),
            new("vocational", "中等职业或技工学校学生")], MayBeEmpty: false);

    /// <summary>Other grounds on which a notice may take a person in.</summary>
    public static CodeSet ScopeStatus { get; } = new("scope_status", "其他参保身份",
        [new("", "无"), new("clergy", "宗教教职人员"), new("inmate", "被监管人员"), new("armed_police", "武警官兵"),
            new("foundling", "福利院收养的弃婴"), new("failing_firm", "困难或关闭破产企业职工"), new("migrant_child", "流动人口随迁子女")],
        MayBeEmpty: true);

    /// <summary>The tier that an adult chose, where the scheme has tiers.</summary>
    public static CodeSet Tier { get; } = new("tier", "缴费档次", [new("", "未选择"), new("1", "一档"), new("2", "二档")], MayBeEmpty: true);

    /// <summary>Insurance elsewhere for the insurance year asked about.</summary>
    public static CodeSet OtherCover { get; } = new("other_cover", "外地参保情况",
        [new("none", "无"), new("employee_elsewhere", "已在外地参加职工医保"), new("resident_elsewhere", "已在外地参加居民医保")],
        MayBeEmpty: false);

    /// <summary>Whether the person was never enrolled here before.</summary>
    public static CodeSet FirstTime { get; } = new("first_time", "首次参保",
        [new("no", "否"), new("yes", "是")], MayBeEmpty: true);

    /// <summary>Every coded fact, in the contract's order of columns.</summary>
    public static ImmutableArray<CodeSet> All { get; } = [Residence, Employment, Student, ScopeStatus, Tier, OtherCover, FirstTime];
}
