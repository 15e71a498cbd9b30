using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Registrations;
using Canbao.Policy.Packs;

namespace Canbao.TestKit;

/// <summary>Registration tables that units have uploaded before the pages are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>Keeps a form of a unit, which then waits.</summary>
    public Task<long> KeepTableAsync(string unit, string text) => Act.DoAsync(
        Database, Area, Setup, "registration.keep", async act =>
        {
            var tree = await UnitStore.ReadAsync(act.Session, Area);
            var range = new UnitRange(tree.PathOf(tree.Find(unit)!));
            var names = CatalogueNames.Of(new PackLibrary(Repository.Path("policies")));
            return (await new RegistrationDesk(vault, new Dues(shelf, vault), names).KeepAsync(
                act, new(RegistrationKind.Form, PackYear, range, range), unit, "附件4.csv",
                new MemoryStream(Encoding.UTF8.GetBytes(text)))).Upload.UploadId;
        });
}
