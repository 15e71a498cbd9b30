using Canbao.Core.Access;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>The accounts of an administrator's units.</summary>
sealed class ListModel(TimeProvider clock) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ListedAccount> Found { get; private set; } = [];

    public bool More { get; private set; }

    public AccountState StateOf(ListedAccount found) => AccountState.Of(found.Account, clock.GetUtcNow());

    public async Task OnGetAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 10_000);
        var found = await Accounts.ListAsync(Database, Viewer, Search.Trim(), (PageNumber - 1) * PageSize, PageSize + 1, Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
    }
}
