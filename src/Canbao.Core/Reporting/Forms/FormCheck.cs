using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Canbao.Core.Reporting.Forms;

/// <summary>What is wrong with a form.</summary>
/// <param name="Code">T301 to T308 (<c>docs/rooms/forms.md</c>).</param>
/// <param name="IsError">Whether it may not be handed in so; else somebody should look at it.</param>
/// <param name="Row">The name of the row.</param>
/// <param name="Columns">The keys of the columns.</param>
/// <param name="Text">What is wrong, with both sides' values, in Chinese.</param>
public sealed record FormProblem(string Code, bool IsError, string Row, ImmutableArray<string> Columns, string Text);

/// <summary>The check of a filled-in form: its equations in every row, its totals, its rates.</summary>
public static partial class FormCheck
{
    const string Header = "表头";

    /// <summary>Everything that is wrong, errors first.</summary>
    public static IReadOnlyList<FormProblem> Run(FormGrid grid, IReadOnlyList<FormEquation> equations)
    {
        var problems = new List<FormProblem>();
        foreach (var row in grid.Rows.Where(row => row.Kind != GridRowKind.Remark))
        {
            problems.AddRange(equations.Select(equation => Check(grid, row, equation)).OfType<FormProblem>());
            problems.AddRange(Rates(grid, row));
        }

        problems.AddRange(Totals(grid));
        problems.AddRange(Headings(grid));
        return [.. problems.OrderByDescending(problem => problem.IsError)];
    }

    static FormProblem? Check(FormGrid grid, GridRow row, FormEquation equation)
    {
        var (left, right) = equation.Sides(grid, row);
        if (left == right)
            return null;
        ImmutableArray<string> columns = [.. equation.Columns];
        var (one, other) = (Words(grid, equation.LeftText), Words(grid, equation.RightText));
        return equation.IsStated
            ? new("T301", true, row.Name, columns, $"{row.Name}：按填表要求 {one} ＝ {other}，现为 {left} 与 {right}，请更正")
            : new("T302", false, row.Name, columns, $"{row.Name}：{one} 应等于 {other}，现为 {left} 与 {right}，请核对");
    }

    /// <summary>The totals are the sums of the rows, but for rates and what is reckoned from the totals themselves (decision 22).</summary>
    static IEnumerable<FormProblem> Totals(FormGrid grid)
    {
        if (grid.Total is not { } total)
            yield break;
        foreach (var column in grid.Columns.Where(column => column.Total.StartsWith("SUM(", StringComparison.Ordinal)))
        {
            long sum = grid.Body.Sum(row => grid.Value(row, column.Key)), told = grid.Value(total, column.Key);
            if (sum != told)
                yield return new("T303", false, total.Name, [column.Key],
                    $"{total.Name}：{column.Name} {told}，各行相加为 {sum}，请核对");
        }
    }

    /// <summary>A number that stands in a heading is that of the columns under it, in the totals.</summary>
    static IEnumerable<FormProblem> Headings(FormGrid grid)
    {
        foreach (var heading in grid.Header().Select(cell => cell.Heading).Where(heading => heading.Value is not null).Distinct())
        {
            long sum = heading.Columns.Sum(column => grid.Body.Sum(row => grid.Value(row, column.Key)));
            if (sum != heading.Value)
                yield return new("T301", true, Header, [.. heading.Columns.Select(column => column.Key)],
                    $"{Header}：“{heading.Text}”，其下各列相加为 {sum}，请更正");
        }
    }

    static IEnumerable<FormProblem> Rates(FormGrid grid, GridRow row)
    {
        foreach (var column in grid.Columns.Where(column => column.Rate is not null))
        {
            var cell = row.Cells[grid.IndexOf(column.Key)];
            var (part, all) = column.Rate!.Sides(grid, row);
            if (all == 0 ? cell.Value is not null : cell.Value is not { } value || cell.Of is not { } of || value * all != part * of)
                yield return new("T304", true, row.Name, [column.Key],
                    $"{row.Name}：{column.Name} {cell.Shown(CellKind.Percent)}，应为 {part}/{all}，请更正");
            else if (part > all)
                yield return new("T305", false, row.Name, [column.Key],
                    $"{row.Name}：{column.Name} {cell.Shown(CellKind.Percent)} 超过 100%（{part}/{all}），请核对");
        }
    }

    /// <summary>A side with the names of columns, unless the notice numbers them itself.</summary>
    static string Words(FormGrid grid, string side) => Key().Replace(side, match =>
        Number().IsMatch(match.Value) ? match.Value : grid.Columns[grid.IndexOf(match.Value)].Name).Replace("+", "＋").Replace("-", "－");

    [GeneratedRegex(@"\w+")]
    private static partial Regex Key();

    [GeneratedRegex(@"^A\d+$")]
    private static partial Regex Number();
}
