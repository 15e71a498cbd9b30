using System.Net;
using Canbao.Core.Access;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Web.Tests;

public sealed class BackpressureTests
{
    readonly TestClock clock = new("2022-10-10 09:00");

    [Fact]
    public async Task Whoever_is_too_many_is_told_at_once_to_come_again()
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, clock, Role.Agent);
        var address = await site.StartServerAsync(clock, options => options with { MostAtOnce = 1, MostWaiting = 1 });
        using var first = new Browser(address);
        using var second = new Browser(address);
        using var third = new Browser(address);
        var token = await first.TokenAsync("/sign-in");
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        // Signing in writes, and has to wait for this writer.
        var writer = site.Database.WriteAsync(async _ =>
        {
            held.SetResult();
            await release.Task;
        });
        await held.Task;
        var working = first.PostRawAsync(
            "/sign-in", ("Login", "agent"), ("Password", WebSite.Password), ("__RequestVerificationToken", token));
        Task<HttpResponseMessage> waiting;
        HttpResponseMessage refused;
        do
        {
            // Whoever is answered came before the first did; whoever is not waits behind it, and the next is too many.
            waiting = second.GetAsync("/sign-in");
            refused = await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(300))) == waiting
                ? await waiting : await third.GetAsync("/sign-in");
        }
        while (refused.StatusCode == HttpStatusCode.OK && !working.IsCompleted);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.StatusCode, $"{refused.Headers.RetryAfter}"));
        Assert.Contains("<h1>现在人太多</h1>", page);
        Assert.Contains("（W165）", page);
        // What watches the server, and what pages are made of, is answered.
        Assert.Equal(HttpStatusCode.OK, (await third.GetAsync(Health.Live)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await third.GetAsync(Stylesheet.Address)).StatusCode);
        release.SetResult();
        await writer;
        Assert.Equal(HttpStatusCode.Redirect, (await working).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await third.GetAsync("/sign-in")).StatusCode);
    }
}
