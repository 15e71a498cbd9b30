using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Ledger;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Collecting;

/// <summary>
/// Group payments (<c>laishan 二(四)</c>, <c>lishi 七(一)</c>): a department, donor or village collective pays for listed people in one sum,
/// which is posted person by person. Declaring and settling are steps of <see cref="BatchDesk"/>.
/// </summary>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Keeps files and seals who paid.</param>
public sealed class GroupDesk(Dues dues, Vault vault)
{
    const int MostPayer = 60;
    const int MostNamed = 3;

    readonly GroupTrial trial = new(dues, vault);
    readonly Posting posting = new(dues);
    readonly Uploads uploads = new(vault);

    /// <summary>Keeps a list, sealed, for whoever uploads it.</summary>
    /// <exception cref="RefusedException">C133: not this role.</exception>
    public Task<KeptUpload> KeepAsync(Act act, Viewer viewer, string name, Stream content)
    {
        RequireRole(viewer);
        return uploads.KeepAsync(act, new(GroupTrial.UploadKind, viewer.Login, name), content);
    }

    /// <summary>Who a group payment is by: a department its own, other offices on behalf of a donor or village collective.</summary>
    public static IEnumerable<string> PayerKinds(Viewer viewer) =>
        viewer.Role == Role.ListDepartment ? [Groups.ByDepartment] : [Groups.ByDonor, Groups.ByCollective];

    /// <summary>Fixes lines and sum of what was looked at, and hands the list to tax; whoever does not fit is left out.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who prepares it.</param>
    /// <param name="order">For whom.</param>
    /// <param name="payer">Who pays, and of which kind.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <exception cref="RefusedException">
    /// C133: not this role, or kind of payer. C137: no payer. C181: as of <see cref="GroupTrial.TryAsync"/>. C184: something else comes of
    /// it than was shown, or nobody is left.
    /// </exception>
    public async Task<CollectionBatchRow> ConfirmAsync(
        Act act, Viewer viewer, GroupOrder order, (string Name, string Kind) payer, string digest)
    {
        RequireRole(viewer);
        if (!PayerKinds(viewer).Contains(payer.Kind))
            throw new RefusedException("C133", "名单部门为本部门缴费；捐助单位和村集体的缴费由村、街道或医保办理");
        var name = LongNumbers.Hidden(BatchDesk.Told(payer.Name, "缴费单位"));
        if (name.Length > MostPayer)
            throw new RefusedException("C137", $"缴费单位最多 {MostPayer} 个字");
        var outcome = await trial.TryAsync(act.Session, viewer, order, act.Today);
        var fits = outcome.Lines.Where(line => line.Fits).ToList();
        if (fits.Count == 0)
            throw new RefusedException("C184", "名单里没有可以缴费的人；请看每行的说明");
        if (outcome.Digest != digest)
            throw new RefusedException("C184", "名单的人员、金额或情况已有变化；请核对新的试算结果后再确认");
        var batch = await Batches.NewAsync(act, new()
        {
            Kind = Batches.Group,
            Unit = order.Unit.Length > 0 ? order.Unit : viewer.UnitCode,
            InsuranceYear = order.Year.Year,
            Agent = act.Account,
            Payer = name,
            PayerKind = payer.Kind,
        });
        await act.Session.WriteAsync([.. fits.Select((line, at) => new GroupLineRow
        {
            Area = act.Area,
            BatchId = batch.BatchId,
            PersonId = line.PersonId!.Value,
            Line = at + 1,
            Amount = line.Due!.Value.Fen,
            ActId = act.Id,
        })]);
        if (order.Upload is { } upload && (await Uploads.FindAsync(act.Session, act.Area, upload))!.State == UploadState.Staged)
            await Uploads.MarkAsync(act, upload, UploadState.Applied, outcome.Lines.Count, outcome.Lines.Count - fits.Count);
        return await BatchDesk.StepAsync(
            act, batch with { Receipts = fits.Count }, new() { Step = Batches.Submitted }, outcome.Count);
    }

    /// <summary>Whoever prepared it, or tax, takes a list back before the money came; the reason is the deed's.</summary>
    /// <exception cref="RefusedException">C130: no such batch. C131: the money came. C133: not by this account.</exception>
    public static async Task<CollectionBatchRow> WithdrawAsync(Act act, Viewer viewer, long id)
    {
        var batch = await BatchDesk.FindAsync(act, viewer, id);
        if (batch is not { Kind: Batches.Group, State: Batches.Submitted or Batches.Declared })
            throw new RefusedException("C131", $"批次{Batches.Name(batch)}现在是“{BatchSteps.State(batch)}”，不能撤回");
        if (viewer.Role != Role.Tax && batch.Agent != act.Account)
            throw new RefusedException("C133", "由办理这次集体缴费的人或税务撤回");
        await BatchDesk.StopClockAsync(act, batch, act.Today);
        return await BatchDesk.StepAsync(
            act, batch, new() { Step = Batches.Returned }, await Batches.CountAsync(act.Session, batch));
    }

    /// <summary>Why those of a list could not be paid for on a day, by person; whoever is not told can.</summary>
    public async Task<IReadOnlyDictionary<long, PostingResult>> FaultsAsync(Session session, CollectionBatchRow batch, DateOnly day)
    {
        var orders = Orders(batch, await Groups.LinesAsync(session, batch.Area, batch.BatchId), day, Accounts.Tax);
        var people = await PayingPeople.ReadAsync(
            session, batch.Area, dues, new(batch.InsuranceYear), orders.ConvertAll(order => (order.PersonId, day)));
        var none = new Dictionary<(long, InsuranceYear), PaymentOrder>();
        var faults = new Dictionary<long, PostingResult>();
        foreach (var order in orders)
            if (people.Judge(order, none).Fault is { } fault)
                faults.Add(order.PersonId, fault);
        return faults;
    }

    /// <summary>
    /// The payer's one sum came into the tax account. If it is the list's, and everybody on it owes that at the price of the slip's day,
    /// all lines are posted and covered at once. Else it is refused, or waits in suspense where a reason is given.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who prepared the payment.</param>
    /// <param name="id">The batch.</param>
    /// <param name="amount">What the slip says.</param>
    /// <param name="slip">The slip; its day is the payment day.</param>
    /// <param name="reason">Why money that does not fit is taken all the same; empty: it is refused.</param>
    /// <exception cref="RefusedException">
    /// C130 to C133, C137, C138, C144: as of <see cref="BatchDesk.DepositAsync"/>. C185: another sum. C186: somebody on the list cannot be
    /// paid for, or owes another amount on that day.
    /// </exception>
    public async Task<CollectionBatchRow> DepositAsync(
        Act act, Viewer viewer, long id, Money amount, DepositSlip slip, string reason)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.Deposited);
        if (amount <= Money.Zero)
            throw new RefusedException("C185", "缴存金额应大于零；请核对缴款单");
        var step = await BatchDesk.TakeSlipAsync(act, batch, slip);
        var lines = await Groups.LinesAsync(act.Session, act.Area, id);
        var count = new BatchCount(lines.Count, Money.FromFen(lines.Sum(line => line.Amount)));
        if (Misfit(amount, count.Amount, await FaultsAsync(act.Session, batch, slip.Day)) is { } misfit)
        {
            if (reason.Trim().Length == 0)
                throw misfit;
            step = step with { TransferId = await SuspendAsync(act, batch, amount, (slip.Day, misfit.Code)) };
            return await BatchDesk.StepAsync(act, batch, step, count with { Amount = amount }, Batches.Suspended);
        }

        var posted = await PostAsync(act, Orders(batch, lines, slip.Day, Accounts.Tax));
        return await BatchDesk.StepAsync(act, batch, step with { TransferId = posted }, count);
    }

    /// <summary>
    /// Tax decides for whom a sum in suspense is: those of the list whom it chooses are posted at the price of the slip's day, and what is
    /// left goes back to the payer as a refund; the reason is the deed's.
    /// </summary>
    /// <exception cref="RefusedException">
    /// C130 to C133. C187: not on the list, or together more than came; else as of <see cref="Posting.PostAsync"/>.
    /// </exception>
    public async Task<CollectionBatchRow> WorkOffAsync(Act act, Viewer viewer, long id, IReadOnlyCollection<long> people)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.WorkedOff);
        var notice = (await ChannelNotices.FindAsync(act.Session, act.Area, Groups.Channel, Batches.Name(batch)))!;
        var lines = (await Groups.LinesAsync(act.Session, act.Area, id)).FindAll(line => people.Contains(line.PersonId));
        var (came, sum) = (Money.FromFen(notice.Amount), Money.FromFen(lines.Sum(line => line.Amount)));
        if (lines.Count != people.Distinct().Count())
            throw new RefusedException("C187", "勾选的人不在名单里；请刷新页面");
        if (sum > came)
            throw new RefusedException("C187", $"勾选的 {lines.Count} 人共 {sum} 元，到账只有 {came} 元，多出 {sum - came} 元；请少勾选几人");
        long? posted = lines.Count == 0 ? null : await PostAsync(act, Orders(batch, lines, notice.PaidOn, Accounts.Suspense));
        if (came > sum)
        {
            var route = new Route(Accounts.Suspense, Accounts.Refunds);
            await Transfers.MoveAsync(act, route, came - sum, "suspense_refund", notice.TransferId);
            await Refunds.AddReturnedAsync(act, notice, came - sum);
        }

        await act.Session.Data.UpdateAsync(notice with { State = ChannelNotices.Settled, ActId = act.Id });
        act.Record("channel_notice", $"{notice.Channel}/{notice.Reference}", "settled",
            new { notice.State }, new { State = ChannelNotices.Settled });
        return await BatchDesk.StepAsync(
            act, batch, new() { Step = Batches.WorkedOff, TransferId = posted }, new(lines.Count, sum));
    }

    static async Task<CollectionBatchRow> RequireAsync(Act act, Viewer viewer, long id, string step) =>
        await BatchDesk.RequireAsync(act, viewer, id, step) is { Kind: Batches.Group } batch
            ? batch
            : throw new RefusedException("C131", "这不是集体缴费的批次；请刷新页面");

    static RefusedException? Misfit(Money amount, Money sum, IReadOnlyDictionary<long, PostingResult> faults)
    {
        if (amount != sum)
        {
            var (word, difference) = amount > sum ? ("多", amount - sum) : ("少", sum - amount);
            return new("C185", $"缴存 {amount} 元，名单合计 {sum} 元，{word} {difference} 元；请核对缴款单，确已到账的写明理由转入挂账");
        }

        return faults.Count == 0 ? null : new("C186", $"名单中 {faults.Count} 人不能按名单金额入账："
            + string.Join("；", faults.Values.Take(MostNamed).Select(fault => fault.Text)) + "。确已到账的写明理由转入挂账");
    }

    /// <summary>Posts all, or refuses with the first that cannot be.</summary>
    /// <returns>Their transfer.</returns>
    async Task<long?> PostAsync(Act act, List<PaymentOrder> orders)
    {
        var results = await posting.PostAsync(act, orders);
        return results.FirstOrDefault(result => !result.IsPosted) is { } refused
            ? throw new RefusedException(refused.Code, refused.Text)
            : results[0].Payment!.TransferId;
    }

    static List<PaymentOrder> Orders(CollectionBatchRow batch, List<GroupLineRow> lines, DateOnly day, string debit) =>
        lines.ConvertAll(line => new PaymentOrder(line.PersonId, new(batch.InsuranceYear), Money.FromFen(line.Amount))
        {
            PaidOn = day,
            Channel = Groups.Channel,
            Debit = debit,
            BatchId = batch.BatchId,
            ReceiptNo = Batches.ReceiptNo(batch, line.Line),
        });

    async Task<long?> SuspendAsync(Act act, CollectionBatchRow batch, Money amount, (DateOnly Day, string Code) why)
    {
        var transfer = await Transfers.MoveAsync(act, new(Accounts.Tax, Accounts.Suspense), amount, "suspense");
        var (salt, told) = (Vault.NewSalt(), $"{batch.Payer}\n");
        await act.Session.Data.InsertAsync(new ChannelNoticeRow
        {
            Area = act.Area,
            Channel = Groups.Channel,
            Reference = Batches.Name(batch),
            InsuranceYear = batch.InsuranceYear,
            Amount = amount.Fen,
            PaidAt = BusinessDay.StartOf(why.Day),
            PaidOn = why.Day,
            Salt = salt,
            Told = vault.Seal(salt, ChannelNotices.ToldPurpose, told),
            ToldHash = vault.Hash(told),
            State = ChannelNotices.Suspense,
            Code = why.Code,
            TransferId = transfer.TransferId,
            ActId = act.Id,
        });
        act.Record("channel_notice", $"{Groups.Channel}/{Batches.Name(batch)}", "suspense", null,
            new { Amount = amount.ToString(), why.Code });
        return transfer.TransferId;
    }

    static void RequireRole(Viewer viewer)
    {
        if (viewer.Role is not (Role.ListDepartment or Role.Agent or Role.Street or Role.Bureau))
            throw new RefusedException("C133", "集体缴费由名单部门、村、街道或医保办理");
    }
}
