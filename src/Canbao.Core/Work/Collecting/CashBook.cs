using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Collecting;

/// <summary>The cash that somebody has in hand.</summary>
/// <param name="Login">Who.</param>
/// <param name="Name">The person's name.</param>
/// <param name="UnitName">The unit of the account.</param>
/// <param name="Amount">How much.</param>
public sealed record CashInHand(string Login, string Name, string UnitName, Money Amount)
{
    /// <summary>The day of the oldest payment that was not handed on; null where nothing waits.</summary>
    public DateOnly? Oldest { get; init; }

    /// <summary>Days since then.</summary>
    public int Age { get; init; }

    /// <summary>Whether it is too much or too old.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>What lacks.</summary>
    public Money Shortage { get; init; }

    /// <summary>What is too much.</summary>
    public Money Excess { get; init; }

    /// <summary>What residents get back: it was taken without a connection and not posted.</summary>
    public Money ToGiveBack { get; init; }
}

/// <summary>Cash in hand: who has how much for how long, what was counted, and who took it over (<c>baogou 四(二)</c>).</summary>
public static class CashBook
{
    /// <summary>How much cash somebody may hold and how long: by default 10,000.00 yuan and 3 days.</summary>
    public static async Task<CashLimitRow> LimitsAsync(Session session, int area) =>
        await session.Table<CashLimitRow>().Where(row => row.Area == area).OrderByDescending(row => row.ActId).FirstOrDefaultAsync()
            ?? new() { Area = area };

    /// <summary>Sets it; the bureau's business.</summary>
    /// <exception cref="RefusedException">C133: another role. C143: out of range.</exception>
    public static async Task SetLimitsAsync(Act act, Viewer viewer, Money amount, int days)
    {
        if (viewer is not { Role: Role.Bureau, SeesWholeArea: true })
            throw new RefusedException("C133", "现金限额由医保经办设定");
        if (amount <= Money.Zero || days is < 0 or > 60)
            throw new RefusedException("C143", "限额应大于零，天数应为 0 至 60；请改正");
        var old = await LimitsAsync(act.Session, act.Area);
        if (act.Record("cash_limit", act.Area, "set", Told(old.Amount, old.Days), Told(amount.Fen, days)))
            await act.Session.Data.InsertAsync(new CashLimitRow { Area = act.Area, Amount = amount.Fen, Days = days, ActId = act.Id });

        static object Told(long fen, int days) => new { Amount = Money.FromFen(fen).ToString(), Days = days };
    }

    /// <summary>Everybody of some units who has cash, or lacks some: overdue ones first, then by amount.</summary>
    /// <param name="session">A read.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="within">The units of the accounts.</param>
    /// <param name="today">The business day.</param>
    public static async Task<IReadOnlyList<CashInHand>> ListAsync(Session session, int area, UnitRange within, DateOnly today)
    {
        var limits = await LimitsAsync(session, area);
        var (first, end) = (within.First, within.End);
        var accounts = await (
            from account in session.Table<AccountRow>()
            join unit in session.Table<UnitRow>() on new { account.Area, Code = account.Unit } equals new { unit.Area, unit.Code }
            where account.Area == area && unit.Area == area
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            select new { account.Login, account.Name, Unit = unit.Name }).ToListAsync();
        var cash = await session.Table<CashBalanceRow>().Where(row => row.Area == area)
            .ToDictionaryAsync(row => row.Account, row => row.Balance, StringComparer.Ordinal);
        var shortages = await Transfers.BalancesAsync(session, area, Accounts.ShortagePrefix);
        var excesses = await Transfers.BalancesAsync(session, area, Accounts.ExcessPrefix);
        var returns = await Transfers.BalancesAsync(session, area, Accounts.GiveBackPrefix);
        var oldest = await OldestAsync(session, area);
        return
        [
            .. from account in accounts
               let amount = cash.GetValueOrDefault(Accounts.Cash(account.Login))
               let day = amount > 0 && oldest.TryGetValue(account.Login, out var found) ? found : (DateOnly?)null
               let age = day is null ? 0 : today.DayNumber - day.Value.DayNumber
               let inHand = new CashInHand(account.Login, account.Name, account.Unit, Money.FromFen(amount))
               {
                   Oldest = day,
                   Age = age,
                   IsOverdue = amount > limits.Amount || age > limits.Days,
                   Shortage = Money.FromFen(shortages.GetValueOrDefault(Accounts.Shortage(account.Login))),
                   Excess = Money.FromFen(-excesses.GetValueOrDefault(Accounts.Excess(account.Login))),
                   ToGiveBack = Money.FromFen(-returns.GetValueOrDefault(Accounts.GiveBack(account.Login))),
               }
               where amount > 0 || inHand.Shortage > Money.Zero || inHand.Excess > Money.Zero
               orderby inHand.IsOverdue descending, amount descending, account.Login
               select inHand,
        ];
    }

    /// <summary>
    /// Somebody else counted a person's cash: what differs from the book is booked as shortage or excess, after taking back what was booked
    /// before.
    /// </summary>
    /// <param name="act">The deed; its reason says why it differs.</param>
    /// <param name="viewer">Who counted: the street or the bureau.</param>
    /// <param name="login">Whose cash.</param>
    /// <param name="counted">What was there.</param>
    /// <returns>What was too much; negative: what lacked.</returns>
    /// <exception cref="RefusedException">C133, C142: not by this account. C140: no such account. C143: out of range.</exception>
    public static async Task<Money> CountAsync(Act act, Viewer viewer, string login, Money counted)
    {
        await MayAsync(act, viewer, login);
        if (counted < Money.Zero)
            throw new RefusedException("C143", "清点金额不能小于零；请改正");
        var book = await Transfers.CashAsync(act.Session, act.Area, login);
        var (shortage, excess) = await OpenAsync(act, login);
        var (cash, lacks, over) = (Accounts.Cash(login), Accounts.Shortage(login), Accounts.Excess(login));
        var difference = counted - book;
        if (difference > Money.Zero)
        {
            var back = Less(difference, shortage);
            await MoveAsync(new(cash, lacks), back, "shortage_made_good");
            await MoveAsync(new(cash, over), difference - back, "excess");
        }
        else
        {
            var back = Less(-difference, excess);
            await MoveAsync(new(over, cash), back, "excess_explained");
            await MoveAsync(new(lacks, cash), -difference - back, "shortage");
        }

        act.Record("cash", login, "counted", new { Amount = book.ToString() }, new { Amount = counted.ToString() });
        return difference;

        Task MoveAsync(Route route, Money amount, string kind) =>
            amount > Money.Zero ? Transfers.MoveAsync(act, route, amount, kind) : Task.CompletedTask;
        static Money Less(Money one, Money other) => one < other ? one : other;
    }

    /// <summary>Somebody leaves or is stood in for: cash and batches on hand go to another account.</summary>
    /// <returns>The cash and the number of batches.</returns>
    /// <exception cref="RefusedException">C133, C142: not by this account. C140: not to that one. C141: the cash was not right.</exception>
    public static async Task<(Money Cash, int Batches)> HandOverAsync(Act act, Viewer viewer, string from, string to)
    {
        await MayAsync(act, viewer, from);
        if (to == act.Account)
            throw new RefusedException("C142", "移交由交接双方以外的人办理");
        var (shortage, excess) = await OpenAsync(act, from);
        if (shortage > Money.Zero || excess > Money.Zero)
            throw new RefusedException("C141", $"{from}名下有短款{shortage}元、长款{excess}元；请先补齐或查清并重新清点，再办移交");
        string owed = Accounts.GiveBack(from);
        if ((await Transfers.BalancesAsync(act.Session, act.Area, owed)).GetValueOrDefault(owed) != 0)
            throw new RefusedException("C141", $"{from}手中有应退还的现金；请先退给本人并登记，再办移交");
        var batches = await act.Session.Table<CollectionBatchRow>().Where(row => row.Area == act.Area
            && row.Kind != Batches.Group && (row.Agent == from || row.Holder == from) && Batches.InHand.Contains(row.State)).ToListAsync();
        await RequireTakerAsync(act, from, to, batches);
        var cash = await Transfers.CashAsync(act.Session, act.Area, from);
        if (cash == Money.Zero && batches.Count == 0)
            throw new RefusedException("C140", $"{from}手中没有现金，也没有未办完的批次，不需要移交");
        if (cash > Money.Zero)
            await Transfers.MoveAsync(act, new(Accounts.Cash(to), Accounts.Cash(from)), cash, "handover");
        foreach (var batch in batches)
        {
            var now = batch with
            {
                Agent = batch.Agent == from ? to : batch.Agent,
                Holder = batch.Holder == from ? to : batch.Holder,
                ActId = act.Id,
            };
            await act.Session.Data.UpdateAsync(now);
            act.Record("collection_batch", batch.BatchId, "handed_over", new { batch.Agent, batch.Holder }, new { now.Agent, now.Holder });
        }

        act.Record("cash", from, "handed_over", null, new { Amount = cash.ToString(), To = to });
        return (cash, batches.Count);
    }

    static async Task MayAsync(Act act, Viewer viewer, string login)
    {
        if (viewer.Role is not (Role.Street or Role.Bureau))
            throw new RefusedException("C133", "现金的清点和移交由乡镇街道或医保经办办理");
        if (login == act.Account)
            throw new RefusedException("C142", "自己的现金由另一人清点和移交");
        if (await act.Session.Table<AccountRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.Login == login) is not { } account
            || !await viewer.SeesUnitAsync(act.Session, account.Unit))
        {
            throw new RefusedException("C140", $"没有找到账号“{login}”，或者不归您管理");
        }
    }

    static async Task RequireTakerAsync(Act act, string from, string to, IReadOnlyCollection<CollectionBatchRow> batches)
    {
        var taker = await (
            from account in act.Session.Table<AccountRow>()
            join unit in act.Session.Table<UnitRow>() on new { account.Area, Code = account.Unit } equals new { unit.Area, unit.Code }
            where account.Area == act.Area && unit.Area == act.Area && account.Login == to && !account.Disabled
            select new { account.Role, unit.Path }).FirstOrDefaultAsync();
        var units = batches.Select(batch => batch.Unit).Distinct().ToList();
        bool school = batches.Any(batch => batch.Kind != Batches.Village);
        bool suits = taker is not null && to != from
            && (school ? taker.Role == Role.School.Code() : taker.Role == Role.Agent.Code() || taker.Role == Role.Street.Code());
        if (suits && units.Count > 0)
        {
            var paths = await act.Session.Table<UnitRow>().Where(row => row.Area == act.Area && units.Contains(row.Code))
                .Select(row => row.Path).ToListAsync();
            suits = paths.TrueForAll(path => path.StartsWith(taker!.Path, StringComparison.Ordinal));
        }

        if (!suits)
            throw new RefusedException("C140", $"不能移交给“{to}”：须是管辖这些单位、在用的协办员、街道或学校账号");
    }

    static async Task<(Money Shortage, Money Excess)> OpenAsync(Act act, string login)
    {
        string lacks = Accounts.Shortage(login), over = Accounts.Excess(login);
        var shortage = await Transfers.BalancesAsync(act.Session, act.Area, lacks);
        var excess = await Transfers.BalancesAsync(act.Session, act.Area, over);
        return (Money.FromFen(shortage.GetValueOrDefault(lacks)), Money.FromFen(-excess.GetValueOrDefault(over)));
    }

    static async Task<Dictionary<string, DateOnly>> OldestAsync(Session session, int area) => await (
        from payment in session.Table<PaymentRow>()
        join batch in session.Table<CollectionBatchRow>() on new { payment.Area, Id = payment.BatchId } equals new
        {
            batch.Area,
            Id = (long?)batch.BatchId,
        }
        where payment.Area == area && batch.Area == area && Batches.InHand.Contains(batch.State) && payment.VoidReason == null
        group payment by batch.Holder into same
        select new { Holder = same.Key, Day = same.Min(row => row.PaidOn) })
        .ToDictionaryAsync(one => one.Holder, one => one.Day, StringComparer.Ordinal);
}
