using Canbao.Core.Units;

namespace Canbao.Core.DemoData;

/// <summary>What to invent.</summary>
/// <param name="Place">A notice's place, or <c>all</c>: see <see cref="DemoFiles.Places"/>.</param>
/// <param name="People">How many people in all; areas share them as their sizes are.</param>
/// <param name="Seed">Decides every character of every file.</param>
/// <param name="Folder">The folder that the areas' folders are made in.</param>
public sealed record DemoRequest(string Place, int People, long Seed, string Folder)
{
    /// <summary>The insurance year that the files stand before; null: that of the place's notice.</summary>
    public int? Year { get; init; }
}

/// <summary>A list that was written.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Flaws">How many of them are flawed on purpose.</param>
public sealed record DemoList(string Name, int Rows, int Flaws);

/// <summary>An area that was written.</summary>
/// <param name="Area">The tenant's six digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Units">Units of its tree.</param>
/// <param name="People">People.</param>
/// <param name="Households">Households.</param>
/// <param name="Enrolled">People who were enrolled the year before.</param>
/// <param name="Lists">The departments' lists and what other offices hand over.</param>
public sealed record DemoSummary(
    int Area, string Name, string Folder, int Units, int People, int Households, int Enrolled, IReadOnlyList<DemoList> Lists);

/// <summary>Writes invented areas: the same request, the same bytes. Nobody in them exists.</summary>
public static class DemoFiles
{
    /// <summary>The most people that can be asked for.</summary>
    public const int MostPeople = 10_000_000;

    /// <summary>All places at once.</summary>
    public const string EveryPlace = "all";

    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Places { get; } = [.. DemoArea.All.Select(area => area.Place).Distinct(), EveryPlace];

    /// <summary>Writes the areas.</summary>
    /// <param name="request">What to invent; the place is one of <see cref="Places"/>.</param>
    /// <param name="progress">Is told how much is done, 0 to 1.</param>
    /// <param name="cancellation">Ends the writing; the area being written leaves no files.</param>
    /// <exception cref="Files.TableFileException">A file cannot be written.</exception>
    public static IReadOnlyList<DemoSummary> Write(DemoRequest request, Action<double> progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.People, MostPeople);
        var areas = Array.FindAll(DemoArea.All, area => request.Place is EveryPlace || request.Place == area.Place);
        var numbers = new DemoNumbers();
        var summaries = new List<DemoSummary>();
        long size = areas.Sum(area => area.Size), before = 0;
        foreach (var area in areas)
        {
            var first = request.People * before / size;
            before += area.Size;
            var people = (int)((request.People * before / size) - first);
            summaries.Add(new AreaWriter(request, area with { Year = request.Year ?? area.Year }, people, numbers).Write(
                done => progress((first + ((double)people * done)) / request.People), cancellation));
        }

        return summaries;
    }
}

/// <summary>Writes one area, household by household.</summary>
sealed class AreaWriter(DemoRequest request, DemoArea area, int people, DemoNumbers numbers)
{
    /// <summary>Households between two words of progress.</summary>
    const int Step = 2000;

    readonly Chance chance = Chance.Of(request.Seed, area.Code);
    readonly string folder = Path.Combine(request.Folder, area.Folder);

    public DemoSummary Write(Action<double> progress, CancellationToken cancellation)
    {
        var tree = new DemoTree(area, people, chance);
        var (rosterFolder, comparisonFolder) = (Path.Combine(folder, "rosters"), Path.Combine(folder, "comparisons"));
        Directory.CreateDirectory(rosterFolder);
        Directory.CreateDirectory(comparisonFolder);
        using var units = WriteUnits(tree);
        using var register = new PeopleFiles(folder, area, chance);
        using var rosters = new RosterFiles(rosterFolder, area, numbers, chance);
        using var adjustments = new AdjustmentFiles(rosterFolder, area, chance);
        using var comparisons = new ComparisonFiles(comparisonFolder, area, chance);
        var households = Fill(tree, person =>
        {
            register.Add(person);
            rosters.Add(person);
            adjustments.Add(person);
            comparisons.Add(person);
        }, progress, cancellation);
        units.Commit();
        register.Commit();
        rosters.Commit();
        adjustments.Commit();
        comparisons.Commit();
        return new DemoSummary(area.Code, tree.All[0].Name, folder, units.Rows, register.People, households, register.Enrolled,
            [.. rosters.Lists, .. adjustments.Lists, .. comparisons.Lists]);
    }

    int Fill(DemoTree tree, Action<DemoPerson> write, Action<double> progress, CancellationToken cancellation)
    {
        var maker = new HouseholdMaker(area, numbers, chance);
        var livelihood = new Livelihood(area, tree.Schools, chance);
        var assistance = new Assistance(area, chance);
        int written = 0, households = 0;
        long weights = tree.Homes.Sum(home => home.Weight), before = 0;
        foreach (var home in tree.Homes)
        {
            before += home.Weight;
            var until = (int)(people * before / weights);
            while (written < until)
            {
                var household = maker.Next(home, people - written);
                foreach (var person in household)
                    livelihood.Settle(person);
                assistance.Assign(household);
                foreach (var person in household)
                    write(person);
                written += household.Count;
                if (++households % Step != 0)
                    continue;
                cancellation.ThrowIfCancellationRequested();
                progress((double)written / people);
            }
        }

        return households;
    }

    CsvTable WriteUnits(DemoTree tree)
    {
        var table = new CsvTable(Path.Combine(folder, "units.csv"), UnitFile.Header);
        foreach (var unit in tree.All)
            table.Row(unit.Code, unit.Parent, unit.Kind.Code(), unit.Name, string.Join(';', unit.Aliases), unit.Leader, unit.Contact);
        return table;
    }
}
