using LinqToDB.Mapping;

namespace Canbao.Core.Events;

/// <summary>What somebody did at one moment for one reason.</summary>
[Table("act")]
public sealed record ActRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Grows with time.</summary>
    [Column("act_id"), PrimaryKey(2)]
    public long ActId { get; init; }

    /// <summary>When.</summary>
    [Column("at")]
    public DateTimeOffset At { get; init; }

    /// <summary>Who: the account's login.</summary>
    [Column("account")]
    public string Account { get; init; } = "";

    /// <summary>What kind of deed, such as <c>person.register</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Why, in the person's words or the form's.</summary>
    [Column("reason")]
    public string Reason { get; init; } = "";

    /// <summary>How many changes it made.</summary>
    [Column("changes")]
    public int Changes { get; init; }
}

/// <summary>One thing that an act changed. Holds masks and keyed hashes, never a number or its ciphertext.</summary>
[Table("act_change")]
public sealed record ActChangeRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The act.</summary>
    [Column("act_id"), PrimaryKey(2)]
    public long ActId { get; init; }

    /// <summary>From 1.</summary>
    [Column("change_no"), PrimaryKey(3)]
    public int ChangeNo { get; init; }

    /// <summary>What kind of thing, such as <c>person</c>.</summary>
    [Column("subject")]
    public string Subject { get; init; } = "";

    /// <summary>Which one.</summary>
    [Column("subject_id")]
    public string SubjectId { get; init; } = "";

    /// <summary>What was done to it, such as <c>moved</c>.</summary>
    [Column("action")]
    public string Action { get; init; } = "";

    /// <summary>The fields that changed as they were, JSON; null where it was not there.</summary>
    [Column("old")]
    public string? Old { get; init; }

    /// <summary>The fields that changed as they are, JSON; null where it is gone.</summary>
    [Column("new")]
    public string? New { get; init; }
}
