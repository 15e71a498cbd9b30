using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Canbao.Core.Collection;

namespace Canbao.Cli.Sandbox;

/// <summary>What came back.</summary>
/// <param name="Status">The status of HTTP; null where nothing came back.</param>
/// <param name="Body">The answer.</param>
readonly record struct ChannelReply(HttpStatusCode? Status, JsonNode? Body)
{
    public string State => Body?["state"]?.GetValue<string>() ?? "";

    public string Code => Body?["code"]?.GetValue<string>() ?? "";
}

/// <summary>Speaks the interface of channels, as a bank's program would.</summary>
sealed class ChannelClient(HttpClient http, (int Area, string Code, byte[] Secret) channel, TimeProvider clock)
{
    public async Task<ChannelReply> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, SandboxJson.Default.JsonObject);
        long time = clock.GetUtcNow().ToUnixTimeSeconds();
        var nonce = RandomNumberGenerator.GetHexString(32);
        var head = new SignedHead(method.Method, path, time, nonce);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };
        request.Headers.Add("X-Canbao-Channel", string.Create(CultureInfo.InvariantCulture, $"{channel.Area}/{channel.Code}"));
        request.Headers.Add("X-Canbao-Time", time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Canbao-Nonce", nonce);
        request.Headers.Add("X-Canbao-Signature", Convert.ToBase64String(ChannelSigning.Hmac(channel.Secret, head, bytes)));
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return new(response.StatusCode, await response.Content.ReadFromJsonAsync(SandboxJson.Default.JsonNode, cancel));
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException
            || fault is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return default;
        }
    }
}
