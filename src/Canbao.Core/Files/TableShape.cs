using System.Collections.Immutable;
using System.Text;

namespace Canbao.Core.Files;

/// <summary>What a column holds, and so how its cells are brought into one form.</summary>
public enum ColumnKind
{
    /// <summary>Words: blanks inside stay.</summary>
    Text,

    /// <summary>A number or code that is written without blanks, such as an identity number or a phone.</summary>
    Digits,

    /// <summary>A day, which is given as <c>yyyy-MM-dd</c> however it was written.</summary>
    Date,
}

/// <summary>A column that an upload may have.</summary>
/// <param name="Name">Its name in Chinese.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsRequired">Whether the table must have it and each row must fill it.</param>
/// <param name="Also">Further names under which offices know it.</param>
public sealed record ShapeColumn(string Name, ColumnKind Kind, bool IsRequired, params ImmutableArray<string> Also);

/// <summary>The columns that a kind of upload has. Fields are asked for by the place of a column here.</summary>
/// <param name="columns">The columns, with at least one that is required.</param>
public sealed class TableShape(params ImmutableArray<ShapeColumn> columns)
{
    /// <summary>The name of the column that a table of refused rows adds, and that is passed over when it comes back.</summary>
    public const string ReasonColumn = "原因";

    readonly Dictionary<string, int> places = columns
        .SelectMany((column, place) => column.Also.Prepend(column.Name).Select(name => (Name: Plain(name), place)))
        .ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);

    /// <summary>The columns.</summary>
    public ImmutableArray<ShapeColumn> Columns => columns;

    /// <summary>The place of a column by a name of a table's header, or -1.</summary>
    /// <param name="name">The name.</param>
    /// <param name="learnt">Names that an office uses, each with the column's name; may be null.</param>
    public int PlaceOf(string name, IReadOnlyDictionary<string, string>? learnt)
    {
        if (places.TryGetValue(Plain(name), out var place))
            return place;
        return learnt?.GetValueOrDefault(Plain(name)) is { } known ? places.GetValueOrDefault(Plain(known), -1) : -1;
    }

    /// <summary>
    /// A name as names are compared and learnt: without blanks, stars and “必填”, with narrow letters, digits and brackets.
    /// </summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var wide in name)
        {
            var letter = wide is >= '！' and <= '～' ? (char)(wide - '！' + '!') : wide;
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter) && letter is not ('*' or '\u200B' or '\uFEFF' or '\'' or '"'))
                plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.Replace("(必填)", "").Replace("(选填)", "").ToString().TrimEnd(':');
    }
}
