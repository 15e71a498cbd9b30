using System.Net;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class FrameTests
{
    readonly TestClock clock = new("2022-10-10 09:00");

    [Fact]
    public async Task A_page_has_no_script_and_headers_that_allow_none()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Administrator);
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("administrator", WebSite.Password);
        foreach (var path in new[] { "/sign-in", "/", "/accounts", "/accounts/new", "/accounts/administrator", "/password" })
        {
            var answer = await browser.GetAsync(path);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script", page);
            Assert.DoesNotContain("style=", page);
            Assert.StartsWith("default-src 'none'; style-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task The_stylesheet_is_small_and_kept_by_browsers()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        var sheet = await browser.GetAsync(Stylesheet.Address);
        Assert.Contains("immutable", $"{sheet.Headers.CacheControl}");
        Assert.InRange((await sheet.Content.ReadAsByteArrayAsync()).Length, 1_000, 21_500);
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "没有找到")]
    [InlineData("/accounts", HttpStatusCode.Forbidden, "无权打开此页")]
    public async Task A_refusal_is_a_page_in_Chinese(string path, HttpStatusCode status, string title)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("agent", WebSite.Password);
        var answer = await browser.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"<h1>{title}</h1>", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_fault_shows_a_number_and_the_log_has_it_without_the_message()
    {
        var log = new KeptLog();
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await new Faults(_ => throw new InvalidOperationException("secret 42"), log, System.Text.Encodings.Web.HtmlEncoder.Default)
            .InvokeAsync(context);
        context.Response.Body.Position = 0;
        var page = await new StreamReader(context.Response.Body).ReadToEndAsync();
        var number = page.Split("<strong>")[1].Split("</strong>")[0];
        Assert.Equal(500, context.Response.StatusCode);
        Assert.DoesNotContain("secret", page);
        var line = Assert.Single(log.Lines);
        Assert.Contains(number, line);
        Assert.Contains("InvalidOperationException", line);
        Assert.DoesNotContain("secret", line);
    }

    [Theory]
    [InlineData("2022-07-31", 2021, 2022)]
    [InlineData("2022-08-01", 2022, 2023)]
    [InlineData("2023-01-01", 2022, 2023)]
    public void Two_years_are_open(string today, int earlier, int later)
    {
        var open = OpenYears.On(DateOnly.ParseExact(today, "yyyy-MM-dd"));
        Assert.Equal((earlier, later), (open.Earlier.Year, open.Later.Year));
        Assert.Equal(new InsuranceYear(earlier), open.Chosen($"{earlier}"));
        Assert.Equal(new InsuranceYear(later), open.Chosen($"{later + 1}"));
    }

    [Fact]
    public async Task The_chosen_year_is_kept_by_the_menu()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        using var browser = new Browser(site.Address);
        await browser.SignInAsync("agent", WebSite.Password);
        Assert.Contains("href=\"/password\"", await browser.ReadAsync("/"));
        var earlier = await browser.ReadAsync("/?year=2022");
        Assert.Contains("href=\"/password?year=2022\"", earlier);
        Assert.Contains("<a href=\"/?year=2022\" aria-current=\"true\">", earlier);
    }

    sealed class KeptLog : ILogger<Faults>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
