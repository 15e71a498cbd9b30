using Canbao.Core.Access;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Pages;

/// <summary>
/// A step of signing in by the office's identity provider: it goes on at once, or says why it cannot. No session has begun then.
/// </summary>
abstract partial class ProviderPage(WebOptions options, ILogger log) : PageModel
{
    /// <summary>Whoever maintains the installation finds what happened under the number of the request.</summary>
    public bool IsLogged { get; private set; }

    /// <summary>What was refused; empty where nothing was.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The subject that no account is tied to, for its owner to tell an administrator.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The provider. Without one, these pages are not there.</summary>
    protected IdentityProvider Provider => options.Provider!;

    protected IActionResult NobodyVouchedFor(Exception? fault)
    {
        var code = ProviderSignIn.IsUnreachable(fault) ? "W172" : "W173";
        IsLogged = true;
        TellFault(code, Kinds(fault), ErrorOf(fault));
        return Refuse(code, code == "W172"
            ? $"暂时连不上{Provider.Name}，没有登录。请过几分钟再试；急用时请用登录名和密码登录"
            : $"{Provider.Name}没有确认您的身份，没有登录：可能是认证没有完成、停留太久，或者中途换了浏览器。请重新登录");
    }

    protected IActionResult Refused(SignInOutcome outcome, string subject)
    {
        Subject = outcome == SignInOutcome.Refused ? subject : "";
        return outcome switch
        {
            SignInOutcome.Disabled => Refuse("W175", "账号已停用。如需恢复，请找本单位的账号管理员"),
            SignInOutcome.Locked => Refuse(
                "W176", $"账号因连续输错密码或验证码已锁定。请过 {Sessions.LockTime.TotalMinutes} 分钟再试，或请账号管理员重置密码"),
            _ => Refuse("W174", $"您在{Provider.Name}的身份还没有绑定账号。请把下面的标识告诉本单位的账号管理员，由他核对是您本人后绑定"),
        };
    }

    PageResult Refuse(string code, string text)
    {
        Text = $"{text}（{code}）";
        return Page();
    }

    static string Kinds(Exception? fault) => fault is null ? "" : fault.InnerException is { } inner
        ? $"{fault.GetType().Name} < {Kinds(inner)}" : fault.GetType().Name;

    /// <summary>The protocol's own word for what went wrong; whatever else stands there may be anything.</summary>
    static string ErrorOf(Exception? fault) => fault?.Data["error"] is string { Length: < 50 } error
        && error.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? error : "";

    [LoggerMessage(LogLevel.Warning, "The identity provider vouched for nobody: {Code} {Kinds} {Error}")]
    partial void TellFault(string code, string kinds, string error);
}
