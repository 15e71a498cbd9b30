using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Season.Tests;

/// <summary>The rows of one area that an audit looks at, of one moment.</summary>
sealed record Books
{
    public required IReadOnlyList<PaymentRow> Payments { get; init; }

    public required IReadOnlyDictionary<(string, string), ChannelNoticeRow> Notices { get; init; }

    public required IReadOnlyList<TransferRow> Transfers { get; init; }

    public required IReadOnlyDictionary<string, long> CashKept { get; init; }

    public required IReadOnlyList<CoverSpanRow> Spans { get; init; }

    public required IReadOnlyDictionary<long, DateOnly> Born { get; init; }

    /// <summary>The day of registration for the year.</summary>
    public required IReadOnlyDictionary<long, DateOnly> Registered { get; init; }

    public required ILookup<long, CategorySpanRow> Listed { get; init; }

    /// <summary>The acts by their reason, which names the deed.</summary>
    public required ILookup<string, long> Acts { get; init; }

    public static async Task<Books> ReadAsync(Session session, int area) => new()
    {
        Payments = await session.Table<PaymentRow>().Where(row => row.Area == area).ToListAsync(),
        Notices = (await session.Table<ChannelNoticeRow>().Where(row => row.Area == area).ToListAsync())
            .ToDictionary(row => (row.Channel, row.Reference)),
        Transfers = await session.Table<TransferRow>().Where(row => row.Area == area).ToListAsync(),
        CashKept = await session.Table<CashBalanceRow>().Where(row => row.Area == area)
            .ToDictionaryAsync(row => row.Account, row => row.Balance),
        Spans = await session.Table<CoverSpanRow>().Where(row => row.Area == area && row.VoidedBy == null).ToListAsync(),
        Born = await session.Table<PersonRow>().Where(row => row.Area == area).ToDictionaryAsync(row => row.PersonId, row => row.BornOn),
        Registered = await session.Table<EnrolmentRow>().Where(row => row.Area == area)
            .ToDictionaryAsync(row => row.PersonId, row => row.RegisteredOn),
        Listed = (await session.Table<CategorySpanRow>()
            .Where(row => row.Area == area && row.VoidedBy == null && row.Category == Price.Category).ToListAsync())
            .ToLookup(row => row.PersonId),
        Acts = (await session.Table<ActRow>().Where(row => row.Area == area).Select(row => new { row.Reason, row.ActId }).ToListAsync())
            .ToLookup(row => row.Reason, row => row.ActId, StringComparer.Ordinal),
    };

    public long? PriceOf(long person, DateOnly paidOn) => Price.Of(
        Born[person],
        Listed[person].Any(span => span.FromDay <= paidOn && (span.UntilDay is null || span.UntilDay >= paidOn)),
        paidOn);
}
