using System.Text.Json.Serialization;

namespace Canbao.Web.Pages;

/// <summary>Who is signed in, and what the phone needs of that.</summary>
sealed record OfflineStanding(
    string Login, string Name, string Token, IReadOnlyList<OfflineUnit> Units, IReadOnlyList<OfflineBack> GiveBack);

/// <summary>A unit whose households can be taken along.</summary>
sealed record OfflineUnit(string Code, string Name);

/// <summary>Cash that is to be given back.</summary>
sealed record OfflineBack(string Receipt, string Name, long Fen);

/// <summary>Asks for a bag.</summary>
sealed record OfflineOrder(string Unit, string Device);

/// <summary>Names a bag. Identifiers are texts: a script's numbers are too small for them.</summary>
sealed record OfflineReturn(string Bag);

/// <summary>A bag for the phone; times in milliseconds since 1970.</summary>
sealed record OfflineBag(string Id, string Name, int Year, DateOnly Day, long Now, long Ends)
{
    public required string Unit { get; init; }

    public required string UnitCode { get; init; }

    public required string UnitName { get; init; }

    public required string Agent { get; init; }

    public required string AgentName { get; init; }

    public required IReadOnlyList<OfflineNumber> Numbers { get; init; }

    public required IReadOnlyList<OfflineHousehold> Households { get; init; }

    /// <summary>The amounts of the quotes in capitals, by fen.</summary>
    public required IReadOnlyDictionary<string, string> Capitals { get; init; }
}

/// <summary>A receipt's number with its key.</summary>
sealed record OfflineNumber(string No, byte[] Key);

/// <summary>A household in the order of the unit.</summary>
sealed record OfflineHousehold(string Id, int Place, string Number, string Address, string Head, IReadOnlyList<OfflineMember> Members);

/// <summary>A member; without an amount where nothing can be taken, which the note says.</summary>
sealed record OfflineMember(string Person, string Name, string Mask, string Note)
{
    public long? Fen { get; init; }

    public string? Verdict { get; init; }

    public string? Signature { get; init; }
}

/// <summary>Takings that are sent.</summary>
sealed record OfflineSent(IReadOnlyList<OfflineTaking> Takings);

/// <summary>One person's cash, as the phone kept it.</summary>
sealed record OfflineTaking(
    string Key, string Bag, int Line, string Person, long Fen, string Verdict, string Signature, DateTimeOffset TakenAt,
    string? VoidReason = null);

/// <summary>What became of takings.</summary>
sealed record OfflineAnswers(IReadOnlyList<OfflineAnswer> Answers);

/// <summary>What became of one.</summary>
sealed record OfflineAnswer(string Key, string State, string Code, string Text);

/// <summary>Why something was not done.</summary>
sealed record OfflineRefusal(string Code, string Text);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(OfflineStanding))]
[JsonSerializable(typeof(OfflineOrder))]
[JsonSerializable(typeof(OfflineReturn))]
[JsonSerializable(typeof(OfflineBag))]
[JsonSerializable(typeof(OfflineSent))]
[JsonSerializable(typeof(OfflineAnswers))]
[JsonSerializable(typeof(OfflineRefusal))]
sealed partial class OfflineJson : JsonSerializerContext;
