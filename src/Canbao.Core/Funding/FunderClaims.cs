using Canbao.Core.Events;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Funding;

/// <summary>Claims: the words of their states, and how one is written.</summary>
public static class FunderClaims
{
    /// <summary>The states.</summary>
    public const string Submitted = "submitted", Returned = "returned", Approved = "approved", Allocated = "allocated",
        Settled = "settled";

    /// <summary>The states in their order, as an office says them.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> States { get; } =
    [
        (Submitted, "待财政审核"), (Approved, "待拨付"), (Allocated, "待确认到账"), (Settled, "已结清"), (Returned, "已退回"),
    ];

    /// <summary>A state.</summary>
    public static string State(string code) => States.FirstOrDefault(one => one.Code == code).Chinese ?? code;

    /// <summary>Writes a claim as it is now beside what it was.</summary>
    public static async Task<FunderClaimRow> SetAsync(Act act, FunderClaimRow before, FunderClaimRow now)
    {
        now = now with { ActId = act.Id };
        await act.Session.Data.UpdateAsync(now);
        Record(act, now, before);
        return now;
    }

    /// <summary>Notes a claim as it is beside what it was.</summary>
    public static void Record(Act act, FunderClaimRow now, FunderClaimRow? before) =>
        act.Record("funder_claim", now.ClaimId, "claimed", before is null ? null : Fields(before), Fields(now));

    static object Fields(FunderClaimRow row) => new
    {
        row.State,
        row.Payer,
        row.Unit,
        row.People,
        Amount = Money.FromFen(row.Amount).ToString(),
        row.Allocation,
        row.Remark,
    };
}
