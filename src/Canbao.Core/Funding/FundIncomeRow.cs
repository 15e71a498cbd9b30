using LinqToDB.Mapping;

namespace Canbao.Core.Funding;

/// <summary>Money that came into a payer's fund (<c>lishi 六(四)</c>).</summary>
[Table("fund_income")]
public sealed record FundIncomeRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The income.</summary>
    [Column("income_id"), PrimaryKey(2)]
    public long IncomeId { get; init; }

    /// <summary>For which insurance year.</summary>
    [Column("insurance_year")]
    public int InsuranceYear { get; init; }

    /// <summary>Whose fund.</summary>
    [Column("payer")]
    public string Payer { get; init; } = "";

    /// <summary>One of <see cref="FundIncomes"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The paper that it rests on.</summary>
    [Column("source")]
    public string Source { get; init; } = "";

    /// <summary>When it came.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>Fen, positive.</summary>
    [Column("amount")]
    public long Amount { get; init; }

    /// <summary>Its transfer.</summary>
    [Column("transfer_id")]
    public long TransferId { get; init; }

    /// <summary>The transfer that took it back, or null.</summary>
    [Column("reversal_id")]
    public long? ReversalId { get; init; }

    /// <summary>Why it was taken back; empty where it stands.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>Where a fund's money comes from.</summary>
public static class FundIncomes
{
    /// <summary>Money that used to pay the enrolment of the registered poor, put into the fund (<c>lishi 六(四)</c>).</summary>
    public const string PovertyRelief = "poverty_relief";

    /// <summary>The year's budget.</summary>
    public const string Budget = "budget";

    /// <summary>Something else.</summary>
    public const string Other = "other";

    /// <summary>All of them with their words.</summary>
    public static IReadOnlyList<(string Code, string Chinese)> All { get; } =
        [(PovertyRelief, "原扶贫资助参保资金"), (Budget, "预算安排"), (Other, "其他")];

    /// <summary>As an office says it.</summary>
    public static string Chinese(string kind) => All.FirstOrDefault(one => one.Code == kind).Chinese ?? kind;
}
