using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Collecting;

/// <summary>What a paper says of money that was paid in.</summary>
/// <param name="Bank">Where; the tax hall too.</param>
/// <param name="Number">The slip's number.</param>
/// <param name="Day">Its day.</param>
public sealed record DepositSlip(string Bank, string Number, DateOnly Day);

/// <summary>
/// The steps of a batch, each by another role and account, each once: the list and its money stay the same from the hand of the agent to
/// the treasury (<c>laishan 四(四)-village</c>). All refuse with C130 to C133.
/// </summary>
public static class BatchDesk
{
    /// <summary>Whoever collected hands the list in.</summary>
    /// <exception cref="RefusedException">C134: no lines. C135: a returned line has no answer.</exception>
    public static async Task<CollectionBatchRow> SubmitAsync(Act act, Viewer viewer, long id)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.Submitted);
        var count = await Batches.CountAsync(act.Session, act.Area, id);
        if (count.People == 0)
            throw new RefusedException("C134", "这个批次没有有效的收款，不能报送；请先收款");
        if ((await Batches.UnansweredAsync(act.Session, act.Area, id)).Count is > 0 and var open)
            throw new RefusedException("C135", $"有 {open} 笔被退回的收款还没有处理；请先作废，或写明情况后保留");
        return await StepAsync(act, batch, new() { Step = Batches.Submitted }, count);
    }

    /// <summary>The next desk gives lines back: they go to the agent's next batch.</summary>
    /// <exception cref="RefusedException">C137: no reason, or nothing chosen. C130: not a line of this batch.</exception>
    public static async Task<CollectionBatchRow> ReturnAsync(
        Act act, Viewer viewer, long id, IReadOnlyCollection<long> payments, string reason)
    {
        var batch = await RequireAsync(act, viewer, id, AfterSubmitting(await FindAsync(act, viewer, id)));
        if (payments.Count == 0)
            throw new RefusedException("C137", "没有勾选任何一笔；请勾选要退回的收款");
        reason = LongNumbers.Hidden(Told(reason, "退回原因"));
        var lines = await act.Session.Table<PaymentRow>().Where(row => row.Area == act.Area && row.BatchId == id
            && row.VoidReason == null && payments.Contains(row.PaymentId)).ToListAsync();
        if (lines.Count != payments.Distinct().Count())
            throw new RefusedException("C130", "勾选的收款已不在这个批次；请刷新页面");
        var next = await Batches.OpenAsync(act, batch.Agent, batch.Kind, batch.Unit, batch.InsuranceYear);
        foreach (var line in lines)
        {
            await act.Session.Data.InsertAsync(new ReturnedLineRow
            {
                Area = act.Area,
                PaymentId = line.PaymentId,
                BatchId = id,
                Reason = reason,
                Account = act.Account,
                ActId = act.Id,
            });
            await act.Session.Table<PaymentRow>().Where(row => row.Area == act.Area && row.PaymentId == line.PaymentId)
                .Set(row => row.BatchId, next.BatchId).UpdateAsync();
            act.Record("collection_batch", id, "line_returned", null, new { Receipt = line.ReceiptNo, Reason = reason });
        }

        var left = await Batches.CountAsync(act.Session, act.Area, id);
        return left.People > 0 ? batch : await StepAsync(act, batch, new() { Step = Batches.Returned }, left);
    }

    /// <summary>The agent keeps a returned line and says why it is right.</summary>
    /// <exception cref="RefusedException">C130: no such line waits. C137: no answer.</exception>
    public static async Task AnswerAsync(Act act, Viewer viewer, long id, long payment, string answer)
    {
        await RequireAsync(act, viewer, id, Batches.Submitted);
        answer = LongNumbers.Hidden(Told(answer, "情况说明"));
        var line = (await Batches.UnansweredAsync(act.Session, act.Area, id)).FirstOrDefault(row => row.PaymentId == payment)
            ?? throw new RefusedException("C130", "没有这笔待处理的退回；请刷新页面");
        await act.Session.Data.UpdateAsync(line with { Answer = answer, ActId = act.Id });
        act.Record("collection_batch", id, "line_answered", null, new { line.PaymentId, Answer = answer });
    }

    /// <summary>The street finds names and amounts right, and takes the cash over or leaves it to the agent to deposit.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="viewer">Who does it.</param>
    /// <param name="id">The batch.</param>
    /// <param name="counted">What was counted.</param>
    /// <param name="agentDeposits">Whether the agent pays in himself, such as at the tax hall (<c>lishi 五(一)-(五)</c>).</param>
    /// <exception cref="RefusedException">C136: people or amount differ. C120: the agent has not that much cash.</exception>
    public static async Task<CollectionBatchRow> CheckAsync(Act act, Viewer viewer, long id, BatchCount counted, bool agentDeposits)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.Checked);
        var count = await EqualAsync(act, batch, counted, "清点");
        if (agentDeposits)
            return await StepAsync(act, batch, new() { Step = Batches.Checked }, count);
        var transfer = await Transfers.MoveAsync(
            act, new(Accounts.Cash(act.Account), Accounts.Cash(batch.Holder)), count.Amount, "remittance");
        var taken = batch with { Holder = act.Account };
        return await StepAsync(act, taken, new() { Step = Batches.Checked, TransferId = transfer.TransferId }, count);
    }

    /// <summary>Tax declared from the list, and tells whoever has the cash to deposit it: the clock starts.</summary>
    /// <exception cref="RefusedException">C136: people or amount differ. C137: no number. C138: it was used.</exception>
    public static async Task<CollectionBatchRow> DeclareAsync(Act act, Viewer viewer, long id, BatchCount declared, string number)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.Declared);
        var count = await EqualAsync(act, batch, declared, "申报");
        var step = new CollectionStepRow { Step = Batches.Declared, Reference = Told(number, "申报序号") };
        await UnusedAsync(act, step);
        var office = batch.Kind == Batches.Group ? await OfficeAsync(act, batch.Agent)
            : (batch.Kind == Batches.School ? Role.School : Role.Street).Code();
        var clock = await Clocks.Published.OpenAsync(
            act, ClockKind.BatchDeposit, office, $"批次 {Batches.Name(batch)}，{count.Amount} 元", act.Today, batch.Unit);
        return await StepAsync(act, batch with { ClockId = clock.ClockId }, step, count);
    }

    /// <summary>The cash was paid into the tax account; whoever may record it enters the slip.</summary>
    /// <exception cref="RefusedException">
    /// C136: another amount. C137: bank or number missing. C138: the slip was used. C144: its day is impossible. C120: cash lacks.
    /// </exception>
    public static async Task<CollectionBatchRow> DepositAsync(Act act, Viewer viewer, long id, Money amount, DepositSlip slip)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.Deposited);
        if (batch.Kind == Batches.Group)
            throw new RefusedException("C131", "集体缴费的缴存须与名单逐人核对；请在集体缴费批次里登记");
        var count = await Batches.CountAsync(act.Session, act.Area, id);
        count = await EqualAsync(act, batch, count with { Amount = amount }, "缴存");
        var step = await TakeSlipAsync(act, batch, slip);
        var transfer = await Transfers.MoveAsync(act, new(Accounts.Tax, Accounts.Cash(batch.Holder)), count.Amount, "deposit");
        return await StepAsync(act, batch, step with { TransferId = transfer.TransferId }, count);
    }

    /// <summary>Tax finds the deposit in the treasury.</summary>
    /// <exception cref="RefusedException">C136: another amount. C137: no number. C138: it was used.</exception>
    public static async Task<CollectionBatchRow> SettleAsync(Act act, Viewer viewer, long id, Money amount, string number)
    {
        var batch = await RequireAsync(act, viewer, id, Batches.Settled);
        // All that was deposited goes on, also what is to be given back from it: the treasury pays that.
        var deposited = (await Batches.StepsAsync(act.Session, act.Area, id)).Single(row => row.Step == Batches.Deposited);
        var count = new BatchCount(deposited.People, Money.FromFen(deposited.Amount));
        RequireEqual(count with { Amount = amount }, count, "入库");
        var step = new CollectionStepRow { Step = Batches.Settled, Reference = Told(number, "入库凭证号") };
        await UnusedAsync(act, step);
        var transfer = await Transfers.MoveAsync(act, new(Accounts.Treasury, Accounts.Tax), count.Amount, "treasury");
        return await StepAsync(act, batch, step with { TransferId = transfer.TransferId }, count);
    }

    /// <summary>The batch, if it is within the viewer's units.</summary>
    /// <exception cref="RefusedException">C130: it is not.</exception>
    internal static async Task<CollectionBatchRow> FindAsync(Act act, Viewer viewer, long id) =>
        await Batches.FindAsync(act.Session, act.Area, id) is { } batch && await viewer.SeesUnitAsync(act.Session, batch.Unit)
            && IsFor(viewer, batch)
            ? batch
            : throw new RefusedException("C130", "没有找到这个批次，或者不归您管理");

    /// <summary>Whether a batch of the viewer's units is the viewer's business: a department sees what itself pays.</summary>
    public static bool IsFor(Viewer viewer, CollectionBatchRow batch) =>
        viewer.Role != Role.ListDepartment || batch.Kind == Batches.Group && batch.Agent == viewer.Login;

    /// <summary>The batch, if a step of it is due and the viewer may do it.</summary>
    /// <exception cref="RefusedException">C130 to C133.</exception>
    internal static async Task<CollectionBatchRow> RequireAsync(Act act, Viewer viewer, long id, string step)
    {
        var batch = await FindAsync(act, viewer, id);
        if (BatchSteps.Next(batch) is not { } next || next.Step != step)
            throw new RefusedException("C131", $"批次{Batches.Name(batch)}现在是“{BatchSteps.State(batch)}”，这一步已经办过或还不能办；请刷新页面");
        if (next.By is { } role ? viewer.Role != role : batch.Agent != act.Account)
            throw new RefusedException("C133", next.By is { } other ? $"“{next.Chinese}”由{other.Chinese()}办理"
                : batch.Kind == Batches.Group ? "只有办理这次集体缴费的人可以办理" : "只有收款人自己可以办理");
        var done = (await Batches.StepsAsync(act.Session, act.Area, id)).LastOrDefault();
        if (next.By is not null && (done?.Account == act.Account || next.Step == Batches.Checked && batch.Agent == act.Account))
            throw new RefusedException("C132", "上一步由您自己办理；这一步须由另一人办理");
        return batch;
    }

    /// <summary>
    /// Notes a step, which the batch now has behind it; <paramref name="state"/> where it leads elsewhere than to its own state.
    /// </summary>
    internal static async Task<CollectionBatchRow> StepAsync(
        Act act, CollectionBatchRow batch, CollectionStepRow step, BatchCount count, string? state = null)
    {
        var old = batch.State;
        var now = batch with { State = state ?? step.Step, ActId = act.Id };
        await act.Session.Data.UpdateAsync(now);
        await act.Session.Data.InsertAsync(step with
        {
            Area = act.Area,
            BatchId = batch.BatchId,
            People = count.People,
            Amount = count.Amount.Fen,
            Account = act.Account,
            Day = step.Day == default ? act.Today : step.Day,
            ActId = act.Id,
        });
        act.Record("collection_batch", batch.BatchId, "batch_step", new { State = old }, new
        {
            now.State,
            count.People,
            Amount = count.Amount.ToString(),
            step.Reference,
        });
        return now;
    }

    /// <summary>The step of a slip that is sound and new; the clock of the deposit stops.</summary>
    /// <exception cref="RefusedException">C137: bank or number missing. C138: the slip was used. C144: its day is impossible.</exception>
    internal static async Task<CollectionStepRow> TakeSlipAsync(Act act, CollectionBatchRow batch, DepositSlip slip)
    {
        var declared = (await Batches.StepsAsync(act.Session, act.Area, batch.BatchId)).Single(row => row.Step == Batches.Declared);
        if (slip.Day < declared.Day || slip.Day > act.Today)
            throw new RefusedException("C144", $"缴存日期{slip.Day:yyyy-MM-dd}早于申报日{declared.Day:yyyy-MM-dd}或在今天之后；请核对缴款单");
        var step = new CollectionStepRow
        {
            Step = Batches.Deposited,
            Place = Told(slip.Bank, "缴存银行"),
            Reference = Told(slip.Number, "缴款单号"),
            Day = slip.Day,
        };
        await UnusedAsync(act, step);
        await StopClockAsync(act, batch, slip.Day);
        return step;
    }

    /// <summary>Nothing is waited for any more.</summary>
    internal static async Task StopClockAsync(Act act, CollectionBatchRow batch, DateOnly day)
    {
        if (await act.Session.Table<ClockRow>().AnyAsync(
            row => row.Area == act.Area && row.ClockId == batch.ClockId && row.DoneOn == null))
        {
            await Clocks.DoneAsync(act, batch.ClockId!.Value, day);
        }
    }

    /// <summary>A text that must be there.</summary>
    /// <exception cref="RefusedException">C137: it is empty.</exception>
    public static string Told(string text, string what) => text.Trim() is { Length: > 0 } told
        ? told
        : throw new RefusedException("C137", $"请填写{what}");

    static string AfterSubmitting(CollectionBatchRow batch) => batch.Kind == Batches.School ? Batches.Declared : Batches.Checked;

    static async Task<BatchCount> EqualAsync(Act act, CollectionBatchRow batch, BatchCount told, string what)
    {
        var count = await Batches.CountAsync(act.Session, batch);
        RequireEqual(told, count, what);
        return count;
    }

    static void RequireEqual(BatchCount told, BatchCount count, string what)
    {
        if (told != count)
            throw new RefusedException(
                "C136", $"{what}是 {told.People} 人 {told.Amount} 元，名单是 {count.People} 人 {count.Amount} 元；两者一致才能办理，请核对");
    }

    /// <summary>The office of an account: its department, or its role.</summary>
    static async Task<string> OfficeAsync(Act act, string login) =>
        await act.Session.Table<AccountRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.Login == login) is { } account
            ? account.Department ?? account.Role
            : Role.Bureau.Code();

    static async Task UnusedAsync(Act act, CollectionStepRow step)
    {
        var (name, place, reference) = (step.Step, step.Place, step.Reference);
        if (await act.Session.Table<CollectionStepRow>().AnyAsync(
            row => row.Area == act.Area && row.Step == name && row.Place == place && row.Reference == reference))
        {
            throw new RefusedException("C138", $"号码“{reference}”已用于另一个批次；请核对");
        }
    }
}
