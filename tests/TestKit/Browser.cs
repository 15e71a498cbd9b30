using System.Net;
using System.Text.RegularExpressions;

namespace Canbao.TestKit;

/// <summary>A browser without script: keeps cookies, follows nothing, and sends forms with the token that the page gave.</summary>
public sealed partial class Browser(Uri address) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>The cookies, so that another server can be asked with them.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>What a proxy says of whom it asks for, as <c>X-Forwarded-For</c>; empty where it asks by itself.</summary>
    public string ForwardedFor { get; init; } = "";

    /// <summary>Opens a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <summary>The text of a page.</summary>
    public async Task<string> ReadAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>Opens the page and sends its form to an address.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, params (string Name, string Value)[] fields) =>
        await PostRawAsync(path, [.. fields, ("__RequestVerificationToken", await TokenAsync(page))]);

    /// <summary>The token of a page's form, to be sent later.</summary>
    public async Task<string> TokenAsync(string page) => Token().Match(await ReadAsync(page)).Groups["token"].Value;

    /// <summary>Opens the page and sends its form with a file.</summary>
    public async Task<HttpResponseMessage> PostFileAsync(
        string page, string field, (string Name, byte[] Content) file, params (string Name, string Value)[] fields)
    {
        var token = await TokenAsync(page);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", token)))
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(file.Content), field, file.Name);
        return await SendAsync(HttpMethod.Post, page, form, null);
    }

    /// <summary>Sends fields as they are, without a token.</summary>
    public Task<HttpResponseMessage> PostRawAsync(string path, params (string Name, string Value)[] fields) => SendAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), null);

    /// <summary>Sends the form of the sign-in page.</summary>
    public Task<HttpResponseMessage> SignInAsync(string login, string password, string page = "/sign-in") =>
        PostAsync(page, page, ("Login", login), ("Password", password));

    /// <summary>Sends anything, to another server where one is named.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, Uri? server)
    {
        var target = new Uri(server ?? client.BaseAddress!, path);
        using var request = new HttpRequestMessage(method, target) { Content = content };
        if (Cookies.GetCookieHeader(target) is { Length: > 0 } cookies)
            request.Headers.Add("Cookie", cookies);
        if (ForwardedFor.Length > 0)
            request.Headers.Add("X-Forwarded-For", ForwardedFor);
        var response = await client.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            Cookies.SetCookies(target, cookie);
        return response;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
