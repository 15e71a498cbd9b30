using Canbao.Vocabulary;

namespace Canbao.Core.Registry.Import;

/// <summary>A row of a people file in which nothing is wrong.</summary>
sealed record PersonDraft
{
    public required long Line { get; init; }

    public required CitizenNumber? Number { get; init; }

    /// <summary>The keyed hash of the number; null where there is none.</summary>
    public byte[]? NumberHash { get; init; }

    /// <summary>The person in the register; null for whoever is new.</summary>
    public long? KnownId { get; init; }

    public required string Name { get; init; }

    public required Sex Sex { get; init; }

    public required DateOnly BornOn { get; init; }

    public DateOnly? DiedOn { get; init; }

    public string HouseholdNumber { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>What the row says of the person; household and phone are filled in when it is stored.</summary>
    public required PersonStatusRow Status { get; init; }
}
