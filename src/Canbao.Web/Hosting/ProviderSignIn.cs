using System.Text.Encodings.Web;
using Canbao.Storage.Faults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Canbao.Web.Hosting;

/// <summary>What came back from the identity provider.</summary>
/// <param name="Subject">Whom it vouches for; null where it does for nobody.</param>
/// <param name="From">The page to go on to.</param>
/// <param name="Fault">Why it vouches for nobody.</param>
sealed record ProviderAnswer(string? Subject, string From, Exception? Fault);

/// <summary>
/// Signing in by the office's identity provider: code flow with PKCE, state and nonce. What waits for the answer lies sealed in the
/// browser, so that any server can take it. The library checks the answer and hands on who it is; the page at <see cref="Back"/> decides.
/// </summary>
static class ProviderSignIn
{
    /// <summary>Where one is sent away.</summary>
    public const string Start = Routes.SignIn + "/provider";

    /// <summary>Where the provider sends back to: what is registered with it, below the address of the pages.</summary>
    public const string Back = Start + "/back";

    const string Scheme = "provider";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Use(IServiceCollection services, IdentityProvider provider)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        new AuthenticationBuilder(services)
            .AddRemoteScheme<OpenIdConnectOptions, ByQueryOnly>(Scheme, null, options => Set(options, provider));
    }

    /// <summary>Sends the browser to the provider.</summary>
    /// <exception cref="InvalidOperationException">The provider did not say where that is.</exception>
    public static Task BeginAsync(HttpContext context, string from) =>
        context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = from });

    /// <summary>Whether something failed because the provider could not be reached.</summary>
    public static bool IsUnreachable(Exception? fault) =>
        fault is not (null or StorageException)
        && (fault is HttpRequestException or IOException or OperationCanceledException || IsUnreachable(fault.InnerException));

    static void Set(OpenIdConnectOptions options, IdentityProvider provider)
    {
        // Browsers and the provider go by the true time, also where the day is one of practice.
        options.TimeProvider = TimeProvider.System;
        options.Authority = provider.Address;
        options.RequireHttpsMetadata = provider.Address.StartsWith(Uri.UriSchemeHttps + ":", StringComparison.Ordinal);
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.Secret;
        options.CallbackPath = Back;
        // Nobody is signed out from outside: there are no other addresses.
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // Answers by a form of another site would come without our cookies.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        // Desks are shared: whoever signs in shows the provider afresh who it is.
        options.Prompt = OpenIdConnectPrompt.Login;
        options.Scope.Clear();
        options.Scope.Add(OpenIdConnectScope.OpenId);
        options.ClaimActions.Clear();
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.BackchannelTimeout = Patience;
        foreach (var (cookie, name) in new[] { (options.CorrelationCookie, "canbao-state."), (options.NonceCookie, "canbao-nonce.") })
        {
            cookie.Name = name;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTicketReceived = received =>
        {
            var subject = received.Principal?.FindFirst("sub")?.Value;
            received.HttpContext.Features.Set(new ProviderAnswer(subject, received.ReturnUri ?? "/", null));
            received.SkipHandler();
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = failed =>
        {
            failed.HttpContext.Features.Set(new ProviderAnswer(null, "/", failed.Failure));
            failed.SkipHandler();
            return Task.CompletedTask;
        };
    }

    /// <summary>Leaves forms alone, which would be read here before their size is looked at.</summary>
    sealed class ByQueryOnly(
        IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, HtmlEncoder html, UrlEncoder url)
        : OpenIdConnectHandler(options, logger, html, url)
    {
        public override async Task<bool> ShouldHandleRequestAsync() =>
            HttpMethods.IsGet(Request.Method) && await base.ShouldHandleRequestAsync();
    }
}
