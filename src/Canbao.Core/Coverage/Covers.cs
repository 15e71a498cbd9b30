using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Coverage;

/// <summary>Reads spans of cover.</summary>
public static class Covers
{
    /// <summary>The standing spans of some people for some years, newest year first.</summary>
    public static Task<List<CoverSpanRow>> OfAsync(
        Session session, int area, IReadOnlyCollection<int> years, IReadOnlyCollection<long> people)
    {
        var (isYear, yearsGiven) = session.OneOf("insurance_year", "y", [.. years]);
        var (isPerson, peopleGiven) = session.OneOf("person_id", "p", people);
        return session.Data.QueryToListAsync<CoverSpanRow>(
            Statement(isYear, isPerson), [new("area", area, DataType.Int32), .. yearsGiven, .. peopleGiven]);
    }

    /// <summary>The statement of <see cref="OfAsync"/>, with conditions of the year and the person.</summary>
    internal static string Statement(string isYear, string isPerson) => $"""
        select * from cover_span where area = @area and {isYear} and {isPerson} and voided_by is null order by insurance_year desc, from_day
        """;

    /// <summary>All spans that somebody ever had, those taken back too, newest year first.</summary>
    public static Task<List<CoverSpanRow>> HistoryAsync(Session session, int area, long person) => (
        from row in session.Table<CoverSpanRow>()
        where row.Area == area && row.PersonId == person
        orderby row.InsuranceYear descending, row.FromDay, row.SpanId
        select row).ToListAsync();

    /// <summary>How an office says what opened a span, and what became of it.</summary>
    public static string Told(CoverSpanRow span)
    {
        var ground = span.Ground switch
        {
            "payment" => "缴费",
            "assistance" => "资助免缴",
            "resumed" => "恢复",
            _ => "历史数据",
        };
        var end = span.EndReason is { } reason ? $"，因{CoverEnds.Chinese(reason)}" : "";
        return span.VoidedBy is not null ? $"{ground}{end}，已收回"
            : span.PlannedUntil is { } planned ? $"{ground}{end}中止，原定至 {planned:yyyy-MM-dd}"
            : ground;
    }
}
