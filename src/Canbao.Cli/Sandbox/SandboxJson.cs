using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Canbao.Cli.Sandbox;

[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
sealed partial class SandboxJson : JsonSerializerContext;
