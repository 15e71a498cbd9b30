using System.Text;

namespace Canbao.Core.Files;

/// <summary>Writes fields of CSV.</summary>
public static class CsvText
{
    /// <summary>A field, quoted where RFC 4180 asks for it.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>
    /// A field with text that came from outside: one that a spreadsheet would take for a formula begins with an apostrophe, so that
    /// it is shown and never run.
    /// </summary>
    public static string ForeignField(string text) =>
        Field(text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? $"'{text}" : text);

    /// <summary>A line of fields that came from outside, with its line feed, in UTF-8.</summary>
    public static byte[] ForeignLine(IEnumerable<string> fields) =>
        Encoding.UTF8.GetBytes(string.Join(',', fields.Select(ForeignField)) + "\n");
}
