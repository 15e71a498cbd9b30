using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>A batch: its lines, what was done, and the next step for whoever's it is.</summary>
sealed class BatchModel(GroupDesk groups) : OfficePage
{
    const string Take = "take", Leave = "leave";

    /// <summary>What becomes of the cash when the street has checked it.</summary>
    public static IReadOnlyList<SelectListItem> Keepers { get; } = [new("由我收下", Take), new("由收款人自己存入（办税厅集中缴费）", Leave)];

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The step that the page offered.</summary>
    [BindProperty]
    public string Step { get; set; } = "";

    [BindProperty]
    public int? People { get; set; }

    [BindProperty]
    public string Amount { get; set; } = "";

    [BindProperty]
    public string Keeper { get; set; } = Take;

    [BindProperty]
    public string Bank { get; set; } = "";

    [BindProperty]
    public string Number { get; set; } = "";

    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public long[] Chosen { get; set; } = [];

    [BindProperty]
    public string Reason { get; set; } = "";

    [BindProperty]
    public long Payment { get; set; }

    [BindProperty]
    public string Answer { get; set; } = "";

    public BatchFile Found { get; private set; } = null!;

    /// <summary>How far the school's pupils are, for a notice.</summary>
    public PupilCount Pupils { get; private set; }

    /// <summary>Why those on the list of a group payment cannot be paid for now, or could not on the day of the deposit.</summary>
    public IReadOnlyDictionary<long, PostingResult> Faults { get; private set; } = new Dictionary<long, PostingResult>();

    /// <summary>What came for a group payment.</summary>
    public Money Came => Money.FromFen(Found.Steps.FirstOrDefault(step => step.Step == Batches.Deposited)?.Amount ?? 0);

    /// <summary>When that came; today where nothing did.</summary>
    public DateOnly CameOn => Found.Steps.FirstOrDefault(step => step.Step == Batches.Deposited)?.Day ?? Today;

    /// <summary>What is due; null at the end.</summary>
    public BatchStep? Next => BatchSteps.Next(Found.Listed.Batch);

    /// <summary>Whether the viewer collects it.</summary>
    public bool IsOwn => Found.Listed.Batch.Agent == Viewer.Login;

    /// <summary>Whether the next step is the viewer's.</summary>
    public bool MayDo => BatchSteps.IsFor(Viewer, Found.Listed.Batch)
        && !(Next!.Step == Batches.Submitted && (Found.Listed.Count.People == 0 || Found.Lines.Any(line => line.Waits)));

    /// <summary>Whether the viewer may give lines back.</summary>
    public bool MayReturn => MayDo && Found.Listed.Batch is { State: Batches.Submitted, Kind: Batches.Village or Batches.School };

    /// <summary>Whether the viewer may take a group payment back.</summary>
    public bool MayWithdraw => Found.Listed.Batch is { Kind: Batches.Group, State: Batches.Submitted or Batches.Declared }
        && (IsOwn || Viewer.Role == Role.Tax);

    /// <summary>Whether receipts open for the viewer.</summary>
    public bool SeesReceipts => Routes.Find("/receipts/{id:long}")!.Admits(Viewer.Role);

    /// <summary>The badge of a batch's state.</summary>
    public static string Badge(CollectionBatchRow batch) => batch.State switch
    {
        Batches.Settled or Batches.Notified => "good",
        Batches.Returned or Batches.Suspended => "bad",
        Batches.Open => "",
        _ => "warn",
    };

    /// <summary>What the number of a step is called; null where it has none.</summary>
    public string? NumberOf(string step) => step switch
    {
        Batches.Declared => Found.Listed.Batch.Kind == Batches.Group ? "缴款通知书号" : "申报序号",
        Batches.Deposited => "缴款单号",
        Batches.Settled => "入库凭证号",
        _ => null,
    };

    /// <summary>Where the amount of a step comes from.</summary>
    public string AmountHint(string step) => step switch
    {
        Batches.Settled when Found.Listed.Batch.Kind == Batches.Group => $"入库凭证上的金额；缴存了 {Came} 元",
        Batches.Checked => "清点的现金，如 640.00",
        Batches.Declared => "申报结果的金额",
        Batches.Deposited => "缴款单上的金额",
        _ => "入库凭证上的金额",
    };

    /// <summary>What one does.</summary>
    public static string Button(string step) => step switch
    {
        Batches.Submitted => "报送名单",
        Batches.Checked => "核对无误",
        Batches.Declared => "申报相符，通知缴存",
        Batches.Deposited => "登记缴存",
        Batches.Settled => "核对入库",
        Batches.Confirmed => "核对无误",
        _ => "登记已通知",
    };

    /// <summary>What a step is called.</summary>
    public static string Chinese(CollectionBatchRow batch, CollectionStepRow step) =>
        BatchSteps.Of(batch.Kind).FirstOrDefault(one => one.Step == step.Step)?.Chinese ?? (batch.Kind == Batches.Group ? "撤回" : "全部退回");

    public void OnGet() => Day = Today;

    public async Task<IActionResult> OnPostStepAsync()
    {
        bool isGroupDeposit = Step == Batches.Deposited && Found.Listed.Batch.Kind == Batches.Group;
        var why = Step == Batches.WorkedOff ? BatchDesk.Told(Reason, "理由") : Reason.Length > 0 ? Reason : "代收批次办理";
        var batch = await Act.DoAsync(
            Database, Viewer.Area, Doer(why), isGroupDeposit ? "group.deposit" : $"batch.{Step}", DoAsync, Cancel);
        return Done($"/collection/{Id}", $"已办理；现在是“{BatchSteps.State(batch)}”");
    }

    public async Task<IActionResult> OnPostReturnAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("退回收款"), "batch.return",
            act => BatchDesk.ReturnAsync(act, Viewer, Id, Chosen, Reason), Cancel);
        return Done($"/collection/{Id}", $"已退回 {Chosen.Length} 笔");
    }

    public async Task<IActionResult> OnPostAnswerAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("说明退回的收款"), "batch.answer",
            act => BatchDesk.AnswerAsync(act, Viewer, Id, Payment, Answer), Cancel);
        return Done($"/collection/{Id}", "已说明，这一笔保留");
    }

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer(BatchDesk.Told(Reason, "撤回原因")), "group.withdraw",
            act => GroupDesk.WithdrawAsync(act, Viewer, Id), Cancel);
        return Done($"/collection/{Id}", "已撤回，名单上的人可以另行缴费");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await BatchFiles.FindAsync(session, Viewer.Area, Viewer.Scope, Id, Today) is not { } found
                || !BatchDesk.IsFor(Viewer, found.Listed.Batch))
            {
                return false;
            }

            Found = found;
            if (found.Planned.Count > 0)
                Faults = await groups.FaultsAsync(session, found.Listed.Batch, CameOn);
            if (found.Listed.Batch is { Kind: Batches.Notice } notice)
            {
                var tree = await UnitStore.ReadAsync(session, Viewer.Area);
                var school = new UnitRange(tree.PathOf(tree.Find(notice.Unit)!));
                Pupils = await SchoolDesk.CountAsync(session, Viewer.Area, school, new(notice.InsuranceYear));
            }

            return true;
        },
        Cancel);

    Task<CollectionBatchRow> DoAsync(Act act) => Step switch
    {
        Batches.Submitted => BatchDesk.SubmitAsync(act, Viewer, Id),
        Batches.Checked => BatchDesk.CheckAsync(act, Viewer, Id, Count, Keeper == Leave),
        Batches.Declared => BatchDesk.DeclareAsync(act, Viewer, Id, Count, Number),
        Batches.Deposited when Found.Listed.Batch.Kind == Batches.Group => groups.DepositAsync(
            act, Viewer, Id, Choices.RequireAmount(Amount), new(Bank, Number, Day ?? act.Today), Reason),
        Batches.WorkedOff => groups.WorkOffAsync(act, Viewer, Id, Chosen),
        Batches.Deposited => BatchDesk.DepositAsync(act, Viewer, Id, Choices.RequireAmount(Amount), new(Bank, Number, Day ?? act.Today)),
        Batches.Settled => BatchDesk.SettleAsync(act, Viewer, Id, Choices.RequireAmount(Amount), Number),
        Batches.Confirmed => SchoolDesk.ConfirmAsync(act, Viewer, Id, People ?? 0),
        Batches.Notified => SchoolDesk.NotifyAsync(act, Viewer, Id, Day ?? act.Today),
        _ => throw new RefusedException("C131", "没有这一步；请刷新页面"),
    };

    BatchCount Count => new(People ?? 0, Choices.RequireAmount(Amount));
}
