using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Canbao.Web.Hosting;

/// <summary>The one stylesheet. Its address changes with its content, so that browsers keep it for good.</summary>
static class Stylesheet
{
    public const string Path = "/style.css";

    static readonly byte[] Plain = Read();
    static readonly byte[] Packed = Pack(Plain);

    /// <summary>What pages link to.</summary>
    public static string Address { get; } = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Plain))[..12]}";

    public static IResult Send(HttpContext context)
    {
        var packed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (packed)
            context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(packed ? Packed : Plain, "text/css; charset=utf-8");
    }

    static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("canbao.css")!;
        using var kept = new MemoryStream();
        stream.CopyTo(kept);
        return kept.ToArray();
    }

    static byte[] Pack(byte[] plain)
    {
        using var kept = new MemoryStream();
        using (var packer = new BrotliStream(kept, CompressionLevel.SmallestSize))
            packer.Write(plain);
        return kept.ToArray();
    }
}
