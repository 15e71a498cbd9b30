using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Offline;

/// <summary>A bag with how many of its numbers were used.</summary>
/// <param name="Bag">The bag.</param>
/// <param name="UnitName">The name of its unit.</param>
/// <param name="AgentName">The name of who took it.</param>
/// <param name="Posted">Receipts that are payments.</param>
/// <param name="Refused">Receipts whose cash is or was to be given back.</param>
/// <param name="Void">Receipts that were voided on the phone.</param>
public sealed record ListedBag(CollectionBagRow Bag, string UnitName, string AgentName, int Posted, int Refused, int Void)
{
    /// <summary>Numbers that nobody used.</summary>
    public int Unused => Bag.Numbers - Posted - Refused - Void;
}

/// <summary>Gives out work to take along, and takes back what is left of it.</summary>
/// <param name="files">What households owe.</param>
public sealed class BagDesk(HouseholdFiles files)
{
    /// <summary>As many households as a phone gets at most.</summary>
    public const int MostHouseholds = 3_000;

    /// <summary>As many receipts as somebody gives in a day at most.</summary>
    const int MostNumbers = 200;

    /// <summary>Numbers beyond those for everybody who owes: for what is voided.</summary>
    const int SpareNumbers = 10;

    /// <summary>The households of a unit in which somebody owes something today.</summary>
    /// <exception cref="RefusedException">C210: no such unit for the viewer, or too many households.</exception>
    public async Task<IReadOnlyList<HouseholdFile>> ReadAsync(
        Session session, Viewer viewer, InsuranceYear year, string unit, DateOnly today)
    {
        var path = await session.Table<UnitRow>().Where(row => row.Area == viewer.Area && row.Code == unit)
            .Select(row => row.Path).FirstOrDefaultAsync();
        if (path is null || !viewer.Sees(path))
            throw new RefusedException("C210", "请选择本单位或下级的单位");
        var found = await files.ListAsync(
            session, viewer.Area, new HouseholdSearch(new UnitRange(path), year), today, (0, MostHouseholds + 1));
        return found.Count <= MostHouseholds
            ? found.FindAll(file => file.Owes > Money.Zero)
            : throw new RefusedException("C210", $"这个单位超过 {MostHouseholds} 户，手机放不下；请选下级的单位");
    }

    /// <summary>Gives out a bag with receipt numbers. What the account had out on the device comes back unused.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="unit">Whose households it is for.</param>
    /// <param name="device">The device, as it calls itself.</param>
    /// <param name="owing">How many people owe something.</param>
    public static async Task<CollectionBagRow> IssueAsync(Act act, InsuranceYear year, string unit, string device, int owing)
    {
        int number = year.Year;
        var before = await act.Session.Table<CollectionBagRow>().Where(row => row.Area == act.Area && row.Agent == act.Account
            && row.Device == device && row.ReturnedAt == null).ToListAsync();
        foreach (var old in before)
            await CloseAsync(act, old);
        int last = await act.Session.Table<CollectionBagRow>()
            .Where(row => row.Area == act.Area && row.InsuranceYear == number).MaxAsync(row => (int?)row.Number) ?? 0;
        var bag = new CollectionBagRow
        {
            Area = act.Area,
            BagId = act.Session.NextId(),
            InsuranceYear = number,
            Number = last + 1,
            Unit = unit,
            Agent = act.Account,
            Device = device,
            Numbers = Math.Min(owing + SpareNumbers, MostNumbers),
            IssuedAt = act.At,
            ValidOn = act.Today,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(bag);
        act.Record("collection_bag", bag.BagId, "bag_issued", null, new { Bag = Bags.Name(bag), bag.Unit, bag.Numbers });
        return bag;
    }

    /// <summary>The phone hands a bag back: numbers that were not used stay unused. Once more it changes nothing.</summary>
    /// <exception cref="RefusedException">C211: it is another account's, or there is none.</exception>
    public static async Task ReturnAsync(Act act, long id)
    {
        if (await Bags.FindAsync(act.Session, act.Area, id) is not { } bag || bag.Agent != act.Account)
            throw new RefusedException("C211", "没有这份离线任务，或者不是您领取的");
        if (bag.ReturnedAt is null)
            await CloseAsync(act, bag);
    }

    /// <summary>The newest bags within some units, or of somebody only.</summary>
    public static async Task<IReadOnlyList<ListedBag>> ListAsync(
        Session session, int area, UnitRange within, string agent, (int Skip, int Take) part)
    {
        var (first, end) = (within.First, within.End);
        var found = await (
            from bag in session.Table<CollectionBagRow>()
            join unit in session.Table<UnitRow>() on new { bag.Area, Code = bag.Unit } equals new { unit.Area, unit.Code }
            join account in session.Table<AccountRow>() on new { bag.Area, Login = bag.Agent } equals new { account.Area, account.Login }
            where bag.Area == area && unit.Area == area && account.Area == area && (agent == "" || bag.Agent == agent)
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            orderby bag.BagId descending
            select new { bag, Unit = unit.Name, account.Name }).Skip(part.Skip).Take(part.Take).ToListAsync();
        if (found.Count == 0)
            return [];
        var ids = found.ConvertAll(one => one.bag.BagId);
        var counts = (await (
            from taking in session.Table<BagTakingRow>()
            where taking.Area == area && ids.Contains(taking.BagId)
            group taking by new { taking.BagId, taking.State } into same
            select new { same.Key.BagId, same.Key.State, Count = same.Count() }).ToListAsync())
            .ToDictionary(one => (one.BagId, one.State), one => one.Count);
        return found.ConvertAll(one => new ListedBag(
            one.bag, one.Unit, one.Name, Count(one.bag, Bags.Posted), Count(one.bag, Bags.Refused), Count(one.bag, Bags.Void)));

        int Count(CollectionBagRow bag, string state) => counts.GetValueOrDefault((bag.BagId, state));
    }

    static async Task CloseAsync(Act act, CollectionBagRow bag)
    {
        await act.Session.Data.UpdateAsync(bag with { ReturnedAt = act.At, ActId = act.Id });
        int used = await act.Session.Table<BagTakingRow>().CountAsync(row => row.Area == act.Area && row.BagId == bag.BagId);
        act.Record("collection_bag", bag.BagId, "bag_returned", null, new { Unused = bag.Numbers - used });
    }
}
