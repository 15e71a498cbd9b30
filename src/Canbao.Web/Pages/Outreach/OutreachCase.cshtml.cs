using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Outreach;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>One case: who it is, how it was worked, and by what it is closed. It is named by its person; the year is the page's.</summary>
sealed class OutreachCaseModel(People people, CategoryNames names) : OfficePage
{
    static readonly string[] SearchKeys = ["unit", "ground", "state", "owner", "category", "overdue"];

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public string Way { get; set; } = "";

    [BindProperty]
    public string Result { get; set; } = "";

    [BindProperty]
    public string Remark { get; set; } = "";

    [BindProperty]
    public DateOnly? NextVisit { get; set; }

    [BindProperty]
    public string Outcome { get; set; } = "";

    [BindProperty]
    public string ProofKind { get; set; } = "";

    [BindProperty]
    public string Proof { get; set; } = "";

    [BindProperty]
    public string Reason { get; set; } = "";

    public OutreachFile Found { get; private set; } = null!;

    public bool MayWork => OutreachDesk.Works(Viewer);

    /// <summary>The list from which one came, with its search.</summary>
    public (string Name, string Value)[] Search =>
    [
        .. from name in SearchKeys
           where Request.Query[name].ToString().Length > 0
           select (name, Request.Query[name].ToString()),
    ];

    public static IEnumerable<SelectListItem> Ways => Items(OutreachWords.Ways);

    public static IEnumerable<SelectListItem> Results => Items(OutreachWords.Results);

    public static IEnumerable<SelectListItem> Proofs => Items(OutreachWords.Proofs).Prepend(new("没有", ""));

    public static IEnumerable<SelectListItem> Outcomes =>
        OutreachOutcome.Given.Select(outcome => new SelectListItem(outcome.Chinese, outcome.Code)).Prepend(new("请选择", ""));

    public string CategoryName(string code) => names.Chinese(code);

    public void OnGet() => Day = Today;

    public Task<IActionResult> OnPostContactAsync() => DoAsync("登记联系", "outreach.contact", "已登记联系", act =>
        OutreachDesk.ContactAsync(act, Viewer, (Year, Id), new(Day ?? act.Today, Way ?? "", Result ?? "", Remark ?? "", NextVisit)));

    public Task<IActionResult> OnPostCloseAsync() => DoAsync(
        $"结案：{OutreachOutcome.Find(Outcome)?.Chinese ?? "未选原因"}", "outreach.close", "已结案",
        act => OutreachDesk.CloseAsync(act, Viewer, (Year, Id), new(Outcome ?? "", ProofKind ?? "", Proof ?? "", Remark ?? "")));

    public Task<IActionResult> OnPostReopenAsync()
    {
        if (string.IsNullOrWhiteSpace(Reason))
            throw new RefusedException("O108", "请写明恢复的理由");
        return DoAsync(Reason.Trim(), "outreach.reopen", "已恢复在办", act => OutreachDesk.ReopenAsync(act, Viewer, (Year, Id)));
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var found = await Database.ReadAsync(
            session => new OutreachList(people).FindAsync(session, Viewer, Year, Id, Today), Cancel);
        Found = found!;
        return found is not null;
    }

    async Task<IActionResult> DoAsync<T>(string reason, string kind, string said, Func<Act, Task<T>> deed)
    {
        await Act.DoAsync(Database, Viewer.Area, Doer(reason), kind, deed, Cancel);
        return Done($"/outreach/{Id}", said, Search);
    }

    static IEnumerable<SelectListItem> Items(IEnumerable<(string Code, string Chinese)> words) =>
        words.Select(word => new SelectListItem(word.Chinese, word.Code));
}
