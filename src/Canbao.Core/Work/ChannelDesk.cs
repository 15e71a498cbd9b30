using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>Takes what channels tell of payments: each of their numbers once, whatever is repeated, reordered or sent twice.</summary>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Seals whom a channel named.</param>
public sealed class ChannelDesk(Dues dues, Vault vault)
{
    /// <summary>How far a channel's clock may be ahead of ours.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long ago a request may say that it is paid: its money has not moved yet, so that an earlier day's price is not to be had by it.
    /// </summary>
    public static readonly TimeSpan MostBehind = TimeSpan.FromHours(24);

    /// <summary>The code of a payment whose time lies in the future.</summary>
    internal const string TooEarly = "C108";

    readonly Posting posting = new(dues);
    readonly People people = new(vault);

    /// <summary>Posts payments of one channel in one transaction; each by itself fits, goes to suspense or is refused.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="messages">What it tells; a number that comes twice is answered twice alike.</param>
    /// <returns>The answers, in the order of the messages; refused: C101 to C104, C106 to C108, C110, C111, C113.</returns>
    public async Task<IReadOnlyList<ChannelAnswer>> TakeAsync(Act act, string channel, IReadOnlyList<ChannelMessage> messages)
    {
        // Where a request and the notice of its money come together, the notice counts.
        var firsts = messages.OrderByDescending(message => message.HasMoved)
            .DistinctBy(message => message.Reference, StringComparer.Ordinal).ToList();
        var known = (await ChannelNotices.OfAsync(act.Session, act.Area, channel, [.. firsts.Select(message => message.Reference)]))
            .ToDictionary(row => row.Reference, StringComparer.Ordinal);
        var added = await AddAsync(act, channel, firsts.FindAll(message => !known.ContainsKey(message.Reference)));
        // Taken back, and paid all the same: the money is there and has to be told of.
        var late = firsts.FindAll(message => HasMoney(message) && known.TryGetValue(message.Reference, out var row)
            && row is { State: ChannelNotices.Cancelled, TransferId: null });
        foreach (var row in await SuspendAsync(act, channel, late.ConvertAll(message => (message, (long?)null, Taken(message.Reference)))))
        {
            await act.Session.Data.UpdateAsync(row);
            known[row.Reference] = row;
        }

        // A number whose first telling was refused was not used: another telling under it is taken as if it had come alone.
        var others = messages.Where(message => added.TryGetValue(message.Reference, out var one) && one.Answer.IsRefused
            && !IsSame(one.First, message)).ToList();
        var answers = new Dictionary<ChannelMessage, ChannelAnswer>(ReferenceEqualityComparer.Instance);
        if (others.Count > 0)
            foreach (var (message, answer) in others.Zip(await TakeAsync(act, channel, others)))
                answers[message] = answer;
        var told = new HashSet<ChannelMessage>(late, ReferenceEqualityComparer.Instance);
        var receipts = await ReceiptsAsync(act, known.Values);
        return [.. messages.Select(Answer)];

        ChannelAnswer Answer(ChannelMessage message)
        {
            if (known.TryGetValue(message.Reference, out var row))
                return Echo(row, message, receipts) with { IsEcho = !told.Contains(message) };
            if (answers.TryGetValue(message, out var other))
                return other;
            var (first, answer) = added[message.Reference];
            if (ReferenceEquals(first, message))
                return answer;
            return IsSame(first, message) ? answer with { IsEcho = true } : Reused();
        }
    }

    /// <summary>
    /// A channel takes a payment back that we have not posted: its number is refused from then on, and money in suspense goes back to it.
    /// </summary>
    /// <exception cref="RefusedException">
    /// C104: no amount above zero. C112: it is posted; a refund is the way. C151: its day is closed.
    /// </exception>
    public async Task CancelAsync(Act act, string channel, ChannelMessage message)
    {
        if (message.Amount <= Money.Zero)
            throw new RefusedException("C104", $"撤销的金额是{message.Amount}元，应大于零；请核对后重新发送");
        var row = await ChannelNotices.FindAsync(act.Session, act.Area, channel, message.Reference);
        if (row is { State: ChannelNotices.Posted or ChannelNotices.Settled })
            throw new RefusedException("C112", $"流水号{message.Reference}已经入账，不能撤销；需要退款的，请按退费办理");
        if (row is { State: ChannelNotices.Cancelled })
            return;
        await ChannelDays.RequireOpenAsync(act.Session, act.Area, channel, row?.PaidOn ?? message.PaidOn);
        if (row is null)
        {
            await act.Session.Data.InsertAsync(Row(act, channel, message, null) with { State = ChannelNotices.Cancelled });
        }
        else
        {
            var route = new Route(Accounts.Suspense, Accounts.Channel(channel));
            await Transfers.MoveAsync(act, route, Money.FromFen(row.Amount), "suspense_returned", row.TransferId);
            await SetAsync(act, row, ChannelNotices.Cancelled, null);
        }

        act.Record("channel_notice", $"{channel}/{message.Reference}", "cancelled", null, new { Amount = message.Amount.ToString() });
    }

    /// <summary>Decides for whom money in suspense was meant; it must be what that person owed on the day when it was paid.</summary>
    /// <exception cref="RefusedException">
    /// C121: it is not in suspense. C189: it is of a group payment. Else as of <see cref="Posting.PostAsync"/>.
    /// </exception>
    public async Task<PaymentRow> MatchAsync(Act act, string channel, string reference, long person)
    {
        var row = await WaitingAsync(act, channel, reference);
        var result = (await posting.PostAsync(act, [new(person, new(row.InsuranceYear), Money.FromFen(row.Amount))
        {
            PaidOn = row.PaidOn,
            Channel = channel,
            Reference = reference,
            Debit = Accounts.Suspense,
        },]))[0];
        if (result.Payment is not { } payment)
            throw new RefusedException(result.Code, result.Text);
        await SetAsync(act, row, ChannelNotices.Settled, payment);
        return payment;
    }

    /// <summary>Decides that money in suspense goes back to whoever paid it: a refund that waits for an account.</summary>
    /// <exception cref="RefusedException">C121: it is not in suspense. C189: it is of a group payment.</exception>
    public static async Task ReturnAsync(Act act, string channel, string reference)
    {
        var row = await WaitingAsync(act, channel, reference);
        var route = new Route(Accounts.Suspense, Accounts.Refunds);
        await Transfers.MoveAsync(act, route, Money.FromFen(row.Amount), "suspense_refund", row.TransferId);
        await SetAsync(act, row, ChannelNotices.Settled, null);
        await Refunds.AddReturnedAsync(act, row, Money.FromFen(row.Amount));
    }

    async Task<Dictionary<string, (ChannelMessage First, ChannelAnswer Answer)>> AddAsync(
        Act act, string channel, List<ChannelMessage> messages)
    {
        var meant = await people.FindManyAsync(act.Session, act.Area, messages.ConvertAll(message => (message.Number, message.Name)));
        var judged = messages.Zip(meant, (message, person) => (Message: message, Person: message.PersonId ?? person))
            .Select(one => (one.Message, one.Person, Fault: Judge(act, one.Message, one.Person))).ToList();
        var sound = judged.FindAll(one => one.Fault is null);
        var results = await posting.PostAsync(act, sound.ConvertAll(one => new PaymentOrder(
            one.Person!.Value, one.Message.Year, one.Message.Amount)
        {
            PaidOn = one.Message.PaidOn,
            Channel = channel,
            Reference = one.Message.Reference,
            Debit = Accounts.Channel(channel),
        }));
        var byMessage = sound.Zip(results, (one, result) => (one.Message.Reference, result))
            .ToDictionary(one => one.Reference, one => one.result, StringComparer.Ordinal);
        var outcomes = judged.ConvertAll(one => (one.Message, one.Person, Result: one.Fault ?? byMessage[one.Message.Reference]));
        await KeepAsync(act, channel, outcomes);
        return outcomes.ToDictionary(
            one => one.Message.Reference, one => (one.Message, Answer(one.Message, one.Result)), StringComparer.Ordinal);
    }

    async Task KeepAsync(Act act, string channel, List<(ChannelMessage Message, long? Person, PostingResult Result)> outcomes)
    {
        var posted = outcomes.FindAll(one => one.Result.IsPosted);
        var rows = posted.ConvertAll(one => Row(act, channel, one.Message, one.Person) with
        {
            State = ChannelNotices.Posted,
            PaymentId = one.Result.Payment!.PaymentId,
        });
        rows.AddRange(await SuspendAsync(act, channel, outcomes.FindAll(one => IsSuspended(one.Message, one.Result))));
        await act.Session.WriteAsync(rows);
    }

    async Task<List<ChannelNoticeRow>> SuspendAsync(
        Act act, string channel, List<(ChannelMessage Message, long? Person, PostingResult Result)> waiting)
    {
        if (waiting.Count == 0)
            return [];
        var sum = waiting.Aggregate(Money.Zero, (sum, one) => sum + one.Message.Amount);
        var transfer = await Transfers.MoveAsync(act, new(Accounts.Channel(channel), Accounts.Suspense), sum, "suspense");
        foreach (var (message, _, result) in waiting)
            act.Record("channel_notice", $"{channel}/{message.Reference}", "suspense", null,
                new { Amount = message.Amount.ToString(), result.Code });
        return waiting.ConvertAll(one => Row(act, channel, one.Message, one.Person) with
        {
            State = ChannelNotices.Suspense,
            Code = one.Result.Code,
            TransferId = transfer.TransferId,
        });
    }

    ChannelNoticeRow Row(Act act, string channel, ChannelMessage message, long? person)
    {
        var salt = Vault.NewSalt();
        return new()
        {
            Area = act.Area,
            Channel = channel,
            Reference = message.Reference,
            InsuranceYear = message.Year.Year,
            Amount = message.Amount.Fen,
            PaidAt = message.PaidAt,
            PaidOn = message.PaidOn,
            Salt = salt,
            Told = vault.Seal(salt, ChannelNotices.ToldPurpose, message.Told),
            ToldHash = message.HashBy(vault),
            PersonId = person,
            ActId = act.Id,
        };
    }

    static PostingResult? Judge(Act act, ChannelMessage message, long? person)
    {
        if (message.PaidAt > act.At + MostAhead)
            return new(null, TooEarly, "缴费时间晚于现在；请核对渠道的系统时间后重新发送");
        if (!message.HasMoved && message.PaidAt < act.At - MostBehind)
            return new(null, "C113", "缴费时间早于现在 24 小时以上，而款项还没有缴；请用现在的时间重新申请，已经扣款的请发缴费通知");
        return person is null
            ? new(null, "C106", "没有此人，或证件号码与姓名不符；请核对后重新查询")
            : null;
    }

    // A clock that runs ahead is mended and the notice sent again; nothing is kept of it.
    static bool IsSuspended(ChannelMessage message, PostingResult result) =>
        !result.IsPosted && HasMoney(message) && result.Code != TooEarly;

    /// <summary>Whether money is there to be told of; a notice of nothing is refused like a request.</summary>
    static bool HasMoney(ChannelMessage message) => message.HasMoved && message.Amount > Money.Zero;

    static ChannelAnswer Answer(ChannelMessage message, PostingResult result) => result.Payment is { } payment
        ? new(ChannelNotices.Posted, payment.ReceiptNo, "", "")
        : IsSuspended(message, result)
            ? new(ChannelNotices.Suspense, "", result.Code, result.Text)
            : ChannelAnswer.Refused(result.Code, result.Text);

    ChannelAnswer Echo(ChannelNoticeRow row, ChannelMessage message, IReadOnlyDictionary<long, string> receipts)
    {
        if (row.State == ChannelNotices.Cancelled)
            return ChannelAnswer.Refused(Taken(row.Reference).Code, Taken(row.Reference).Text);
        return row.ToldHash.AsSpan().SequenceEqual(message.HashBy(vault))
            ? new(row.State, row.PaymentId is { } id ? receipts[id] : "", row.Code,
                row.State == ChannelNotices.Suspense ? "款项已挂账，等待核实" : "")
            : Reused();
    }

    bool IsSame(ChannelMessage one, ChannelMessage other) =>
        ReferenceEquals(one, other) || one.HashBy(vault).AsSpan().SequenceEqual(other.HashBy(vault));

    static PostingResult Taken(string reference) => new(null, "C111", $"流水号{reference}已被渠道撤销；请用新的流水号");

    static ChannelAnswer Reused() => ChannelAnswer.Refused("C110", "这个流水号已用于另一笔缴费；请核对，另一笔须用新的流水号");

    static async Task<IReadOnlyDictionary<long, string>> ReceiptsAsync(Act act, IEnumerable<ChannelNoticeRow> rows)
    {
        var ids = rows.Select(row => row.PaymentId).OfType<long>().ToList();
        if (ids.Count == 0)
            return new Dictionary<long, string>();
        return await act.Session.Table<PaymentRow>().Where(row => row.Area == act.Area && ids.Contains(row.PaymentId))
            .ToDictionaryAsync(row => row.PaymentId, row => row.ReceiptNo);
    }

    static async Task<ChannelNoticeRow> WaitingAsync(Act act, string channel, string reference)
    {
        if (channel == Groups.Channel)
            throw new RefusedException("C189", $"这笔款项属于集体缴费批次{reference}；请在该批次里处理，不能单独记入或退回");
        return await ChannelNotices.FindAsync(act.Session, act.Area, channel, reference) is { State: ChannelNotices.Suspense } row
            ? row
            : throw new RefusedException("C121", "这笔款项不在挂账中，可能已被处理；请刷新页面");
    }

    static async Task SetAsync(Act act, ChannelNoticeRow row, string state, PaymentRow? payment)
    {
        await act.Session.Data.UpdateAsync(row with
        {
            State = state,
            PersonId = payment?.PersonId ?? row.PersonId,
            PaymentId = payment?.PaymentId,
            ActId = act.Id,
        });
        act.Record("channel_notice", $"{row.Channel}/{row.Reference}", "settled", new { row.State }, new { State = state });
    }
}
