using System.Net;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Core.Work.Exchange;

/// <summary>A message could not be handed over.</summary>
/// <param name="text">Why, in Chinese, without personal data.</param>
/// <param name="isFinal">Whether trying again is of no use: the receiver said that it will not have it.</param>
/// <param name="inner">What happened.</param>
public sealed class UndeliveredException(string text, bool isFinal = false, Exception? inner = null) : Exception(text, inner)
{
    /// <summary>Whether trying again is of no use.</summary>
    public bool IsFinal => isFinal;
}

/// <summary>How messages and receipts reach partners.</summary>
public interface IExchangeWay
{
    /// <summary>Hands a message over; the same one again does no harm.</summary>
    /// <returns>The receipt, where the receiver gives it at once; else null.</returns>
    /// <exception cref="UndeliveredException">It could not be handed over, or nobody knows.</exception>
    Task<Receipt?> SendAsync(ExchangePartnerRow partner, Envelope envelope, TableFile content, CancellationToken cancel);

    /// <summary>Hands a receipt over.</summary>
    /// <exception cref="UndeliveredException">It could not be handed over, or nobody knows.</exception>
    Task SendAsync(ExchangePartnerRow partner, Receipt receipt, CancellationToken cancel);
}

/// <summary>A watched folder: <c>ROOT/AREA/PARTNER/</c> with in, out, done, refused. The envelope is written last, by renaming.</summary>
/// <param name="root">The folder of all partners.</param>
public sealed class FolderWay(string root) : IExchangeWay
{
    /// <summary>What the name of an envelope ends with, behind the name of its file.</summary>
    public const string EnvelopeEnd = ".json";

    /// <summary>What the name of a receipt ends with.</summary>
    public const string ReceiptEnd = ".receipt.json";

    /// <summary>One of a partner's folders; it is made where it is not there.</summary>
    public string PathOf(ExchangePartnerRow partner, string folder)
    {
        var path = Path.Combine(root, FormattableString.Invariant($"{partner.Area}"), partner.Partner, folder);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <inheritdoc/>
    public Task<Receipt?> SendAsync(ExchangePartnerRow partner, Envelope envelope, TableFile content, CancellationToken cancel) =>
        WriteAsync(async () =>
        {
            var path = Path.Combine(PathOf(partner, "out"), envelope.File);
            using (var file = new PendingFile(path))
            {
                await using var source = content.Open();
                await source.CopyToAsync(file.Stream, Uploads.PartBytes, cancel);
                file.Commit();
            }

            await WriteAsync(path + EnvelopeEnd, envelope.Json(), cancel);
            return default(Receipt);
        });

    /// <inheritdoc/>
    public Task SendAsync(ExchangePartnerRow partner, Receipt receipt, CancellationToken cancel) => WriteAsync(async () =>
    {
        var name = FormattableString.Invariant($"{receipt.Number:000000}-{receipt.Run}{ReceiptEnd}");
        await WriteAsync(Path.Combine(PathOf(partner, "out"), name), receipt.Json(), cancel);
        return true;
    });

    static async Task WriteAsync(string path, byte[] content, CancellationToken cancel)
    {
        using var file = new PendingFile(path);
        await file.Stream.WriteAsync(content, cancel);
        file.Commit();
    }

    static async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TableFileException)
        {
            throw new UndeliveredException("交换文件夹写不进去；请检查文件夹是否存在、是否有写入权限、磁盘是否已满", inner: fault);
        }
    }
}

/// <summary>The addresses of partners over HTTP.</summary>
/// <param name="http">Sends; its time limit says when a receiver is taken for down.</param>
public sealed class HttpWay(HttpClient http) : IExchangeWay
{
    /// <summary>The header with the envelope, Base64 of its JSON.</summary>
    public const string EnvelopeHeader = "X-Canbao-Envelope";

    const int MostReceiptBytes = 1 << 20;

    /// <inheritdoc/>
    public async Task<Receipt?> SendAsync(ExchangePartnerRow partner, Envelope envelope, TableFile content, CancellationToken cancel)
    {
        using var body = new StreamContent(content.Open());
        body.Headers.ContentType = new("application/octet-stream");
        var answer = await PostAsync(
            partner, "messages", body, (EnvelopeHeader, Convert.ToBase64String(envelope.Json())), cancel);
        // Whoever says no more than that it has come gives its receipt later.
        return answer.Length == 0 ? null : Receipt.Read(answer);
    }

    /// <inheritdoc/>
    public async Task SendAsync(ExchangePartnerRow partner, Receipt receipt, CancellationToken cancel)
    {
        using var body = new ByteArrayContent(receipt.Json());
        body.Headers.ContentType = new("application/json");
        await PostAsync(partner, "receipts", body, null, cancel);
    }

    async Task<byte[]> PostAsync(
        ExchangePartnerRow partner, string what, HttpContent body, (string Name, string Value)? header, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{partner.Address.TrimEnd('/')}/{what}") { Content = body };
            if (header is var (name, value))
                request.Headers.Add(name, value);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.OK)
                return await ReadAsync(answer, cancel);
            if (answer.StatusCode == HttpStatusCode.Accepted)
                return [];
            int status = (int)answer.StatusCode;
            throw new UndeliveredException(
                $"接收方没有收下（HTTP {status}）；请与接收单位联系", status is >= 400 and < 500 and not (401 or 408 or 429));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || fault is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw new UndeliveredException("接收方没有回答；请检查网络，或与接收单位联系", inner: fault);
        }
    }

    static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var read = new byte[MostReceiptBytes];
        int length = await stream.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancel);
        return read[..length];
    }
}
