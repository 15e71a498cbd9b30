using Canbao.Core.Events;
using Canbao.Core.Work.Reports;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A posting, to be printed, with what was objected and answered.</summary>
sealed class PostingModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "paper")]
    public bool IsPaper { get; set; }

    [BindProperty]
    public string? By { get; set; } = "";

    [BindProperty]
    public string? Says { get; set; } = "";

    [BindProperty]
    public int Place { get; set; }

    [BindProperty]
    public string? Answer { get; set; } = "";

    public ReadPosting Posting { get; private set; } = null!;

    public bool ReadsObjections => PostingDesk.ReadsObjections(Viewer);

    string Here => FormattableString.Invariant($"/postings/{Id}");

    public async Task<IActionResult> OnPostObjectAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("登记公示异议"), "posting.object",
            act => PostingDesk.ObjectAsync(act, Viewer, Id, (By ?? "", Says ?? "")), Cancel);
        return Done(Here, "异议已登记，请调查后答复");
    }

    public async Task<IActionResult> OnPostAnswerAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("答复公示异议"), "posting.answer",
            act => PostingDesk.AnswerAsync(act, Viewer, Id, (Place, Answer ?? "")), Cancel);
        return Done(Here, "已答复");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (await Database.ReadAsync(session => PostingDesk.FindAsync(session, Viewer, Id), Cancel) is not { } posting)
            return false;
        Posting = posting;
        return true;
    }
}
