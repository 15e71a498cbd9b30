namespace Canbao.Core.Work.Outreach;

/// <summary>How an office says what a comparison changed.</summary>
public static class OutreachText
{
    /// <summary>In one line.</summary>
    public static string Told(OutreachRun run) => run.IsEmpty
        ? "台账已是最新，没有变动"
        : $"新立 {run.Opened} 人，自动结案 {run.Closed} 人，恢复 {run.Reopened} 人，转单位或情况 {run.Moved} 人";
}
