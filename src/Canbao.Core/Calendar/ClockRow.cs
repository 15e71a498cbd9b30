using LinqToDB.Mapping;

namespace Canbao.Core.Calendar;

/// <summary>A hand-over that has a time.</summary>
[Table("clock")]
public sealed record ClockRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The clock.</summary>
    [Column("clock_id"), PrimaryKey(2)]
    public long ClockId { get; init; }

    /// <summary>The code of its <see cref="ClockKind"/>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Who has to hand over: the code of a department or of a role.</summary>
    [Column("office")]
    public string Office { get; init; } = "";

    /// <summary>The unit whose hand-over it is, or null where it concerns the whole area.</summary>
    [Column("unit")]
    public string? Unit { get; init; }

    /// <summary>What has to be handed on, in words without personal data.</summary>
    [Column("subject")]
    public string Subject { get; init; } = "";

    /// <summary>The day of the event; the time begins on the day after (Civil Code art. 201).</summary>
    [Column("opened_on")]
    public DateOnly OpenedOn { get; init; }

    /// <summary>The last day that is in time; null while the public holidays up to it are not published.</summary>
    [Column("due_on")]
    public DateOnly? DueOn { get; init; }

    /// <summary>The day on which it was handed over, or null.</summary>
    [Column("done_on")]
    public DateOnly? DoneOn { get; init; }

    /// <summary>The act that opened it.</summary>
    [Column("opened_act")]
    public long OpenedAct { get; init; }

    /// <summary>The act that noted that it was done, or null.</summary>
    [Column("done_act")]
    public long? DoneAct { get; init; }
}
