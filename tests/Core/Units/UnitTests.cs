using System.Globalization;
using Canbao.Core.Units;
using Canbao.TestKit;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Units;

public class UnitTests
{
    static readonly string[] Places = ["baogou", "jincheng", "laishan", "lingyuan", "lishi"];

    public static TheoryData<string> PlaceNames() => [.. Places];

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public void The_units_of_a_notice_load(string place)
    {
        var tree = Tree(place);
        Assert.Equal(place, tree.Root.Code);
        Assert.All(tree.Subtree(tree.Root), unit => Assert.Equal(tree.Root, tree.AncestorsOf(unit).LastOrDefault(unit)));
    }

    [Fact]
    [Clause("laishan 附件")]
    public void Laishans_plan_adds_up_by_street_and_by_insurance()
    {
        var (tree, figures) = Published("laishan");
        Assert.Empty(figures.Discrepancies(tree));
        Assert.Equal((31000, 10122, 20878), Totals(figures, "laishan", 2022, "new_total", "new_employee", "new_resident"));
        Assert.All(tree.Subtree(tree.Root), unit => Assert.Equal(figures.Find(unit.Code, "new_total", 2022),
            figures.Find(unit.Code, "new_employee", 2022) + figures.Find(unit.Code, "new_resident", 2022)));
    }

    [Fact]
    [Clause("lishi 附件2")]
    public void Lishis_targets_add_up_with_the_education_system()
    {
        var (tree, figures) = Published("lishi");
        Assert.Empty(figures.Discrepancies(tree));
        Assert.Equal(199200, figures.Find("lishi", "resident_target", 2023));
        Assert.Equal(15015, figures.Find(tree.FindByName(tree.Root, "教育系统")!.Code, "resident_target", 2023));
    }

    [Fact]
    [Clause("jincheng 附件1")]
    [Clause("jincheng 附件2")]
    public void Jinchengs_targets_add_up_the_city_proper_for_employees_only()
    {
        var (tree, figures) = Published("jincheng");
        Assert.Empty(figures.Discrepancies(tree));
        Assert.Equal((495515, 521000),
            (figures.Find("jincheng", "employee_enrolled", 2020), figures.Find("jincheng", "employee_target", 2021)));
        Assert.Equal((1622538, 1630000),
            (figures.Find("jincheng", "resident_enrolled", 2021), figures.Find("jincheng", "resident_target", 2022)));
        Assert.Null(figures.Find(tree.FindByName(tree.Root, "市本级")!.Code, "resident_target", 2022));
    }

    [Fact]
    [Clause("lingyuan 附件1")]
    public void Lingyuans_targets_are_its_registered_people_and_permits()
    {
        var (tree, figures) = Published("lingyuan");
        Assert.Equal(32032, figures.Find("lingyuan", "resident_target", 2022));
        Assert.DoesNotContain(figures.Discrepancies(tree), wrong => wrong.Published.Clause == "lingyuan 附件1");
        Assert.All(tree.Subtree(tree.Root), unit => Assert.Equal(figures.Find(unit.Code, "resident_target", 2022),
            figures.Find(unit.Code, "hukou_population", 2021) + (figures.Find(unit.Code, "valid_permits", 2021) ?? 0)));
    }

    [Fact]
    [Clause("lingyuan 附件2")]
    public void Lingyuans_total_gap_is_kept_as_published_beside_the_computed_one()
    {
        var (tree, figures) = Published("lingyuan");
        var wrong = figures.Discrepancies(tree).ToDictionary(found => found.Published.Measure);
        Assert.Equal((8181, 8209), (wrong["credentials_gap"].Published.Value, wrong["credentials_gap"].Computed));
        var byTotals = figures.Find("lingyuan", "credentials_needed", 2021) - figures.Find("lingyuan", "credentials_active", 2021);
        Assert.Equal(8208, byTotals);
        // The people needed of the whole street come from its total, not from the rounded rows (decision 22).
        Assert.Equal((16064, 16065), (wrong["credentials_needed"].Published.Value, wrong["credentials_needed"].Computed));
        Assert.Equal(2, wrong.Count);
    }

    [Theory]
    [InlineData("lishi", "莲花池街道", "莲花街道办事处")]
    [InlineData("lingyuan", "林格", "林格社区")]
    [InlineData("lingyuan", "外来工", "外来工")]
    [InlineData("laishan", "莱山经济开发区", "莱山区经济开发区管委")]
    public void A_unit_is_found_by_any_of_its_names(string place, string written, string name)
    {
        var tree = Tree(place);
        Assert.Equal(name, tree.FindByName(tree.Root, written)?.Name);
        Assert.Null(tree.FindByName(tree.Root, written + "某"));
    }

    [Theory]
    [InlineData("U101", 1, "kind,name")]
    [InlineData("U101", 1, "")]
    [InlineData("U102", 3, "a,,county,甲,,,\nb,a,township,乙")]
    [InlineData("U103", 3, "a,,county,甲,,,\n,a,township,乙,,,")]
    [InlineData("U103", 3, "a,,county,甲,,,\nb,a,township,,,,")]
    [InlineData("U104", 3, "a,,county,甲,,,\nb,a,hamlet,乙,,,")]
    [InlineData("U105", 3, "a,,county,甲,,,\na,a,township,乙,,,")]
    [InlineData("U106", 4, "a,,county,甲,,,\nb,a,township,乙,,,\nc,a,township,丙,乙,,")]
    [InlineData("U107", 3, "a,,county,甲,,,\nb,x,township,乙,,,")]
    [InlineData("U108", 3, "a,,county,甲,,,\nb,a,village,乙,,,")]
    [InlineData("U109", 2, "a,,county,甲,,,\nb,,county,乙,,,")]
    [InlineData("U110", 3, "a,,county,甲,,,\nb,c,school,乙,,,\nc,b,school,丙,,,")]
    public void A_faulty_tree_is_told_by_line_and_not_loaded(string code, int line, string rows)
    {
        var faults = new List<UnitFault>();
        var text = code == "U101" ? rows : $"{UnitFile.Header}\n{rows}";
        Assert.Null(UnitFile.Read(text.Split('\n'), faults));
        Assert.Contains(faults, fault => fault.Code == code && fault.Line == line && fault.Text.Length > 5);
    }

    [Theory]
    [InlineData("U111", "x,resident_target,2023,1,c")]
    [InlineData("U112", "lishi,resident_target,23,1,c")]
    [InlineData("U112", "lishi,resident_target,2023,\"1\",c")]
    [InlineData("U113", "lishi,resident_target,2023,1,c\nlishi,resident_target,2023,2,c")]
    public void Faulty_figures_are_told_and_not_loaded(string code, string rows)
    {
        var faults = new List<UnitFault>();
        Assert.Null(PublishedFigures.Read($"{PublishedFigures.Header}\n{rows}".Split('\n'), Tree("lishi"), faults));
        Assert.Contains(faults, fault => fault.Code == code);
    }

    static (long?, long?, long?) Totals(PublishedFigures figures, string unit, int year, string one, string two, string three) =>
        (figures.Find(unit, one, year), figures.Find(unit, two, year), figures.Find(unit, three, year));

    static (UnitTree Tree, PublishedFigures Figures) Published(string place)
    {
        var faults = new List<UnitFault>();
        var tree = Tree(place);
        var figures = PublishedFigures.Read(File.ReadLines(Repository.Path("data", "figures", $"{place}.csv")), tree, faults);
        Assert.Empty(faults);
        return (tree, figures!);
    }

    static UnitTree Tree(string place)
    {
        var faults = new List<UnitFault>();
        var tree = UnitFile.Read(File.ReadLines(Repository.Path("data", "units", $"{place}.csv")), faults);
        Assert.Empty(faults);
        return tree!;
    }

    /// <summary>The units of a page hold it, and no unit more than it needs.</summary>
    [Fact]
    public void A_page_lies_in_the_units_that_are_told() =>
        Gen.Select(Gen.Int[0, 5].List[0, 8], Gen.Int[0, 30], Gen.Int[1, 12]).Sample((rows, skip, take) =>
        {
            var all = rows.SelectMany((count, unit) => Enumerable.Range(0, count).Select(_ => $"{unit}")).ToList();
            var page = UnitPages.Find(rows.Select((count, unit) => ($"{unit}", count)), skip, take);
            var of = all.Where(page.Units.Contains).Skip(page.Skip).Take(take);
            var needed = all.Skip(skip).Take(take).ToList();
            Assert.Equal(needed, of);
            Assert.True(page.Units.Except(needed).All(unit => rows[int.Parse(unit, CultureInfo.InvariantCulture)] == 0));
        });

    [Fact]
    public void A_range_is_a_unit_with_or_without_those_below_it()
    {
        UnitRange all = new("/a/"), one = UnitRange.Only("/a/"), below = new("/a/b/");
        string[] paths = ["/a/", "/a/-/", "/a/b/", "/a/b/c/", "/a0/", "/b/"];
        foreach (var range in (UnitRange[])[all, one, below])
            Assert.Equal(
                paths.Where(range.Contains),
                paths.Where(path => string.CompareOrdinal(path, range.First) >= 0 && string.CompareOrdinal(path, range.End) < 0));
        Assert.Equal(["/a/", "/a/-/", "/a/b/", "/a/b/c/"], paths.Where(all.Contains));
        Assert.Equal(["/a/"], paths.Where(one.Contains));
        Assert.Equal((true, false, false), (all.IsWholeArea, one.IsWholeArea, below.IsWholeArea));
    }
}
