using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>Dates as Chinese offices write them.</summary>
static class ChineseDates
{
    /// <summary>Such as <c>2021年10月26日</c>.</summary>
    public static string Day(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>Both ends inclusive; open ends say 以前 or 以后, which in Chinese law include the day named (Civil Code art. 1259).</summary>
    public static string Range(DateRange days)
    {
        if (days.From == DateOnly.MinValue)
            return $"{Day(days.To)}以前";
        if (days.To == DateOnly.MaxValue)
            return $"{Day(days.From)}以后";
        return days.From == days.To ? Day(days.From) : $"{Day(days.From)}至{Day(days.To)}";
    }
}
