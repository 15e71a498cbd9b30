using Canbao.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Canbao.Web.Hosting;

/// <summary>
/// Traces and metrics for a collector, by OTLP over HTTP; nothing is sent where no collector is named. A trace says what
/// <see cref="RequestLog"/> says; statements of the database are in none, since they may hold people's data.
/// </summary>
static class Telemetry
{
    static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime"];

    /// <summary>Where a collector listens.</summary>
    /// <exception cref="RefusedException">W164: it is no address.</exception>
    public static Uri Address(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new RefusedException("W164", $"监测数据的接收地址“{text}”写法不对；应如 http://127.0.0.1:4318");

    public static void Use(IServiceCollection services, Uri collector) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("canbao"))
        .WithTracing(traces => traces
            .AddSource("Microsoft.AspNetCore")
            .AddOtlpExporter(to => Send(to, collector, "v1/traces")))
        .WithMetrics(metrics => metrics
            .AddMeter(Meters)
            .AddOtlpExporter(to => Send(to, collector, "v1/metrics")));

    static void Send(OtlpExporterOptions to, Uri collector, string path) =>
        (to.Protocol, to.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(collector, path));
}
