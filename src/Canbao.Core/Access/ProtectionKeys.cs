using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Access;

/// <summary>The keys that protect cookies and forms, shared by all web servers. They come sealed and leave sealed.</summary>
public static class ProtectionKeys
{
    /// <summary>All keys.</summary>
    public static Task<List<ProtectionKeyRow>> ReadAsync(Database database) =>
        database.ReadAsync(session => session.Table<ProtectionKeyRow>().OrderBy(key => key.Name).ToListAsync());

    /// <summary>Keeps a key. It is of no area and nobody's deed, so no act tells of it.</summary>
    public static Task AddAsync(Database database, string name, byte[] salt, byte[] sealedKey) => database.WriteAsync(
        session => session.Data.InsertAsync(
            new ProtectionKeyRow { Name = name, MadeAt = session.Now, Salt = salt, Sealed = sealedKey }));
}
