using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Units;
using Canbao.Core.Work.Timelines;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;

namespace Canbao.Web.Pieces;

/// <summary>Entries of a timeline as a page shows them.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Page">The page, for who looks and for addresses.</param>
/// <param name="Units">The tree, for whose things are.</param>
public sealed record TimelineView(IReadOnlyList<TimelineEntry> Entries, OfficePage Page, UnitTree Units)
{
    /// <summary>The names of members, where several are shown; else null.</summary>
    public IReadOnlyDictionary<long, string>? Names { get; init; }

    /// <summary>The year of the calendar in which something happened.</summary>
    public static int YearOf(TimelineEntry entry) => BusinessDay.Of(entry.At).Year;

    /// <summary>When.</summary>
    public static string At(TimelineEntry entry) => entry.HasTime ? Shown.Moment(entry.At) : Shown.Day(BusinessDay.Of(entry.At));

    /// <summary>The member whom it happened to.</summary>
    public string Name(TimelineEntry entry) =>
        entry.PersonId is { } person && Names is { } names && names.TryGetValue(person, out var name) ? name : "本户";

    /// <summary>The record of who did it, for whoever audits; null for others.</summary>
    public string? ActOf(TimelineEntry entry) => entry.ActId != 0 && Admits("/audit/{id:long}") && Page.Viewer.SeesWholeArea
        ? string.Create(CultureInfo.InvariantCulture, $"/audit/{entry.ActId}") : null;

    /// <summary>The page of a source; null where the viewer may not open it.</summary>
    public string? AddressOf(TimelineSource source)
    {
        var (pattern, path) = source.Kind switch
        {
            SourceKind.Receipt => ("/receipts/{id:long}", "/receipts/"),
            SourceKind.Batch => ("/collection/{id:long}", "/collection/"),
            SourceKind.Refund => ("/refunds/{id:long}", "/refunds/"),
            SourceKind.Roster => ("/rosters/versions/{id:long}", "/rosters/versions/"),
            SourceKind.Finding => ("/comparisons/{id:long}", "/comparisons/"),
            SourceKind.Case => ("/outreach/{id:long}", "/outreach/"),
            SourceKind.Claim => ("/funding/claims/{id:long}", "/funding/claims/"),
            _ => ("/applications/{id:long}", "/applications/"),
        };
        if (!Admits(pattern) || !IsWithin(source))
            return null;
        var address = path + source.Id.ToString(CultureInfo.InvariantCulture);
        return source.Kind == SourceKind.Case && source.Year == Page.Years.Earlier.Year
            ? $"{address}?year={Page.Years.Earlier}"
            : source.Kind == SourceKind.Case ? address : Page.Link(address);
    }

    bool IsWithin(TimelineSource source) => source.Kind switch
    {
        // Lists are a department's and the bureau's of the whole area; cases of years that are closed have no page.
        SourceKind.Roster => Page.Viewer is { Role: Role.Bureau, SeesWholeArea: true },
        SourceKind.Case when source.Year != Page.Years.Earlier.Year && source.Year != Page.Years.Later.Year => false,
        _ => source.Unit is null || Units.Find(source.Unit) is { } unit && Page.Viewer.Sees(Units.PathOf(unit)),
    };

    bool Admits(string pattern) => Routes.Find(pattern)!.Admits(Page.Viewer.Role);
}
