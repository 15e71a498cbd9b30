using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Canbao.Web.Hosting;

/// <summary>
/// The files of the offline page, below an address that changes with their content, so that browsers keep them for good, and the service
/// worker, which is asked for anew each time and names them.
/// </summary>
static class OfflineFiles
{
    /// <summary>The page, which is also the scope of the worker.</summary>
    public const string Page = "/collection/offline";

    /// <summary>The patterns of their routes.</summary>
    public const string Pattern = Page + "/files/{version}/{name}", Worker = Page + "/worker.js";

    /// <summary>What the page may do beside other pages: run its own script, ask its own server, be installed.</summary>
    public const string Policy = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        + "style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    const string WorkerName = "worker.js";

    static readonly Dictionary<string, (byte[] Content, string Type)> Files = Read();

    /// <summary>Changes with the content of any file.</summary>
    public static string Version { get; } =
        Hash(Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value.Content));

    /// <summary>The address of a file.</summary>
    public static string Address(string name) => $"{Page}/files/{Version}/{name}";

    /// <summary>Maps the files and the worker.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Pattern, Send);
        app.MapGet(Worker, SendWorker);
    }

    static IResult Send(HttpContext context, string version, string name)
    {
        if (version != Version || name == WorkerName || !Files.TryGetValue(name, out var file))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, file.Type);
    }

    static IResult SendWorker(HttpContext context)
    {
        var names = Files.Keys.Where(name => name != WorkerName).Order(StringComparer.Ordinal).Select(Address).Append(Stylesheet.Address);
        var head = $"const VERSION = '{Hash([Encoding.UTF8.GetBytes(Version + Stylesheet.Address)])}';\nconst PAGE = '{Page}';\n"
            + $"const FILES = [{string.Join(", ", names.Select(name => $"'{name}'"))}];\n";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["Service-Worker-Allowed"] = Page;
        // What the worker itself may ask for.
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Text(head + Encoding.UTF8.GetString(Files[WorkerName].Content), "text/javascript; charset=utf-8");
    }

    static Dictionary<string, (byte[], string)> Read()
    {
        const string folder = "offline/";
        var assembly = typeof(OfflineFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(
            name => name[folder.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var kept = new MemoryStream();
                stream.CopyTo(kept);
                return (kept.ToArray(), TypeOf(Path.GetExtension(name)));
            });
    }

    static string TypeOf(string extension) => extension switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/manifest+json",
    };

    static string Hash(IEnumerable<byte[]> contents) =>
        Convert.ToHexStringLower(SHA256.HashData([.. contents.SelectMany(content => content)]))[..12];
}
