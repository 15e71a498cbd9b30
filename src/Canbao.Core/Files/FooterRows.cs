namespace Canbao.Core.Files;

/// <summary>Knows what stands below a table and is no row of it: notes, totals, signatures.</summary>
static class FooterRows
{
    static readonly string[] Notes = ["注", "备注", "说明", "填表说明", "填报说明", "附注"];

    static readonly string[] Totals = ["合计", "总计", "小计", "共计"];

    static readonly string[] Signatures =
    [
        "填报人", "填表人", "制表人", "制表", "经办人", "审核人", "审核", "复核人", "复核", "负责人", "单位负责人", "单位名称", "填报单位", "联系电话", "填报日期",
        "填报时间", "日期",
    ];

    /// <summary>Whether a row may be one by its first filled cell; the table's required columns decide the rest.</summary>
    public static bool Begins(string first) => IsNote(first) || Totals.Contains(TableShape.Plain(first)) || Starts(first, Signatures);

    /// <summary>Whether a further cell of such a row may hold a text: nothing, another signature, or a figure below a total.</summary>
    public static bool MayHold(string first, string text) => text.Length == 0 || Starts(text, Signatures)
        || Totals.Contains(TableShape.Plain(first)) && text.Length < 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Whether it is a note, which goes on in the rows below it.</summary>
    public static bool IsNote(string first) => Starts(first, Notes);

    /// <summary>A word counts only with something behind it that ends it: 注小红 is a person.</summary>
    static bool Starts(string first, string[] words)
    {
        var plain = first.Trim();
        foreach (var word in words)
            if (plain.StartsWith(word, StringComparison.Ordinal)
                && (plain.Length == word.Length || plain[word.Length] is '：' or ':' or '（' or '(' or '1' or '１' or ' ' or '　' or '、'))
                return true;
        return false;
    }
}
