namespace Canbao.Vocabulary;

/// <summary>Amounts as receipts and cheques write them, in Chinese capitals.</summary>
public static class MoneyCapitals
{
    const string Digits = "零壹贰叁肆伍陆柒捌玖";

    static readonly (long Scale, string Name)[] Scales = [(100_000_000, "亿"), (10_000, "万"), (1_000, "仟"), (100, "佰"), (10, "拾")];

    /// <summary>
    /// The amount in capitals, without 人民币 before it: <c>320.05</c> is 叁佰贰拾元零伍分. Zeros between digits are said once, those at the
    /// end of a part not at all; 整 follows unless there are 分. A negative amount has 负 before it.
    /// </summary>
    public static string Capitals(this Money amount)
    {
        if (amount.Fen < 0)
            return "负" + (-amount).Capitals();
        var (yuan, part) = Math.DivRem(amount.Fen, 100);
        var (jiao, fen) = ((int)part / 10, (int)part % 10);
        var text = yuan > 0 ? Whole(yuan) + "元" : part > 0 ? "" : "零元";
        if (jiao > 0)
            text += $"{Digits[jiao]}角";
        else if (fen > 0 && yuan > 0)
            text += "零";
        return fen > 0 ? $"{text}{Digits[fen]}分" : text + "整";
    }

    static string Whole(long number)
    {
        if (number < 10)
            return $"{Digits[(int)number]}";
        var (scale, name) = Scales.First(one => number >= one.Scale);
        var (head, rest) = Math.DivRem(number, scale);
        return Whole(head) + name + (rest == 0 ? "" : rest < scale / 10 ? "零" + Whole(rest) : Whole(rest));
    }
}
