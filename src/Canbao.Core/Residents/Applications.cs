using Canbao.Core.Units;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Residents;

/// <summary>Reads what residents handed in.</summary>
public static class Applications
{
    /// <summary>A newborn of a household that is in the register.</summary>
    public const string Newborn = "newborn";

    /// <summary>A household that is not.</summary>
    public const string Household = "household";

    /// <summary>Nobody decided yet.</summary>
    public const string HandedIn = "handed_in";

    /// <summary>A desk accepted it, and the people are registered.</summary>
    public const string Accepted = "accepted";

    /// <summary>A desk refused it with a reason.</summary>
    public const string Refused = "refused";

    /// <summary>How an office calls a kind.</summary>
    public static string Kind(string kind) => kind == Newborn ? "新生儿登记" : "整户登记";

    /// <summary>How an office calls a state.</summary>
    public static string State(string state) => state switch
    {
        HandedIn => "待受理",
        Accepted => "已登记",
        _ => "已退回",
    };

    /// <summary>
    /// A part of the applications of a unit and those below it: what waits, oldest first, then what was decided, newest first.
    /// </summary>
    public static async Task<List<(ApplicationRow Row, string Unit)>> ListAsync(
        Session session, int area, UnitRange within, (int Skip, int Take) part)
    {
        var (first, end) = (within.First, within.End);
        var rows = await (
            from one in session.Table<ApplicationRow>()
            join unit in session.Table<UnitRow>() on new { one.Area, Code = one.Unit } equals new { unit.Area, unit.Code }
            where one.Area == area && unit.Area == area
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            orderby one.State == HandedIn ? 0 : 1, one.State == HandedIn ? one.ApplicationId : -one.ApplicationId
            select new { one, unit.Name }).Skip(part.Skip).Take(part.Take).ToListAsync();
        return rows.ConvertAll(row => (row.one, row.Name));
    }

    /// <summary>An application; null where there is none.</summary>
    public static Task<ApplicationRow?> FindAsync(Session session, int area, long id) =>
        session.Table<ApplicationRow>().FirstOrDefaultAsync(row => row.Area == area && row.ApplicationId == id);

    /// <summary>An application by the code that its resident has; null where there is none.</summary>
    public static Task<ApplicationRow?> FindByCodeAsync(Session session, int area, string code) =>
        session.Table<ApplicationRow>().FirstOrDefaultAsync(row => row.Area == area && row.Code == code);

    /// <summary>What somebody handed in, newest first.</summary>
    public static Task<List<ApplicationRow>> OfAsync(Session session, int area, long person) =>
        session.Table<ApplicationRow>().Where(row => row.Area == area && row.ApplicantId == person)
            .OrderByDescending(row => row.ApplicationId).ToListAsync();

    /// <summary>The same form that waits already; null where there is none.</summary>
    public static Task<ApplicationRow?> SameAsync(Session session, int area, byte[] hash) => session.Table<ApplicationRow>()
        .FirstOrDefaultAsync(row => row.Area == area && row.ToldHash == hash && row.State == HandedIn);

    /// <summary>Its photos and papers, in the order of the form.</summary>
    public static Task<List<ApplicationFileRow>> FilesAsync(Session session, int area, long id) =>
        session.Table<ApplicationFileRow>().Where(row => row.Area == area && row.ApplicationId == id)
            .OrderBy(row => row.UploadId).ToListAsync();
}
