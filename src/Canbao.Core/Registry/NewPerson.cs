using Canbao.Vocabulary;

namespace Canbao.Core.Registry;

/// <summary>Somebody who is to be registered.</summary>
/// <param name="Number">The number; null for whoever has no identity data yet (<c>lingyuan 四(五)</c>).</param>
/// <param name="Name">The name.</param>
/// <param name="Sex">The sex; as the number says where it does.</param>
/// <param name="BornOn">Day of birth; as the number says where it does.</param>
public sealed record NewPerson(CitizenNumber? Number, PersonName Name, Sex Sex, DateOnly BornOn)
{
    /// <summary>A phone number, or null.</summary>
    public string? Phone { get; init; }

    /// <summary>What is so of the person; identity, days and phone are filled in.</summary>
    public required PersonStatusRow Status { get; init; }
}
