using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Funding;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Funding;

/// <summary>What a payer owes for one ground in one unit and month; less than zero where more is taken back than added.</summary>
/// <param name="Ground">Who pays, and for what.</param>
/// <param name="Unit">The code of the people's unit.</param>
/// <param name="Month">The month in which enrolments were settled, <c>2021-11</c>.</param>
/// <param name="Open">Not claimed yet, fen.</param>
/// <param name="Claimed">Claimed and not settled, fen.</param>
/// <param name="Settled">Settled, fen.</param>
public sealed record BillPart(FunderGroundRow Ground, string Unit, string Month, long Open, long Claimed, long Settled)
{
    /// <summary>All of it, fen.</summary>
    public long Owed => checked(Open + Claimed + Settled);
}

/// <summary>Somebody for whom a payer owes.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The masked number.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Ground">Who pays, and for what.</param>
/// <param name="Amount">Fen; less than zero is taken back.</param>
/// <param name="Day">The day on which the enrolment was settled, or on which it was taken back.</param>
/// <param name="Claim">The number of the claim, or null.</param>
public sealed record BilledPerson(
    long PersonId, string Name, string NumberMask, string UnitName, FunderGroundRow Ground, long Amount, DateOnly Day, int? Claim);

/// <summary>Which shares: everything where nothing is named.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Within">The unit with all below it.</param>
/// <param name="Payer">The payer's code, or empty.</param>
/// <param name="Category">The end of the accounts: a category's or a rule's code, or empty.</param>
/// <param name="Month">A month, or empty.</param>
/// <param name="Claim">A claim, or null.</param>
public readonly record struct BillFilter(
    InsuranceYear Year, UnitRange Within, string Payer = "", string Category = "", string Month = "", long? Claim = null)
{
    /// <summary>Whether only what is paid in people's stead is meant, without the subsidy that is given for everybody.</summary>
    public bool IsAidOnly { get; init; }
}

/// <summary>A claim with the name of its unit and payer.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="UnitName">Its unit.</param>
public sealed record ListedClaim(FunderClaimRow Claim, string UnitName);

/// <summary>Each funder's bill as pages and files show it, with the names behind every number (promise 7).</summary>
public static class FundingBills
{
    /// <summary>The bill of a unit and below it; a list department sees that of its own categories.</summary>
    public static async Task<List<BillPart>> BillAsync(Session session, Viewer viewer, BillFilter filter)
    {
        var grounds = await GroundsAsync(session, viewer.Area);
        var sums = await (
            from share in Shares(session, viewer, filter)
            from claim in session.Table<FunderClaimRow>().LeftJoin(row => row.Area == viewer.Area && row.ClaimId == share.ClaimId)
            where share.Area == viewer.Area
            group share by new { share.GroundId, share.Unit, share.Day, claim.State } into same
            select new { same.Key, Fen = same.Sum(row => row.Amount) }).ToListAsync();
        return
        [
            .. from one in sums
               group one by (one.Key.GroundId, one.Key.Unit, Month: MonthOf(one.Key.Day)) into same
               let open = same.Where(one => one.Key.State is null).Sum(one => one.Fen)
               let settled = same.Where(one => one.Key.State == FunderClaims.Settled).Sum(one => one.Fen)
               select new BillPart(
                   grounds[same.Key.GroundId], same.Key.Unit, same.Key.Month, open, same.Sum(one => one.Fen) - open - settled, settled),
        ];
    }

    /// <summary>For how many people anything is owed, by ground.</summary>
    public static Task<Dictionary<long, int>> PeopleCountsAsync(Session session, Viewer viewer, BillFilter filter) => (
        from one in
            from share in Shares(session, viewer, filter)
            group share by new { share.GroundId, share.PersonId } into same
            where same.Sum(row => row.Amount) != 0
            select same.Key
        group one by one.GroundId into ground
        select new { Ground = ground.Key, People = ground.Count() }).ToDictionaryAsync(one => one.Ground, one => one.People);

    /// <summary>The people behind a number, in the order of units and names: one page of them.</summary>
    public static async Task<List<BilledPerson>> PeopleAsync(
        Session session, Viewer viewer, BillFilter filter, (int Skip, int Take) part)
    {
        var area = viewer.Area;
        var grounds = await GroundsAsync(session, area);
        var rows = await (
            from share in Shares(session, viewer, filter)
            join person in session.Table<PersonRow>() on new { share.Area, share.PersonId } equals new { person.Area, person.PersonId }
            join unit in session.Table<UnitRow>() on new { share.Area, Code = share.Unit } equals new { unit.Area, unit.Code }
            from claim in session.Table<FunderClaimRow>().LeftJoin(row => row.Area == area && row.ClaimId == share.ClaimId)
            where person.Area == area && unit.Area == area
            orderby unit.Place, person.Name, person.PersonId, share.ShareId
            select new
            {
                Share = share,
                person.Name,
                person.NumberMask,
                UnitName = unit.Name,
                Claim = (int?)claim.Number,
            }).Skip(part.Skip).Take(part.Take).ToListAsync();
        return rows.ConvertAll(row => new BilledPerson(
            row.Share.PersonId, row.Name, row.NumberMask, row.UnitName, grounds[row.Share.GroundId], row.Share.Amount, row.Share.Day,
            row.Claim));
    }

    /// <summary>The claims of a viewer's units, newest first; a list department its own.</summary>
    public static IQueryable<ListedClaim> Claims(Session session, Viewer viewer)
    {
        var (area, first, end, department) = (viewer.Area, viewer.Scope.First, viewer.Scope.End, viewer.Department);
        return from claim in session.Table<FunderClaimRow>()
               join unit in session.Table<UnitRow>() on new { claim.Area, Code = claim.Unit } equals new { unit.Area, unit.Code }
               where claim.Area == area && unit.Area == area && (department == null || claim.Department == department)
                   && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
               orderby claim.ClaimId descending
               select new ListedClaim(claim, unit.Name);
    }

    /// <summary>The open shares that an order takes.</summary>
    internal static IQueryable<FunderShareRow> Open(Session session, Viewer viewer, ClaimOrder order, UnitRange within)
    {
        var until = order.Until;
        return Shares(session, viewer, new(order.Year, within, order.Payer)).Where(row => row.ClaimId == null && row.Day <= until);
    }

    /// <summary>What an order would take.</summary>
    public static async Task<BatchCount> CountOpenAsync(Session session, Viewer viewer, ClaimOrder order) =>
        await FindUnitAsync(session, viewer, order.Unit) is { } path
            ? await CountAsync(Open(session, viewer, order, new(path))) : new(0, Money.Zero);

    /// <summary>How many people some shares are for, and their sum.</summary>
    internal static async Task<BatchCount> CountAsync(IQueryable<FunderShareRow> shares) => new(
        await shares.Select(row => row.PersonId).Distinct().CountAsync(), Money.FromFen(await shares.SumAsync(row => row.Amount)));

    /// <summary>The word by which <see cref="BillFilter.Category"/> finds a ground.</summary>
    public static string CategoryOf(FunderGroundRow ground) => ground.Account[(ground.Account.LastIndexOf(':') + 1)..];

    /// <summary>The path of a unit; null where it is not there or not the viewer's.</summary>
    public static async Task<string?> FindUnitAsync(Session session, Viewer viewer, string code) =>
        await session.Table<UnitRow>().Where(row => row.Area == viewer.Area && row.Code == code).Select(row => row.Path)
            .FirstOrDefaultAsync() is { } path && viewer.Sees(path) ? path : null;

    /// <summary>All payers that anything was ever booked for, by code.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PayersAsync(Session session, int area) =>
        (await GroundsAsync(session, area)).Values.GroupBy(row => row.Payer, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().PayerName, StringComparer.Ordinal);

    static IQueryable<FunderShareRow> Shares(Session session, Viewer viewer, BillFilter filter)
    {
        var (area, first, end, year) = (viewer.Area, filter.Within.First, filter.Within.End, filter.Year.Year);
        var (payer, department, claim) = (filter.Payer, viewer.Department, filter.Claim);
        string category = $":{filter.Category}", subsidy = FunderShares.Subsidy;
        bool aidOnly = filter.IsAidOnly;
        var units = session.Table<UnitRow>().Where(row => row.Area == area
            && string.CompareOrdinal(row.Path, first) >= 0 && string.CompareOrdinal(row.Path, end) < 0).Select(row => row.Code);
        var grounds = session.Table<FunderGroundRow>().Where(row => row.Area == area && (payer == "" || row.Payer == payer)
            && (department == null || row.Department == department) && (!aidOnly || row.Rule != subsidy)
            && (filter.Category == "" || row.Account.EndsWith(category))).Select(row => row.GroundId);
        var shares = session.Table<FunderShareRow>().Where(row => row.Area == area && row.InsuranceYear == year
            && units.Contains(row.Unit) && grounds.Contains(row.GroundId) && (claim == null || row.ClaimId == claim));
        if (!DateOnly.TryParseExact($"{filter.Month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            return shares;
        var next = from.AddMonths(1);
        return shares.Where(row => row.Day >= from && row.Day < next);
    }

    internal static Task<Dictionary<long, FunderGroundRow>> GroundsAsync(Session session, int area) =>
        session.Table<FunderGroundRow>().Where(row => row.Area == area).ToDictionaryAsync(row => row.GroundId);

    static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
