using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The home page: who one is and what one can do.</summary>
sealed class IndexModel : OfficePage;
