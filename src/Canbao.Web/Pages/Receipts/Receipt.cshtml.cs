using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work.Collecting;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A receipt, to be printed or shown on a phone; printed again and voided here.</summary>
sealed class ReceiptModel(ReceiptDesk desk) : OfficePage
{
    const int MostLogged = 20;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public string Reason { get; set; } = "";

    public PaymentRow Payment { get; private set; } = null!;

    public PersonRow Person { get; private set; } = null!;

    /// <summary>The unit of the person, or of the school that collected.</summary>
    public string UnitName { get; private set; } = "";

    /// <summary>The names of whoever took the money or did something with the receipt.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was done with the receipt, newest first.</summary>
    public IReadOnlyList<LoggedChange> Log { get; private set; } = [];

    /// <summary>Who paid for this and others in one sum; null where nobody did.</summary>
    public string? Payer { get; private set; }

    /// <summary>Whether the viewer may void it: the own line in the own open batch.</summary>
    public bool MayVoid { get; private set; }

    /// <summary>The code by which it is checked.</summary>
    public string Code => desk.Code(Payment);

    /// <summary>Whether people open for the viewer.</summary>
    public bool SeesPeople => Routes.Find("/people/{id:long}")!.Admits(Viewer.Role);

    public async Task<IActionResult> OnPostReprintAsync()
    {
        int copies = await Act.DoAsync(
            Database, Viewer.Area, Doer(Why("补打")), "receipt.reprint", act => ReceiptDesk.ReprintAsync(act, Id, Reason), Cancel);
        return Done($"/receipts/{Id}", $"已登记第 {copies} 次补打；请打印本页");
    }

    public async Task<IActionResult> OnPostVoidAsync()
    {
        var paid = await Act.DoAsync(
            Database, Viewer.Area, Doer(Why("作废")), "receipt.void", act => ReceiptDesk.VoidAsync(act, Viewer, Id, Reason), Cancel);
        return Done($"/receipts/{Id}", $"已作废；请把 {Money.FromFen(paid.Amount)} 元退给缴费人并收回票据");
    }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await Payments.FindAsync(session, Viewer.Area, Id) is not { } payment)
                return false;
            var batch = payment.BatchId is { } id
                ? await BatchFiles.FindAsync(session, Viewer.Area, Viewer.Scope, id, Today)
                : null;
            var found = await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, payment.PersonId);
            if (found is null && batch is null || Viewer.Role == Role.ListDepartment && !(batch is not null
                && BatchDesk.IsFor(Viewer, batch.Listed.Batch)))
            {
                return false;
            }

            Payment = payment;
            Person = (found?.Person ?? await People.FindAsync(session, Viewer.Area, payment.PersonId))!;
            UnitName = found?.Unit.Name ?? batch!.Listed.UnitName;
            Payer = batch?.Listed.Batch.Payer;
            MayVoid = batch?.Listed.Batch is { State: Batches.Open } open && open.Agent == Viewer.Login;
            Log = await ActLog.OfAsync(
                session, Viewer.Area, "receipt", [Id.ToString(CultureInfo.InvariantCulture)], MostLogged);
            Names = await BatchFiles.NamesAsync(session, Viewer.Area, [payment.Account, .. Log.Select(one => one.Act.Account)]);
            return true;
        },
        Cancel);

    string Why(string what) => Reason.Trim() is { Length: > 0 } reason ? reason : throw new RefusedException("C137", $"请填写{what}原因");
}
