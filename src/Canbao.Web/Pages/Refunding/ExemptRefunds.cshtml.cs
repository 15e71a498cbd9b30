using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Work.Refunding;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Everybody of the viewer's units who paid and was made exempt by a list: a preview, then all together.</summary>
sealed class ExemptRefundsModel(MassRefund mass) : OfficePage
{
    [BindProperty]
    public int People { get; set; }

    [BindProperty]
    public string Amount { get; set; } = "";

    [BindProperty]
    public string Remark { get; set; } = "";

    public IReadOnlyList<ExemptPayer> Found { get; private set; } = [];

    /// <summary>Those of the preview who may get money back.</summary>
    public BatchCount Allowed => MassRefund.Count(Found);

    /// <summary>Why somebody gets money back, or does not.</summary>
    public static string Basis(ExemptPayer payer) => payer.Basis is not { } basis ? payer.Refusal
        : basis.Basis == Refunds.ByRule ? $"{basis.Rule}（{basis.Clause}）" : "文件没有规定，由领导决定";

    public async Task<IActionResult> OnPostAsync()
    {
        var shown = new BatchCount(People, Choices.RequireAmount(Amount));
        var refunds = await Act.DoAsync(Database, Viewer.Area, Doer("申请新列入减免退费"), "refund.request",
            act => mass.RequestAsync(act, Viewer, Year, shown, Remark), Cancel);
        return Done("/refunds", $"已申请 {refunds.Count} 笔退费");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Found = await Database.ReadAsync(session => mass.PreviewAsync(session, Viewer.Area, Viewer.Scope, Year, Today), Cancel);
        return true;
    }
}
