using Canbao.Core.Collection;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>Money that waits in suspense.</summary>
/// <param name="Row">The notice.</param>
/// <param name="Days">For how many days since it was paid.</param>
public sealed record WaitingMoney(ChannelNoticeRow Row, int Days)
{
    /// <summary>Why it waits.</summary>
    public string Why => SuspenseList.Chinese(Row.Code);
}

/// <summary>Whom a channel named, as may be shown.</summary>
/// <param name="Name">The name as it was told.</param>
/// <param name="Mask">The number with its middle hidden.</param>
public sealed record NamedPerson(string Name, string Mask);

/// <summary>Lists what waits in suspense, for whoever works it off by <see cref="ChannelDesk"/>.</summary>
public static class SuspenseList
{
    /// <summary>A part of the money that waits; what waits longest comes first.</summary>
    public static async Task<List<WaitingMoney>> ListAsync(Session session, int area, DateOnly today, (int Skip, int Take) part) =>
        (await ChannelNotices.WaitingAsync(session, area, part))
        .ConvertAll(row => new WaitingMoney(row, today.DayNumber - row.PaidOn.DayNumber));

    /// <summary>Whom the channel named; null where it named nobody.</summary>
    public static NamedPerson? Named(Vault vault, ChannelNoticeRow row)
    {
        var told = vault.OpenText(row.Salt, ChannelNotices.ToldPurpose, row.Told).Split('\n');
        if (told is not [var name, var number] || name.Length + number.Length == 0)
            return null;
        return new(
            LongNumbers.Hidden(name), CitizenNumber.TryParse(number, out var sound, out _) ? sound.Masked : LongNumbers.Hidden(number));
    }

    /// <summary>A code of suspense in words.</summary>
    public static string Chinese(string code) => code switch
    {
        "C101" => "未参保登记",
        "C102" => "已经缴过费",
        "C103" => "缴费日不在缴费期",
        "C104" => "金额不符",
        "C106" => "查无此人或姓名不符",
        "C107" => "人员已死亡",
        "C111" => "渠道撤销后又到账",
        "C185" => "集体缴费金额与名单不符",
        "C186" => "集体缴费名单有人不能缴",
        "C300" => "此类学生不能经这个渠道缴费",
        _ => code,
    };
}
