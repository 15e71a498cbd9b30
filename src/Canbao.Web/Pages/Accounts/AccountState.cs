using Canbao.Core.Access;

namespace Canbao.Web.Pages;

/// <summary>The badge of an account.</summary>
sealed record AccountState(string Tone, string Text)
{
    public static AccountState Of(AccountRow account, DateTimeOffset now) => account switch
    {
        { Disabled: true } => new("bad", "已停用"),
        { LockedUntil: { } until } when until > now => new("warn", "已锁定"),
        { MustChange: true } => new("warn", "待改密码"),
        _ => new("good", "正常"),
    };
}
