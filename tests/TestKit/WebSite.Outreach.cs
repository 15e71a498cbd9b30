using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work.Outreach;

namespace Canbao.TestKit;

/// <summary>Who is on the ledger of the uninsured before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Opens a case for everybody of the county who should be insured and is not.</summary>
    public Task<OutreachRun> OpenOutreachAsync() => Act.DoAsync(
        Database, Area, Setup, "outreach.open", act => OutreachDesk.OpenAsync(act, PackYear, new UnitRange("/county/")));
}
