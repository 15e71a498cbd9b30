using System.Globalization;
using Canbao.Core.Collection;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>The channels' days of the last weeks, and how far each is.</summary>
sealed class ReconciliationModel : OfficePage
{
    const int Days = 31;

    [BindProperty(SupportsGet = true)]
    public string Channel { get; set; } = "";

    /// <summary>The last day that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    public IReadOnlyList<DayLine> Lines { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public IEnumerable<SelectListItem> Channels => Names.Select(pair => new SelectListItem(pair.Value, pair.Key)).Prepend(new("全部渠道", ""));

    /// <summary>The address of a channel's day.</summary>
    public string Open(string channel, DateOnly day) => Link($"/reconciliation/{channel}/{day:yyyy-MM-dd}");

    public string NameOf(string channel) => Names.GetValueOrDefault(channel, channel);

    /// <summary>How a day stands, and how that looks.</summary>
    public static (string Text, string Badge) Stand(DayLine line, DateOnly today)
    {
        bool isLate = line.Day < today.AddDays(-1);
        if (line.IsClosed)
            return ("已日结", "good");
        if (line.Statement is not { } statement)
            return ("未导入对账单", isLate ? "bad" : "warn");
        return line.Open > 0 ? (string.Create(CultureInfo.InvariantCulture, $"待处理 {line.Open} 条"), "bad")
            : line.Deposited != statement ? ("待缴存", isLate ? "bad" : "warn") : ("待日结", "warn");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Until ??= Today;
        Channel ??= "";
        var (first, last) = (Until.Value.AddDays(-Days), Until.Value);
        (Names, Lines) = await Database.ReadAsync(
            async session =>
            {
                var names = (await Core.Collection.Channels.ListAsync(session, Viewer.Area))
                    .ToDictionary(row => row.Channel, row => row.Name);
                return (names, await DayLines.ReadAsync(session, Viewer.Area, first, last));
            },
            Cancel);
        Lines = [.. Lines.Where(line => Channel.Length == 0 || line.Channel == Channel)];
        return true;
    }
}
