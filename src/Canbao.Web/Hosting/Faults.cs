using System.Text.Encodings.Web;
using Canbao.Storage.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// Turns faults and empty refusals into a Chinese page. What happened goes to the log under the request's number, without the messages of
/// exceptions, which may quote a person's data.
/// </summary>
sealed partial class Faults(RequestDelegate next, ILogger<Faults> log, HtmlEncoder encoder)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var number = context.TraceIdentifier;
            TellFault(number, RequestLog.RouteOf(context), Types(fault), (fault as StorageException)?.Code ?? "", fault.StackTrace ?? "");
            context.Response.Clear();
            await new Headers(_ => Task.CompletedTask).InvokeAsync(context);
            context.Response.StatusCode = fault is BadHttpRequestException bad ? bad.StatusCode
                : (fault as StorageException)?.Code switch
                {
                    StorageCodes.Unreachable or StorageCodes.Busy or StorageCodes.Conflict => 503,
                    StorageCodes.OutcomeUnknown => 504,
                    _ => 500,
                };
            await SendAsync(context, number);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            await SendAsync(context, null);
    }

    Task SendAsync(HttpContext context, string? number)
    {
        var (title, text) = context.Response is { StatusCode: 503, Headers.RetryAfter.Count: > 0 }
            ? ("现在人太多", "同时使用的人太多，这次没有办理，也没有保存任何内容。请过几秒再试（W165）。")
            : Texts(context.Response.StatusCode);
        var tail = number is null ? "" : $"<p>故障编号 <strong>{number}</strong>，联系系统维护人员时请告知此编号。</p>";
        context.Response.ContentType = "text/html; charset=utf-8";
        // Made without the pages' own layout, which may be what failed.
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{encoder.Encode(title)}</title>
            <link rel="stylesheet" href="{Stylesheet.Address}">
            </head>
            <body class="plain">
            <main class="narrow panel">
            <h1>{encoder.Encode(title)}</h1>
            <p>{encoder.Encode(text)}</p>
            {tail}
            <p><a href="/">回到首页</a></p>
            </main>
            </body>
            </html>
            """);
    }

    static (string Title, string Text) Texts(int status) => status switch
    {
        400 => ("页面已经失效", "可能是停留太久，或者已在别处重新登录。刚才的内容没有保存；请返回上一页，刷新后再提交。"),
        403 => ("无权打开此页", "您的账号没有办理此项业务的权限。如工作需要，请联系账号管理员。"),
        404 => ("没有找到", "没有这个页面，或者所查的内容不归您管辖。请核对后再试。"),
        405 => ("操作不对", "此页面不接受这样的提交。请从菜单重新进入。"),
        413 => ("文件太大", $"上传的文件超过 {PostLimit.MostFileBytes >> 20} MB，没有保存。请分成几个文件再传（W110）。"),
        503 => ("系统正忙", "暂时连不上数据库，刚才的内容没有保存。请稍后再试。"),
        504 => ("结果不明", "与数据库的连接在保存时中断，不能确定刚才的内容是否已经保存。请先查询，确认没有保存后再重做。"),
        _ => ("系统出错", "刚才的操作没有完成。请稍后再试；仍不行时请联系系统维护人员。"),
    };

    /// <summary>What kind of exception it is, and what lies behind it.</summary>
    internal static string Types(Exception fault) =>
        fault.InnerException is { } inner ? $"{fault.GetType().Name} < {Types(inner)}" : fault.GetType().Name;

    [LoggerMessage(LogLevel.Error, "Fault {Number} at {Route}: {Types} {Code}\n{Stack}")]
    partial void TellFault(string number, string route, string types, string code, string stack);
}
