using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Canbao.Web.Hosting;

/// <summary>
/// Takes no more pages at once than the server can make, and lets few wait: whoever comes on top is told at once to come again, rather
/// than everybody waiting until nobody is served. Channels have a queue of their own behind their endpoint (N106), so that desks and
/// they do not crowd each other out; what watches the server is always answered.
/// </summary>
static class Backpressure
{
    const string RetryAfter = "5";

    static readonly string[] Free = [Health.Live, Health.Ready, Stylesheet.Path];

    public static void Use(RateLimiterOptions limits, WebOptions options)
    {
        limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(context => IsLimited(context)
            ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new()
            {
                PermitLimit = options.MostAtOnce,
                QueueLimit = options.MostWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            })
            : RateLimitPartition.GetNoLimiter(false));
        // The page is made by Faults, which tells it from a lost database by this.
        limits.OnRejected = static (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = RetryAfter;
            return ValueTask.CompletedTask;
        };
    }

    static bool IsLimited(HttpContext context)
    {
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return !Free.Contains(pattern) && Routes.Find(pattern) is not { IsSigned: true };
    }
}
