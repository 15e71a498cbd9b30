using Canbao.Core.Registry;
using Canbao.Core.Work.Residents;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>A certificate that somebody is covered in a year, to be printed.</summary>
sealed class CertificateModel(CertificateDesk desk) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public PersonInUnit Found { get; private set; } = null!;

    public Certificate One { get; private set; } = null!;

    /// <summary>The code by which it is checked.</summary>
    public string Code => desk.Code(One);

    /// <inheritdoc/>
    protected override Task<bool> LoadAsync() => Database.ReadAsync(
        async session =>
        {
            if (await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, Id) is not { } found)
                return false;
            Found = found;
            One = (await CertificateDesk.FindAsync(session, Viewer.Area, Year, Id))!;
            return true;
        },
        Cancel);
}
