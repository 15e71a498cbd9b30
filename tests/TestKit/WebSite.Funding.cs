using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Funding;

namespace Canbao.TestKit;

/// <summary>What funders owe before the pages of a site are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Enrols people, which opens the cover of those for whom others bear everything.</summary>
    public Task EnrolAsync(params long[] people) => Act.DoAsync(Database, Area, Setup, "enrol",
        act => new RegisterDesk(new People(vault), new Enrolments(vault), new Dues(shelf, vault))
            .EnrolAsync(act, new(PackYear, EnrolmentKinds.New, 1), people));

    /// <summary>Books what funders owe.</summary>
    public Task BookFundsAsync() => Act.DoAsync(Database, Area, Setup, "funding.book",
        act => new ShareBooking(new Dues(shelf, vault)).BookAsync(act, PackYear));

    /// <summary>Claims what a payer owes by today.</summary>
    /// <param name="payer">Its code.</param>
    /// <param name="unit">For whose people.</param>
    /// <param name="department">The list department that claims; null for the bureau.</param>
    public Task<long> ClaimAsync(string payer, string unit, string? department = null) => Act.DoAsync(
        Database, Area, new(department is null ? "bureau" : "list_department", "测试"), "claim.submit", async act =>
        {
            var role = department is null ? Role.Bureau : Role.ListDepartment;
            var viewer = new Viewer(role.Code(), "某", role, Area, "county", "/county/", department);
            var order = new ClaimOrder(PackYear, payer, unit, act.Today);
            var seen = await FundingBills.CountOpenAsync(act.Session, viewer, order);
            return (await ClaimDesk.SubmitAsync(act, viewer, order, seen)).ClaimId;
        });
}
