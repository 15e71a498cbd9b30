using Canbao.Core.Access;
using Canbao.Core.Collection;

namespace Canbao.Core.Work.Collecting;

/// <summary>A step of a batch.</summary>
/// <param name="Step">As it is stored.</param>
/// <param name="Chinese">How an office says it.</param>
/// <param name="By">Whose step it is; null: whoever collects.</param>
public sealed record BatchStep(string Step, string Chinese, Role? By);

/// <summary>Which step follows which, and whose it is (<c>laishan 四(四)</c>, <c>laishan 二(四)</c>).</summary>
public static class BatchSteps
{
    static readonly BatchStep Submit = new(Batches.Submitted, "报送名单", null);
    static readonly BatchStep Check = new(Batches.Checked, "街道核对", Role.Street);
    static readonly BatchStep Declare = new(Batches.Declared, "税务申报", Role.Tax);
    static readonly BatchStep WorkOff = new(Batches.WorkedOff, "处理不符款项", Role.Tax);
    static readonly BatchStep Settle = new(Batches.Settled, "税务入库核对", Role.Tax);

    static readonly Dictionary<string, IReadOnlyList<BatchStep>> Ways = new()
    {
        [Batches.Village] = [Submit, Check, Declare, new(Batches.Deposited, "街道登记缴存", Role.Street), Settle],
        [Batches.School] = [Submit, Declare, new(Batches.Deposited, "学校登记缴存", Role.School), Settle],
        [Batches.Group] = [Submit, Declare, new(Batches.Deposited, "登记缴存", null), WorkOff, Settle],
        [Batches.Notice] =
        [
            new(Batches.Registered, "学校登记在校学生", Role.School), new(Batches.Confirmed, "税务核对登记信息", Role.Tax),
            new(Batches.Notified, "学校通知家长", Role.School),
        ],
    };

    /// <summary>All steps of a kind, in their order.</summary>
    public static IReadOnlyList<BatchStep> Of(string kind) => Ways[kind];

    /// <summary>The step that is due; null where nothing is.</summary>
    public static BatchStep? Next(CollectionBatchRow batch)
    {
        var way = Ways[batch.Kind];
        if (batch.State == Batches.Open)
            return way[0];
        if (batch.State == Batches.Suspended)
            return WorkOff;
        // A sum that fitted has nothing to be worked off.
        if (batch is { Kind: Batches.Group, State: Batches.Deposited })
            return Settle;
        int done = way.ToList().FindIndex(step => step.Step == batch.State);
        return done >= 0 && done + 1 < way.Count ? way[done + 1] : null;
    }

    /// <summary>What the present state is called.</summary>
    public static string State(CollectionBatchRow batch) => batch.State switch
    {
        Batches.Open => "收款中",
        Batches.Submitted => batch.Kind == Batches.Village ? "待街道核对" : "待税务核对申报",
        Batches.Checked => "待税务申报",
        Batches.Declared => "待存入税务账户",
        Batches.Deposited or Batches.WorkedOff => "待入库核对",
        Batches.Suspended => "款项不符，待税务处理",
        Batches.Settled => "已入库",
        Batches.Returned => batch.Kind == Batches.Group ? "已撤回" : "已全部退回",
        Batches.Registered => "待税务核对",
        Batches.Confirmed => "待通知家长",
        _ => "已通知家长",
    };

    /// <summary>What a kind is called.</summary>
    public static string Kind(string kind) => kind switch
    {
        Batches.Village => "村级代收",
        Batches.School => "学校代收",
        Batches.Group => "集体缴费",
        _ => "家长缴费通知",
    };

    /// <summary>Whether a step of the batch waits for somebody.</summary>
    public static bool IsFor(Viewer viewer, CollectionBatchRow batch) => Next(batch) is { } next
        && (next.By is { } role ? role == viewer.Role : batch.Agent == viewer.Login)
        && !(next == Check && batch.Agent == viewer.Login);
}
