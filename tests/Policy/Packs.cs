using System.Collections.Concurrent;
using System.Collections.Immutable;
using Canbao.Policy.Cases;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.TestKit;

namespace Canbao.Policy.Tests;

/// <summary>The packs that ship, loaded once.</summary>
static class Packs
{
    static readonly ConcurrentDictionary<string, Plan> Plans = new();
    static readonly ConcurrentDictionary<string, ImmutableArray<PolicyCase>> AllCases = new();
    static readonly ConcurrentDictionary<string, string> Texts = new();

    public static PackLibrary Library { get; } = new(Repository.Path("policies"));

    public static IReadOnlyList<string> Names => Library.Names;

    public static Plan Load(string name) => Plans.GetOrAdd(name, _ =>
    {
        var findings = new List<Finding>();
        return Library.Load(name, findings) ?? throw new InvalidDataException(string.Join('\n', findings));
    });

    /// <summary>The text of a pack's file.</summary>
    public static string Text(string name) =>
        Texts.GetOrAdd(name, _ => File.ReadAllText(Repository.Path("policies", name, PackLibrary.PackFile)));

    /// <summary>Reads and compiles a text that stands in the place of a pack; null where there are findings.</summary>
    public static Plan? Compile(string text, string name, List<Finding> findings) =>
        PackReader.Read(text, name, Load(name).Pack.Catalogue, "", findings) is { } pack ? PlanCompiler.Compile(pack) : null;

    public static ImmutableArray<PolicyCase> Cases(string name) => AllCases.GetOrAdd(name, _ =>
    {
        var findings = new List<Finding>();
        var file = Repository.Path("policies", name, CaseReader.CaseFile);
        var cases = CaseReader.Read(File.ReadAllText(file), file, Load(name).Pack.Catalogue, findings);
        return findings.Count == 0 ? cases : throw new InvalidDataException(string.Join('\n', findings));
    });
}
