using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Pages;

/// <summary>Where the office's identity provider sends back to, with its answer checked already: a session begins or does not.</summary>
sealed class ProviderBackModel(
    WebOptions options, ILogger<ProviderBackModel> log, Database database, ProviderTies ties, HalfSignedIn half)
    : ProviderPage(options, log)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (HttpContext.Features.Get<ProviderAnswer>() is not { Subject: { Length: > 0 } subject } answer)
            return NobodyVouchedFor(HttpContext.Features.Get<ProviderAnswer>()?.Fault);
        var session = await ties.TryAsync(database, Provider.Address, subject, HttpContext.RequestAborted);
        return await half.GoOnAsync(HttpContext, session, Url.IsLocalUrl(answer.From) ? answer.From : "/") is { } next
            ? LocalRedirect(next)
            : Refused(session.Outcome, subject);
    }
}
