using System.Net;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using LinqToDB.Async;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>Signing in by an identity provider that is really asked, over HTTP.</summary>
public sealed partial class ProviderTests
{
    const string Start = "/sign-in/provider", Back = "/sign-in/provider/back";

    readonly TestClock clock = new("2022-10-10 09:00");

    [Theory, OnBothEngines]
    public async Task Who_is_tied_comes_to_the_home_page_with_role_and_units_of_the_account(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(engine, provider, Role.Agent, Role.Administrator);
        using var admin = await AdministratorAsync(site);
        using var agent = new Browser(site.Address);
        Assert.Contains("用政务统一认证登录", await agent.ReadAsync("/sign-in"));
        Assert.Contains("没有绑定", await admin.ReadAsync("/accounts/agent"));
        // Nobody knows the subject yet; its owner reads it off the page, and nothing has been made.
        var before = await ActsAsync(site);
        var unknown = await (await RoundAsync(agent)).Content.ReadAsStringAsync();
        Assert.Contains("（W174）", unknown);
        var shown = Shown().Match(unknown).Groups["subject"].Value;
        Assert.Equal((provider.Subject, before), (shown, await ActsAsync(site)));
        Assert.Equal("/sign-in", Location(await agent.GetAsync("/")));

        Assert.Equal("/accounts/agent", Location(await TieAsync(admin, "agent", shown)));
        Assert.Contains("2022-10-10 09:00 绑定", await admin.ReadAsync("/accounts/agent"));
        clock.Set("2022-10-10 09:05");
        Assert.Equal("/households", Location(await RoundAsync(agent, "/households")));
        var home = await agent.ReadAsync("/");
        Assert.Contains("王小梅", home);
        Assert.Contains("东沟村", home);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/accounts")).StatusCode);
        var signedIn = (await ActsOfAsync(site, "account.signed_in")).Last();
        Assert.Equal(("agent", "用统一身份认证登录"), (signedIn.Account, signedIn.Reason));
        // The provider is asked for nothing but who it is, and to ask afresh.
        Assert.All(provider.Asked, asked => Assert.Equal("login openid S256", asked));

        await agent.PostAsync("/", "/sign-out");
        Assert.Equal("/sign-in", Location(await agent.GetAsync("/")));
        // No act tells the subject, and no table keeps it.
        var changes = await site.Database.ReadAsync(session =>
            session.Table<ActChangeRow>().Where(row => row.Area == WebSite.Area).ToListAsync());
        Assert.Contains(changes, change => change.Action == "tied");
        Assert.DoesNotContain(changes, change => $"{change.Old}{change.New}".Contains(shown, StringComparison.Ordinal));
    }

    [Theory, OnBothEngines]
    public async Task What_one_server_began_another_ends(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(engine, provider, Role.Agent, Role.Administrator);
        var other = await site.StartServerAsync(clock, options => options with { Provider = provider.Agreed });
        using var admin = await AdministratorAsync(site);
        await TieAsync(admin, "agent", provider.Subject);
        using var agent = new Browser(site.Address);
        Assert.Equal("/", Location(await agent.SendAsync(HttpMethod.Get, await AnswerAsync(agent), null, other)));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await agent.SendAsync(HttpMethod.Get, "/households", null, other)).StatusCode);
    }

    [Fact]
    public async Task A_closed_a_locked_and_an_untied_account_are_not_opened()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent, Role.Administrator);
        using var admin = await AdministratorAsync(site);
        await TieAsync(admin, "agent", provider.Subject);
        using var agent = new Browser(site.Address);
        for (var attempt = 0; attempt < Sessions.Attempts; attempt++)
            await agent.SignInAsync("agent", "wrong");
        Assert.Contains("（W176）", await (await RoundAsync(agent)).Content.ReadAsStringAsync());
        clock.Set("2022-10-10 09:16");
        Assert.Equal("/", Location(await RoundAsync(agent)));

        const string page = "/accounts/agent";
        await admin.PostAsync(page, $"{page}?handler=Disable", ("Reason", "离职"));
        Assert.Equal("/sign-in", Location(await agent.GetAsync("/")));
        Assert.Contains("（W175）", await (await RoundAsync(agent)).Content.ReadAsStringAsync());
        Assert.Equal("/sign-in", Location(await agent.GetAsync("/")));
        await admin.PostAsync(page, $"{page}?handler=Enable", ("Reason", "回岗"));
        Assert.Equal("/", Location(await RoundAsync(agent)));
        await admin.PostAsync(page, $"{page}?handler=Untie", ("Reason", "换人"));
        Assert.Equal("/sign-in", Location(await agent.GetAsync("/")));
        Assert.Contains("（W174）", await (await RoundAsync(agent)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_accounts_own_second_factor_and_new_password_are_asked_for()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent, Role.Administrator);
        using var admin = await AdministratorAsync(site);
        using var agent = new Browser(site.Address);
        await agent.SignInAsync("agent", WebSite.Password);
        await agent.PostAsync("/second-factor", "/second-factor?handler=Begin", ("Password", WebSite.Password));
        var secret = Base32(Secret().Match(await agent.ReadAsync("/second-factor")).Groups["secret"].Value);
        await agent.PostAsync("/second-factor", "/second-factor?handler=Confirm", ("Code", Now(secret)));
        await TieAsync(admin, "agent", provider.Subject);
        clock.Set("2022-10-10 09:05");
        Assert.Equal("/sign-in/code?from=%2Fhouseholds", Location(await RoundAsync(agent, "/households")));
        Assert.Equal("/sign-in", Location(await agent.GetAsync("/")));
        Assert.Equal("/", Location(await agent.PostAsync("/sign-in/code", "/sign-in/code", ("Code", Now(secret)))));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync("/")).StatusCode);
        Assert.Equal("用统一身份认证登录", (await ActsOfAsync(site, "account.signed_in")).Last().Reason);

        // A password that somebody else set stays nobody's for good.
        await admin.PostAsync("/accounts/agent", "/accounts/agent?handler=Factor", ("Reason", "手机丢失"));
        await admin.PostAsync(
            "/accounts/agent", "/accounts/agent?handler=Reset", ("Reason", "忘记密码"), ("Password", "重置的-Passw0rd"));
        Assert.Equal("/", Location(await RoundAsync(agent)));
        Assert.Equal("/password", Location(await agent.GetAsync("/")));
    }

    /// <summary>Answers that were altered, or belong to another browser or another attempt. None of them begins a session.</summary>
    [Fact]
    public async Task An_answer_to_another_question_is_refused()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent, Role.Administrator);
        using var admin = await AdministratorAsync(site);
        await TieAsync(admin, "agent", provider.Subject);
        using var output = new StringWriter();
        var address = await site.StartServerAsync(
            clock, options => options with { Provider = provider.Agreed }, logging => JsonLines.Use(logging, output));
        using var victim = new Browser(address);
        using var thief = new Browser(address);
        var good = await AnswerAsync(victim);
        // State altered, left out, or another browser's.
        await RefusedAsync(victim, good.Replace("state=", "state=x", StringComparison.Ordinal), "AuthenticationFailureException");
        await RefusedAsync(victim, State().Replace(good, ""), "AuthenticationFailureException");
        await RefusedAsync(thief, good, "AuthenticationFailureException");
        await RefusedAsync(victim, Back, "AuthenticationFailureException");
        await RefusedAsync(victim, Back + "?error=access_denied&error_description=%3Cb%3Eno", "AuthenticationFailureException");
        // The provider says no, and may say anything.
        var no = "?error=access_denied&error_description=%3Cb%3Eno&" + State().Match(await AnswerAsync(victim)).Value;
        await RefusedAsync(victim, Back + no, "access_denied");
        // A code of one attempt with the state of another: PKCE.
        var (mine, other) = (await AnswerAsync(victim), await AnswerAsync(thief));
        await RefusedAsync(victim, Code().Replace(mine, Code().Match(other).Value), "invalid_grant");
        // A token that was made for another nonce.
        await RefusedAsync(
            victim, await AnswerAsync(victim, away => Nonce().Replace(away, "nonce=638000000000000000.b3RoZXI")),
            "OpenIdConnectProtocolInvalidNonceException");
        // As it should be, once; state is taken once too.
        var answer = await AnswerAsync(victim);
        Assert.Equal("/", Location(await victim.GetAsync(answer)));
        Assert.Equal(HttpStatusCode.OK, (await victim.GetAsync("/")).StatusCode);
        await RefusedAsync(thief, answer, "AuthenticationFailureException");
        // Forms are not read.
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostRawAsync(Back, ("code", "x"), ("state", "y"))).StatusCode);

        async Task RefusedAsync(Browser browser, string path, string why)
        {
            output.GetStringBuilder().Clear();
            var page = await browser.GetAsync(path);
            var text = await page.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("（W173）", text);
            Assert.DoesNotContain("<b>no", text);
            Assert.Contains(why, output.ToString());
            Assert.DoesNotContain("b>no", output.ToString());
            Assert.Equal("/sign-in", Location(await browser.GetAsync("/")));
        }
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    public async Task After_signing_in_one_stays_on_this_site(string from)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent, Role.Administrator);
        using var admin = await AdministratorAsync(site);
        await TieAsync(admin, "agent", provider.Subject);
        using var agent = new Browser(site.Address);
        Assert.Equal("/", Location(await RoundAsync(agent, from)));
    }

    [Fact]
    public async Task A_tie_is_one_to_one_and_an_administrators_matter()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent, Role.Street, Role.Administrator);
        using var admin = await AdministratorAsync(site);
        Assert.Contains("（L130）", await (await TieAsync(admin, "agent", " ")).Content.ReadAsStringAsync());
        Assert.Contains("（L111）", await (await TieAsync(admin, "agent", "some", " ")).Content.ReadAsStringAsync());
        Assert.Contains("（L133）", await (await admin.PostAsync(
            "/accounts/agent", "/accounts/agent?handler=Untie", ("Reason", "试"))).Content.ReadAsStringAsync());
        Assert.Equal("/accounts/agent", Location(await TieAsync(admin, "agent", $" {provider.Subject} ")));
        Assert.Contains("（L132）", await (await TieAsync(admin, "agent", "another")).Content.ReadAsStringAsync());
        Assert.Contains("（L131）", await (await TieAsync(admin, "street", provider.Subject)).Content.ReadAsStringAsync());
        // Subjects differ by capitals.
        Assert.Equal("/accounts/street", Location(await TieAsync(admin, "street", provider.Subject.ToUpperInvariant())));
        await site.AddAccountAsync(new NewAccount("admin.town", "关某", Role.Administrator, "town"));
        using var town = new Browser(site.Address);
        await town.SignInAsync("admin.town", WebSite.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await town.PostAsync(
            "/password", "/accounts/administrator?handler=Tie", ("Subject", "own"), ("Reason", "试"))).StatusCode);
    }

    [Fact]
    public async Task A_provider_that_is_away_or_knows_another_secret_is_told()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent);
        using var output = new StringWriter();
        var (unknown, _) = await AskAsync(provider.Agreed);
        Assert.Contains("（W174）", unknown);
        var (wrong, number) = await AskAsync(provider.AgreedBy("another"));
        Assert.Contains("（W173）", wrong);
        var (away, _) = await AskAsync(new("http://127.0.0.1:9", "canbao", "secret"));
        Assert.Contains("（W172）", away);
        // The log has the number of the page and the protocol's word, and nobody's subject, code or token.
        var log = output.ToString();
        Assert.Contains(log.Split('\n'), line => line.Contains($"\"request\":\"{number}\"", StringComparison.Ordinal)
            && line.Contains("\"code\":\"W173\"", StringComparison.Ordinal)
            && line.Contains("\"error\":\"invalid_client\"", StringComparison.Ordinal));
        Assert.DoesNotContain(provider.Subject, log);
        Assert.DoesNotContain("code=", log);
        Assert.DoesNotContain("eyJ", log);

        async Task<(string Page, string Number)> AskAsync(IdentityProvider agreed)
        {
            var address = await site.StartServerAsync(
                clock, options => options with { Provider = agreed }, logging => JsonLines.Use(logging, output));
            using var browser = new Browser(address);
            var first = await browser.GetAsync(Start);
            var page = await (first.StatusCode == HttpStatusCode.Redirect ? await RoundAsync(browser) : first).Content.ReadAsStringAsync();
            return (page, Number().Match(page).Groups["number"].Value);
        }
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_button_and_no_route()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent, Role.Administrator);
        using var browser = new Browser(site.Address);
        Assert.DoesNotContain("provider", await browser.ReadAsync("/sign-in"), StringComparison.OrdinalIgnoreCase);
        foreach (var path in new[] { Start, Back, "/signin-oidc", "/signout-oidc", "/signout-callback-oidc" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostRawAsync(path)).StatusCode);
        }

        var real = site.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        Assert.DoesNotContain(real, endpoint => endpoint.RoutePattern.RawText!.Contains("provider", StringComparison.Ordinal));
        await browser.SignInAsync("administrator", WebSite.Password);
        Assert.DoesNotContain("统一身份认证", await browser.ReadAsync("/accounts/agent"));
        Assert.Equal(HttpStatusCode.NotFound, (await TieAsync(browser, "agent", "some")).StatusCode);
    }

    [Fact]
    public async Task With_a_provider_there_are_no_other_routes()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var site = await OpenAsync(Engine.Sqlite, provider, Role.Agent);
        using var browser = new Browser(site.Address);
        foreach (var path in new[] { "/signin-oidc", "/signout-oidc", "/signout-callback-oidc" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("http://id.example.cn", "id", "secret", "W170")]
    [InlineData("ftp://id.example.cn", "id", "secret", "W170")]
    [InlineData("id.example.cn", "id", "secret", "W170")]
    [InlineData("https://user@id.example.cn", "id", "secret", "W170")]
    [InlineData("https://id.example.cn", " ", "secret", "W171")]
    [InlineData("https://id.example.cn", "id", "", "W171")]
    [InlineData("https://id.example.cn/realms/gov/", "id", "secret", "")]
    [InlineData("http://localhost:8080", "id", "secret", "")]
    [InlineData("http://[::1]:8080", "id", "secret", "")]
    public void An_address_beyond_this_machine_is_https(string address, string client, string secret, string code)
    {
        if (code.Length > 0)
            Assert.Equal(code, Assert.Throws<RefusedException>(() => new IdentityProvider(address, client, secret)).Code);
        else
            Assert.Equal(address.TrimEnd('/'), new IdentityProvider(address, client, secret).Address);
    }
}
