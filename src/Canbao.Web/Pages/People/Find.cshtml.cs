using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Finds people by number, name, initials, phone or household number, with both open years side by side.</summary>
sealed class FindModel(PersonFiles files) : OfficePage
{
    /// <summary>How many are shown; who looks for a frequent name adds another character.</summary>
    public const int Most = 50;

    const int FewDigits = 7;

    [BindProperty(SupportsGet = true)]
    public string Search { get; set; } = "";

    public IReadOnlyList<FoundPerson> Found { get; private set; } = [];

    public bool Asked => Search.Length > 0;

    public Task OnGetAsync() => SearchAsync();

    /// <summary>
    /// An identity or phone number would stay in histories and logs as part of an address; a name may be sent to a colleague.
    /// </summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Search.Count(char.IsAsciiDigit) < FewDigits)
            return LocalRedirect(Link("/people", ("search", Search.Trim())));
        await SearchAsync();
        return Page();
    }

    async Task SearchAsync()
    {
        Search = (Search ?? "").Trim();
        if (Asked)
            Found = await Database.ReadAsync(
                session => files.SearchAsync(
                    session, Viewer.Area, Viewer.Scope, Search, ([Years.Earlier, Years.Later], Today, Most)), Cancel);
    }
}
