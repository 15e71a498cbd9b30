using Canbao.Core.Events;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Who did what in the area, and whether the chain over it is whole. Only for an auditor of the whole area.</summary>
sealed class AuditModel(AuditChain chain) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ActRow> Found { get; private set; } = [];

    public bool More { get; private set; }

    public AuditHead Head { get; private set; } = null!;

    /// <summary>What the check said; null where it was not asked for.</summary>
    public string? Verdict { get; private set; }

    public bool IsWhole { get; private set; }

    public static IEnumerable<SelectListItem> Kinds =>
        ActWords.AllKinds.Select(kind => new SelectListItem(kind.Chinese, kind.Code)).Prepend(new("全部", ""));

    public static IEnumerable<SelectListItem> Subjects =>
        ActWords.AllSubjects.Select(subject => new SelectListItem(subject.Chinese, subject.Code)).Prepend(new("全部", ""));

    public async Task<IActionResult> OnPostAsync()
    {
        // What was done in the last minute is not sealed yet, and belongs to what is checked.
        await chain.SealAsync(Database, Viewer.Area, Cancel);
        (var fault, Head) = await Database.ReadAsync(
            async session => (
                await chain.VerifyAsync(session, Viewer.Area), await AuditChain.HeadAsync(session, Viewer.Area)), Cancel);
        IsWhole = fault is null;
        Verdict = fault is null ? $"审计链完整：共 {Head.SealNo} 号封印，与封存时一致" : $"{fault.Text}（{fault.Code}）";
        return Page();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var (from, until) = (From ?? Today.AddDays(-6), Until ?? Today);
        (From, Until) = (from, until);
        var search = new ActSearch(BusinessDay.StartOf(from), BusinessDay.StartOf(until.AddDays(1)))
        {
            Account = Account?.Trim() ?? "",
            Kind = Kind ?? "",
            Subject = Subject ?? "",
        };
        (var found, Head) = await Database.ReadAsync(
            async session => (
                await ActLog.ListAsync(session, Viewer.Area, search, ((PageNumber - 1) * PageSize, PageSize + 1)),
                await AuditChain.HeadAsync(session, Viewer.Area)),
            Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
