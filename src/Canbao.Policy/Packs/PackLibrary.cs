using System.Text;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Policy.Season;

namespace Canbao.Policy.Packs;

/// <summary>Finds packs by name or path: a folder of pack folders beside one <c>categories.yaml</c>.</summary>
/// <param name="Folder">The folder that holds <c>categories.yaml</c> and a folder for each pack.</param>
public sealed record PackLibrary(string Folder)
{
    /// <summary>The file that makes a folder a pack.</summary>
    public const string PackFile = "policy.yaml";

    /// <summary>The file beside it that says how the season is run.</summary>
    public const string SeasonFile = "season.yaml";

    /// <summary>The names of all packs, ordered.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(Folder) ? [] : [.. Directory.EnumerateDirectories(Folder)
        .Where(folder => File.Exists(Path.Combine(folder, PackFile)))
        .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>The folder of a pack given by name, or by the path of its folder or file; null where there is none.</summary>
    public string? Find(string nameOrPath)
    {
        // A name of the library goes first, so that a folder of the same name elsewhere never stands in for a known pack.
        string[] candidates = [Path.Combine(Folder, nameOrPath), nameOrPath, Path.GetDirectoryName(nameOrPath) ?? ""];
        return candidates.Where(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, PackFile)))
            .Select(Path.GetFullPath).FirstOrDefault();
    }

    /// <summary>Reads and compiles a pack; null where there are findings. A pack with any error is never used.</summary>
    public Plan? Load(string nameOrPath, List<Finding> findings)
    {
        if (Find(nameOrPath) is not { } folder)
        {
            findings.Add(new Finding("P001", nameOrPath, default,
                $"没有这个政策包；可用的有：{string.Join("、", Names)}；也可写政策包文件夹的路径"));
            return null;
        }

        if (LoadCatalogue(folder, findings) is not var (catalogue, catalogueText))
            return null;
        var file = Path.Combine(folder, PackFile);
        if (ReadText(file, findings) is not { } text || PackReader.Read(text, file, catalogue, catalogueText, findings) is not { } pack)
            return null;
        // A draft may lie anywhere under any name; in the library a pack is called by its folder's name, and so must have it.
        if (pack.Id == Path.GetFileName(folder) || Path.GetDirectoryName(folder) != Path.GetFullPath(Folder))
            return PlanCompiler.Compile(pack);
        findings.Add(new Finding("P117", file, default, $"policy 写的是“{pack.Id}”，文件夹名是“{Path.GetFileName(folder)}”；请改成相同"));
        return null;
    }

    /// <summary>How the season of a pack is run; empty where its folder does not say; null where there are findings.</summary>
    public static SeasonPlan? LoadSeason(Pack pack, List<Finding> findings)
    {
        var file = Path.Combine(Path.GetDirectoryName(pack.File) ?? "", SeasonFile);
        if (!File.Exists(file))
            return SeasonPlan.Empty;
        return ReadText(file, findings) is { } text ? SeasonReader.Read(text, file, pack.ClausePrefix, findings) : null;
    }

    /// <summary>The catalogue that stands beside the packs; a pack elsewhere may have its own beside its folder.</summary>
    (CategoryCatalogue Catalogue, string Text)? LoadCatalogue(string packFolder, List<Finding> findings)
    {
        var beside = Path.Combine(Path.GetDirectoryName(packFolder) ?? "", "categories.yaml");
        var file = File.Exists(beside) ? beside : Path.Combine(Folder, "categories.yaml");
        return ReadText(file, findings) is { } text && CatalogueReader.Read(text, file, findings) is { } catalogue
            ? (catalogue, text)
            : null;
    }

    static string? ReadText(string file, List<Finding> findings)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Add(new Finding("P002", file, default, "文件读不了；请检查文件是否存在、是否有读取权限"));
        }
        catch (DecoderFallbackException fault)
        {
            findings.Add(new Finding("P003", file, default, $"文件不是 UTF-8 编码（第 {fault.Index + 1} 字节起）；请另存为 UTF-8"));
        }

        return null;
    }
}
