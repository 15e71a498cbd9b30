using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work.Refunding;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Asks for a payment to go back.</summary>
sealed class RefundRequestModel(RefundDesk desk) : OfficePage
{
    public static IReadOnlyList<SelectListItem> Reasons { get; } =
        [new("请选择", ""), .. Refunds.Reasons.Select(one => new SelectListItem(one.Chinese, one.Code))];

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string Reason { get; set; } = "";

    [BindProperty]
    public string Remark { get; set; } = "";

    [BindProperty]
    public string PayeeName { get; set; } = "";

    [BindProperty]
    public string PayeeAccount { get; set; } = "";

    public PaymentRow Payment { get; private set; } = null!;

    public PersonRow Person { get; private set; } = null!;

    /// <summary>Who paid for this and others in one sum, and gets it back; null where nobody did.</summary>
    public string? Payer { get; private set; }

    /// <summary>The refund that was asked for already, or null.</summary>
    public long? Before { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var refund = (await Act.DoAsync(Database, Viewer.Area, Doer("申请退费"), "refund.request",
            act => desk.RequestAsync(act, Viewer, [Id], Reason, Remark, new(PayeeName, PayeeAccount)), Cancel))[0];
        return Done($"/refunds/{refund.RefundId}", $"已申请，{Refunds.State(refund)}");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await Payments.FindAsync(session, Viewer.Area, Id) is not { } payment
                || await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, payment.PersonId) is not { } found)
            {
                return false;
            }

            (Payment, Person) = (payment, found.Person);
            Payer = payment.BatchId is { } batch ? (await Batches.FindAsync(session, Viewer.Area, batch))?.Payer : null;
            Before = (await RefundFiles.OfPaymentAsync(session, Viewer.Area, Id))?.RefundId;
            return true;
        },
        Cancel);
}
