using Canbao.Core.Assessment.Dues;
using Canbao.Core.Units;
using Canbao.Core.Work.Policies;
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

    /// <summary>What was proposed, newest first; for whoever sees the whole area.</summary>
    public IReadOnlyList<PolicyProposalRow> Proposals { get; private set; } = [];

    /// <summary>All packs of the year.</summary>
    public IReadOnlyList<Pack> Packs => [.. shelf.Names.Select(name => shelf.Find(name).Pack).Where(pack => pack.Year == Year)];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var (rows, tree, proposals) = await Database.ReadAsync(
            async session => (
                await PackBindings.ListAsync(session, Viewer.Area, Year), await UnitStore.ReadAsync(session, Viewer.Area),
                await PolicyDesk.ListAsync(session, Viewer.Area, Year)),
            Cancel);
        Proposals = Viewer.SeesWholeArea ? proposals : [];
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
