using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>The three sums of a channel's day.</summary>
/// <param name="Statement">Fen by the statement, each reference once; null where there is none.</param>
/// <param name="Told">Fen of the notices that we hold.</param>
/// <param name="Deposited">Fen that reached the bank.</param>
public sealed record DaySums(long? Statement, long Told, long Deposited);

/// <summary>Deposits and the close of a channel's day (<c>laishan 二(三)</c>). All in the caller's transaction.</summary>
public static class DayDesk
{
    const int MostSlip = 40;

    /// <summary>Enters what reached the tax account, and from there the treasury.</summary>
    /// <exception cref="RefusedException">C150: no such channel. C151: the day is closed. C160: slip or amount is not sound.</exception>
    public static async Task<DepositRow> DepositAsync(Act act, string channel, DateOnly day, Money amount, string slip)
    {
        if (await Channels.FindAsync(act.Session, act.Area, channel) is null)
            throw new RefusedException("C150", $"没有渠道“{channel}”；请核对渠道代码");
        await ChannelDays.RequireOpenAsync(act.Session, act.Area, channel, day);
        if (slip.Length is 0 or > MostSlip || amount <= Money.Zero)
            throw new RefusedException("C160", $"请写明缴存凭证号（不超过{MostSlip}个字符）和大于零的金额");
        var area = act.Area;
        if (await act.Session.Table<DepositRow>()
            .AnyAsync(row => row.Area == area && row.Channel == channel && row.Slip == slip && row.VoidedBy == null))
            throw new RefusedException("C160", $"缴存凭证{slip}已经登记过；请核对");
        var toTax = await Transfers.MoveAsync(act, new(Accounts.Tax, Accounts.Channel(channel)), amount, "deposit");
        var toTreasury = await Transfers.MoveAsync(act, new(Accounts.Treasury, Accounts.Tax), amount, "treasury");
        var deposit = new DepositRow
        {
            Area = area,
            DepositId = act.Session.NextId(),
            Channel = channel,
            Day = day,
            Amount = amount.Fen,
            Slip = slip,
            TransferId = toTax.TransferId,
            TreasuryId = toTreasury.TransferId,
            Account = act.Account,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(deposit);
        act.Record("deposit", deposit.DepositId, "entered", null, Told(deposit));
        return deposit;
    }

    /// <summary>Withdraws a deposit that was entered wrongly: its money goes back the whole way.</summary>
    /// <exception cref="RefusedException">C151: the day is closed. C160: there is none, or it was withdrawn.</exception>
    public static async Task VoidAsync(Act act, long id)
    {
        var area = act.Area;
        var row = await act.Session.Table<DepositRow>().FirstOrDefaultAsync(one => one.Area == area && one.DepositId == id);
        if (row is not { VoidedBy: null })
            throw new RefusedException("C160", "没有这笔缴存，或已经作废；请刷新页面");
        await ChannelDays.RequireOpenAsync(act.Session, area, row.Channel, row.Day);
        var amount = Money.FromFen(row.Amount);
        await Transfers.MoveAsync(act, new(Accounts.Tax, Accounts.Treasury), amount, "treasury_void", row.TreasuryId);
        await Transfers.MoveAsync(act, new(Accounts.Channel(row.Channel), Accounts.Tax), amount, "deposit_void", row.TransferId);
        await act.Session.Data.UpdateAsync(row with { VoidedBy = act.Id, ActId = act.Id });
        act.Record("deposit", id, "voided", Told(row), null);
    }

    /// <summary>The sums of a day as they stand.</summary>
    public static async Task<DaySums> SumsAsync(Session session, int area, string channel, DateOnly day)
    {
        var statement = await Statements.FindAsync(session, area, channel, day);
        var told = (await ChannelDays.ToldAsync(session, area, day, day)).GetValueOrDefault((channel, day));
        var deposits = await ChannelDays.DepositsAsync(session, area, channel, day);
        return new(
            statement is null ? null : await Discrepancies.TotalAsync(session, statement), told.Fen, deposits.Sum(row => row.Amount));
    }

    /// <summary>Closes a day.</summary>
    /// <exception cref="RefusedException">
    /// C150: no statement. C151: it is closed. C156: something is open. C157: the deposits are not the statement's total. C158: whoever
    /// closes has prepared something of the day.
    /// </exception>
    public static async Task<DayCloseRow> CloseAsync(Act act, string channel, DateOnly day)
    {
        var (session, area) = (act.Session, act.Area);
        await ChannelDays.RequireOpenAsync(session, area, channel, day);
        var statement = await Reconciler.RequireAsync(session, area, channel, day);
        int open = (await Discrepancies.OpenAsync(session, area, day, day)).GetValueOrDefault((channel, day));
        if (open > 0)
            throw new RefusedException("C156", $"还有{open}条差异没有处理，不能日结");
        long total = await Discrepancies.TotalAsync(session, statement);
        var deposits = await ChannelDays.DepositsAsync(session, area, channel, day);
        long deposited = deposits.Sum(row => row.Amount);
        if (deposited != total)
        {
            throw new RefusedException(
                "C157", $"对账单应缴存{Money.FromFen(total)}元，已登记缴存{Money.FromFen(deposited)}元，不一致，不能日结");
        }

        var decided = await session.Table<DiscrepancyRow>()
            .Where(row => row.Area == area && row.Channel == channel && row.Day == day).Select(row => row.Account).Distinct().ToListAsync();
        if (deposits.Select(row => row.Account).Concat(decided).Append(statement.Account).Contains(act.Account))
            throw new RefusedException("C158", "经办过当日对账单、缴存或差异的人不能日结；请由另一人复核");
        var close = new DayCloseRow
        {
            Area = area,
            CloseId = session.NextId(),
            Channel = channel,
            Day = day,
            StatementId = statement.StatementId,
            Amount = total,
            Account = act.Account,
            ActId = act.Id,
        };
        await session.Data.InsertAsync(close);
        act.Record("reconciliation", $"{channel}/{day:yyyy-MM-dd}", "closed", null, new { Amount = Money.FromFen(total).ToString() });
        return close;
    }

    /// <summary>Opens a closed day again; the act's reason is kept.</summary>
    /// <exception cref="RefusedException">C158: by whoever closed it. C159: it is not closed.</exception>
    public static async Task ReopenAsync(Act act, string channel, DateOnly day)
    {
        var close = await ChannelDays.CloseAsync(act.Session, act.Area, channel, day)
            ?? throw new RefusedException("C159", "这一天没有日结；请刷新页面");
        if (close.Account == act.Account)
            throw new RefusedException("C158", "日结的人不能自己重开；请由另一人办理");
        await act.Session.Data.UpdateAsync(close with { ReopenedBy = act.Id });
        act.Record(
            "reconciliation", $"{channel}/{day:yyyy-MM-dd}", "reopened", new { Amount = Money.FromFen(close.Amount).ToString() }, null);
    }

    static object Told(DepositRow row) =>
        new { row.Channel, Day = row.Day, Amount = Money.FromFen(row.Amount).ToString(), row.Slip };
}
