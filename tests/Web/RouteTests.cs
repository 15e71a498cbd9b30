using System.Net;
using Canbao.Core.Access;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Every role, and nobody, on every route that the program has.</summary>
public sealed partial class RouteTests(RouteTests.Site site) : IClassFixture<RouteTests.Site>
{
    public static TheoryData<string> RolesAndNobody() => ["", .. Roles.All.Select(role => role.Code())];

    [Theory]
    [MemberData(nameof(RolesAndNobody))]
    public async Task A_role_enters_the_routes_of_the_table_and_no_other(string role)
    {
        using var browser = new Browser(site.Pages.Address);
        if (role.Length > 0)
            Assert.Equal("/", (await browser.SignInAsync(role, WebSite.Password)).Headers.Location?.OriginalString);
        foreach (var route in Routes.All.Where(route => route.Pattern != Routes.SignOut && !route.IsSigned))
        {
            var expected = Expected(route, role);
            // Streets and schools have hand-overs of their own.
            var path = Path(route.Pattern, role switch
            {
                "street" => site.Own with { Clock = site.StreetClock },
                "school" => site.Own with { Clock = site.SchoolClock },
                // A department sees the payments of its own, and no cash.
                "list_department" => site.Own with
                {
                    Batch = site.OfDepartment.BatchId!.Value,
                    Group = site.OfDepartment.BatchId!.Value,
                    Payment = site.OfDepartment.PaymentId,
                    Form = "baogou-list",
                    Job = site.Jobs[role],
                },
                "tax" or "finance" => site.Own with { Job = site.Jobs[role] },
                _ => site.Own,
            });
            var read = await browser.GetAsync(path);
            Assert.Equal((route.Pattern, expected), (route.Pattern, Entry(read)));
            // Without the form's token, so that nothing changes even where the role may enter.
            var written = await browser.PostRawAsync(path);
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

    public static TheoryData<string> RoutesOfSomething() =>
    [
        .. Routes.All.Where(route => route.Admits(Role.Agent)).Select(route => route.Pattern)
            // A bulletin is of the whole area and everybody's once it is published.
            .Where(pattern => pattern.Contains("{id:long}", StringComparison.Ordinal) && pattern != "/bulletins/{id:long}"),
    ];

    /// <summary>Another unit's household, person or receipt is not there, for reading and for writing.</summary>
    [Theory]
    [MemberData(nameof(RoutesOfSomething))]
    [Clause("laishan 二(六)")]
    public async Task What_belongs_to_another_unit_is_not_found(string pattern)
    {
        using var agent = new Browser(site.Pages.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        var (own, other) = (Path(pattern), Path(pattern, site.Other));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync(own)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(other)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.PostAsync("/password", other, ("Reason", "试"))).StatusCode);
        using var street = new Browser(site.Pages.Address);
        await street.SignInAsync("street", WebSite.Password);
        Assert.Equal(HttpStatusCode.OK, (await street.GetAsync(other)).StatusCode);
    }

    [Theory]
    [InlineData("/progress")]
    [InlineData("/progress/people")]
    [InlineData("/outreach")]
    [InlineData("/outreach/visits")]
    [InlineData("/comparisons")]
    [InlineData("/comparisons/register")]
    [InlineData("/comparisons/register/people")]
    public async Task Another_units_figures_are_not_found(string path)
    {
        using var agent = new Browser(site.Pages.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync($"{path}?unit=village-a")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"{path}?unit=village-b")).StatusCode);
    }

    public static TheoryData<string> RoutesOfALists() =>
    [
        "/rosters/uploads/{id:long}", "/rosters/versions/{id:long}", "/rosters/people/{id:long}", "/comparisons/files/{id:long}",
        "/clocks/{id:long}", "/funding/claims/{id:long}",
    ];

    /// <summary>Another department's list, and who is on it, is not there; the bureau sees all of them.</summary>
    [Theory]
    [MemberData(nameof(RoutesOfALists))]
    public async Task Another_departments_list_is_not_found(string pattern)
    {
        using var department = new Browser(site.Pages.Address);
        await department.SignInAsync("list_department", WebSite.Password);
        Assert.Equal(HttpStatusCode.OK, (await department.GetAsync(Path(pattern))).StatusCode);
        var other = Path(pattern, site.Other);
        Assert.Equal(HttpStatusCode.NotFound, (await department.GetAsync(other)).StatusCode);
        foreach (var handler in new[] { "Apply", "Confirm", "Drop", "Refused", "Undo" })
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await department.PostAsync("/password", $"{other}?handler={handler}", ("Reason", "试"), ("Digest", "试"))).StatusCode);
        using var bureau = new Browser(site.Pages.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        Assert.Equal(HttpStatusCode.OK, (await bureau.GetAsync(other)).StatusCode);
    }

    /// <summary>What others collected or paid for is none of a department's business.</summary>
    [Fact]
    public async Task A_department_sees_no_batch_or_receipt_but_its_own()
    {
        using var department = new Browser(site.Pages.Address);
        await department.SignInAsync("list_department", WebSite.Password);
        foreach (var pattern in new[] { "/collection/{id:long}", "/collection/{id:long}/receipt", "/receipts/{id:long}" })
            Assert.Equal((pattern, HttpStatusCode.NotFound), (pattern, (await department.GetAsync(Path(pattern))).StatusCode));
        Assert.DoesNotContain("村级代收", await department.ReadAsync("/collection"), StringComparison.Ordinal);
    }

    /// <summary>Lists are of the whole area: whoever answers for a part of it neither hands them in nor sees what they did.</summary>
    [Fact]
    public async Task A_department_of_a_part_hands_in_no_list()
    {
        await site.Pages.AddAccountAsync(new NewAccount("desk", "某", Role.ListDepartment, "town", "civil_affairs"));
        using var browser = new Browser(site.Pages.Address);
        await browser.SignInAsync("desk", WebSite.Password);
        foreach (var path in new[] { "/rosters/upload", "/rosters/versions", "/comparisons/files" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
        foreach (var pattern in new[] { "/rosters/uploads/{id:long}", "/rosters/versions/{id:long}", "/comparisons/files/{id:long}" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Path(pattern))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/rosters/people")).StatusCode);
    }

    /// <summary>Acts belong to no unit: who audits a part of the area would see the others' too.</summary>
    [Fact]
    public async Task An_auditor_of_a_part_sees_no_acts()
    {
        await site.Pages.AddAccountAsync(new NewAccount("part", "某", Role.SecurityAuditor, "town", null));
        using var browser = new Browser(site.Pages.Address);
        await browser.SignInAsync("part", WebSite.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Path("/audit/{id:long}"))).StatusCode);
    }

    [Fact]
    public async Task Lists_and_searches_leave_other_units_out()
    {
        using var agent = new Browser(site.Pages.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        Assert.DoesNotContain("户-2", await agent.ReadAsync("/households"), StringComparison.Ordinal);
        Assert.Contains("本单位没有查到", await agent.ReadAsync("/people?search=李二"), StringComparison.Ordinal);
        using var street = new Browser(site.Pages.Address);
        await street.SignInAsync("street", WebSite.Password);
        Assert.Contains("户-2", await street.ReadAsync("/households"), StringComparison.Ordinal);
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
        // Let in, and led to the look-up first.
        HttpStatusCode.Redirect when response.Headers.Location!.OriginalString == Routes.My => "entered",
        HttpStatusCode.OK => "entered",
        _ => $"{response.StatusCode}",
    };

    string Path(string pattern) => Path(pattern, site.Own);

    /// <summary>An address of the pattern; its parts name things that are there.</summary>
    static string Path(string pattern, Things things)
    {
        var id = pattern.Split('/')[1] switch
        {
            "rosters" when pattern.Contains("/uploads/", StringComparison.Ordinal) => things.Upload,
            "rosters" when pattern.Contains("/versions/", StringComparison.Ordinal) => things.Version,
            "rosters" => things.Person,
            "comparisons" when pattern.Contains("/files/", StringComparison.Ordinal) => things.Comparison,
            "comparisons" => things.Finding,
            "clocks" => things.Clock,
            "people" => things.Person,
            "outreach" => things.Uninsured,
            "receipts" => things.Payment,
            "refunds" => things.Refund,
            "funding" => things.Claim,
            "figures" => things.FigureFile,
            "collection" when pattern.EndsWith("/receipt", StringComparison.Ordinal) => things.Group,
            "collection" => things.Batch,
            "registrations" => things.Table,
            "audit" => things.Act,
            "exchange" => things.Message,
            "reports" => things.Report,
            "bulletins" => things.Bulletin,
            "postings" => things.Posting,
            "policies" => things.Proposal,
            "applications" => things.Application,
            "jobs" => things.Job,
            _ => things.Household,
        };
        return pattern.Replace("{login}", "administrator", StringComparison.Ordinal)
            .Replace("{chapter}", "register", StringComparison.Ordinal)
            .Replace("{pack}", "baogou-2022", StringComparison.Ordinal)
            .Replace("{version}", OfflineFiles.Version, StringComparison.Ordinal).Replace("{name}", "app.js", StringComparison.Ordinal)
            .Replace("/gateway/{code}", $"/gateway/{WebSite.Area}-{things.Order}", StringComparison.Ordinal)
            .Replace("{code}", things.Order, StringComparison.Ordinal)
            .Replace("{payment:long}", FormattableString.Invariant($"{things.Payment}"), StringComparison.Ordinal)
            .Replace("{form}", things.Form, StringComparison.Ordinal)
            .Replace("{channel}", WebSite.Bank, StringComparison.Ordinal).Replace("{day}", "2021-11-05", StringComparison.Ordinal)
            .Replace("{id:long}", FormattableString.Invariant($"{id}"), StringComparison.Ordinal);
    }
}
