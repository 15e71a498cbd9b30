using Canbao.Core.Work.Residents;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>The certificate that whoever looked up is covered, to be printed or shown.</summary>
sealed class MyCertificateModel(CertificateDesk desk) : ResidentPage
{
    public Certificate Found { get; private set; } = null!;

    public string Code => desk.Code(Found);

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        Found = (await Database.ReadAsync(
            session => CertificateDesk.FindAsync(session, Who!.Value.Area, Year, Seen!.Person.PersonId), Cancel))!;
        return true;
    }
}
