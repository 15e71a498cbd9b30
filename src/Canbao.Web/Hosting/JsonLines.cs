using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;

namespace Canbao.Web.Hosting;

/// <summary>
/// A log of one JSON object in each line, for programs that collect logs. It holds no personal data: of our own messages the values, which
/// never are any; of others' messages only the template, since their values may be whatever somebody typed; of exceptions the kinds
/// and where, since their texts may quote.
/// </summary>
/// <param name="output">Where lines go; used by one thread at a time.</param>
public sealed class JsonLines(TextWriter output) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>The key under which a scope holds the number of a request.</summary>
    internal const string Request = "Request";

    const string Template = "{OriginalFormat}";

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    readonly Lock turn = new();
    IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    /// <summary>Sends a log there instead of anywhere else, with a line for each request.</summary>
    public static void Use(ILoggingBuilder logging, TextWriter output)
    {
        logging.AddProvider(new JsonLines(output));
        logging.AddFilter<JsonLines>(typeof(RequestLog).FullName, LogLevel.Information);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    void Write(ReadOnlySpan<byte> line)
    {
        var text = System.Text.Encoding.UTF8.GetString(line);
        lock (turn)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    sealed class Lines(JsonLines all, string category) : ILogger
    {
        readonly bool isOwn = category.StartsWith("Canbao.", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => all.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                json.WriteStartObject();
                json.WriteString("time", TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
                json.WriteString("level", logLevel.ToString().ToLowerInvariant());
                json.WriteString("category", category);
                if (eventId.Name is { } name)
                    json.WriteString("event", name);
                WriteWhich(json);
                WriteValues(json, state as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
                if (exception is not null)
                {
                    json.WriteString("exception", Kinds(exception));
                    json.WriteString("stack", exception.StackTrace ?? "");
                }

                json.WriteEndObject();
            }

            all.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }

        /// <summary>Which request, by the number that its failure page shows, and by that of its trace.</summary>
        void WriteWhich(Utf8JsonWriter json)
        {
            all.scopes.ForEachScope(
                static (scope, json) =>
                {
                    if (scope is IReadOnlyList<KeyValuePair<string, object?>> pairs)
                        foreach (var pair in pairs)
                            if (pair.Key == Request)
                                json.WriteString("request", $"{pair.Value}");
                },
                json);
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
                json.WriteString("trace", activity.TraceId.ToHexString());
        }

        void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> state)
        {
            foreach (var (key, value) in state)
            {
                if (key == Template)
                    json.WriteString("message", $"{value}");
                else if (!isOwn)
                    continue;
                else if (value is int or long)
                    json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(key), Convert.ToInt64(value));
                else
                    json.WriteString(JsonNamingPolicy.SnakeCaseLower.ConvertName(key), $"{value}");
            }
        }

        static string Kinds(Exception fault) =>
            fault.InnerException is { } inner ? $"{fault.GetType().Name} < {Kinds(inner)}" : fault.GetType().Name;
    }
}
