using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// Gives each request a short number, which a failure page shows and every line of the log about it has, and notes the request: its
/// route and not its address, since addresses may hold what somebody searched for.
/// </summary>
sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    const string NumberLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public async Task InvokeAsync(HttpContext context)
    {
        var number = RandomNumberGenerator.GetString(NumberLetters, 6);
        context.TraceIdentifier = number;
        var began = Stopwatch.GetTimestamp();
        using var scope = log.BeginScope(new KeyValuePair<string, object?>[] { new(JsonLines.Request, number) });
        await next(context);
        var (method, route) = (Method(context.Request.Method), RouteOf(context));
        Trace(method, route, number, context.Response.StatusCode);
        TellRequest(method, route, context.Response.StatusCode, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>The pattern of a request's route; empty where it has none.</summary>
    public static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    /// <summary>Whoever calls may invent methods too.</summary>
    static string Method(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) ? method : "other";

    static void Trace(string method, string route, string number, int status)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
            return;
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", status);
        activity.SetTag("canbao.request", number);
        if (status >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} {Milliseconds} ms")]
    partial void TellRequest(string method, string route, int status, long milliseconds);
}
