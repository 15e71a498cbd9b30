using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A chapter of the handbook.</summary>
sealed class HelpChapterModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Chapter { get; set; } = "";

    /// <summary>Its title and its HTML.</summary>
    public (string Title, string Html) Found { get; private set; }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync()
    {
        if (Handbook.Find(Chapter) is not { } found)
            return Task.FromResult(false);
        Found = found;
        return Task.FromResult(true);
    }
}
