using System.Text;
using System.Xml.Linq;
using Canbao.Core.Access;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Canbao.Web.Hosting;

/// <summary>Keeps the keys of cookies and forms in the database, sealed, so that every server reads what another has written.</summary>
sealed class SharedKeys(Database database, Vault vault) : IXmlRepository
{
    public const string Purpose = "protection_key";

    // The framework asks for them rarely and offers no other way than to wait.
    public IReadOnlyCollection<XElement> GetAllElements() =>
    [
        .. from key in ProtectionKeys.ReadAsync(database).GetAwaiter().GetResult()
           select XElement.Parse(vault.OpenText(key.Salt, Purpose, key.Sealed)),
    ];

    public void StoreElement(XElement element, string friendlyName)
    {
        var salt = Vault.NewSalt();
        var sealedKey = vault.Seal(salt, Purpose, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        ProtectionKeys.AddAsync(database, friendlyName, salt, sealedKey).GetAwaiter().GetResult();
    }
}
