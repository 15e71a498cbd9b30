using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Hosting;

/// <summary>The one stylesheet. Its address changes with its content, so that browsers keep it for good.</summary>
static class Stylesheet
{
    public const string Path = "/style.css";

    static readonly byte[] Plain = Read();
    static readonly byte[] Packed = Pack(into => new BrotliStream(into, CompressionLevel.SmallestSize));

    // Browsers ask for the former over HTTPS only.
    static readonly byte[] Zipped = Pack(into => new GZipStream(into, CompressionLevel.SmallestSize));

    /// <summary>What pages link to.</summary>
    public static string Address { get; } = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Plain))[..12]}";

    public static IResult Send(HttpContext context)
    {
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var (encoding, content) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", Packed)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", Zipped)
            : ("", Plain);
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (encoding.Length > 0)
            context.Response.Headers.ContentEncoding = encoding;
        return Results.Bytes(content, "text/css; charset=utf-8");
    }

    static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("canbao.css")!;
        using var kept = new MemoryStream();
        stream.CopyTo(kept);
        return kept.ToArray();
    }

    static byte[] Pack(Func<Stream, Stream> packing)
    {
        using var kept = new MemoryStream();
        using (var packer = packing(kept))
            packer.Write(Plain);
        return kept.ToArray();
    }
}
