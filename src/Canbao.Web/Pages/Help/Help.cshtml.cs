using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The contents of the handbook.</summary>
sealed class HelpModel : OfficePage;
