#:package YamlDotNet
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Started from the root by scripts/clauses.

using System.Text;
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

const string Reports = "artifacts/test-results";
const int AsksWidth = 60;

if (!Directory.Exists(Reports) || Directory.GetFiles(Reports, "*.xml").Length == 0)
{
    Console.Error.WriteLine($"There are no reports in {Reports}; run ./test first.");
    return 1;
}

// Results of the tests that name a clause, by its id. A policy case proves what a pack answers, not that people can work so:
// an entry of another kind that only cases name is not done.
const string CaseTests = "Canbao.Policy.Tests.CaseTests";
var uses = (
    from report in Directory.GetFiles(Reports, "*.xml")
    from test in XDocument.Load(report).Descendants("test")
    from trait in test.Descendants("trait")
    where (string?)trait.Attribute("name") == "clause"
    let isCase = (string?)test.Attribute("type") == CaseTests
    select new Use((string?)trait.Attribute("value") ?? "", (string?)test.Attribute("result"), isCase))
    .ToLookup(use => use.Id);

var entries = (
    from notice in (YamlMappingNode)Load("docs/clauses.yaml")
    from entry in (YamlSequenceNode)notice.Value
    let id = Text(entry["id"])
    let kind = Text(entry["kind"])
    select new Entry(id, kind, Text(entry["asks"]), uses[id].Count(), State(kind, [.. uses[id]]))).ToList();

var idWidth = entries.Max(entry => Width(entry.Id));
Print("clause", "kind", "asks", "tests", "state");
foreach (var entry in entries)
    Print(entry.Id, entry.Kind, entry.Asks, $"{entry.Tests}", entry.State);

Console.WriteLine();
foreach (var kind in entries.GroupBy(entry => entry.Kind))
    Console.WriteLine($"{kind.Key,-8} {kind.Count(),4}: "
        + string.Join(", ", kind.CountBy(entry => entry.State).OrderBy(state => state.Key).Select(state => $"{state.Value} {state.Key}")));
var unknown = uses.Select(use => use.Key).Except(entries.Select(entry => entry.Id)).ToList();
if (unknown.Count > 0)
    Console.WriteLine($"not in docs/clauses.yaml: {string.Join(", ", unknown)}");
return 0;

void Print(string id, string kind, string asks, string tests, string state) =>
    Console.WriteLine($"{Padded(id, idWidth)}  {kind,-7}  {Padded(Shortened(asks, AsksWidth), AsksWidth)}  {tests,5}  {state}");

static string State(string kind, Use[] uses) =>
    uses.Any(use => use.Result == "Fail") ? "failed"
    : kind != "policy" && uses.Length > 0 && uses.All(use => use.IsCase) ? "cases only"
    : uses.Any(use => use.Result == "Pass") ? "passed"
    : uses.Length > 0 ? "skipped"
    : kind == "outside" ? "outside"
    : "not named";

static YamlNode Load(string file)
{
    var stream = new YamlStream();
    stream.Load(new StringReader(File.ReadAllText(file)));
    return stream.Documents[0].RootNode;
}

static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

// Columns on a terminal: Chinese characters and their full-width marks take two.
static int Width(string text) => text.EnumerateRunes().Sum(RuneWidth);

static int RuneWidth(Rune rune) =>
    rune.Value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
        or >= 0xFE30 and <= 0xFE6F or >= 0xFF01 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x20000 and <= 0x3FFFD ? 2 : 1;

static string Padded(string text, int width) => text + new string(' ', width - Width(text));

static string Shortened(string text, int width)
{
    if (Width(text) <= width)
        return text;
    var kept = new StringBuilder();
    var used = 0;
    foreach (var rune in text.EnumerateRunes().TakeWhile(rune => (used += RuneWidth(rune)) < width))
        kept.Append(rune);
    return $"{kept}…";
}

sealed record Use(string Id, string? Result, bool IsCase);

sealed record Entry(string Id, string Kind, string Asks, int Tests, string State);
