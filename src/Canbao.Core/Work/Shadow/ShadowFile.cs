using System.Globalization;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Shadow;

/// <summary>The totals of a shadow run as CSV: a row for each unit that has people, and their sum.</summary>
public static class ShadowFile
{
    static readonly string[] Columns = ["单位代码", "上级", "单位", "人数", "多缴", "少缴", "结果变化", "不变", "个人应缴（原）", "个人应缴（新）"];

    /// <summary>Writes the file.</summary>
    /// <param name="totals">What was found.</param>
    /// <param name="tree">The units.</param>
    /// <param name="stream">Takes the text, in UTF-8 with a mark for spreadsheets.</param>
    public static void Write(ShadowTotals totals, UnitTree tree, Stream stream)
    {
        var funders = totals.BillsOf(_ => true).Select(bill => bill.Funder).ToList();
        var lines = totals.Lines.ToLookup(line => line.Unit, StringComparer.Ordinal);
        stream.Write("\uFEFF"u8);
        stream.Write(CsvText.ForeignLine(
            [.. Columns, .. funders.SelectMany(funder => new[] { $"{funder.Title}（原）", $"{funder.Title}（新）" })]));
        foreach (var unit in tree.All.Where(unit => lines.Contains(unit.Code)))
            Line([unit.Code, tree.Find(unit.Parent)?.Name ?? "", unit.Name], code => code == unit.Code);
        Line(["", "", "合计"], _ => true);

        void Line(string[] head, Func<string, bool> units)
        {
            var (sum, bills) = (totals.Sum(units), totals.BillsOf(units).ToDictionary(bill => bill.Funder));
            stream.Write(CsvText.ForeignLine(
            [
                .. head, Number(sum.People), .. ShadowChanges.All.Select(change => Number(sum.Of(change))), Yuan(sum.Now), Yuan(sum.Then),
                .. funders.SelectMany(funder => bills.TryGetValue(funder, out var bill)
                    ? new[] { Yuan(bill.Now), Yuan(bill.Then) } : [Yuan(0), Yuan(0)]),
            ]));
        }
    }

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Yuan(long fen) => $"{Money.FromFen(fen)}";
}
