using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Work.Policies;

namespace Canbao.TestKit;

/// <summary>Packs on their way to being in force before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Somebody of the bureau has proved a pack and proposed it for the county.</summary>
    public async Task<long> ProposePackAsync(string pack)
    {
        var viewer = new Viewer("bureau", "某", Role.Bureau, Area, "county", "/county/", null);
        var desk = new PolicyDesk(shelf, new(new Dues(shelf, vault), shelf, vault));
        await desk.ProveAsync(Database, viewer, pack, default);
        return (await Act.DoAsync(Database, Area, new("bureau", "上级文件调整"), "policy.propose",
            act => desk.ProposeAsync(act, viewer, new(PackYear, "county", new(2021, 12, 1), pack)))).ProposalId;
    }
}
