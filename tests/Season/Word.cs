using System.Text.Json;

namespace Canbao.Season.Tests;

/// <summary>How far a deed is.</summary>
enum Said
{
    /// <summary>It is about to be asked for.</summary>
    Tried,

    /// <summary>It was acknowledged.</summary>
    Done,

    /// <summary>It was refused with a code.</summary>
    Refused,

    /// <summary>It failed, and nothing of it is stored.</summary>
    Failed,
}

/// <summary>What is told to the auditor: that somebody asks for something, and what was answered. One for each payment of a deed.</summary>
sealed record Word(string Deed, string Id)
{
    public const string Pay = "pay", Cancel = "cancel", Cash = "cash", HandOn = "hand-on", Reverse = "reverse", Match = "match",
        Return = "return", Die = "die", RoundBegins = "round";

    public Said Said { get; init; }

    public int Area { get; init; }

    public string Channel { get; init; } = "";

    public string Reference { get; init; } = "";

    /// <summary>For whom; 0 where the message named nobody of the register.</summary>
    public long Person { get; init; }

    public long Fen { get; init; }

    /// <summary>The payment day, or the day of a death.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Whether another deed on the same number runs beside it, so that nobody outside knows which was first.</summary>
    public bool IsRace { get; init; }

    /// <summary>Who holds the cash.</summary>
    public string Account { get; init; } = "";

    /// <summary>The account that receives it.</summary>
    public string To { get; init; } = "";

    public string State { get; init; } = "";

    public string Receipt { get; init; } = "";

    public string Code { get; init; } = "";

    public string Line() => JsonSerializer.Serialize(this);

    public static Word Of(string line) => JsonSerializer.Deserialize<Word>(line)!;
}
