using Canbao.Core.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Canbao.Web.Hosting;

/// <summary>
/// Refuses posts that are too large before anything reads them, and lets the browser send them to their end, since one that is cut off
/// shows no answer. What is taken stays in memory: an upload is people's data, and nothing open comes on disk.
/// </summary>
sealed class PostLimit(RequestDelegate next)
{
    /// <summary>The largest upload, in bytes: about 400,000 rows.</summary>
    public const int MostFileBytes = 32 << 20;

    /// <summary>The largest form: a file and the fields around it.</summary>
    public const int MostBytes = MostFileBytes + (1 << 20);

    /// <summary>The most that is read of a request that is refused; a larger one is cut off.</summary>
    public const long MostRead = 256L << 20;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await next(context);
            return;
        }

        if (context.Request.ContentLength is not > MostBytes && await FitsAsync(context.Request))
        {
            await next(context);
            return;
        }

        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    /// <summary>How forms are read: up to the limit, and in memory.</summary>
    public static void Use(FormOptions forms)
    {
        forms.MultipartBodyLengthLimit = MostBytes;
        forms.MemoryBufferThreshold = MostBytes;
    }

    /// <summary>A file of a form, which can be opened again and again while the request runs.</summary>
    public static TableFile FileOf(IFormFile file) => new(Path.GetFileName(file.FileName), file.OpenReadStream);

    static async Task<bool> FitsAsync(HttpRequest request)
    {
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
