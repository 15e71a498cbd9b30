using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Registrations;

/// <summary>A row of a registration table in which nothing is wrong by itself.</summary>
sealed record RegistrationDraft
{
    public required long Line { get; init; }

    public required CitizenNumber? Number { get; init; }

    public required byte[]? NumberHash { get; init; }

    public required PersonName Name { get; init; }

    /// <summary>Null where neither number nor column tells it.</summary>
    public required Sex? Sex { get; init; }

    /// <summary>Null where neither number nor column tells it.</summary>
    public required DateOnly? BornOn { get; init; }

    public required string Phone { get; init; }

    /// <summary>The category in the form's own words; empty for an ordinary resident.</summary>
    public required string Category { get; init; }

    public required bool IsNewborn { get; init; }

    public required string Household { get; init; }

    public required DateOnly? Day { get; init; }

    /// <summary>Unit and what else the row says of the person.</summary>
    public required PersonStatusRow Status { get; init; }

    /// <summary>Whether the row says what the person is to the head.</summary>
    public required bool HasRelation { get; init; }

    /// <summary>Whether the place to which the person moved insures them.</summary>
    public required bool IsInsuredThere { get; init; }
}
