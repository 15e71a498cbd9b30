using LinqToDB.Mapping;

namespace Canbao.Core.Rosters;

/// <summary>An upload of a department's list that changed something.</summary>
[Table("roster_version")]
public sealed record RosterVersionRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>Grows with time.</summary>
    [Column("version_id"), PrimaryKey(2)]
    public long VersionId { get; init; }

    /// <summary>Whose list.</summary>
    [Column("department")]
    public string Department { get; init; } = "";

    /// <summary><c>full</c> or <c>adjustment</c>.</summary>
    [Column("kind")]
    public string Kind { get; init; } = "";

    /// <summary>The business day on which the department gave the file.</summary>
    [Column("handed_in_on")]
    public DateOnly HandedInOn { get; init; }

    /// <summary>The earliest day from which something changed: with the day before it the clock of 5 working days runs.</summary>
    [Column("first_day")]
    public DateOnly FirstDay { get; init; }

    /// <summary>The latest day from which something changed.</summary>
    [Column("effective_on")]
    public DateOnly EffectiveOn { get; init; }

    /// <summary>The file as it was kept.</summary>
    [Column("upload_id")]
    public long? UploadId { get; init; }

    /// <summary>People who came on the list.</summary>
    [Column("added")]
    public int Added { get; init; }

    /// <summary>People who left it.</summary>
    [Column("removed")]
    public int Removed { get; init; }

    /// <summary>People who hold other categories than before.</summary>
    [Column("changed")]
    public int Changed { get; init; }

    /// <summary>People of whom nothing changed.</summary>
    [Column("unchanged")]
    public int Unchanged { get; init; }

    /// <summary>Rows that were refused.</summary>
    [Column("rejected")]
    public int Rejected { get; init; }

    /// <summary>Removals that were not applied since rows were refused.</summary>
    [Column("held_back")]
    public int HeldBack { get; init; }

    /// <summary>The act that took it back; null while it counts.</summary>
    [Column("undone_by")]
    public long? UndoneBy { get; init; }

    /// <summary>The act that applied it.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>What a version did to one person's category.</summary>
[Table("roster_entry")]
public sealed record RosterEntryRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The version.</summary>
    [Column("version_id"), PrimaryKey(2)]
    public long VersionId { get; init; }

    /// <summary>From 1.</summary>
    [Column("entry_no"), PrimaryKey(3)]
    public int EntryNo { get; init; }

    /// <summary>The person.</summary>
    [Column("person_id")]
    public long PersonId { get; init; }

    /// <summary>The category's code, or a mark's.</summary>
    [Column("category")]
    public string Category { get; init; } = "";

    /// <summary><c>added</c> or <c>removed</c>.</summary>
    [Column("action")]
    public string Action { get; init; } = "";

    /// <summary>From this day.</summary>
    [Column("day")]
    public DateOnly Day { get; init; }

    /// <summary>The file's line; null for whoever a full list left out.</summary>
    [Column("line")]
    public long? Line { get; init; }
}

/// <summary>What a department calls a column or a category.</summary>
[Table("roster_word")]
public sealed record RosterWordRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The department.</summary>
    [Column("department"), PrimaryKey(2)]
    public string Department { get; init; } = "";

    /// <summary><c>column</c> or <c>category</c>.</summary>
    [Column("kind"), PrimaryKey(3)]
    public string Kind { get; init; } = "";

    /// <summary>The department's word, as words are compared.</summary>
    [Column("word"), PrimaryKey(4)]
    public string Word { get; init; } = "";

    /// <summary>The column's name, or the category's code.</summary>
    [Column("means")]
    public string Means { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>That somebody agreed to what an upload would do.</summary>
[Table("roster_confirmation")]
public sealed record RosterConfirmationRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The upload.</summary>
    [Column("upload_id"), PrimaryKey(2)]
    public long UploadId { get; init; }

    /// <summary>The outcome that was agreed to.</summary>
    [Column("digest"), PrimaryKey(3)]
    public string Digest { get; init; } = "";

    /// <summary>Who.</summary>
    [Column("account"), PrimaryKey(4)]
    public string Account { get; init; } = "";

    /// <summary>The act.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>Which lists of an area need a second person.</summary>
[Table("roster_limit")]
public sealed record RosterLimitRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The act that set it; the newest counts.</summary>
    [Column("act_id"), PrimaryKey(2)]
    public long ActId { get; init; }

    /// <summary>More than this share of the people held, in percent.</summary>
    [Column("percent")]
    public int Percent { get; init; } = 10;

    /// <summary>And at least so many.</summary>
    [Column("people")]
    public int People { get; init; } = 5;
}
