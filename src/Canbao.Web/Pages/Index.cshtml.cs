using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work.Reports;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The home page: who one is, what one can do, and which report is due.</summary>
sealed class IndexModel(PackShelf shelf) : OfficePage
{
    /// <summary>Reports of the own unit that are late or due by the end of tomorrow.</summary>
    public IReadOnlyList<DueReport> Pressing { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (Viewer.MustChange || Viewer.Role is not (Role.Street or Role.Bureau))
            return true;
        await Database.ReadAsync(
            async session =>
            {
                Now = session.Now;
                Pressing = [.. (await ReportCalendar.ReadAsync(session, Viewer.Area, shelf, Year)).Pressing(Viewer.UnitCode, Now)];
                return 0;
            },
            Cancel);
        return true;
    }
}
