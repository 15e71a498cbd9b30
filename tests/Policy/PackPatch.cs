using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.TestKit;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Canbao.Policy.Tests;

/// <summary>A real pack changed in one place, as the files in <c>Broken</c> and <c>Mutations</c> write it.</summary>
sealed class PackPatch
{
    static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();

    /// <summary>The pack's name.</summary>
    public required string Pack { get; init; }

    /// <summary>What is wrong with it then, in a Chinese sentence.</summary>
    public required string Wrong { get; init; }

    /// <summary>A text that occurs exactly once in the pack.</summary>
    public required string Replace { get; init; }

    /// <summary>The text in its place.</summary>
    public required string With { get; init; }

    /// <summary>Broken packs: the code of what is found.</summary>
    public string Code { get; init; } = "";

    /// <summary>Broken packs: a part of the line that the finding points to.</summary>
    public string LineSays { get; init; } = "";

    /// <summary>Broken packs: what the finding's text says, the concrete person and day among it.</summary>
    public string[] Example { get; init; } = [];

    /// <summary>Broken packs: codes of what is found because of it besides.</summary>
    public string[] Also { get; init; } = [];

    /// <summary>Mutations: the clause whose rule is changed, with the notice's prefix.</summary>
    public string Clause { get; init; } = "";

    /// <summary>The names of the files in a folder beside this one.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(Repository.Path("tests", "Policy", folder), "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static PackPatch Read(string folder, string name) =>
        Yaml.Deserialize<PackPatch>(File.ReadAllText(Repository.Path("tests", "Policy", folder, $"{name}.yaml")));

    /// <summary>The pack's text with the change.</summary>
    public string Text()
    {
        var text = Packs.Text(Pack);
        var at = text.IndexOf(Replace, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(Replace, at + 1, StringComparison.Ordinal) >= 0)
            throw new InvalidDataException($"“{Replace}” should occur exactly once in {Pack}.");
        return string.Concat(text.AsSpan(0, at), With, text.AsSpan(at + Replace.Length));
    }

    /// <summary>The changed pack compiled; null with findings where it cannot be read.</summary>
    public Plan? Load(List<Finding> findings) => Packs.Compile(Text(), Pack, findings);
}
