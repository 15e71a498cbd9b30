using System.Collections.Immutable;
using Canbao.Core.Files;

namespace Canbao.Core.Rosters;

/// <summary>A category by all its names.</summary>
/// <param name="Code">The code.</param>
/// <param name="Chinese">The name shown.</param>
/// <param name="Aliases">Other names in notices and forms.</param>
/// <param name="ListedBy">The department that mostly lists it; empty where that is open.</param>
public sealed record CategoryName(string Code, string Chinese, ImmutableArray<string> Aliases, string ListedBy = "");

/// <summary>
/// The names by which lists call categories. Besides the categories of a catalogue there are marks, which an office keeps on a person for
/// follow-up and which give no assistance (<c>lishi 六(九)-chronic</c>).
/// </summary>
public sealed class CategoryNames
{
    /// <summary>The mark of people with the two chronic diseases.</summary>
    public const string TwoChronic = "mark_two_chronic";

    static readonly CategoryName[] Marks =
    [
        new(TwoChronic, "两病人员", ["两病患者", "两病", "高血压糖尿病患者"], "health"),
        new("mark_veteran", "退役军人", [], "veterans_affairs"),
        new("mark_disaster", "受灾群众", ["因灾人员"]),
    ];

    readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);
    readonly Dictionary<string, CategoryName> names = new(StringComparer.Ordinal);

    /// <summary>Takes the categories of a catalogue.</summary>
    /// <param name="categories">The categories; no two have a name in common.</param>
    public CategoryNames(IEnumerable<CategoryName> categories)
    {
        foreach (var category in categories.Concat(Marks))
        {
            names.Add(category.Code, category);
            foreach (var name in category.Aliases.Prepend(category.Chinese).Prepend(category.Code))
                codes[Plain(name)] = category.Code;
        }
    }

    /// <summary>All of them, marks last.</summary>
    public IReadOnlyCollection<CategoryName> All => names.Values;

    /// <summary>Whether it is a mark, which gives no assistance.</summary>
    public static bool IsMark(string code) => code.StartsWith("mark_", StringComparison.Ordinal);

    /// <summary>A name as names are compared and learnt: as those of columns, and without quotes.</summary>
    public static string Plain(string name) => TableShape.Plain(name).Replace("“", "").Replace("”", "");

    /// <summary>The code of a name, an alias or a code; null where it is none.</summary>
    /// <param name="name">As a list has it.</param>
    /// <param name="learnt">Names that a department uses, each as <see cref="Plain"/> gives it, with another name; may be null.</param>
    public string? Find(string name, IReadOnlyDictionary<string, string>? learnt = null)
    {
        var plain = Plain(name);
        return codes.GetValueOrDefault(learnt?.GetValueOrDefault(plain) is { } means ? Plain(means) : plain);
    }

    /// <summary>Whether there is such a code.</summary>
    public bool IsKnown(string code) => names.ContainsKey(code);

    /// <summary>How an office says it; the code itself where it is not known any more.</summary>
    public string Chinese(string code) => names.TryGetValue(code, out var name) ? name.Chinese : code;
}
