using Canbao.Core.Assessment.Dues;
using Canbao.Core.Units;
using Canbao.Policy.Packs;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>A pack that applies to a unit and all below it.</summary>
/// <param name="UnitName">The unit.</param>
/// <param name="From">Payments from this day on.</param>
/// <param name="Pack">The pack.</param>
sealed record AppliedPolicy(string UnitName, DateOnly From, Pack Pack);

/// <summary>Which packs apply where in the chosen year.</summary>
sealed class PoliciesModel(PackShelf shelf) : OfficePage
{
    public IReadOnlyList<AppliedPolicy> Applied { get; private set; } = [];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var (rows, tree) = await Database.ReadAsync(
            async session => (
                await PackBindings.ListAsync(session, Viewer.Area, Year), await UnitStore.ReadAsync(session, Viewer.Area)),
            Cancel);
        Applied =
        [
            .. from row in rows
               let unit = tree.Find(row.Unit)
               where unit is not null
               orderby tree.PathOf(unit), row.FromDay
               select new AppliedPolicy(unit.Name, row.FromDay, shelf.Find(row.Pack).Pack),
        ];
        return true;
    }
}
