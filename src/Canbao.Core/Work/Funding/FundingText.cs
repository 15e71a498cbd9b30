namespace Canbao.Core.Work.Funding;

/// <summary>How an office says what a booking did.</summary>
public static class FundingText
{
    /// <summary>What was booked, and for whom nothing is owed yet.</summary>
    public static string Told(ShareBooked booked)
    {
        var text = booked.People == 0
            ? "没有变动"
            : $"{booked.People} 人有变动：增加 {booked.Added} 元，扣回 {booked.TakenBack} 元";
        if (booked.Overpaid > 0)
            text += $"；{booked.Overpaid} 人已缴多于现应缴，退费后才由资金承担";
        return booked.Underpaid > 0 ? $"{text}；{booked.Underpaid} 人已缴少于现应缴，请核对其身份和缴费" : text;
    }
}
