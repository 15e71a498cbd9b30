using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Residents;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A receipt of whoever looked up, or one for a family member whom they paid for here.</summary>
sealed class MyReceiptModel(ReceiptDesk desk) : ResidentPage
{
    [BindProperty(SupportsGet = true)]
    public long Payment { get; set; }

    public PaymentRow Paid { get; private set; } = null!;

    /// <summary>The name: whole for the own receipt only.</summary>
    public string Name { get; private set; } = "";

    public string NumberMask { get; private set; } = "";

    public string Code => desk.Code(Paid);

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            var (area, own) = (Who!.Value.Area, Seen!.Person.PersonId);
            if (await Payments.FindAsync(session, area, Payment) is not { } paid)
                return false;
            var isOwn = paid.PersonId == own;
            if (!isOwn && !(paid.Channel == PayDesk.Channel && await Orders.IsOfAsync(session, area, own, paid.Reference.Split('-')[0])))
                return false;
            var person = (await People.FindAsync(session, area, paid.PersonId))!;
            (Paid, Name, NumberMask) = (paid, isOwn ? person.Name : ResidentDesk.Masked(person.Name), person.NumberMask);
            return true;
        },
        Cancel);
}
