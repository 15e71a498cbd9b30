using System.Globalization;
using System.Text.RegularExpressions;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// Formulas by the names of columns: <c>{A5}</c> is the cell of the same row, <c>{A5:}</c> are those of all rows of units or people.
/// </summary>
public static partial class GridFormula
{
    /// <summary>The formula as a sheet has it.</summary>
    /// <param name="grid">Where the columns stand.</param>
    /// <param name="formula">By names.</param>
    /// <param name="row">The row of the sheet, from 1.</param>
    public static string Resolve(FormGrid grid, string formula, int row)
    {
        int first = FirstRow(grid), last = first + grid.Body.Count() - 1;
        return Reference().Replace(formula, match =>
        {
            var letters = Letters(grid.IndexOf(match.Groups[1].Value));
            if (match.Groups[2].Length == 0)
                return At(letters, row);
            // Of no rows the sum is nothing.
            return last < first ? "0" : $"{At(letters, first)}:{At(letters, last)}";
        });
    }

    /// <summary>The row of the sheet, from 1, in which the first row of the table stands.</summary>
    public static int FirstRow(FormGrid grid) => grid.LinesAbove + grid.HeaderRows + 1;

    /// <summary>The cell of a column, from 0, and a row, from 1.</summary>
    public static string At(int column, int row) => At(Letters(column), row);

    static string At(string letters, int row) => string.Create(CultureInfo.InvariantCulture, $"{letters}{row}");

    /// <summary>The letters of a column, from 0: A, B, … Z, AA.</summary>
    public static string Letters(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        var letter = ((char)('A' + column % 26)).ToString();
        return column < 26 ? letter : Letters(column / 26 - 1) + letter;
    }

    [GeneratedRegex(@"\{(\w+)(:?)\}")]
    private static partial Regex Reference();
}
