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
