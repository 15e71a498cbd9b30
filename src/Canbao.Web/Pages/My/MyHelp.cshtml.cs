using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The handbook's chapter for residents, for everybody.</summary>
sealed class MyHelpModel : ResidentPage
{
    /// <inheritdoc/>
    protected override bool IsForEverybody => true;
}
