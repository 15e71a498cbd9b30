using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.TestKit;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Reporting;

/// <summary>Each form cell for cell as the notice has it, against files made by hand from the notice's own numbers.</summary>
public class FormTests
{
    [Fact, Clause("lishi 附件2")]
    public void Lishis_targets_are_as_published() => Same("lishi-2");

    [Fact, Clause("laishan 附件")]
    public void Laishans_plan_is_as_published() => Same("laishan-1");

    [Fact, Clause("jincheng 附件1")]
    public void Jinchengs_targets_for_employees_are_as_published() => Same("jincheng-1");

    [Fact, Clause("jincheng 附件2")]
    public void Jinchengs_targets_for_residents_are_as_published_without_the_city_proper() => Same("jincheng-2");

    [Fact, Clause("lingyuan 附件1")]
    public void Lingyuans_targets_are_registered_people_and_permits()
    {
        var form = Same("lingyuan-1");
        Assert.Equal("C4+D4", Sheets.Formula(Sheets.Write(form.Grid), "E4"));
    }

    /// <summary>The notice's own total stands beside the one that comes of its totals (decisions 22 and 24).</summary>
    [Fact, Clause("lingyuan 附件2")]
    public void Lingyuans_gap_comes_of_totals_and_the_published_one_stands_beside_it()
    {
        var form = Filled("lingyuan-2");
        var problem = Assert.Single(form.Problems);
        Assert.Equal(("T307", false), (problem.Code, problem.IsError));
        Assert.Contains("公布为 8181，按表中数字计算为 8208", problem.Text, StringComparison.Ordinal);
        var sheet = Sheets.Write(form.Grid);
        Assert.Equal(Sheets.Expected("lingyuan-2"), Sheets.Csv(sheet));
        Assert.Equal("ROUND(C16*0.6,0)", Sheets.Formula(sheet, "G16"));
        Assert.Equal("SUM(C4:C15)", Sheets.Formula(sheet, "C16"));
    }

    [Fact, Clause("lishi 附件5")]
    public void The_weekly_form_rolls_people_up_to_townships_and_takes_its_rate_from_totals()
    {
        var form = WeeklyForm.Form.Fill(TownLines.Frame, TownLines.Lines);
        Assert.Empty(form.Problems);
        var sheet = Sheets.Write(form.Grid);
        Assert.Equal(Sheets.Expected("lishi-5"), Sheets.Csv(sheet));
        Assert.Superset(
            new HashSet<string> { "A4:A6", "B4:C4", "D4:J4", "B5:B6", "C5:C6", "D5:E5", "F5:J5", "K4:K6", "L4:L6" },
            Sheets.Merged(sheet).ToHashSet());
        Assert.Equal("\"应参保总人数：\"&SUM(B7:B10,C7:C10)&\"人\"", Sheets.Formula(sheet, "B4"));
        Assert.Equal("SUM(B7:B10)", Sheets.Formula(sheet, "B11"));
        Assert.Equal("IF(SUM(B11,C11)=0,\"\",SUM(D11,E11,F11,G11,H11,I11,J11)/SUM(B11,C11))", Sheets.Formula(sheet, "K11"));
    }

    [Fact, Clause("lishi 附件6")]
    public void The_canvass_tells_everybody_by_where_they_are_insured()
    {
        var form = CanvassForm.Form.Fill(TownLines.Frame, TownLines.Lines);
        Assert.Empty(form.Problems);
        var sheet = Sheets.Write(form.Grid);
        Assert.Equal(Sheets.Expected("lishi-6"), Sheets.Csv(sheet));
        Assert.Superset(
            new HashSet<string> { "A4:A8", "C4:C7", "F4:I4", "J4:Q4", "R4:AI4", "F5:H5", "J5:N5", "K6:M6", "X5:AI5", "X6:Z6" },
            Sheets.Merged(sheet).ToHashSet());
        Assert.Equal("G9+I9-V9", Sheets.Formula(sheet, "C9"));
        Assert.Equal("K9+O9+R9+U9+Y9+AB9+AE9+AH9", Sheets.Formula(sheet, "D9"));
        Assert.Equal("SUM(C9:C12)", Sheets.Formula(sheet, "C13"));
        Assert.Null(Sheets.Formula(sheet, "N9"));
    }

    [Fact, Clause("baogou 二(五)2")]
    public void The_list_of_funded_people_names_who_pays_for_whom_and_adds_up()
    {
        FundedPerson[] people =
        [
            new("前街村", "张三", "3704**********0011", "70岁以上老年人", "市财政", 32_000),
            new("前街村", "李四", "3704**********0028", "农村独女户", "市财政", 16_000),
            new("前街村", "李四", "3704**********0028", "农村独女户", "镇财政", 16_000),
            new("后街村", "王五", "3704**********0036", "孤儿", "市财政", -32_000),
        ];
        var tree = Tree("baogou");
        var form = FundedList.Form.Fill(new FormFrame(tree, tree.Root, new(2022), new(2021, 11, 5)), people);
        Assert.Empty(form.Problems);
        var sheet = Sheets.Write(form.Grid);
        Assert.Equal(Sheets.Expected("baogou-list"), Sheets.Csv(sheet));
        Assert.Equal("SUM(G4:G7)", Sheets.Formula(sheet, "G8"));
    }

    /// <summary>A township sends the same form of its villages; somebody who has none fills it in for itself.</summary>
    [Fact, Clause("lishi 附件5")]
    public void A_township_fills_it_in_by_village()
    {
        var town = WeeklyForm.Form.Fill(TownLines.Frame with { Unit = TownLines.Tree.Find("bh")! }, Of("bh"));
        Assert.Equal(["滨河一村", "滨河二村", "合计"], town.Grid.Rows.Select(row => row.Name));
        Assert.Equal("各村、社区", town.Grid.Headings[0].Text);
        var alone = WeeklyForm.Form.Fill(TownLines.Frame with { Unit = TownLines.Tree.Find("wc")! }, Of("wc"));
        Assert.Equal(["吴城镇", "合计"], alone.Grid.Rows.Select(row => row.Name));
        Assert.Equal("98.25%", alone.Grid.Rows[0].Cells[10].Shown(CellKind.Percent));
        Assert.Contains("填报单位（盖章）：吴城镇", alone.Grid.Stamps);

        TallyLine[] Of(string unit) => [.. TownLines.Lines.Where(line => line.Unit.StartsWith(unit, StringComparison.Ordinal))];
    }

    [Fact]
    public void Where_nothing_is_known_cells_stay_empty_and_it_is_told()
    {
        var tree = TownLines.Tree;
        var frame = TownLines.Frame;
        foreach (var form in TargetForms.All)
        {
            var filled = form.Fill(frame, new PublishedFigures([]));
            Assert.Equal("T308", Assert.Single(filled.Problems).Code);
            Assert.Equal(tree.ChildrenOf(tree.Root).Count() + 1, filled.Grid.Rows.Length);
            Assert.All(filled.Grid.Rows, row => Assert.All(row.Cells, cell => Assert.Null(cell.Value)));
            Sheets.AssertValid(Sheets.Write(filled.Grid));
        }

        var empty = WeeklyForm.Form.Fill(frame, Array.Empty<TallyLine>());
        Assert.Empty(empty.Problems);
        Assert.Equal("", empty.Grid.Total!.Cells[10].Shown(CellKind.Percent));
    }

    [Fact]
    public void A_form_prints_on_A4_with_its_headings_on_each_page()
    {
        var sheet = Sheets.Write(CanvassForm.Form.Fill(TownLines.Frame, TownLines.Lines).Grid);
        var setup = Sheets.Xml(sheet, "pageSetup");
        Assert.Equal(("9", "landscape", "1", "0"), (setup.Attribute("paperSize")!.Value, setup.Attribute("orientation")!.Value,
            setup.Attribute("fitToWidth")!.Value, setup.Attribute("fitToHeight")!.Value));
        Assert.Equal("'附件6'!$A$1:$AJ$18'附件6'!$4:$8", Sheets.Xml(sheet, "definedNames").Value);
        Assert.Equal("portrait", Sheets.Xml(Sheets.Write(Filled("lishi-2").Grid), "pageSetup").Attribute("orientation")!.Value);
    }

    public static TheoryData<string> Codes() => [.. PrescribedForms.All.Select(form => form.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_workbook_is_without_a_finding(string code) => Sheets.AssertValid(Sheets.Write(Filled(code).Grid));

    /// <summary>A form as the tests know it.</summary>
    internal static FilledForm Filled(string code)
    {
        var form = PrescribedForms.Find(code)!;
        var year = new InsuranceYear(form.Place == "lishi" ? 2023 : 2022);
        if (form.Source == FormSource.Tally)
            return form.Fill(TownLines.Frame, TownLines.Lines);
        var tree = Tree(form.Place);
        var frame = new FormFrame(tree, tree.Root, year, year.Previous.LastDay);
        if (form.Source == FormSource.Funding)
            return form.Fill(frame, [new FundedPerson("前街村", "张三", "3704**********0011", "孤儿", "市财政", 32_000)]);
        var figures = File.ReadLines(Repository.Path("data", "figures", $"{form.Place}.csv"));
        return form.Fill(frame, PublishedFigures.Read(figures, tree, [])!);
    }

    static FilledForm Same(string code)
    {
        var form = Filled(code);
        Assert.Empty(form.Problems);
        Assert.Equal(Sheets.Expected(code), Sheets.Csv(Sheets.Write(form.Grid)));
        return form;
    }

    static UnitTree Tree(string place) => UnitFile.Read(File.ReadLines(Repository.Path("data", "units", $"{place}.csv")), [])!;
}
