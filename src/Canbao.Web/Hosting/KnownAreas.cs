using Canbao.Core.Units;
using Canbao.Storage;

namespace Canbao.Web.Hosting;

/// <summary>
/// The areas of this installation, which hardly ever change and hold no person: look-ups, which come in a rush, ask the database only for
/// one that is not known yet.
/// </summary>
sealed class KnownAreas(Database database)
{
    volatile IReadOnlyList<AreaRow> known = [];

    /// <summary>All of them, read now.</summary>
    public async Task<IReadOnlyList<AreaRow>> ReadAsync(CancellationToken cancel) =>
        known = await database.ReadAsync(UnitStore.AreasAsync, cancel);

    /// <summary>Those that are known, if one of them is meant; else all, read now.</summary>
    /// <param name="area">The area that was chosen; zero where a form offers no choice, since there is one only.</param>
    /// <param name="cancel">Ends it early.</param>
    public async ValueTask<IReadOnlyList<AreaRow>> WithAsync(int area, CancellationToken cancel) =>
        known is var all && (area == 0 ? all.Count == 1 : all.Any(one => one.Code == area)) ? all : await ReadAsync(cancel);
}
