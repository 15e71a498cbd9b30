using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Core.Units;

/// <summary>A figure as a notice publishes it.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Measure">What is counted, such as <c>resident_target</c>.</param>
/// <param name="Year">The year it stands for.</param>
/// <param name="Value">People, or credentials.</param>
/// <param name="Clause">The annex it comes from, as in <c>docs/clauses.yaml</c>.</param>
public readonly record struct Figure(string Unit, string Measure, int Year, long Value, string Clause);

/// <summary>A published total that is not the sum of what stands below it; both are kept, neither is corrected (decision 24).</summary>
/// <param name="Published">The total as published.</param>
/// <param name="Computed">The sum of the units directly below.</param>
public readonly record struct Discrepancy(Figure Published, long Computed);

/// <summary>The figures of a place's notice: CSV, <c>unit,measure,year,value,clause</c>.</summary>
/// <param name="Figures">As published, in the file's order.</param>
public sealed record PublishedFigures(ImmutableArray<Figure> Figures)
{
    /// <summary>The header.</summary>
    public const string Header = "unit,measure,year,value,clause";

    readonly Dictionary<(string, string, int), long> values = Figures
        .DistinctBy(figure => (figure.Unit, figure.Measure, figure.Year))
        .ToDictionary(figure => (figure.Unit, figure.Measure, figure.Year), figure => figure.Value);

    /// <summary>Reads figures of a tree's units; null where there are faults, of which all are told.</summary>
    public static PublishedFigures? Read(IEnumerable<string> lines, UnitTree tree, List<UnitFault> faults)
    {
        var before = faults.Count;
        var figures = ImmutableArray.CreateBuilder<Figure>();
        var seen = new HashSet<(string, string, string)>();
        foreach (var (line, fields) in UnitFile.Rows(lines, Header, faults))
        {
            if (tree.Find(fields[0]) is null)
                faults.Add(new UnitFault("U111", line, "unit", $"单位代码“{fields[0]}”不在单位表中；请核对"));
            if (!int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2000 or > 2199)
                faults.Add(new UnitFault("U112", line, "year", $"年份“{fields[2]}”不对；应为四位数字"));
            if (!long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                faults.Add(new UnitFault("U112", line, "value", $"数字“{fields[3]}”不对；应为不带逗号的整数"));
            if (!seen.Add((fields[0], fields[1], fields[2])))
                faults.Add(new UnitFault("U113", line, "measure", $"“{fields[0]}”的 {fields[1]} {fields[2]} 写了两次；请只留一个"));
            figures.Add(new Figure(fields[0], fields[1], year, value, fields[4]));
        }

        return faults.Count > before ? null : new PublishedFigures(figures.ToImmutable());
    }

    /// <summary>A figure, or null where none is published.</summary>
    public long? Find(string unit, string measure, int year) =>
        values.TryGetValue((unit, measure, year), out var value) ? value : null;

    /// <summary>The totals that differ from the sum of the figures directly below them.</summary>
    public IEnumerable<Discrepancy> Discrepancies(UnitTree tree)
    {
        foreach (var total in Figures)
        {
            var below = tree.ChildrenOf(tree.Find(total.Unit)!).Select(unit => Find(unit.Code, total.Measure, total.Year)).ToList();
            var sum = below.Sum(value => value ?? 0);
            if (below.Any(value => value is not null) && sum != total.Value)
                yield return new Discrepancy(total, sum);
        }
    }
}
