using Canbao.Core.Units;

namespace Canbao.Core.DemoData;

/// <summary>Where households live: a unit without units for living below it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Township">The name of what stands above it.</param>
/// <param name="Address">What its addresses begin with.</param>
/// <param name="Weight">Its share of the area's people.</param>
sealed record Home(Unit Unit, string Township, string Address, long Weight)
{
    public bool IsUrban { get; init; }

    /// <summary>How many of 100,000 households have come from elsewhere.</summary>
    public int Newcomers { get; init; }

    /// <summary>The class, where the home is a college's.</summary>
    public SchoolClass? College { get; init; }

    /// <summary>Whether it is a village of the old revolutionary areas.</summary>
    public bool IsOldArea { get; init; }

    /// <summary>The family name of the old families here.</summary>
    public string FamilyName { get; init; } = "";

    /// <summary>Which of the area's homes it is.</summary>
    public int Place { get; init; }
}

/// <summary>The tree of an area: the notice's own, with villages, communities, schools and classes that are invented.</summary>
sealed class DemoTree
{
    const int VillagePeople = 1300;
    const int CommunityPeople = 3500;

    readonly DemoArea area;
    readonly Chance chance;
    readonly PlaceNames names;
    readonly int people;
    readonly List<Unit> units = [];
    readonly List<Home> homes = [];

    public DemoTree(DemoArea area, int people, Chance chance)
    {
        (this.area, this.people, this.chance) = (area, people, chance);
        names = new PlaceNames(chance, area.Code / 10_000 == 14);
        var tree = Notice(area.Place);
        var root = tree.Find(area.Root)!;
        foreach (var unit in tree.Subtree(root))
            units.Add(unit == root ? unit with { Parent = "" } : unit);
        Extend(root, tree);
        Schools = new Schools(area, root, people, chance, names, units);
        var living = homes.Sum(home => home.Weight);
        foreach (var college in Schools.Colleges)
        {
            var weight = living * area.CollegeStudents / 1000 / Schools.Colleges.Count;
            var address = $"{area.Address}{college.School}";
            homes.Add(new Home(college.Unit, college.School, address, weight) { IsUrban = true, College = college });
        }
    }

    /// <summary>All units, those above first.</summary>
    public IReadOnlyList<Unit> All => units;

    /// <summary>Where households live, in the order of files.</summary>
    public IReadOnlyList<Home> Homes => homes;

    public Schools Schools { get; }

    /// <summary>The tree as the notice publishes it.</summary>
    static UnitTree Notice(string place)
    {
        using var stream = typeof(DemoTree).Assembly.GetManifestResourceStream($"units/{place}.csv")!;
        using var reader = new StreamReader(stream);
        return UnitFile.Read(reader.ReadToEnd().Split('\n'), [])
            ?? throw new InvalidOperationException("The units of a notice are faulty.");
    }

    void Extend(Unit root, UnitTree tree)
    {
        var below = tree.ChildrenOf(root).ToList();
        if (root.Kind == UnitKind.CityProper)
            AddHome(root, "", area.Address, 100, true);
        else if (area.Place == "baogou")
            AddBranches(root);
        else if (area.Place == "jincheng")
            AddTownships(root);
        else if (root.Kind == UnitKind.Township)
            AddNamed(root, below);
        else
            foreach (var township in below.Where(unit => unit.Kind is UnitKind.Township or UnitKind.DevelopmentZone))
                AddVillages(township, Short(township), $"{area.Address}{Short(township)}", people / below.Count,
                    !township.Name.EndsWith('镇') && !township.Name.EndsWith('乡'));
    }

    void AddBranches(Unit root)
    {
        for (var number = 1; number <= 8; number++)
        {
            var branch = Add(new Unit($"{root.Code}-{number:00}", root.Code, UnitKind.Branch, $"{names.Community()}党总支", []));
            AddVillages(branch, Short(root), area.Address, people / 8, false);
        }
    }

    void AddTownships(Unit root)
    {
        var isUrban = area.Root == "jincheng-01";
        var count = isUrban ? 8 : Math.Clamp(area.Size / 27_000, 8, 16);
        for (var number = 1; number <= count; number++)
        {
            var isTown = isUrban || number <= 1;
            var name = names.Township(isTown);
            var township = Add(new Unit($"{root.Code}-{number:00}", root.Code, UnitKind.Township, isTown ? $"{name}办事处" : name,
                isTown ? [name] : []));
            AddVillages(township, name, $"{area.Address}{name}", people / count, isTown);
        }
    }

    /// <summary>The communities, workers from elsewhere and people of the town's own offices that Lingyuan's notice names.</summary>
    void AddNamed(Unit root, List<Unit> below)
    {
        foreach (var unit in below)
        {
            var (weight, newcomers) = unit.Kind switch
            {
                UnitKind.MigrantWorkers => (380, 100_000),
                UnitKind.TownDirect => (69, 0),
                _ => (chance.Between(1000, 6000), chance.Between(8000, 26_000)),
            };
            AddHome(unit, Short(root), $"{area.Address}{unit.Name}", weight, false, newcomers);
        }
    }

    void AddVillages(Unit above, string town, string address, int share, bool isUrban)
    {
        var count = Math.Clamp(share / (isUrban ? CommunityPeople : VillagePeople), 2, 60);
        for (var number = 1; number <= count; number++)
        {
            var isCommunity = isUrban ? chance.In(75_000) : number == 1 && above.Kind != UnitKind.Branch;
            var name = isCommunity ? names.Community() : names.Village();
            var full = isCommunity ? $"{name}社区" : name.EndsWith('村') ? name : $"{name}村";
            var village = Add(new Unit($"{above.Code}-{number:00}", above.Code, UnitKind.Village, full, full == name ? [] : [name])
            {
                Leader = FamilyNames.Any(chance) + GivenNames.Any(chance, 1972, isMale: true),
                Contact = Phone(chance),
            });
            AddHome(village, town, $"{address}{full}", chance.Between(50, 150) * (long)share / count,
                isCommunity, isCommunity ? 9000 : 1200);
        }
    }

    static string Short(Unit unit) => unit.Aliases.FirstOrDefault(unit.Name);

    Unit Add(Unit unit)
    {
        units.Add(unit);
        return unit;
    }

    void AddHome(Unit unit, string township, string address, long weight, bool isUrban, int newcomers = 0) => homes.Add(
        new Home(unit, township, address, weight + 1)
        {
            IsUrban = isUrban,
            Newcomers = newcomers,
            IsOldArea = area.Place == "lingyuan" && unit.Kind == UnitKind.Village && homes.Count % 4 == 1,
            FamilyName = FamilyNames.Any(chance),
            Place = homes.Count,
        });

    /// <summary>A telephone number of a block that is given to nobody.</summary>
    public static string Phone(Chance chance) => $"1000{chance.Below(10_000_000):0000000}";
}
