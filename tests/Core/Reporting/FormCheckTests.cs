using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.TestKit;
using Canbao.Vocabulary;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Reporting;

/// <summary>The check of forms: what is broken is found, and what we fill in breaks nothing.</summary>
public class FormCheckTests
{
    public static TheoryData<string, string, int> Broken()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var form in PrescribedForms.All)
            foreach (var (place, equation) in form.Equations.Index())
                foreach (var column in equation.Columns)
                    data.Add(form.Code, column, place);
        return data;
    }

    /// <summary>Each equation, broken at each of its columns, is told with row, columns and both sides.</summary>
    [Theory]
    [MemberData(nameof(Broken))]
    [Clause("lishi 附件6")]
    public void A_broken_equation_is_told(string code, string column, int place)
    {
        var form = FormTests.Filled(code);
        var equation = form.Form.Equations[place];
        var before = equation.Sides(form.Grid, form.Grid.Rows[1]);
        var grid = With(form.Grid, 1, column, value => value + 7);
        var after = equation.Sides(grid, grid.Rows[1]);
        Assert.NotEqual(before, after);
        var problem = Assert.Single(
            FormCheck.Run(grid, [equation]), problem => problem.Row == grid.Rows[1].Name && problem.Code is "T301" or "T302");
        Assert.Equal((equation.IsStated ? "T301" : "T302", equation.IsStated), (problem.Code, problem.IsError));
        Assert.Equal(equation.Columns, problem.Columns);
        Assert.Contains($"{after.Left} 与 {after.Right}", problem.Text, StringComparison.Ordinal);
        Assert.Contains(grid.Rows[1].Name, problem.Text, StringComparison.Ordinal);
        // The totals are not those of the rows any more either.
        Assert.Contains(FormCheck.Run(grid, []), found => found.Code is "T303" or "T304" && found.Columns.Contains(column));
    }

    [Fact, Clause("lishi 附件6")]
    public void The_notices_equations_are_errors_and_what_follows_from_the_columns_warnings()
    {
        var stated = CanvassForm.Form.Equations.Where(equation => equation.IsStated);
        Assert.Equal(["A1=A5+A7-A20", "A2=A9+A13+A16+A19+A23+A26+A29+A32"], stated.Select(each => $"{each.LeftText}={each.RightText}"));
        Assert.Equal(12, CanvassForm.Form.Equations.Count(equation => !equation.IsStated));
        var problems = FormCheck.Run(With(Canvass(), 0, "A20", value => value + 1), CanvassForm.Form.Equations);
        Assert.Equal(["T301", "T302", "T303"], problems.Select(problem => problem.Code));
        Assert.Equal("滨河街道办事处：按填表要求 A1 ＝ A5＋A7－A20，现为 161 与 160，请更正", problems[0].Text);
    }

    [Fact, Clause("lishi 附件5")]
    public void The_weekly_form_is_held_to_its_headings_its_totals_and_its_rate()
    {
        var grid = WeeklyForm.Form.Fill(TownLines.Frame, TownLines.Lines).Grid;
        var wrong = FormCheck.Run(With(grid, 0, "local", value => value + 1), WeeklyForm.Form.Equations);
        // The heading's total, the row's rate and the row of totals.
        Assert.Equal(["T301", "T303", "T304"], wrong.Select(problem => problem.Code).Order());
        Assert.Contains(wrong, problem => problem.Text == "表头：“应参保总人数：235人”，其下各列相加为 236，请更正");
        var total = grid.Rows.Length - 1;
        Assert.Contains(FormCheck.Run(With(grid, total, "rate", value => value - 1), []), problem => problem.Code == "T304");
        Assert.Contains(FormCheck.Run(With(grid, total, "minimum", value => value + 1), []), problem => problem.Code == "T303");
    }

    [Fact, Clause("lingyuan 附件2")]
    public void A_published_row_that_is_not_what_its_numbers_give_is_told()
    {
        var form = PrescribedForms.Find("lingyuan-1")!;
        Figure Told(string unit, string measure, int year, long value) => new(unit, measure, year, value, "lingyuan 附件1");
        var filled = form.Fill(TownLines.Frame, new PublishedFigures(
        [
            Told("bh", "hukou_population", 2022, 10), Told("bh", "valid_permits", 2022, 5), Told("bh", "resident_target", 2023, 16),
            Told("ls", "hukou_population", 2022, 10),
        ]));
        var problem = Assert.Single(filled.Problems);
        Assert.Equal(("T307", "滨河街道办事处"), (problem.Code, problem.Row));
        Assert.Equal(["滨河街道办事处", "合计"], filled.Grid.Rows.Select(row => row.Name));
    }

    static readonly Gen<TallyLine[]> Tallies = Gen.Select(
        Gen.OneOf("bh-1", "bh-2", "bh", "wc", "jy", "jy-1", "ls"),
        Gen.OneOf("", "orphan", "minimum_living_urban", "marginal_risk", "returned_to_poverty", "fp_one_daughter"),
        Gen.Enum<Residence>(), Gen.Enum<Employment>(), Gen.Enum<OtherCover>(), Gen.Enum<TallyPart>(), Gen.Bool, Gen.Long[0, 100_000],
        (unit, category, residence, employment, other, part, aided, people) => new TallyLine(unit, category, new()
        {
            Residence = residence,
            // Outside is whoever is in employee insurance or insured elsewhere.
            Employment = part == TallyPart.Outside && other == OtherCover.None ? Employment.Employee : employment,
            OtherCover = other,
            Part = part,
            IsAided = aided,
        }, people, 0)).Array[0, 60];

    /// <summary>Whatever is counted: no equation breaks, nobody is lost or counted twice, totals are the sums of rows.</summary>
    [Fact, Clause("lishi 附件5"), Clause("lishi 附件6")]
    public void Forms_of_any_tally_satisfy_their_equations() => Tallies.Sample(lines =>
    {
        var canvass = CanvassForm.Form.Fill(TownLines.Frame, lines);
        var weekly = WeeklyForm.Form.Fill(TownLines.Frame, lines);
        Assert.Empty(canvass.Problems);
        Assert.Empty(weekly.Problems);
        long everybody = lines.Sum(line => line.People);
        Assert.Equal(everybody, canvass.Grid.Value(canvass.Grid.Total!, "A4") + canvass.Grid.Value(canvass.Grid.Total!, "A7"));
        long outside = lines.Where(line => line.Profile.Part == TallyPart.Outside).Sum(line => line.People);
        Assert.Equal(everybody - outside, weekly.Grid.Headings[1].Value);
        Assert.Equal(
            lines.Where(line => line.Profile.Part is TallyPart.Paid or TallyPart.Free).Sum(line => line.People),
            weekly.Grid.Headings[2].Value);
    }, iter: 300);

    static FormGrid Canvass() => CanvassForm.Form.Fill(TownLines.Frame, TownLines.Lines).Grid;

    static FormGrid With(FormGrid grid, int row, string column, Func<long, long> change)
    {
        var (old, place) = (grid.Rows[row], grid.IndexOf(column));
        var cell = old.Cells[place];
        return grid with
        {
            Rows = grid.Rows.SetItem(row, old with { Cells = old.Cells.SetItem(place, cell with { Value = change(cell.Value ?? 0) }) }),
        };
    }
}
