using Canbao.Core.Secrets;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Residents;

/// <summary>
/// How often people without an account may ask: counted in the database before anything is looked at, so that many requests at once, to
/// whichever servers, get no more answers than one after another. An hour begins with the first request.
/// </summary>
/// <param name="vault">Hashes addresses and numbers; neither is kept.</param>
public sealed class ResidentLimits(Vault vault)
{
    /// <summary>Look-ups of one client address within an hour. Many phones share an address of their network.</summary>
    public const int ByAddress = 200;

    /// <summary>Look-ups of one number within an hour, found or not.</summary>
    public const int ByNumber = 10;

    /// <summary>Applications, and questions after them, of one client address within an hour.</summary>
    public const int Applications = 20;

    /// <summary>How long a count holds.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    const string Address = "address", Number = "number", Application = "application";

    /// <summary>Counts a look-up. False: there were too many, and nothing may be answered.</summary>
    /// <param name="session">A write.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="number">The number that is asked for, in full.</param>
    public async Task<bool> AdmitsAsync(Session session, int area, string address, string number)
    {
        int byAddress = await CountAsync(session, area, Address, address);
        return await CountAsync(session, area, Number, number) <= ByNumber && byAddress <= ByAddress;
    }

    /// <summary>Counts an application, or a question after one. False: there were too many.</summary>
    public async Task<bool> AdmitsApplicationAsync(Session session, int area, string address) =>
        await CountAsync(session, area, Application, address) <= Applications;

    /// <summary>Forgets counts whose hour is over.</summary>
    public static Task ForgetAsync(Session session, int area)
    {
        var before = session.Now - Hour;
        return session.Table<ResidentCountRow>().Where(row => row.Area == area && row.Since < before).DeleteAsync();
    }

    async Task<int> CountAsync(Session session, int area, string kind, string subject) => (await session.Data.QueryToListAsync<int>(
        """
        insert into resident_count (area, kind, subject, since, tries) values (@area, @kind, @subject, @moment, 1)
        on conflict (area, kind, subject) do update set
            tries = case when resident_count.since <= @over then 1 else resident_count.tries + 1 end,
            since = case when resident_count.since <= @over then @moment else resident_count.since end
        returning tries
        """,
        new DataParameter("area", area, DataType.Int32),
        new DataParameter("kind", kind, DataType.NVarChar),
        new DataParameter("subject", vault.Hash($"resident|{kind}|{subject}"), DataType.VarBinary),
        session.Instant("moment", session.Now),
        session.Instant("over", session.Now - Hour)))[0];
}
