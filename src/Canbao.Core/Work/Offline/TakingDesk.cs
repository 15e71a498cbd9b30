using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Offline;

/// <summary>
/// Records what was taken without a connection, each taking once however often it is sent: as a payment of the cash desk, or refused with
/// the cash in the agent's hand that is to be given back.
/// </summary>
/// <param name="cash">Posts what fits.</param>
/// <param name="signing">Knows the own quotes.</param>
public sealed class TakingDesk(CashDesk cash, BagSigning signing)
{
    /// <summary>The kind of the transfer that puts refused cash into the agent's hand.</summary>
    public const string RefusedKind = "refused_cash";

    /// <summary>The kind of the transfer that gives it back.</summary>
    public const string BackKind = "given_back";

    /// <summary>The longest key of a phone.</summary>
    const int MostKey = 64;

    /// <summary>How far a phone's clock may be from ours though we set it.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <summary>What is recorded nowhere and stays on the phone.</summary>
    static readonly string[] HeldCodes = ["C211", "C212", "C216"];

    /// <summary>Why cash was not posted, in words without a name.</summary>
    public static string Why(string code) => code switch
    {
        "C101" => "没有登记本年度参保",
        "C102" => "已经缴过费（其他渠道、其他手机或网页）",
        "C106" => "登记已并入他人，或查无此人",
        "C107" => "登记为死亡",
        "C213" => "领取任务后，登记或核定有变化，应缴金额不同",
        "C214" => "不是任务当天收的",
        "C215" => "已转到别的单位",
        _ => "不能入账",
    };

    /// <summary>
    /// Records takings, each in a transaction of its own, in their order. Where the database does not answer, that one and the rest are
    /// told <see cref="TakingAnswer.Later"/>.
    /// </summary>
    public async Task<IReadOnlyList<TakingAnswer>> ReceiveAsync(
        Database database, Viewer viewer, IReadOnlyList<PhoneTaking> takings, CancellationToken cancel = default)
    {
        var answers = new List<TakingAnswer>();
        var fault = "";
        foreach (var taking in takings)
        {
            if (fault.Length == 0)
            {
                try
                {
                    answers.Add(await ReceiveAsync(database, viewer, taking, cancel));
                    continue;
                }
                catch (StorageException unanswered)
                {
                    fault = unanswered.Code;
                }
            }

            answers.Add(new(taking.Key, TakingAnswer.Later, fault, "系统暂时不能处理，请稍后再上传；不会重复入账"));
        }

        return answers;
    }

    /// <summary>Records one taking, or tells what was recorded of it.</summary>
    /// <exception cref="StorageException">It was not recorded, or S106: perhaps; to be sent again as it is.</exception>
    public async Task<TakingAnswer> ReceiveAsync(Database database, Viewer viewer, PhoneTaking taking, CancellationToken cancel = default)
    {
        try
        {
            return await Act.DoAsync(
                database, viewer.Area, new(viewer.Login, "离线收款上传"), "offline.take", act => TakeAsync(act, viewer, taking), cancel);
        }
        catch (RefusedException refused) when (HeldCodes.Contains(refused.Code))
        {
            return new(taking.Key, TakingAnswer.Held, refused.Code, refused.Message);
        }
        catch (RefusedException refused)
        {
            // What the posting began is undone: the refusal is a deed of its own.
            return await Act.DoAsync(
                database, viewer.Area, new(viewer.Login, "离线收款上传"), "offline.refuse", act => RefuseAsync(act, taking, refused), cancel);
        }
    }

    /// <summary>The resident has the cash back.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Whoever took it, or a desk above.</param>
    /// <param name="key">The key of the taking.</param>
    /// <exception cref="RefusedException">C217: nothing is to be given back for it. C120: the cash is no longer there.</exception>
    public static async Task<BagTakingRow> GiveBackAsync(Act act, Viewer viewer, string key)
    {
        var taking = await Bags.TakingAsync(act.Session, act.Area, key);
        if (taking is not { State: Bags.Refused, BackId: null } || await Bags.FindAsync(act.Session, act.Area, taking.BagId) is not { } bag
            || !await MayAsync(act.Session, viewer, bag))
        {
            throw new RefusedException("C217", "没有这笔应退还的现金，或者已经退还；请刷新页面");
        }

        var back = await Transfers.MoveAsync(
            act, new(Accounts.GiveBack(bag.Agent), Accounts.Cash(bag.Agent)), Money.FromFen(taking.Amount), BackKind, taking.TransferId);
        await act.Session.Data.UpdateAsync(taking with { BackId = back.TransferId, ActId = act.Id });
        act.Record("bag_taking", Bags.ReceiptNo(bag, taking.Line), "cash_given_back", null, Fields(taking));
        return taking;
    }

    /// <summary>The cash that is to be given back: of an account, or within the viewer's units where none is named.</summary>
    public static async Task<IReadOnlyList<CashToGiveBack>> ToGiveBackAsync(Session session, Viewer viewer, string agent)
    {
        var (area, first, end) = (viewer.Area, viewer.Scope.First, viewer.Scope.End);
        var found = await (
            from taking in session.Table<BagTakingRow>()
            join bag in session.Table<CollectionBagRow>() on new { taking.Area, taking.BagId } equals new { bag.Area, bag.BagId }
            join unit in session.Table<UnitRow>() on new { bag.Area, Code = bag.Unit } equals new { unit.Area, unit.Code }
            join person in session.Table<PersonRow>() on new { taking.Area, taking.PersonId } equals new { person.Area, person.PersonId }
            where taking.Area == area && bag.Area == area && unit.Area == area && person.Area == area
                && taking.State == Bags.Refused && taking.BackId == null && (agent == "" || bag.Agent == agent)
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            orderby taking.TakenAt, taking.TakingKey
            select new { taking, bag, person.Name }).ToListAsync();
        return found.ConvertAll(one => new CashToGiveBack(
            one.taking.TakingKey, Bags.ReceiptNo(one.bag, one.taking.Line), one.taking.PersonId, one.Name, one.taking.Amount,
            one.taking.TakenAt, one.taking.Code, one.bag.Agent));
    }

    async Task<TakingAnswer> TakeAsync(Act act, Viewer viewer, PhoneTaking taking)
    {
        var (bag, known) = await RequireAsync(act, taking);
        if (known is not null)
            return Echo(known);
        var row = Row(act, taking);
        if (taking.VoidReason is { } reason)
        {
            row = row with { State = Bags.Void, Reason = LongNumbers.Hidden(reason.Trim()) };
            act.Record("bag_taking", Bags.ReceiptNo(bag, row.Line), "taking_voided", null, new { row.Reason });
        }
        else
        {
            RequireDay(act, bag, taking);
            await RequireUnitAsync(act, viewer, bag, row.PersonId);
            var item = new CashItem(row.PersonId, Money.FromFen(row.Amount))
            {
                Issued = new(Bags.ReceiptNo(bag, row.Line), BusinessDay.Of(taking.TakenAt), $"phone:{taking.Key}"),
            };
            var paid = await cash.TakeAsync(act, new(bag.InsuranceYear), [item]);
            row = row with { State = Bags.Posted, PaymentId = paid[0].PaymentId };
        }

        await act.Session.Data.InsertAsync(row);
        return new(row.TakingKey, row.State);
    }

    async Task<TakingAnswer> RefuseAsync(Act act, PhoneTaking taking, RefusedException refused)
    {
        var (bag, known) = await RequireAsync(act, taking);
        // Somebody else sent the same meanwhile.
        if (known is not null)
            return Echo(known);
        var code = refused.Code is "C103" or "C104" ? "C213" : refused.Code;
        var transfer = await Transfers.MoveAsync(
            act, new(Accounts.Cash(bag.Agent), Accounts.GiveBack(bag.Agent)), Money.FromFen(taking.Quote.Fen), RefusedKind);
        var row = Row(act, taking) with { State = Bags.Refused, Code = code, TransferId = transfer.TransferId };
        await act.Session.Data.InsertAsync(row);
        act.Record("bag_taking", Bags.ReceiptNo(bag, row.Line), "taking_refused", null, Fields(row));
        return Told(row);
    }

    /// <summary>The bag, and what was recorded of the taking.</summary>
    /// <exception cref="RefusedException">C211, C212, C216.</exception>
    async Task<(CollectionBagRow Bag, BagTakingRow? Known)> RequireAsync(Act act, PhoneTaking taking)
    {
        if (await Bags.FindAsync(act.Session, act.Area, taking.BagId) is not { } bag || bag.Agent != act.Account)
            throw new RefusedException("C211", "这笔收款属于另一个账号领取的任务；请用原来的账号登录后上传");
        if (taking.Key.Length is 0 or > MostKey || taking.Line < 1 || taking.Line > bag.Numbers
            || !signing.IsSound(bag, taking.Quote, taking.Signature))
        {
            throw new RefusedException("C212", "这笔收款的应缴或票据号不是本系统发出的，没有入账；请带手机到街道核对");
        }

        if (await Bags.TakingAsync(act.Session, act.Area, taking.Key) is { } known)
        {
            return known.BagId == bag.BagId && known.Line == taking.Line && known.PersonId == taking.Quote.PersonId
                && known.Amount == taking.Quote.Fen && (known.State == Bags.Void) == taking.VoidReason is not null
                ? (bag, known)
                : throw Used();
        }

        return await act.Session.Table<BagTakingRow>()
            .AnyAsync(row => row.Area == act.Area && row.BagId == bag.BagId && row.Line == taking.Line)
            ? throw Used()
            : (bag, null);

        static RefusedException Used() => new("C216", "这个票据号已用于另一笔收款，这一笔没有入账；请带手机到街道核对");
    }

    static void RequireDay(Act act, CollectionBagRow bag, PhoneTaking taking)
    {
        if (BusinessDay.Of(taking.TakenAt) != bag.ValidOn || taking.TakenAt > act.At + Skew || taking.TakenAt < bag.IssuedAt - Skew
            || taking.TakenAt > bag.ReturnedAt + Skew)
        {
            throw new RefusedException("C214", Why("C214"));
        }
    }

    // A batch of a unit that its agent does not see could be handed in by nobody.
    static async Task RequireUnitAsync(Act act, Viewer viewer, CollectionBagRow bag, long person)
    {
        int year = bag.InsuranceYear;
        var unit = await act.Session.Table<EnrolmentRow>().Where(row => row.Area == act.Area && row.InsuranceYear == year
            && row.PersonId == person && row.EndedOn == null).Select(row => row.Unit).FirstOrDefaultAsync();
        if (unit is not null && !await viewer.SeesUnitAsync(act.Session, unit))
            throw new RefusedException("C215", Why("C215"));
    }

    static async Task<bool> MayAsync(Session session, Viewer viewer, CollectionBagRow bag) =>
        bag.Agent == viewer.Login || viewer.Role is Role.Street or Role.Bureau && await viewer.SeesUnitAsync(session, bag.Unit);

    static BagTakingRow Row(Act act, PhoneTaking taking) => new()
    {
        Area = act.Area,
        TakingKey = taking.Key,
        BagId = taking.BagId,
        Line = taking.Line,
        PersonId = taking.Quote.PersonId,
        Amount = taking.Quote.Fen,
        VerdictId = taking.Quote.VerdictId,
        TakenAt = taking.TakenAt,
        ActId = act.Id,
    };

    static TakingAnswer Echo(BagTakingRow known) => Told(known) with { IsEcho = true };

    static TakingAnswer Told(BagTakingRow row) => row.State != Bags.Refused
        ? new(row.TakingKey, row.State)
        : new(row.TakingKey, row.State, row.Code, $"{Why(row.Code)}；没有入账，请把 {Money.FromFen(row.Amount)} 元退给本人并收回票据");

    static object Fields(BagTakingRow row) => new { row.PersonId, Amount = Money.FromFen(row.Amount).ToString(), row.Code };
}
