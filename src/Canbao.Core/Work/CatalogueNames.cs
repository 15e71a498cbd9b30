using Canbao.Core.Rosters;
using Canbao.Policy.Facts;

namespace Canbao.Core.Work;

/// <summary>The names of categories as lists call them, from the catalogue of the policy packs.</summary>
public static class CatalogueNames
{
    /// <summary>The names of a catalogue.</summary>
    public static CategoryNames Of(CategoryCatalogue catalogue) => new(
        catalogue.Categories.Select(category => new CategoryName(category.Code, category.Chinese, category.Aliases)));
}
