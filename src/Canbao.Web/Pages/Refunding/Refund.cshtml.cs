using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Refunding;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A refund: on what it rests, who asked, and the next step for whoever's it is.</summary>
sealed class RefundModel(RefundDesk desk) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string Decision { get; set; } = "";

    [BindProperty]
    public string PayeeName { get; set; } = "";

    [BindProperty]
    public string PayeeAccount { get; set; } = "";

    public ListedRefund Found { get; private set; } = null!;

    /// <summary>The names of whoever had a part in it.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>Who paid for this and others in one sum, and gets it back; null where nobody did.</summary>
    public string? Payer { get; private set; }

    /// <summary>Whether the viewer decides it.</summary>
    public bool MayDecide => Found.Refund is { State: Refunds.Requested } refund && refund.RequestedBy != Viewer.Login
        && Viewer.Role == (refund.Basis == Refunds.BySupervisor ? Role.Supervisor : Role.Bureau);

    /// <summary>Whether the viewer enters the account.</summary>
    public bool MaySetPayee => Found.Refund.State is Refunds.Requested or Refunds.Approved or Refunds.Failed
        && Viewer.Role is Role.Agent or Role.Street or Role.Bureau;

    /// <summary>On what a refund rests, in words.</summary>
    public static string Basis(RefundRow refund) => refund.Basis switch
    {
        Refunds.ByRule => $"{refund.Rule}（{refund.Clause}）{(refund.RefundableUntil is { } until ? $"，{until:yyyy-MM-dd} 前（含当日）可以申请" : "")}",
        Refunds.BySupervisor => "政策文件没有规定，由领导决定",
        _ => "款项无法对应到人，从挂账退回",
    };

    public async Task<IActionResult> OnPostApproveAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("同意退费"), "refund.approve",
            act => desk.ApproveAsync(act, Viewer, Id, Decision), Cancel);
        return Done($"/refunds/{Id}", "已同意，缴费已冲销");
    }

    public async Task<IActionResult> OnPostRefuseAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("不同意退费"), "refund.refuse",
            act => RefundDesk.RefuseAsync(act, Viewer, Id, Decision), Cancel);
        return Done($"/refunds/{Id}", "已退回申请");
    }

    public async Task<IActionResult> OnPostPayeeAsync()
    {
        await Act.DoAsync(Database, Viewer.Area, Doer("填写退费账号"), "refund.payee",
            act => desk.SetPayeeAsync(act, Viewer, Id, new(PayeeName, PayeeAccount)), Cancel);
        return Done($"/refunds/{Id}", "已保存收款账号");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await RefundFiles.FindAsync(session, Viewer, Id) is not { } found)
                return false;
            Found = found;
            Payer = await Groups.PayerAsync(session, found.Refund);
            if (PayeeName.Length == 0)
                PayeeName = Payer ?? "";
            Names = await BatchFiles.NamesAsync(session, Viewer.Area, [found.Refund.RequestedBy, found.Refund.CheckedBy]);
            return true;
        },
        Cancel);
}
