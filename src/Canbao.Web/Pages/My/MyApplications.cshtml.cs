using System.Globalization;
using Canbao.Core.Residents;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>How far an application is, for whoever has its code; no name and no number stands there.</summary>
sealed class MyApplicationsModel : ResidentPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The application; null where there is none of the code.</summary>
    public ApplicationRow? Found { get; private set; }

    /// <inheritdoc/>
    protected override bool IsForEverybody => true;

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Code = Code.Trim().ToUpperInvariant();
        if (Code.Split('-') is [var first, var code] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int area))
            Found = await Database.ReadAsync(session => Applications.FindByCodeAsync(session, area, code), Cancel);
        return true;
    }
}
