using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>One discrepancy that is to be decided.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Day">The day.</param>
/// <param name="Reference">The channel's number.</param>
/// <param name="Occurrence">The how-manieth line of it; 0 for a notice without a line.</param>
public sealed record DiscrepancyKey(string Channel, DateOnly Day, string Reference, int Occurrence);

/// <summary>
/// Decides one by one what no rule settles. Nothing is written off: money moves by the ledger or the channel is asked. All in the caller's
/// transaction; the act's reason is kept with the decision.
/// </summary>
/// <param name="reconciler">Takes money of which we were not told.</param>
public sealed class ReconciliationDesk(Reconciler reconciler)
{
    /// <summary>The decisions: the channel is asked; the line is taken; the statement is right; the channel never had it; agreed.</summary>
    public const string Ask = "asked", Take = "take", TakeTheirs = "take_theirs", Reverse = "reversed", Accept = "accepted";

    /// <summary>The kind of the transfers of a reversal.</summary>
    public const string Kind = "never_received";

    static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Discrepancies.OnlyThere] = [Take, Ask],
        [Discrepancies.OnlyHere] = [Reverse, Ask],
        [Discrepancies.LateNotice] = [Reverse, Accept, Ask],
        [Discrepancies.Amount] = [TakeTheirs, Ask],
        [Discrepancies.OddCopy] = [Accept, Ask],
        [Discrepancies.OtherDay] = [Accept, Ask],
    };

    /// <summary>The decisions that a kind allows.</summary>
    public static IReadOnlyList<string> For(string kind) => Allowed.GetValueOrDefault(kind) ?? [];

    /// <summary>How an office says a decision, or what became of the money.</summary>
    public static string Chinese(string decision) => decision switch
    {
        Ask => "已发函询问渠道",
        Take => "按渠道入账或挂账",
        TakeTheirs => "以对账单为准，更正后挂账",
        Reverse => "渠道确认未收，冲回",
        Accept => "核实无误",
        Discrepancies.ByRule => "规则处理",
        Discrepancies.Cleared => "再次核对已无差异",
        ChannelNotices.Posted => "已补入账",
        ChannelNotices.Suspense => "已挂账",
        ChannelNotices.Settled => "挂账已处理",
        _ => decision,
    };

    /// <summary>Decides one.</summary>
    /// <param name="act">The deed; its reason is the decision's.</param>
    /// <param name="key">Which.</param>
    /// <param name="decision">One of <see cref="For"/>.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RefusedException">C151: the day is closed. C154: it is settled. C155: its kind cannot be decided so.</exception>
    public async Task<DiscrepancyRow> DecideAsync(Act act, DiscrepancyKey key, string decision, string reason)
    {
        await ChannelDays.RequireOpenAsync(act.Session, act.Area, key.Channel, key.Day);
        var found = await Discrepancies.FindAsync(act.Session, act.Area, (key.Channel, key.Day), key.Reference, key.Occurrence);
        if (found is not { State: Discrepancies.Open } row)
            throw new RefusedException("C154", "没有这条差异，或已经处理；请刷新页面");
        if (!For(row.Kind).Contains(decision))
            throw new RefusedException("C155", $"“{Discrepancies.Chinese(row.Kind)}”不能这样处理；差异不得核销，只能按规定入账、挂账、冲回或询问渠道");
        var decided = await DoAsync(act, row, decision, LongNumbers.Hidden(reason));
        act.Record("discrepancy", $"{key.Channel}/{key.Day:yyyy-MM-dd}/{key.Reference}", "decided",
            new { row.Kind, row.State, row.Decision }, new { decided.Kind, decided.State, decided.Decision });
        return decided;
    }

    async Task<DiscrepancyRow> DoAsync(Act act, DiscrepancyRow row, string decision, string reason)
    {
        if (decision == Take)
        {
            var statement = await Reconciler.RequireAsync(act.Session, act.Area, row.Channel, row.Day);
            var taken = (await reconciler.TakeAsync(act, statement, [row], (reason, act.Account)))[0];
            return taken.State == Discrepancies.Settled ? taken
                : throw new RefusedException(taken.Code, "这笔款项现在不能入账或挂账；请核对对账单的缴费时间，或询问渠道");
        }

        if (decision is Reverse or TakeTheirs)
            await BackAsync(act, row, decision == TakeTheirs);
        var decided = row with
        {
            State = decision == Ask ? Discrepancies.Open : Discrepancies.Settled,
            Decision = decision,
            Reason = reason,
            Account = act.Account,
            ActId = act.Id,
        };
        await act.Session.Data.UpdateAsync(decided);
        return decided;
    }

    /// <summary>Gives the money of a notice back to the channel's account; another sum by the statement then waits.</summary>
    static async Task BackAsync(Act act, DiscrepancyRow row, bool isRestated)
    {
        var notice = await ChannelNotices.FindAsync(act.Session, act.Area, row.Channel, row.Reference);
        if (notice is not { State: not ChannelNotices.Cancelled } || notice is { State: ChannelNotices.Settled, PaymentId: null })
            throw new RefusedException("C154", "这笔款项已撤销或已退回，不能冲回；请刷新页面");
        var account = Accounts.Channel(row.Channel);
        if (notice.PaymentId is { } payment)
            await Posting.ReverseAsync(act, payment, account, Kind);
        else
            await Transfers.MoveAsync(act, new(Accounts.Suspense, account), Money.FromFen(notice.Amount), Kind, notice.TransferId);
        long? waiting = null;
        if (isRestated)
        {
            var sum = Money.FromFen(row.LineAmount);
            waiting = (await Transfers.MoveAsync(act, new(account, Accounts.Suspense), sum, "suspense")).TransferId;
        }

        await act.Session.Data.UpdateAsync(notice with
        {
            State = isRestated ? ChannelNotices.Suspense : ChannelNotices.Cancelled,
            Amount = isRestated ? row.LineAmount : notice.Amount,
            Code = isRestated ? "C104" : notice.Code,
            PaymentId = null,
            TransferId = waiting,
            ActId = act.Id,
        });
        act.Record("channel_notice", $"{row.Channel}/{row.Reference}", isRestated ? "restated" : "reversed",
            new { Amount = Money.FromFen(notice.Amount).ToString() },
            isRestated ? new { Amount = Money.FromFen(row.LineAmount).ToString() } : null);
    }
}
