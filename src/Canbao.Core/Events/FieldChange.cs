using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Canbao.Core.Events;

/// <summary>The fields in which two states of one thing differ, as JSON.</summary>
/// <param name="Old">As they were; null where the thing was not there.</param>
/// <param name="New">As they are; null where the thing is gone.</param>
readonly record struct FieldChange(string? Old, string? New)
{
    // Chinese stays readable; the texts are never put into a page without being encoded there.
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    static readonly JsonSerializerOptions Dense = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The difference; null where there is none.</summary>
    public static FieldChange? Between(object? old, object? now)
    {
        // Most of what is recorded comes new, and has nothing to be compared with.
        if (old is null && now is not null)
            return new(null, JsonSerializer.Serialize(now, now.GetType(), Dense));
        var before = Fields(old);
        var after = Fields(now);
        if (before is not null && after is not null)
        {
            foreach (var name in before.Select(field => field.Key).Where(after.ContainsKey).ToList())
                if (JsonNode.DeepEquals(before[name], after[name]))
                    _ = before.Remove(name) && after.Remove(name);
            if (before.Count == 0 && after.Count == 0)
                return null;
        }

        return before is null && after is null ? null : new(before?.ToJsonString(Options), after?.ToJsonString(Options));
    }

    static JsonObject? Fields(object? thing)
    {
        if (thing is null)
            return null;
        var fields = JsonSerializer.SerializeToNode(thing, thing.GetType(), Options)!.AsObject();
        // An empty field says nothing when a thing comes or goes.
        foreach (var name in fields.Where(field => field.Value is null).Select(field => field.Key).ToList())
            fields.Remove(name);
        return fields;
    }
}
