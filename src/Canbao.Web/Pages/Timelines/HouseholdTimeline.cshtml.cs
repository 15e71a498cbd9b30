using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work.Timelines;

namespace Canbao.Web.Pages;

/// <summary>Everything that happened to a household and its members and why, newest first.</summary>
sealed class HouseholdTimelineModel : TimelinePage
{
    public HouseholdView Household { get; private set; } = null!;

    public string Head => $"{Household.Head?.Person.Name ?? "（无户主）"} 户";

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await Households.FindWithinAsync(session, Viewer.Area, Viewer.Scope, Id, Year) is not { } found)
                return false;
            Household = found;
            var units = await UnitStore.ReadAsync(session, Viewer.Area);
            var order = new TimelineOrder(Viewer.Area, [.. found.Members.Select(member => member.Person.PersonId)], units, Today)
            {
                Household = Id,
            };
            Fill(await Timelines.ReadAsync(session, order), units, withNames: true);
            return true;
        },
        Cancel);
}
