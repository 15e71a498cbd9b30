using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A certificate that somebody is covered in a year, to be printed.</summary>
sealed class CertificateModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public PersonInUnit Found { get; private set; } = null!;

    public IReadOnlyList<CoverSpanRow> Spans { get; private set; } = [];

    public PaymentRow? Payment { get; private set; }

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, Id) is not { } found)
                return false;
            Found = found;
            Spans = await Covers.OfAsync(session, Viewer.Area, [Year.Year], [Id]);
            Payment = (await Payments.OfAsync(session, Viewer.Area, [Year.Year], [Id])).FirstOrDefault();
            return true;
        },
        Cancel);
}
