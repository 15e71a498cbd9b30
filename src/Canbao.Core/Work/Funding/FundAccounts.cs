using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Ledger;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Funding;

/// <summary>Money that is to be entered as a fund's income.</summary>
/// <param name="Year">For which insurance year.</param>
/// <param name="Payer">Whose fund.</param>
/// <param name="Kind">One of <see cref="FundIncomes"/>.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="Day">When it came; not later than today.</param>
/// <param name="Source">The paper that it rests on.</param>
public sealed record FundIncomeOrder(InsuranceYear Year, string Payer, string Kind, Money Amount, DateOnly? Day, string Source);

/// <summary>A month of a fund's account, fen.</summary>
/// <param name="Month">Such as <c>2022-11</c>.</param>
/// <param name="Income">What came in.</param>
/// <param name="Booked">Shares that were added.</param>
/// <param name="TakenBack">Shares that were taken back, positive.</param>
/// <param name="Used">What settled claims sent to the treasury.</param>
public sealed record FundMonth(string Month, long Income, long Booked, long TakenBack, long Used)
{
    /// <summary>What the fund has at the month's end: income less what was used, of all months up to it.</summary>
    public long Balance { get; init; }

    /// <summary>What it will have once everything booked by then is settled.</summary>
    public long Free { get; init; }
}

/// <summary>A payer's fund in one account (<c>lishi 六(四)</c>).</summary>
/// <param name="Payer">The payer's code.</param>
/// <param name="Name">As an office says it.</param>
/// <param name="Months">Month by month.</param>
/// <param name="Incomes">What came in, the last first, with what was taken back.</param>
public sealed record FundAccount(
    string Payer, string Name, IReadOnlyList<FundMonth> Months, IReadOnlyList<FundIncomeRow> Incomes)
{
    /// <summary>All months together; null where nothing happened.</summary>
    public FundMonth? Last => Months.Count > 0 ? Months[^1] : null;
}

/// <summary>Income and use of payers' funds, for one insurance year.</summary>
/// <param name="shelf">The packs, which name payers before anything is booked.</param>
public sealed class FundAccounts(PackShelf shelf)
{
    /// <summary>The kinds of the transfers of income and of its taking back.</summary>
    public const string Income = "fund_income", IncomeBack = "fund_income_back";

    /// <summary>All funds of a year by name, those first that have an account already.</summary>
    public async Task<IReadOnlyList<FundAccount>> ReadAsync(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        var incomes = await session.Table<FundIncomeRow>().Where(row => row.Area == area && row.InsuranceYear == number)
            .OrderByDescending(row => row.IncomeId).ToListAsync();
        var shares = await (
            from share in session.Table<FunderShareRow>()
            join ground in session.Table<FunderGroundRow>()
                on new { share.Area, share.GroundId } equals new { ground.Area, ground.GroundId }
            from claim in session.Table<FunderClaimRow>().LeftJoin(row => row.Area == area && row.ClaimId == share.ClaimId)
            where share.Area == area && ground.Area == area && share.InsuranceYear == number
            group share by new { ground.Payer, share.Day, claim.SettledOn, IsBack = share.Amount < 0 } into same
            select new { same.Key, Fen = same.Sum(row => row.Amount) }).ToListAsync();
        var parts = incomes.Where(row => row.ReversalId is null)
            .Select(row => (row.Payer, Month: MonthOf(row.Day), Of: new Part(row.Amount, 0, 0, 0)))
            .Concat(shares.Select(one => (one.Key.Payer, Month: MonthOf(one.Key.Day),
                Of: one.Key.IsBack ? new Part(0, 0, -one.Fen, 0) : new Part(0, one.Fen, 0, 0))))
            .Concat(shares.Where(one => one.Key.SettledOn is not null).Select(one => (
                one.Key.Payer, Month: MonthOf(one.Key.SettledOn!.Value), Of: new Part(0, 0, 0, one.Fen))))
            .ToLookup(one => one.Payer, one => (one.Month, one.Of), StringComparer.Ordinal);
        return
        [
            .. from payer in await PayersAsync(session, area, year)
               let account = new FundAccount(
                   payer.Key, payer.Value, Months(parts[payer.Key]), incomes.FindAll(row => row.Payer == payer.Key))
               orderby account.Months.Count == 0, account.Name
               select account,
        ];
    }

    /// <summary>Enters money that came into a fund.</summary>
    /// <exception cref="RefusedException">
    /// C302: another role, or not for the whole area. C303: payer, kind, amount, day or source.
    /// </exception>
    public async Task<FundIncomeRow> EnterAsync(Act act, Viewer viewer, FundIncomeOrder order)
    {
        RequireFinance(viewer);
        var source = LongNumbers.Hidden(order.Source.Trim());
        if (!(await PayersAsync(act.Session, act.Area, order.Year)).ContainsKey(order.Payer))
            throw new RefusedException("C303", $"{order.Year}年度没有这个承担方；请选择政策中的承担方");
        if (!FundIncomes.All.Any(one => one.Code == order.Kind) || order.Amount <= Money.Zero)
            throw new RefusedException("C303", "请选择收入来源，金额应大于零");
        if (order.Day is not { } day || day > act.Today || source.Length is 0 or > 100)
            throw new RefusedException("C303", "请填写到账日期（不晚于今天）和依据的文件或凭证，最多 100 个字");
        var transfer = await Transfers.MoveAsync(act, RouteOf(order.Payer), order.Amount, Income);
        var row = new FundIncomeRow
        {
            Area = act.Area,
            IncomeId = act.Session.NextId(),
            InsuranceYear = order.Year.Year,
            Payer = order.Payer,
            Kind = order.Kind,
            Source = source,
            Day = day,
            Amount = order.Amount.Fen,
            TransferId = transfer.TransferId,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        act.Record("fund_income", row.IncomeId, "entered", null, Fields(row));
        return row;
    }

    /// <summary>Takes an income back that was entered wrongly.</summary>
    /// <exception cref="RefusedException">C302 as above. C304: not there, or taken back. C305: no reason.</exception>
    public static async Task TakeBackAsync(Act act, Viewer viewer, long id, string reason)
    {
        RequireFinance(viewer);
        reason = LongNumbers.Hidden(reason.Trim());
        if (reason.Length == 0)
            throw new RefusedException("C305", "请写明冲回的原因");
        var row = await act.Session.Table<FundIncomeRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.IncomeId == id);
        if (row is not { ReversalId: null })
            throw new RefusedException("C304", "没有这笔收入，或已经冲回；请刷新页面");
        var back = await Transfers.MoveAsync(act, RouteOf(row.Payer).Back, Money.FromFen(row.Amount), IncomeBack, row.TransferId);
        var now = row with { ReversalId = back.TransferId, Reason = reason, ActId = act.Id };
        await act.Session.Data.UpdateAsync(now);
        act.Record("fund_income", id, "reversed", Fields(row), Fields(now));
    }

    /// <summary>The faults: G116 a fund's balance in the ledger is not the sum of its incomes.</summary>
    internal static async Task<IReadOnlyList<LedgerFault>> CheckAsync(Session session, int area)
    {
        var incomes = (await session.Table<FundIncomeRow>().Where(row => row.Area == area && row.ReversalId == null)
            .GroupBy(row => row.Payer).Select(same => new { Payer = same.Key, Fen = same.Sum(row => row.Amount) }).ToListAsync())
            .ToDictionary(one => Accounts.Fund(one.Payer), one => one.Fen, StringComparer.Ordinal);
        var kept = await Transfers.BalancesAsync(session, area, Accounts.FundPrefix);
        return
        [
            .. from account in incomes.Keys.Union(kept.Keys, StringComparer.Ordinal)
               where incomes.GetValueOrDefault(account) != kept.GetValueOrDefault(account)
               select new LedgerFault("G116", $"账户 {account} 余额 {Money.FromFen(kept.GetValueOrDefault(account))} 元，"
                   + $"登记的资金收入合计 {Money.FromFen(incomes.GetValueOrDefault(account))} 元"),
        ];
    }

    /// <summary>Payers of the year's packs, and those for whom anything was booked.</summary>
    async Task<SortedDictionary<string, string>> PayersAsync(Session session, int area, InsuranceYear year)
    {
        var payers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, name) in await FundingBills.PayersAsync(session, area))
            payers[code] = name;
        foreach (var pack in (await PackBindings.ListAsync(session, area, year)).Select(row => row.Pack).Distinct())
            foreach (var payer in shelf.Find(pack).Pack.Payers)
                payers[payer.Code] = payer.Chinese;
        return payers;
    }

    static List<FundMonth> Months(IEnumerable<(string Month, Part Of)> parts)
    {
        var (balance, free, months) = (0L, 0L, new List<FundMonth>());
        foreach (var month in parts.GroupBy(one => one.Month).OrderBy(same => same.Key, StringComparer.Ordinal))
        {
            var sum = month.Aggregate(default(Part), (sum, one) => sum + one.Of);
            balance = checked(balance + sum.Income - sum.Used);
            free = checked(free + sum.Income - sum.Booked + sum.TakenBack);
            months.Add(new(month.Key, sum.Income, sum.Booked, sum.TakenBack, sum.Used) { Balance = balance, Free = free });
        }

        return months;
    }

    static void RequireFinance(Viewer viewer)
    {
        viewer.Require("C302", Role.Finance);
        if (!viewer.SeesWholeArea)
            throw new RefusedException("C302", "资金收入由全地区的财政账号登记");
    }

    static Route RouteOf(string payer) => new(Accounts.Fund(payer), Accounts.FundSource(payer));

    static object Fields(FundIncomeRow row) => new
    {
        row.Payer,
        Amount = Money.FromFen(row.Amount).ToString(),
        row.Kind,
        row.Source,
        row.Day,
        row.Reason,
    };

    static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    readonly record struct Part(long Income, long Booked, long TakenBack, long Used)
    {
        public static Part operator +(Part one, Part other) => new(
            checked(one.Income + other.Income), checked(one.Booked + other.Booked), checked(one.TakenBack + other.TakenBack),
            checked(one.Used + other.Used));
    }
}
