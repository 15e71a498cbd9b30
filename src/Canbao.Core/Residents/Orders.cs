using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Residents;

/// <summary>Reads what residents are about to pay.</summary>
public static class Orders
{
    /// <summary>How long an order can be confirmed at the gateway.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(30);

    /// <summary>An order with its lines; null where there is none of that code.</summary>
    public static async Task<(ResidentOrderRow Order, List<ResidentOrderLineRow> Lines)?> FindAsync(
        Session session, int area, string code) =>
        await session.Table<ResidentOrderRow>().FirstOrDefaultAsync(row => row.Area == area && row.Code == code) is { } order
            ? (order, await LinesAsync(session, order))
            : null;

    /// <summary>Whether somebody made an order that paid for another person, under a channel's number of it.</summary>
    public static async Task<bool> IsOfAsync(Session session, int area, long payer, string code) =>
        await session.Table<ResidentOrderRow>().AnyAsync(row => row.Area == area && row.Code == code && row.PersonId == payer);

    /// <summary>The gateway's number of a line: the same however often it is sent.</summary>
    public static string Reference(ResidentOrderRow order, ResidentOrderLineRow line) =>
        FormattableString.Invariant($"{order.Code}-{line.Line}");

    static Task<List<ResidentOrderLineRow>> LinesAsync(Session session, ResidentOrderRow order)
    {
        var (area, id) = (order.Area, order.OrderId);
        return session.Table<ResidentOrderLineRow>().Where(row => row.Area == area && row.OrderId == id)
            .OrderBy(row => row.Line).ToListAsync();
    }
}
