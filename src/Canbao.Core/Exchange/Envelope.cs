using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Canbao.Vocabulary;

namespace Canbao.Core.Exchange;

/// <summary>What stands on the outside of a message: enough to know whose it is, whether it is whole, and in which place.</summary>
public sealed record Envelope
{
    /// <summary>The area with which the partner exchanges.</summary>
    public required int Area { get; init; }

    /// <summary>The partner, at whichever end.</summary>
    public required string Partner { get; init; }

    /// <summary>Seen from here: <see cref="Messages.In"/> or <see cref="Messages.Out"/>.</summary>
    public required string Direction { get; init; }

    /// <summary>From 1 without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>A code of <see cref="ExchangeKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The day that it tells of.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The insurance year.</summary>
    public required int Year { get; init; }

    /// <summary>The name of the file, by whose ending its kind is told.</summary>
    public required string File { get; init; }

    /// <summary>How many rows the table has below its header.</summary>
    public required long Rows { get; init; }

    /// <summary>The sum of a file of payments, fen; null for others.</summary>
    public long? AmountFen { get; init; }

    /// <summary>The category of all rows of a list; empty where a column tells it.</summary>
    public string Category { get; init; } = "";

    /// <summary>The SHA-256 of the file, hexadecimal in small letters.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The signature, hexadecimal in small letters; empty while it is not signed.</summary>
    public string Signature { get; init; } = "";

    /// <summary>What is signed, UTF-8: the fields line by line.</summary>
    public byte[] SignedText() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{Kind}\n{Day:yyyy-MM-dd}\n{Year}\n{File}\n{Rows}\n{AmountFen}\n{Category}\n{Sha256}"));

    /// <summary>As JSON.</summary>
    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(this, ExchangeJson.Readable.Envelope);

    /// <summary>Reads JSON.</summary>
    /// <exception cref="RefusedException">X101: it is none, or something is missing or out of range.</exception>
    public static Envelope Read(ReadOnlySpan<byte> json)
    {
        var read = ExchangeJson.TryRead(json, ExchangeJson.Readable.Envelope);
        if (read is not { Number: > 0, Rows: >= 0, Year: >= 2000 and < 2100, Partner.Length: > 0, Kind.Length: > 0, Sha256.Length: 64 }
            || read.Direction is not (Messages.In or Messages.Out) || read.File.Length is 0 or > 200 || read.Category is null
            || read.File.AsSpan().ContainsAny('/', '\\') || read.Signature is null || !read.Sha256.All(char.IsAsciiHexDigitLower)
            || $"{read.File}{read.Kind}{read.Category}{read.Partner}".Any(char.IsControl))
            throw new RefusedException("X101", "信封读不了：须为约定的 JSON，写明单位、方向、编号、类别、日期、年度、文件名、行数、摘要和签名");
        return read;
    }
}

/// <summary>A refused row of a receipt.</summary>
/// <param name="Line">The line of the file or row of the sheet, from 1.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Text">What is wrong, without the value.</param>
public sealed record ReceiptLine(long Line, string Column, string Code, string Text);

/// <summary>What came of a message, told to whoever sent it.</summary>
public sealed record Receipt
{
    /// <summary>The area.</summary>
    public required int Area { get; init; }

    /// <summary>The partner.</summary>
    public required string Partner { get; init; }

    /// <summary>The direction of the message.</summary>
    public required string Direction { get; init; }

    /// <summary>The number of the message.</summary>
    public required long Number { get; init; }

    /// <summary>The digest of the message.</summary>
    public required string Sha256 { get; init; }

    /// <summary>From 1: a message that was run again has another.</summary>
    public required int Run { get; init; }

    /// <summary>A state of <see cref="Receipts"/>.</summary>
    public required string State { get; init; }

    /// <summary>Rows that were taken.</summary>
    public required long Accepted { get; init; }

    /// <summary>Rows that were refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Why the whole message was refused; empty where it was not.</summary>
    public string Code { get; init; } = "";

    /// <summary>The same in words.</summary>
    public string Text { get; init; } = "";

    /// <summary>The refused rows, the first <see cref="Receipts.MostRows"/> of them.</summary>
    public IReadOnlyList<ReceiptLine> Rows { get; init; } = [];

    /// <summary>The signature, hexadecimal in small letters; empty while it is not signed.</summary>
    public string Signature { get; init; } = "";

    /// <summary>What is signed, UTF-8: the fields line by line, then the rows.</summary>
    public byte[] SignedText() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{Sha256}\n{Run}\n{State}\n{Accepted}\n{Refused}\n{Code}\n{Text}")
        + string.Concat(Rows.Select(row => string.Create(CultureInfo.InvariantCulture,
            $"\n{row.Line}\t{row.Column}\t{row.Code}\t{row.Text}"))));

    /// <summary>The SHA-256 of what it says: another receipt has another.</summary>
    public byte[] Digest() => SHA256.HashData(SignedText());

    /// <summary>As JSON.</summary>
    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(this, ExchangeJson.Readable.Receipt);

    /// <summary>Reads JSON.</summary>
    /// <exception cref="RefusedException">X101: it is none, or something is missing or out of range.</exception>
    public static Receipt Read(ReadOnlySpan<byte> json)
    {
        var read = ExchangeJson.TryRead(json, ExchangeJson.Readable.Receipt);
        if (read is not { Number: > 0, Run: > 0, Accepted: >= 0, Refused: >= 0, Sha256: not null, Code: not null, Text: not null }
            || read is not { Rows: not null, Signature: not null, Partner: not null, Direction: not null }
            || read.Rows.Count > Receipts.MostRows || read.Rows.Any(row => row is not { Column: not null, Code: not null, Text: not null })
            || !Receipts.IsState(read.State) || $"{read.Code}{read.Text}".Any(char.IsControl)
            || read.Rows.Any(row => $"{row.Column}{row.Code}{row.Text}".Any(char.IsControl)))
            throw new RefusedException("X101", "回执读不了：须为约定的 JSON，写明单位、方向、编号、摘要、次数、结果、行数和签名");
        return read;
    }
}

/// <summary>How envelopes and receipts are written.</summary>
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(Receipt))]
sealed partial class ExchangeJson : JsonSerializerContext
{
    /// <summary>Chinese stays readable; a field that is not known is refused.</summary>
    public static ExchangeJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    });

    /// <summary>Reads JSON; null where it is not what it should be.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
