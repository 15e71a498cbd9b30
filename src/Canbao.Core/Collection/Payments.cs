using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Collection;

/// <summary>Reads payments.</summary>
public static class Payments
{
    /// <summary>The payments of some people for some years that were not reversed, newest year first.</summary>
    public static Task<List<PaymentRow>> OfAsync(
        Session session, int area, IReadOnlyCollection<int> years, IReadOnlyCollection<long> people)
    {
        var (isYear, yearsGiven) = session.OneOf("insurance_year", "y", [.. years]);
        var (isPerson, peopleGiven) = session.OneOf("person_id", "p", people);
        return session.Data.QueryToListAsync<PaymentRow>(
            Statement(isYear, isPerson), [new("area", area, DataType.Int32), .. yearsGiven, .. peopleGiven]);
    }

    /// <summary>The statement of <see cref="OfAsync"/>, with conditions of the year and the person.</summary>
    internal static string Statement(string isYear, string isPerson) => $"""
        select * from payment where area = @area and {isYear} and {isPerson} and reversed_by is null
        order by insurance_year desc, payment_id
        """;

    /// <summary>On which days people paid for a year; whoever did not is left out.</summary>
    public static Task<Dictionary<long, DateOnly>> DaysAsync(Session session, int area, int year, IReadOnlyCollection<long> people) =>
        session.Table<PaymentRow>()
            .Where(row => row.Area == area && row.InsuranceYear == year && people.Contains(row.PersonId) && row.ReversedBy == null)
            .Select(row => new { row.PersonId, row.PaidOn }).ToDictionaryAsync(row => row.PersonId, row => row.PaidOn);

    /// <summary>A payment, reversed ones too; null where there is none.</summary>
    public static Task<PaymentRow?> FindAsync(Session session, int area, long id) =>
        session.Table<PaymentRow>().FirstOrDefaultAsync(row => row.Area == area && row.PaymentId == id);
}
