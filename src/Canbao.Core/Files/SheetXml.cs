using System.Buffers;
using System.Text;

namespace Canbao.Core.Files;

/// <summary>Writes the XML of one sheet; its cells are text, but for those that are said to be numbers.</summary>
sealed class SheetXml
{
    const int FlushAt = 1 << 16;

    /// <summary>The most characters that a spreadsheet takes in one cell.</summary>
    const int MostCharacters = 32_767;

    /// <summary>Bytes that do not stand for themselves, and the first ones of what may not.</summary>
    static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(value => value is not ('\t' or '\n')).Select(value => (byte)value), .. "<>&_"u8, 0xEF]);

    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    readonly Stream stream;
    readonly ArrayBufferWriter<byte> xml = new(2 * FlushAt);

    /// <summary>Starts the sheet.</summary>
    /// <param name="stream">Where it goes; closed with the sheet.</param>
    /// <param name="before">XML that stands before the rows, such as the widths of columns.</param>
    public SheetXml(Stream stream, string before = "")
    {
        this.stream = stream;
        xml.Write(Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{WorkbookParts.Main}\">{before}"
            + "<sheetData>"));
    }

    public void StartRow() => xml.Write("<row>"u8);

    /// <summary>Adds a cell of UTF-8 text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">Its place in the part with the styles.</param>
    /// <exception cref="TableFileException">The text does not fit into a cell.</exception>
    public void AddCell(ReadOnlySpan<byte> text, int style = 0)
    {
        if (text.Length > MostCharacters && Encoding.UTF8.GetCharCount(text) > MostCharacters)
            throw new TableFileException("F109", $"有一个值超过 {MostCharacters} 字，工作簿的单元格放不下；请把结果文件改为 .csv");
        xml.Write("<c t=\"inlineStr\""u8);
        if (style > 0)
            WriteStyle(style);
        xml.Write("><is><t xml:space=\"preserve\">"u8);
        while (text.IndexOfAny(Special) is >= 0 and var at)
        {
            xml.Write(text[..at]);
            text = text[at..];
            text = text[WriteSpecial(text)..];
        }

        xml.Write(text);
        xml.Write("</t></is></c>"u8);
    }

    /// <summary>Adds a cell that is a number.</summary>
    /// <param name="digits">The number as XML writes it.</param>
    /// <param name="style">Its place in the part with the styles.</param>
    public void AddNumber(ReadOnlySpan<byte> digits, int style)
    {
        xml.Write("<c"u8);
        WriteStyle(style);
        xml.Write("><v>"u8);
        xml.Write(digits);
        xml.Write("</v></c>"u8);
    }

    public void EndRow()
    {
        xml.Write("</row>"u8);
        if (xml.WrittenCount >= FlushAt)
            Flush();
    }

    /// <summary>Completes the sheet.</summary>
    public void Close()
    {
        xml.Write("</sheetData></worksheet>"u8);
        Flush();
        stream.Dispose();
    }

    void WriteStyle(int style) => xml.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($" s=\"{style}\"")));

    void Flush()
    {
        stream.Write(xml.WrittenSpan);
        xml.ResetWrittenCount();
    }

    /// <summary>
    /// Writes what stands at the start of the text: an entity, or <c>_xHHHH_</c>, which is how a cell holds a character that XML
    /// cannot, and which therefore has to be escaped itself. Gives the bytes it stands for.
    /// </summary>
    int WriteSpecial(ReadOnlySpan<byte> text)
    {
        switch (text[0])
        {
            case (byte)'<':
                xml.Write("&lt;"u8);
                return 1;
            case (byte)'>':
                xml.Write("&gt;"u8);
                return 1;
            case (byte)'&':
                xml.Write("&amp;"u8);
                return 1;
            case (byte)'\r':
                xml.Write("&#13;"u8);
                return 1;
            case (byte)'_':
                xml.Write(LooksEscaped(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case 0xEF when text.StartsWith<byte>([0xEF, 0xBF, 0xBE]) || text.StartsWith<byte>([0xEF, 0xBF, 0xBF]):
                xml.Write(text[2] == 0xBE ? "_xFFFE_"u8 : "_xFFFF_"u8);
                return 3;
            case 0xEF:
                xml.Write(text[..1]);
                return 1;
            default:
                xml.Write(Encoding.ASCII.GetBytes($"_x{text[0]:X4}_"));
                return 1;
        }
    }

    static bool LooksEscaped(ReadOnlySpan<byte> text) => text.Length >= 7 && text[1] == 'x' && text[6] == '_'
        && text[2..6].IndexOfAnyExcept(HexDigits) < 0;
}
