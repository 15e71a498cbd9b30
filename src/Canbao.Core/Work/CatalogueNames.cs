using Canbao.Core.Rosters;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>The names of categories as lists call them, from the catalogue beside the policy packs.</summary>
public static class CatalogueNames
{
    /// <summary>Reads them.</summary>
    /// <exception cref="RefusedException">A105: the catalogue cannot be read or has faults.</exception>
    public static CategoryNames Of(PackLibrary library)
    {
        var file = Path.Combine(library.Folder, "categories.yaml");
        var findings = new List<Finding>();
        var catalogue = File.Exists(file) ? CatalogueReader.Read(File.ReadAllText(file), file, findings) : null;
        return catalogue is not null
            ? new(catalogue.Categories.Select(
                category => new CategoryName(category.Code, category.Chinese, category.Aliases, category.ListedBy)))
            : throw new RefusedException("A105", $"人员类别表 {file} 不能使用（{findings.Count} 处问题）；请核对政策包所在的文件夹");
    }
}
