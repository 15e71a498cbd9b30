using LinqToDB.Mapping;

namespace Canbao.Core.Rosters;

/// <summary>The category that a person holds from one day to another, by the list of one department.</summary>
[Table("category_span")]
public sealed record CategorySpanRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id"), PrimaryKey(2)]
    public long PersonId { get; init; }

    /// <summary>The category's code, or a mark's that gives no assistance.</summary>
    [Column("category"), PrimaryKey(3)]
    public string Category { get; init; } = "";

    /// <summary>The department whose list says so.</summary>
    [Column("department"), PrimaryKey(4)]
    public string Department { get; init; } = "";

    /// <summary>From this day.</summary>
    [Column("from_day"), PrimaryKey(5)]
    public DateOnly FromDay { get; init; }

    /// <summary>The version of a list that began it.</summary>
    [Column("opened_by"), PrimaryKey(6)]
    public long OpenedBy { get; init; }

    /// <summary>Until this day, inclusive; null while it is so.</summary>
    [Column("until_day")]
    public DateOnly? UntilDay { get; init; }

    /// <summary>The version that ended it.</summary>
    [Column("closed_by")]
    public long? ClosedBy { get; init; }

    /// <summary>The version by which it does not count: undone, or ended on the day on which it began. Null while it counts.</summary>
    [Column("voided_by")]
    public long? VoidedBy { get; init; }

    /// <summary>Whether it is so on a day.</summary>
    public bool IsOn(DateOnly day) => VoidedBy is null && FromDay <= day && (UntilDay is null || UntilDay >= day);
}
