using Canbao.Core.Access;
using Canbao.Core.Work.Today;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The home page: who one is, what waits, and what one can do.</summary>
sealed class IndexModel(TodayDesk today) : OfficePage
{
    /// <summary>What waits for the viewer, what is late first.</summary>
    public IReadOnlyList<TodayItem> Waiting { get; private set; } = [];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.MustChange && Viewer.Role is not (Role.Administrator or Role.SecurityAuditor))
            Waiting = await Database.ReadAsync(session => today.ReadAsync(session, Viewer, Year, Today), Cancel);
        return true;
    }
}
