using Canbao.Core.Residents;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>What residents handed in, for the desks of their units.</summary>
sealed class ApplicationsModel : OfficePage
{
    const int Most = 200;

    public IReadOnlyList<(ApplicationRow Row, string Unit)> Listed { get; private set; } = [];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Listed = await Database.ReadAsync(session => Applications.ListAsync(session, Viewer.Area, Viewer.Scope, Most), Cancel);
        return true;
    }
}
