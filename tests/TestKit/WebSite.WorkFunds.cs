using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;

namespace Canbao.TestKit;

/// <summary>Work funds before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Binds the pack whose season promises work funds to the town.</summary>
    public Task PromiseWorkFundsAsync() => Act.DoAsync(
        Database, Area, Setup, "policy.bind",
        act => PackBindings.BindAsync(act, shelf, "town", PackYear, new(2021, 9, 2), "lingyuan-2022"));
}
