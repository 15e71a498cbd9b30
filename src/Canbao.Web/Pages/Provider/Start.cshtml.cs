using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Pages;

/// <summary>Leads to the office's identity provider.</summary>
sealed class ProviderStartModel(WebOptions options, ILogger<ProviderStartModel> log) : ProviderPage(options, log)
{
    public async Task<IActionResult> OnGetAsync(string? from)
    {
        try
        {
            await ProviderSignIn.BeginAsync(HttpContext, Url.IsLocalUrl(from) ? from! : "/");
            return new EmptyResult();
        }
        catch (Exception fault) when (fault is InvalidOperationException || ProviderSignIn.IsUnreachable(fault))
        {
            return NobodyVouchedFor(fault);
        }
    }
}
