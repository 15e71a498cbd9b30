using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Canbao.Web.Pieces;

/// <summary>A bar across: its name, what it says, and how long it is.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Says">The figure as text.</param>
/// <param name="PerMille">Its length, thousandths of the full width.</param>
/// <param name="Mark">Where a target stands, thousandths; null for none.</param>
sealed record ChartBar(string Name, string Says, long PerMille, long? Mark = null);

/// <summary>A day of a trend.</summary>
/// <param name="Day">The day.</param>
/// <param name="Value">The figure; less than zero draws nothing.</param>
/// <param name="Before">The figure of the same day a year before; null where it is not known.</param>
sealed record ChartDay(DateOnly Day, long Value, long? Before);

/// <summary>
/// Small pictures of figures, drawn on the server (ADR 15): no script, no styles of their own, and nothing that stretches letters, since
/// lengths are shares of the width and letters are as large as the page's.
/// </summary>
static class Charts
{
    const int RowHeight = 42, TextAt = 15, BarAt = 22, BarHeight = 10;
    const int MostPerMille = 1250;
    const int DaysHeight = 150, Top = 20, Ground = 124;

    /// <summary>Bars below each other, each with its text above it.</summary>
    /// <param name="id">Tells the picture from others of the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="bars">The bars.</param>
    public static IHtmlContent Bars(string id, string title, IReadOnlyCollection<ChartBar> bars)
    {
        var svg = Begin(id, bars.Count * RowHeight, title, string.Join('；', bars.Select(bar => $"{bar.Name} {bar.Says}")));
        // Some room is left behind 100%, for a target beyond it; one far beyond must not press the bars together.
        double full = Math.Clamp(bars.Max(bar => Math.Max(bar.PerMille, bar.Mark ?? 0)), 1000, MostPerMille);
        foreach (var (row, bar) in bars.Index())
        {
            int y = row * RowHeight;
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="0" y="{y + TextAt}">{Plain(bar.Name)}</text>
                <text class="progress-says" x="100%" y="{y + TextAt}">{Plain(bar.Says)}</text>
                <rect class="progress-whole" x="0" y="{y + BarAt}" width="{Share(1000, full)}" height="{BarHeight}"/>
                <rect x="0" y="{y + BarAt}" width="{Share(bar.PerMille, full)}" height="{BarHeight}"/>
                """);
            if (bar.Mark is { } mark)
                svg.Append(CultureInfo.InvariantCulture,
                    $"""<line x1="{Share(mark, full)}" x2="{Share(mark, full)}" y1="{y + BarAt - 3}" y2="{y + BarAt + BarHeight + 3}"/>""");
        }

        return End(svg);
    }

    /// <summary>A column for each day, with a mark for the same day a year before.</summary>
    /// <param name="id">Tells the picture from others of the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="days">The days, the first first.</param>
    public static IHtmlContent Days(string id, string title, IReadOnlyList<ChartDay> days)
    {
        long most = Math.Max(1, days.Max(day => Math.Max(day.Value, day.Before ?? 0)));
        var svg = Begin(id, DaysHeight, title, $"""
            {days[0].Day:yyyy-MM-dd} 至 {days[^1].Day:yyyy-MM-dd} 共 {days.Sum(day => day.Value)} 人，最多的一天 {days.Max(day => day.Value)} 人
            """);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="0" y="12">{most} 人</text><line class="progress-most" x1="0" x2="100%" y1="{Top}" y2="{Top}"/>
            """);
        foreach (var (at, day) in days.Index())
        {
            var (left, wide) = (at * 100.0 / days.Count, 100.0 / days.Count);
            var (x, width) = (Percent(left + wide * 0.15), Percent(wide * 0.7));
            var height = Height(day.Value, most);
            if (day.Value > 0)
                svg.Append(CultureInfo.InvariantCulture,
                    $"""<rect x="{x}" y="{Number(Ground - height)}" width="{width}" height="{Number(height)}"/>""");
            if (day.Before is not { } before)
                continue;
            var y = Number(Ground - Height(before, most));
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Percent(left)}" x2="{Percent(left + wide)}" y1="{y}" y2="{y}"/>""");
        }

        var middle = days[days.Count / 2];
        svg.Append(CultureInfo.InvariantCulture, $"""
            <line class="progress-ground" x1="0" x2="100%" y1="{Ground}" y2="{Ground}"/>
            <text x="0" y="{Ground + 18}">{days[0].Day:MM-dd}</text>
            <text class="progress-middle" x="50%" y="{Ground + 18}">{middle.Day:MM-dd}</text>
            <text class="progress-says" x="100%" y="{Ground + 18}">{days[^1].Day:MM-dd}</text>
            """);
        return End(svg);
    }

    static double Height(long value, long most) => Math.Max(0, value) * (double)(Ground - Top) / most;

    static StringBuilder Begin(string id, int height, string title, string says) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"""
            <svg class="progress-chart" width="100%" height="{height}" role="img" aria-labelledby="{id}-title {id}-says">
            <title id="{id}-title">{Plain(title)}</title><desc id="{id}-says">{Plain(says)}</desc>
            """);

    static HtmlString End(StringBuilder svg) => new(svg.Append("</svg>").ToString());

    static string Share(long perMille, double full) => Percent(Math.Clamp(perMille / full, 0, 1) * 100);

    static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}%");

    static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#}");

    static string Plain(string text) => HtmlEncoder.Default.Encode(text);
}
