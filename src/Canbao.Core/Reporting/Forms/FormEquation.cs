using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// An equation between columns that holds in every row and in the totals: one that a notice states, or one that follows from its layout
/// (decision 19).
/// </summary>
public sealed partial class FormEquation
{
    FormEquation(string left, string right, bool isStated)
    {
        (LeftText, RightText, IsStated) = (left, right, isStated);
        (Left, Right) = (Terms(left), Terms(right));
    }

    /// <summary>The left side, as it was written.</summary>
    public string LeftText { get; }

    /// <summary>The right side, as it was written.</summary>
    public string RightText { get; }

    /// <summary>Whether the notice states it: then a breach is an error, else a warning.</summary>
    public bool IsStated { get; }

    ImmutableArray<(int Sign, string Key)> Left { get; }

    ImmutableArray<(int Sign, string Key)> Right { get; }

    /// <summary>The columns of both sides, each once.</summary>
    public IEnumerable<string> Columns => Left.Concat(Right).Select(term => term.Key).Distinct();

    /// <summary>One that the notice states.</summary>
    public static FormEquation Stated(string left, string right) => new(left, right, true);

    /// <summary>One that follows from the layout.</summary>
    public static FormEquation Inferred(string left, string right) => new(left, right, false);

    /// <summary>Both sides in a row.</summary>
    public (long Left, long Right) Sides(FormGrid grid, GridRow row) => (Sum(grid, row, Left), Sum(grid, row, Right));

    static long Sum(FormGrid grid, GridRow row, ImmutableArray<(int Sign, string Key)> side) =>
        side.Sum(term => checked(term.Sign * grid.Value(row, term.Key)));

    static ImmutableArray<(int Sign, string Key)> Terms(string side) =>
        [.. Term().Matches(side).Select(match => (match.Groups[1].Value == "-" ? -1 : 1, match.Groups[2].Value))];

    [GeneratedRegex(@"([+-]?)(\w+)")]
    private static partial Regex Term();
}
