using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>One act with all that it changed.</summary>
sealed class AuditActModel : OfficePage
{
    /// <summary>A file may change hundreds of thousands; the first tell what it was.</summary>
    public const int Most = 500;

    UnitTree units = null!;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public ActRow Found { get; private set; } = null!;

    public IReadOnlyList<ActChangeRow> Changes { get; private set; } = [];

    public string UnitName(string code) => units.Find(code)?.Name ?? code;

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        (Found, Changes, units) = await Database.ReadAsync(
            async session => (
                (await ActLog.FindAsync(session, Viewer.Area, Id))!,
                await ActLog.ChangesAsync(session, Viewer.Area, Id, Most),
                await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        return Found is not null;
    }
}
