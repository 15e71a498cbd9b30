using System.Net;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Every role, and nobody, on every route that the program has.</summary>
public sealed class RouteTests(RouteTests.Site site) : IClassFixture<RouteTests.Site>
{
    public static TheoryData<string> RolesAndNobody() => ["", .. Roles.All.Select(role => role.Code())];

    [Theory]
    [MemberData(nameof(RolesAndNobody))]
    public async Task A_role_enters_the_routes_of_the_table_and_no_other(string role)
    {
        using var browser = new Browser(site.Pages.Address);
        if (role.Length > 0)
            Assert.Equal("/", (await browser.SignInAsync(role, WebSite.Password)).Headers.Location?.OriginalString);
        foreach (var route in Routes.All.Where(route => route.Pattern != Routes.SignOut))
        {
            var expected = Expected(route, role);
            var read = await browser.GetAsync(Path(route.Pattern));
            Assert.Equal((route.Pattern, expected), (route.Pattern, Entry(read)));
            // Without the form's token, so that nothing changes even where the role may enter.
            var written = await browser.PostRawAsync(Path(route.Pattern));
            if (expected != "entered")
                Assert.Equal((route.Pattern, expected), (route.Pattern, Entry(written)));
            else
                Assert.Contains(written.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed });
        }
    }

    [Fact]
    public void The_table_has_every_route_of_the_program_and_no_other()
    {
        var real = site.Pages.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Routes.All.Select(route => route.Pattern).Order(StringComparer.Ordinal), real);
    }

    [Fact]
    public async Task What_the_table_does_not_name_is_refused_to_everybody()
    {
        var context = new DefaultHttpContext { RequestServices = site.Pages.Server.Services };
        var entered = false;
        var gate = new Gate(
            _ =>
            {
                entered = true;
                return Task.CompletedTask;
            },
            site.Pages.Database);
        var session = await Sessions.TryAsync(site.Pages.Database, "administrator", WebSite.Password);
        context.User = Gate.Principal(session);
        context.SetEndpoint(new RouteEndpointBuilder(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory
            .Parse("/forgotten"), 0).Build());
        await gate.InvokeAsync(context);
        Assert.Equal((StatusCodes.Status403Forbidden, false), (context.Response.StatusCode, entered));
    }

    /// <summary>Another unit's household is not there, for reading and for writing.</summary>
    [Fact]
    public async Task Another_units_household_is_not_found()
    {
        using var agent = new Browser(site.Pages.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var read = await agent.GetAsync(FormattableString.Invariant($"/households/{site.OtherHousehold}"));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.DoesNotContain("H2", await (await agent.GetAsync("/households")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var street = new Browser(site.Pages.Address);
        await street.SignInAsync("street", WebSite.Password);
        var seen = await street.GetAsync(FormattableString.Invariant($"/households/{site.OtherHousehold}"));
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    static string Expected(Hosting.Route route, string role) =>
        route.Roles is null ? "entered"
        : role.Length == 0 ? "sent to sign in"
        : Roles.TryParse(role, out var known) && route.Admits(known) ? "entered"
        : "refused";

    static string Entry(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Forbidden => "refused",
        HttpStatusCode.Redirect when response.Headers.Location!.OriginalString.StartsWith(Routes.SignIn, StringComparison.Ordinal) =>
            "sent to sign in",
        HttpStatusCode.OK => "entered",
        _ => $"{response.StatusCode}",
    };

    /// <summary>An address of the pattern; its parts name things that are there.</summary>
    string Path(string pattern) => pattern.Replace("{login}", "administrator", StringComparison.Ordinal)
        .Replace("{id:long}", FormattableString.Invariant($"{site.Household}"), StringComparison.Ordinal);

    public sealed class Site : IAsyncLifetime
    {
        public WebSite Pages { get; private set; } = null!;

        public long Household { get; private set; }

        public long OtherHousehold { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Pages = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2022-10-10 09:00"));
            Household = await Pages.FoundAsync("village-a", "H1");
            OtherHousehold = await Pages.FoundAsync("village-b", "H2");
        }

        public ValueTask DisposeAsync() => Pages.DisposeAsync();
    }
}
