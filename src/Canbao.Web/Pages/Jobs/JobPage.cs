using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Work.Jobs;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>
/// What the pages of long work have in common: whoever asked for it sees it, and the bureau and supervisors of the whole area.
/// </summary>
abstract class JobPage(JobKinds kinds) : OfficePage
{
    /// <summary>Whether the viewer sees what others asked for.</summary>
    protected bool SeesAll => Viewer is { SeesWholeArea: true, Role: Role.Bureau or Role.Supervisor };

    /// <summary>What an office calls the work.</summary>
    public string Title(JobRow job) => kinds.Find(job.Kind)?.Chinese ?? job.Kind;

    /// <summary>Whether nothing is left of it where it is stopped.</summary>
    public bool IsWhole(JobRow job) => kinds.Find(job.Kind)?.IsWhole != false;

    /// <summary>How much of how much is done; empty where that is not known.</summary>
    public string Progress(JobRow job) => job.Total == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{job.Done} / {job.Total} {kinds.Find(job.Kind)?.Counted}（{100 * job.Done / job.Total}%）");

    /// <summary>How a job stands.</summary>
    public static string Stand(JobView one) => one.End?.State switch
    {
        null when one.IsLost => "已中断，将自动再办",
        null when one.Job.StopAsked => "正在停止",
        null => "正在办理",
        JobEndRow.Done => "已办完",
        JobEndRow.Refused => "没有办成",
        JobEndRow.Stopped => "已停止",
        _ => "系统出错",
    };

    /// <summary>The badge of that.</summary>
    public static string Badge(JobView one) => one.End?.State switch
    {
        JobEndRow.Done => "good",
        JobEndRow.Refused or JobEndRow.Failed => "bad",
        _ => "warn",
    };

    /// <summary>A span of time, to the second.</summary>
    public static string Span(TimeSpan span)
    {
        long seconds = Math.Max((long)span.TotalSeconds, 0);
        return seconds < 60 ? $"{seconds} 秒"
            : seconds < 3600 ? $"{seconds / 60} 分 {seconds % 60} 秒"
            : $"{seconds / 3600} 小时 {seconds % 3600 / 60} 分";
    }
}
