using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Collection;

/// <summary>Reads payments.</summary>
public static class Payments
{
    /// <summary>The payments of some people for some years that were not reversed, newest year first.</summary>
    public static Task<List<PaymentRow>> OfAsync(
        Session session, int area, IReadOnlyCollection<int> years, IReadOnlyCollection<long> people) => (
            from row in session.Table<PaymentRow>()
            where row.Area == area && years.Contains(row.InsuranceYear) && people.Contains(row.PersonId) && row.ReversedBy == null
            orderby row.InsuranceYear descending, row.PaymentId
            select row).ToListAsync();

    /// <summary>On which days people paid for a year; whoever did not is left out.</summary>
    public static Task<Dictionary<long, DateOnly>> DaysAsync(Session session, int area, int year, IReadOnlyCollection<long> people) =>
        session.Table<PaymentRow>()
            .Where(row => row.Area == area && row.InsuranceYear == year && people.Contains(row.PersonId) && row.ReversedBy == null)
            .Select(row => new { row.PersonId, row.PaidOn }).ToDictionaryAsync(row => row.PersonId, row => row.PaidOn);

    /// <summary>A payment, reversed ones too; null where there is none.</summary>
    public static Task<PaymentRow?> FindAsync(Session session, int area, long id) =>
        session.Table<PaymentRow>().FirstOrDefaultAsync(row => row.Area == area && row.PaymentId == id);
}
