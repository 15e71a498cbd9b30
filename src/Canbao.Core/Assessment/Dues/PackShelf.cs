using System.Collections.Concurrent;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Policy.Season;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Dues;

/// <summary>The compiled packs, each read once.</summary>
/// <param name="library">Where they are.</param>
public sealed class PackShelf(PackLibrary library)
{
    readonly ConcurrentDictionary<string, Plan> plans = new();
    readonly ConcurrentDictionary<string, SeasonPlan> seasons = new();

    /// <summary>Where they are.</summary>
    public PackLibrary Library => library;

    /// <summary>The names of all packs.</summary>
    public IReadOnlyList<string> Names => library.Names;

    /// <summary>A pack's plan.</summary>
    /// <exception cref="RefusedException">A101: there is no such pack, or it has faults.</exception>
    public Plan Find(string pack) => plans.GetOrAdd(pack, Load);

    /// <summary>How a pack's season is run.</summary>
    /// <exception cref="RefusedException">A101: there is no such pack, or it has faults. A106: its season has.</exception>
    public SeasonPlan SeasonOf(string pack) => seasons.GetOrAdd(pack, LoadSeason);

    SeasonPlan LoadSeason(string pack)
    {
        var findings = new List<Finding>();
        return PackLibrary.LoadSeason(Find(pack).Pack, findings) ?? throw new RefusedException(
            "A106", $"政策包“{pack}”的 {PackLibrary.SeasonFile} 不能使用（{findings.Count} 处问题）；请运行 canbao policy check {pack} 查看");
    }

    Plan Load(string pack)
    {
        var findings = new List<Finding>();
        return library.Load(pack, findings)
            ?? throw new RefusedException("A101", $"政策包“{pack}”不能使用（{findings.Count} 处问题）；请运行 canbao policy check {pack} 查看");
    }
}
