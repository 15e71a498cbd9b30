using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work.Timelines;

namespace Canbao.Web.Pages;

/// <summary>Everything that happened to a person and why, newest first.</summary>
sealed class PersonTimelineModel : TimelinePage
{
    public PersonInUnit Person { get; private set; } = null!;

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, Id) is not { } found)
                return false;
            Person = found;
            var units = await UnitStore.ReadAsync(session, Viewer.Area);
            var order = new TimelineOrder(Viewer.Area, [found.Person.PersonId], units, Today)
            {
                WithAccesses = Viewer.Role == Role.SecurityAuditor,
            };
            Fill(await Timelines.ReadAsync(session, order), units, withNames: false);
            return true;
        },
        Cancel);
}
