using System.Collections.Immutable;
using Canbao.Policy.Facts;

namespace Canbao.Policy.Packs;

/// <summary>Reads <c>categories.yaml</c>.</summary>
public static class CatalogueReader
{
    /// <summary>Reads the catalogue's text; null where there are findings.</summary>
    public static CategoryCatalogue? Read(string text, string file, List<Finding> findings)
    {
        var before = findings.Count;
        if (YamlField.Read(text, file, findings) is not { } root)
            return null;
        var fields = root.Fields("categories", "groups");
        var categories = fields["categories"].Fields([]).Select(entry => ReadCategory(entry.Key, entry.Value)).ToImmutableArray();
        if (categories.Length is 0 or > 64)
            fields["categories"].Fault("P108", $"人员类别应为 1 至 64 种，实有 {categories.Length} 种");
        if (findings.Count > before)
            return null;
        var plain = new CategoryCatalogue(categories, []);
        var groups = fields["groups"].Fields([]).Select(entry => ReadGroup(entry.Key, entry.Value, plain)).ToImmutableArray();
        return findings.Count > before ? null : new CategoryCatalogue(categories, groups);
    }

    static Category ReadCategory(string code, YamlField field)
    {
        var fields = field.Fields("zh", "lists", "rural_low_income", "aliases");
        return new Category(code, fields["zh"].Text(), fields["lists"].Text(), IsMarked(fields["rural_low_income"]),
            [.. fields["aliases"].Items().Select(alias => alias.Text())]);
    }

    static bool IsMarked(YamlField mark) => mark.IsGiven && mark.OneOf(
        "true、false", text => text switch { "true" or "yes" => (bool?)true, "false" or "no" => false, _ => null });

    static CategoryGroup ReadGroup(string code, YamlField field, CategoryCatalogue catalogue)
    {
        var fields = field.Fields("zh", "of");
        var set = 0UL;
        foreach (var member in fields["of"].Items())
        {
            var one = catalogue.SetOf(member.Text());
            set |= one;
            if (one == 0)
                member.Fault("P201", "人员类别组中的代码不在 categories 中；请核对");
        }

        return new CategoryGroup(code, fields["zh"].Text(), set);
    }
}
