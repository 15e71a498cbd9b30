using Canbao.Core.Access;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Reporting;

/// <summary>Targets of the five notices, and how they are handed down, derived, signed for and held against each other.</summary>
public class TargetTests
{
    static readonly Viewer Town = new("town", "镇办", Role.Street, TestArea.Code, "bg", "/bg/", null);
    static readonly Viewer Branch = Town with { UnitCode = "bg-01", UnitPath = "/bg/bg-01/" };

    /// <summary>The published targets, as they stand in the notices, and their totals.</summary>
    [Theory, OnBothEngines]
    [Clause("lishi 附件2"), Clause("jincheng 附件1"), Clause("jincheng 附件2"), Clause("laishan 附件"), Clause("lingyuan 附件1")]
    [Clause("laishan 三")]
    public async Task Published_targets_load_and_add_up(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        Assert.Equal((13, 0), await LoadAsync(area, "lishi"));
        Assert.Equal(199_200, await TotalAsync(area, "lishi", 2023, TargetMeasure.Residents));
        Assert.Equal((15, 15), await LoadAsync(area, "jincheng"));
        Assert.Equal(1_630_000, await TotalAsync(area, "jincheng", 2022, TargetMeasure.Residents));
        Assert.Equal(521_000, await TotalAsync(area, "jincheng", 2021, TargetMeasure.Employees));
        Assert.Equal((16, 8), await LoadAsync(area, "laishan"));
        Assert.Equal(20_878, await TotalAsync(area, "laishan", 2022, TargetMeasure.NewResidents));
        Assert.Equal(10_122, await TotalAsync(area, "laishan", 2022, TargetMeasure.NewEmployees));
        Assert.Equal((13, 89), await LoadAsync(area, "lingyuan"));
        Assert.Equal(32_032, await TotalAsync(area, "lingyuan", 2022, TargetMeasure.Residents));
        // The same file again changes nothing.
        Assert.Equal((0, 0), await LoadAsync(area, "lingyuan"));
    }

    /// <summary>Each community's target is its hukou population and its permits, as the notice has it.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 附件1")]
    public async Task Derived_targets_are_those_of_the_notice(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await LoadAsync(area, "lingyuan");
        var tree = Tree("lingyuan");
        var published = await ListAsync(area, 2022);
        var (derived, missing) = await area.ReadAsync(session => Targets.DeriveAsync(
            session, TestArea.Code, [.. tree.ChildrenOf(tree.Root)],
            new(new(2022), TargetMeasure.Residents, TargetBasis.HukouAndPermits, 100, "lingyuan 附件1")));
        Assert.Empty(missing);
        Assert.Equal(12, derived.Count);
        Assert.All(derived, row => Assert.Equal(published.Single(one => one.Unit == row.Unit).People, row.People));
    }

    /// <summary>A share of the census is rounded up to the next person; a unit without a figure has no target and is told.</summary>
    [Theory, OnBothEngines, Clause("jincheng 一"), Clause("laishan 三")]
    public async Task A_share_is_not_reached_with_less(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.DoAsync("figure.note", act => Figures.NoteAsync(act,
        [
            Figure(Measures.Census, "bg-01", 101), Figure(Measures.Residents, "bg-01", 500),
            Figure(Measures.ResidentEnrolled, "bg-01", 480),
        ]));
        var (changed, missing) = await area.DoAsync("target.derive", act => TargetDesk.DeriveAsync(
            act, Town, "bg", new(TestArea.Year, TargetMeasure.Residents, TargetBasis.CensusShare, 97, "一")));
        Assert.Equal((1, "bg-02"), (changed, Assert.Single(missing).Code));
        Assert.Equal(98, Assert.Single(await ListAsync(area, 2022)).People);
        await area.DoAsync("target.derive", act => TargetDesk.DeriveAsync(
            act, Town, "bg", new(TestArea.Year, TargetMeasure.NewResidents, TargetBasis.NotYetInsured, 100, "三")));
        Assert.Equal(20, (await ListAsync(area, 2022)).Single(row => row.Measure == TargetMeasure.NewResidents.Code).People);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("target.derive", act => TargetDesk.DeriveAsync(
            act, Town, "bg", new(TestArea.Year, TargetMeasure.Residents, TargetBasis.HukouAndPermits, 100, ""))));
        Assert.Equal("T209", refused.Code);
    }

    /// <summary>Children and the people who hold parts add up to the unit's own target, or the difference is told.</summary>
    [Theory, OnBothEngines, Clause("baogou 二(六)"), Clause("jincheng 七(二)-(三)"), Clause("baogou 附件2")]
    public async Task Targets_are_handed_down_to_village_and_person(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var tree = UnitFile.Read(TestArea.Units, [])!;
        await HandDownAsync(area, Town, ("bg", "", 1000), ("bg-01", "", 700), ("bg-02", "", 200));
        await HandDownAsync(area, Branch, ("bg-01-01", "", 400), ("bg-01-02", "", 300));
        await HandDownAsync(area, Branch, ("bg-01-01", "agent-1", 150), ("bg-01-01", "agent-2", 240));
        var differences = Targets.Differences(tree, await ListAsync(area, 2022), TargetMeasure.Residents).ToList();
        Assert.Equal(
            [("bg", 1000L, 900L, false), ("bg-01-01", 400L, 390L, true)],
            differences.Select(one => (one.Unit.Code, one.Own, one.Below, one.IsOfHolders)));
        foreach (var (viewer, unit) in new[] { (Branch, "bg-01"), (Branch, "bg-02-01"), (Town, "nowhere") })
            Assert.Equal(
                "T201", (await Assert.ThrowsAsync<RefusedException>(() => HandDownAsync(area, viewer, (unit, "", 1)))).Code);
        Assert.Equal("T205", (await Assert.ThrowsAsync<RefusedException>(() => HandDownAsync(area, Town, ("bg-01", "", -1)))).Code);
    }

    /// <summary>Whoever leads a unit signs; another number has to be signed for anew.</summary>
    [Theory, OnBothEngines, Clause("jincheng 七(二)-(三)")]
    public async Task A_signature_is_for_one_number(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var unsigned = await Assert.ThrowsAsync<RefusedException>(() => SignAsync(area, new(2021, 11, 1)));
        Assert.Equal("T207", unsigned.Code);
        await HandDownAsync(area, Town, ("bg-01", "", 700));
        Assert.Equal("T208", (await Assert.ThrowsAsync<RefusedException>(() => SignAsync(area, new(2021, 12, 1)))).Code);
        await SignAsync(area, new(2021, 11, 1));
        await HandDownAsync(area, Town, ("bg-01", "", 700));
        Assert.Equal(("张主任", new DateOnly(2021, 11, 1)), Signed(Assert.Single(await ListAsync(area, 2022))));
        await HandDownAsync(area, Town, ("bg-01", "", 710));
        Assert.Equal(("", null), Signed(Assert.Single(await ListAsync(area, 2022))));

        static (string, DateOnly?) Signed(TargetRow row) => (row.SignedBy, row.SignedOn);
    }

    static Task SignAsync(TestArea area, DateOnly day) =>
        area.DoAsync("target.sign", act => Targets.SignAsync(act, TestArea.Year, "bg-01", "张主任", day));

    static Task HandDownAsync(TestArea area, Viewer viewer, params (string Unit, string Holder, long People)[] targets) =>
        area.DoAsync("target.set", act => TargetDesk.HandDownAsync(act, viewer, [.. targets.Select(one => new TargetRow
        {
            InsuranceYear = 2022,
            Measure = TargetMeasure.Residents.Code,
            Unit = one.Unit,
            Holder = one.Holder,
            People = one.People,
            Basis = TargetBasis.Entered.Code,
        })]));

    static FigureRow Figure(string measure, string unit, long people) =>
        new() { Measure = measure, Unit = unit, Day = new(2020, 12, 31), People = people, Source = "统计" };

    static Task<List<TargetRow>> ListAsync(TestArea area, int year) =>
        area.ReadAsync(session => Targets.ListAsync(session, TestArea.Code, new(year)));

    static async Task<long> TotalAsync(TestArea area, string place, int year, TargetMeasure measure)
    {
        var (tree, rows) = (Tree(place), await ListAsync(area, year));
        Assert.Empty(Targets.Differences(tree, rows, measure));
        return rows.Single(row => row.Unit == tree.Root.Code && row.Measure == measure.Code).People;
    }

    static async Task<(int, int)> LoadAsync(TestArea area, string place)
    {
        var tree = Tree(place);
        var published = PublishedFigures.Read(File.ReadLines(Repository.Path("data", "figures", $"{place}.csv")), tree, [])!;
        await area.DoAsync("area.init", act => UnitStore.LoadAsync(act, area.Vault, tree));
        return await area.DoAsync("target.load", act => TargetDesk.LoadAsync(act, tree, published));
    }

    static UnitTree Tree(string place) => UnitFile.Read(File.ReadLines(Repository.Path("data", "units", $"{place}.csv")), [])!;
}
