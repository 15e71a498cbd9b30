using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Canbao.Core.Reporting.Forms;
using Canbao.Vocabulary;

namespace Canbao.Core.Reporting.HandIns;

/// <summary>
/// What is kept of a filled form (promise 7): everything that stands on paper and its formulas, but not whom its numbers count, since
/// people move on while the snapshot stays.
/// </summary>
public static class FrozenGrid
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>A form as text.</summary>
    public static string Freeze(FormGrid grid) => Text(new Sheet(
        grid.Sheet, grid.Annex, grid.Title, [.. grid.Stamps], grid.UnitLine, [.. grid.Headings.Select(Of)],
        [.. grid.Rows.Select(row => new Row(
            row.Kind, row.Unit, row.Name, row.IsOwn,
            [.. row.Cells.Select(cell => new Cell(cell.Text ?? "", cell.Value, cell.Of, cell.Formula ?? ""))]))],
        [.. grid.Notes], grid.IsLandscape, grid.Fixed));

    /// <summary>The form of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">What its digest was.</param>
    /// <exception cref="RefusedException">T411: it is another text.</exception>
    public static FormGrid Thaw(string text, byte[] digest)
    {
        var sheet = Read<Sheet>(text, digest);
        return new()
        {
            Sheet = sheet.Name ?? "",
            Annex = sheet.Annex ?? "",
            Title = sheet.Title ?? "",
            Stamps = [.. sheet.Stamps],
            UnitLine = sheet.UnitLine ?? "",
            Headings = [.. sheet.Headings.Select(Of)],
            Rows =
            [
                .. sheet.Rows.Select(row => new GridRow(
                    row.Kind, row.Unit ?? "", row.Name ?? "",
                    [.. row.Cells.Select(cell => new GridCell(cell.Text ?? "", cell.Value, cell.Of, cell.Formula ?? ""))])
                {
                    IsOwn = row.IsOwn,
                }),
            ],
            Notes = [.. sheet.Notes],
            IsLandscape = sheet.IsLandscape,
            Fixed = sheet.Fixed,
        };
    }

    /// <summary>Anything that is frozen, as text.</summary>
    public static string Text<T>(T what) => JsonSerializer.Serialize(what, Json);

    /// <summary>Reads what was frozen.</summary>
    /// <inheritdoc cref="Thaw"/>
    public static T Read<T>(string text, byte[] digest) => DigestOf(text).AsSpan().SequenceEqual(digest)
        ? JsonSerializer.Deserialize<T>(text, Json)!
        : throw new RefusedException("T411", "保存的数字与上报时的摘要不符，可能被改动过；请不要使用，并请安全审计员核验审计链");

    /// <summary>The SHA-256 of a text.</summary>
    public static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    static Heading Of(GridHeading heading) => new(
        heading.Text, heading.Number, heading.Formula, heading.Value, heading.Key, [.. heading.Below.Select(Of)],
        heading.Column is { } column
            ? new(column.Key, column.Name, column.Width, column.Kind, column.Formula, column.TotalFormula) : null);

    static GridHeading Of(Heading heading) => new(heading.Text ?? "", [.. heading.Below.Select(Of)])
    {
        Number = heading.Number ?? "",
        Formula = heading.Formula ?? "",
        Value = heading.Value,
        Key = heading.Key ?? "",
        Column = heading.Column is not { } column ? null : new(column.Key, column.Name, column.Width, column.Kind)
        {
            Formula = column.Formula ?? "",
            TotalFormula = column.TotalFormula ?? "",
        },
    };

    sealed record Sheet(
        string? Name, string? Annex, string? Title, ImmutableArray<string> Stamps, string? UnitLine, ImmutableArray<Heading> Headings,
        ImmutableArray<Row> Rows, ImmutableArray<string> Notes, bool IsLandscape, int Fixed);

    sealed record Heading(
        string? Text, string? Number, string? Formula, long? Value, string? Key, ImmutableArray<Heading> Below, Column? Column);

    sealed record Column(string Key, string Name, int Width, CellKind Kind, string? Formula, string? TotalFormula);

    sealed record Row(GridRowKind Kind, string? Unit, string? Name, bool IsOwn, ImmutableArray<Cell> Cells);

    sealed record Cell(string? Text, long? Value, long? Of, string? Formula);
}
