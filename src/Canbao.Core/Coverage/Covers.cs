using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Coverage;

/// <summary>Reads spans of cover.</summary>
public static class Covers
{
    /// <summary>The standing spans of some people for some years, newest year first.</summary>
    public static Task<List<CoverSpanRow>> OfAsync(
        Session session, int area, IReadOnlyCollection<int> years, IReadOnlyCollection<long> people) => (
            from row in session.Table<CoverSpanRow>()
            where row.Area == area && years.Contains(row.InsuranceYear) && people.Contains(row.PersonId) && row.VoidedBy == null
            orderby row.InsuranceYear descending, row.FromDay
            select row).ToListAsync();
}
