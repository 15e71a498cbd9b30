using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Units;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>What pages of hand-overs have in common: an office sees its own, the bureau and whoever supervises all of them.</summary>
abstract partial class ClockPage : OfficePage
{
    /// <summary>The office whose hand-overs the viewer sees, a department's or a role's code; null for all.</summary>
    public string? Own => Viewer.Role switch
    {
        Role.Bureau or Role.Supervisor when Viewer.SeesWholeArea => null,
        Role.ListDepartment => Viewer.Department,
        var role => role.Code(),
    };

    /// <summary>What one is about, without the number that only this program knows a list's version by.</summary>
    public static string About(Clock clock) => VersionNumber().Replace(clock.Row.Subject, "");

    /// <summary>How one stands, in words.</summary>
    public static string Stand(Clock clock) => clock.State switch
    {
        ClockState.Overdue => $"超期 {-clock.DaysLeft} {clock.Kind.Unit}",
        ClockState.Running => clock.DaysLeft == 0 ? "今天到期" : $"还有 {clock.DaysLeft} {clock.Kind.Unit}",
        ClockState.Undated => "期限待放假安排公布",
        ClockState.DoneLate => $"{Shown.Day(clock.Row.DoneOn)} 逾期办结",
        _ => $"{Shown.Day(clock.Row.DoneOn)} 按时办结",
    };

    /// <summary>The badge of how one stands.</summary>
    public static string Badge(Clock clock) => clock.State switch
    {
        ClockState.Overdue => "bad",
        ClockState.DoneLate => "warn",
        ClockState.Running => clock.DaysLeft <= 1 ? "warn" : "",
        ClockState.Undated => "",
        _ => "good",
    };

    /// <summary>Whether the viewer notes that it was done: it is the own office's.</summary>
    public bool MayDo(Clock clock) => Viewer.Role switch
    {
        Role.ListDepartment => clock.Row.Office == Viewer.Department,
        var role => clock.Row.Office == role.Code(),
    };

    /// <summary>Whether the viewer sees it.</summary>
    protected bool Sees(Clock clock, UnitTree tree)
    {
        if (Own is { } own && clock.Row.Office != own)
            return false;
        // What concerns the whole area is a department's as much as the bureau's; a street has its own part only.
        return Viewer.Role == Role.ListDepartment || Viewer.SeesWholeArea
            || clock.Row.Unit is { } unit && tree.Find(unit) is { } at && Viewer.Sees(tree.PathOf(at));
    }

    [GeneratedRegex(" [0-9]{15,}")]
    private static partial Regex VersionNumber();
}
