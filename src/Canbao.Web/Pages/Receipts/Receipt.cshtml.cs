using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A receipt, to be printed or shown on a phone.</summary>
sealed class ReceiptModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public PaymentRow Payment { get; private set; } = null!;

    public PersonInUnit Found { get; private set; } = null!;

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        var found = await Database.ReadAsync(
            async session => await Payments.FindAsync(session, Viewer.Area, Id) is { } payment
                && await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, payment.PersonId) is { } person
                    ? ((PaymentRow, PersonInUnit)?)(payment, person)
                    : null,
            Cancel);
        if (found is not { } both)
            return false;
        (Payment, Found) = both;
        return true;
    }
}
