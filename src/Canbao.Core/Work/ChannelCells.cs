using System.Globalization;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>How channels write amounts, times and states in their files.</summary>
static class ChannelCells
{
    /// <summary>The longest number of a channel.</summary>
    public const int MostReference = 64;

    /// <summary>Words for money that moved.</summary>
    public static readonly IReadOnlySet<string> Moved = new HashSet<string>(StringComparer.Ordinal)
    {
        "", "成功", "交易成功", "支付成功", "缴费成功", "已支付", "已缴费", "已入账", "正常", "缴费", "支付", "消费", "收入", "入账",
    };

    /// <summary>Words for money that went back, or never moved.</summary>
    public static readonly IReadOnlySet<string> Back = new HashSet<string>(StringComparer.Ordinal)
    {
        "撤销", "已撤销", "冲正", "已冲正", "退款", "已退款", "退费", "失败", "交易失败", "支付失败", "关闭", "已关闭",
    };

    static readonly HashSet<string> Totals = ["合计", "总计", "小计", "共计"];

    static readonly string[] Times =
    [
        "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.fff", "yyyy-M-d H:m", "yyyy-M-d", "yyyy/M/d H:m:s", "yyyy/M/d H:m", "yyyy/M/d", "yyyyMMddHHmmss",
        "yyyyMMdd HH:mm:ss", "yyyyMMdd", "yyyy-M-d'T'H:m:s",
    ];

    /// <summary>Whether a cell begins a line of sums instead of naming a payment.</summary>
    public static bool IsTotal(string reference) => Totals.Contains(reference);

    /// <summary>Reads an amount in yuan; nothing at all is none.</summary>
    public static bool TryYuan(string text, out Money amount)
    {
        var plain = text.Replace(",", "", StringComparison.Ordinal).Trim('￥', '¥', '元', ' ', '+');
        // Spreadsheets drop a last zero.
        if (plain.Length > 2 && plain[^2] == '.')
            plain += "0";
        return Money.TryParseYuan(plain, out amount) && amount != Money.Zero;
    }

    /// <summary>Reads a time by the clock here.</summary>
    public static bool TryTime(string text, out DateTimeOffset time)
    {
        bool isSound = DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = isSound ? new(local, BusinessDay.Offset) : default;
        return isSound;
    }
}
