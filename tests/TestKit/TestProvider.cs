using System.Collections.Concurrent;
using System.Security.Claims;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace Canbao.TestKit;

/// <summary>
/// An identity provider on a free port of this machine: OpenIddict with one client and one person, who is always signed in there. It checks
/// the client's secret and PKCE, and signs what it says.
/// </summary>
public sealed class TestProvider : IAsyncDisposable
{
    const string Client = "canbao-test", Secret = "between-the-two";

    readonly ConcurrentQueue<string> asked = new();
    readonly WebApplication server;

    TestProvider()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(Set);
        server = builder.Build();
        server.UseAuthentication();
    }

    /// <summary>Who is at the browser.</summary>
    public string Subject { get; set; } = "8f6d0c1e-5a0b-4c57-9d3e-2f1b7a60c9d4";

    /// <summary>What it was asked to show its page for, newest last.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>What a server of ours needs to know of it.</summary>
    public IdentityProvider Agreed => AgreedBy(Secret);

    /// <summary>The same with another secret.</summary>
    public IdentityProvider AgreedBy(string secret) => new(server.Urls.Single() + "/", Client, secret) { Name = "政务统一认证" };

    /// <summary>Starts one.</summary>
    public static async Task<TestProvider> StartAsync()
    {
        var provider = new TestProvider();
        await provider.server.StartAsync();
        // It makes its keys when it is first asked, which takes long on a busy machine.
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(provider.Agreed.Address + "/.well-known/jwks"));
        return provider;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    void Set(OpenIddictServerBuilder options)
    {
        options.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        // Without a store of clients: what follows stands in for it.
        options.EnableDegradedMode();
        options.UseAspNetCore().DisableTransportSecurityRequirement();
        options.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            var isOurs = Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out var back)
                && back is { IsLoopback: true, AbsolutePath: "/sign-in/provider/back" };
            if (context.ClientId != Client || !isOurs)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        options.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != Client || context.ClientSecret != Secret)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        options.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            asked.Enqueue($"{context.Request.Prompt} {context.Request.Scope} {context.Request.CodeChallengeMethod}");
            var person = new ClaimsIdentity("test");
            person.SetClaim(OpenIddictConstants.Claims.Subject, Subject);
            person.SetScopes(context.Request.GetScopes());
            context.SignIn(new ClaimsPrincipal(person));
            return default;
        }));
    }
}
