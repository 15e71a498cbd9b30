using System.Net;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.TestKit;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Web.Tests;

public sealed partial class ProviderTests
{
    Task<WebSite> OpenAsync(Engine engine, TestProvider provider, params Role[] roles) =>
        WebSite.OpenAsync(engine, clock, options => options with { Provider = provider.Agreed }, roles);

    static async Task<Browser> AdministratorAsync(WebSite site)
    {
        var browser = new Browser(site.Address);
        await browser.SignInAsync("administrator", WebSite.Password);
        return browser;
    }

    static Task<HttpResponseMessage> TieAsync(Browser admin, string login, string subject, string reason = "本人申请") => admin.PostAsync(
        $"/accounts/{login}", $"/accounts/{login}?handler=Tie", ("Subject", subject), ("Reason", reason));

    /// <summary>Goes to the provider and comes back with its answer.</summary>
    static async Task<HttpResponseMessage> RoundAsync(Browser browser, string from = "/") =>
        await browser.GetAsync(await AnswerAsync(browser, from: from));

    /// <summary>
    /// Goes to the provider, perhaps by another address than it was sent to, and gives the address that it sends back to.
    /// </summary>
    static async Task<string> AnswerAsync(Browser browser, Func<string, string>? altered = null, string from = "/")
    {
        var away = await browser.GetAsync($"{Start}?from={Uri.EscapeDataString(from)}");
        Assert.True(away.StatusCode == HttpStatusCode.Redirect, await away.Content.ReadAsStringAsync());
        var there = await browser.GetAsync(altered?.Invoke(Location(away)!) ?? Location(away)!);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        return there.Headers.Location!.PathAndQuery;
    }

    static async Task<int> ActsAsync(WebSite site) => (await ActsOfAsync(site, null)).Count;

    static Task<List<ActRow>> ActsOfAsync(WebSite site, string? kind) => site.Database.ReadAsync(session => session.Table<ActRow>()
        .Where(row => row.Area == WebSite.Area && (kind == null || row.Kind == kind)).OrderBy(row => row.ActId).ToListAsync());

    static string? Location(HttpResponseMessage response) => response.Headers.Location?.OriginalString;

    string Now(byte[] secret) => TimedCodes.Code(secret, TimedCodes.StepAt(clock.GetUtcNow()));

    static byte[] Base32(string text)
    {
        var bits = string.Concat(text.Trim().Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }

    [GeneratedRegex("<code class=\"factor-secret\">(?<subject>[^<]+)</code>")]
    private static partial Regex Shown();

    [GeneratedRegex("<code class=\"factor-secret\">(?<secret>[A-Z2-7]+)</code>")]
    private static partial Regex Secret();

    [GeneratedRegex("(?<=[?&])code=[^&]+")]
    private static partial Regex Code();

    [GeneratedRegex("并告知编号 (?<number>[2-9A-Z]{6})")]
    private static partial Regex Number();

    [GeneratedRegex("(?<=[?&])state=[^&]+")]
    private static partial Regex State();

    [GeneratedRegex("nonce=[^&]+")]
    private static partial Regex Nonce();
}
