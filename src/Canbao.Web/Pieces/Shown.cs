using System.Globalization;
using Canbao.Vocabulary;

namespace Canbao.Web.Pieces;

/// <summary>How values look on pages.</summary>
public static class Shown
{
    /// <summary>A moment on the wall's clock, to the minute; a dash for none.</summary>
    public static string Moment(DateTimeOffset? at) => at is null ? "—" : $"{at.Value.ToOffset(BusinessDay.Offset):yyyy-MM-dd HH:mm}";

    /// <summary>A day; a dash for none.</summary>
    public static string Day(DateOnly? day) => day is null ? "—" : $"{day:yyyy-MM-dd}";

    /// <summary>A text; a dash for none.</summary>
    public static string Text(string? text) => string.IsNullOrEmpty(text) ? "—" : text;

    /// <summary>A rate in thousandths as a percentage with one digit.</summary>
    public static string Rate(long perMille) => string.Create(CultureInfo.InvariantCulture, $"{perMille / 10}.{perMille % 10}%");
}
