using System.Collections.Immutable;
using System.Numerics;

namespace Canbao.Policy.Facts;

/// <summary>An assisted category: a code for every name that notices and forms use for the same people.</summary>
/// <param name="Code">The code, such as <c>severe_disability</c>.</param>
/// <param name="Chinese">The name shown.</param>
/// <param name="ListedBy">The office that usually keeps the list.</param>
/// <param name="IsRuralLowIncome">Whether these people are 农村低收入人口.</param>
/// <param name="Aliases">Other names in notices and forms.</param>
public sealed record Category(string Code, string Chinese, string ListedBy, bool IsRuralLowIncome, ImmutableArray<string> Aliases);

/// <summary>A name for several categories at once.</summary>
/// <param name="Code">The name in packs.</param>
/// <param name="Chinese">The name shown.</param>
/// <param name="Set">The categories as a bit set over the catalogue.</param>
public sealed record CategoryGroup(string Code, string Chinese, ulong Set);

/// <summary>All assisted categories, in one order that every bit set over them keeps. At most 64.</summary>
public sealed class CategoryCatalogue
{
    readonly Dictionary<string, int> indexes;
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>Makes a catalogue; codes are unique and there are at most 64, or an <see cref="ArgumentException"/> is thrown.</summary>
    public CategoryCatalogue(ImmutableArray<Category> categories, ImmutableArray<CategoryGroup> groups)
    {
        if (categories.Length > 64)
            throw new ArgumentException("A catalogue holds at most 64 categories.", nameof(categories));
        Categories = categories;
        indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < categories.Length; i++)
            indexes.Add(categories[i].Code, i);
        lookup = indexes.GetAlternateLookup<ReadOnlySpan<char>>();
        var ruralLowIncome = 0UL;
        for (var i = 0; i < categories.Length; i++)
            if (categories[i].IsRuralLowIncome)
                ruralLowIncome |= 1UL << i;
        Groups = [.. groups, new CategoryGroup("rural_low_income", "农村低收入人口", ruralLowIncome)];
    }

    /// <summary>The categories; a category's index is its bit.</summary>
    public ImmutableArray<Category> Categories { get; }

    /// <summary>Named groups, with <c>rural_low_income</c> made from the marks of the categories.</summary>
    public ImmutableArray<CategoryGroup> Groups { get; }

    /// <summary>The bit index of a category's code, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> code) => lookup.TryGetValue(code, out var index) ? index : -1;

    /// <summary>The bit set of a category's or group's name, or 0.</summary>
    public ulong SetOf(string code)
    {
        var index = IndexOf(code);
        return index >= 0 ? 1UL << index : Groups.FirstOrDefault(group => group.Code == code)?.Set ?? 0;
    }

    /// <summary>The codes in a bit set, in the catalogue's order, joined by <c>;</c> as files write them.</summary>
    public string CodesOf(ulong set) => string.Join(';', InSet(set).Select(category => category.Code));

    /// <summary>The Chinese names in a bit set, joined as in a sentence.</summary>
    public string NamesOf(ulong set) => string.Join('、', InSet(set).Select(category => category.Chinese));

    /// <summary>What to write for a name that is no code, in Chinese: the code of that Chinese name, or of one much like it.</summary>
    public string Suggest(string name)
    {
        var byName = Categories.FirstOrDefault(category => category.Chinese == name || category.Aliases.Contains(name))?.Code
            ?? Groups.FirstOrDefault(group => group.Chinese == name)?.Code;
        var alike = byName ?? Categories.Select(category => category.Code).Concat(Groups.Select(group => group.Code))
            .FirstOrDefault(code => code.IsNear(name));
        return alike is null
            ? "请核对代码，或先在该文件中登记；多个代码之间用半角逗号分隔"
            : $"是不是 {alike}？";
    }

    IEnumerable<Category> InSet(ulong set)
    {
        for (var rest = set; rest != 0; rest &= rest - 1)
            yield return Categories[BitOperations.TrailingZeroCount(rest)];
    }
}
