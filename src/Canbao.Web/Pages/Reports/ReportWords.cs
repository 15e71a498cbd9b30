using Canbao.Core.Reporting.Forms;
using Canbao.Core.Work.Reports;

namespace Canbao.Web.Pages;

/// <summary>How pages say what is due and what was handed in.</summary>
static class ReportWords
{
    /// <summary>A state.</summary>
    public static string Word(ReportState state) => state switch
    {
        ReportState.Coming => "未到",
        ReportState.Open => "待报",
        ReportState.Late => "逾期未报",
        ReportState.Missed => "未报",
        ReportState.InTime => "按时",
        _ => "逾期报",
    };

    /// <summary>The badge of a state.</summary>
    public static string Badge(ReportState state) => state switch
    {
        ReportState.InTime => "good",
        ReportState.AfterTime => "warn",
        ReportState.Late or ReportState.Missed => "bad",
        _ => "",
    };

    /// <summary>What a form is called.</summary>
    public static string Form(string code) =>
        code == ReportCalendar.Appraisal ? "困难群众参保考核数据" : ReportForms.Find(code)?.Name ?? code;

    /// <summary>What a difference is by, with its sign; empty where it is no number.</summary>
    public static string By(long? by) => by is not { } number ? "" : number > 0 ? FormattableString.Invariant($"+{number}")
        : FormattableString.Invariant($"{number}");
}
