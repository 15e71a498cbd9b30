using System.Text;
using System.Text.Unicode;

namespace Canbao.Core.Files;

/// <summary>How the text of a file is encoded.</summary>
public enum TextEncoding
{
    /// <summary>Only ASCII so far, which all encodings that are read share.</summary>
    Undecided,

    /// <summary>UTF-8.</summary>
    Utf8,

    /// <summary>GB18030, which takes in GBK and GB2312.</summary>
    Gb18030,

    /// <summary>Neither; the file cannot be read.</summary>
    Unknown,
}

/// <summary>Tells UTF-8 from GB18030 and decodes the latter.</summary>
public static class TextEncodings
{
    /// <summary>GB18030 that throws on bytes which are no character.</summary>
    public static Encoding StrictGb18030 { get; } = Gb18030(DecoderFallback.ExceptionFallback);

    /// <summary>GB18030 that puts U+FFFD for bytes which are no character, to show a refused row.</summary>
    public static Encoding LenientGb18030 { get; } = Gb18030(new DecoderReplacementFallback("\uFFFD"));

    /// <summary>
    /// Decides on the first data with a byte beyond ASCII. Lines that are characters of one encoding and not of the other decide;
    /// GB18030 must besides look like Chinese text, since a stray byte before an ASCII letter is a character of it too. A few bad
    /// lines among ASCII leave the file UTF-8, so that only they are refused; a file of mostly undecodable lines is unknown.
    /// </summary>
    public static TextEncoding Decide(ReadOnlySpan<byte> data)
    {
        if (Ascii.IsValid(data))
            return TextEncoding.Undecided;
        int utf8 = 0, gb18030 = 0, neither = 0, ascii = 0;
        foreach (var range in data.Split((byte)'\n'))
        {
            var line = data[range];
            if (Ascii.IsValid(line))
                ascii++;
            else if (Utf8.IsValid(line))
                utf8++;
            else if (LooksLikeChinese(line))
                gb18030++;
            else
                neither++;
        }

        if (neither > Math.Max(ascii + utf8 + gb18030, 1))
            return TextEncoding.Unknown;
        if (utf8 > 0)
            return utf8 >= gb18030 ? TextEncoding.Utf8 : TextEncoding.Gb18030;
        return gb18030 > neither ? TextEncoding.Gb18030 : TextEncoding.Utf8;
    }

    /// <summary>The offset of the first byte that is no character of UTF-8, or -1.</summary>
    public static int FirstInvalidUtf8(ReadOnlySpan<byte> data)
    {
        if (Utf8.IsValid(data))
            return -1;
        for (var at = 0; at < data.Length;)
        {
            if (Rune.DecodeFromUtf8(data[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
                return at;
            at += used;
        }

        return -1;
    }

    static Encoding Gb18030(DecoderFallback fallback) =>
        CodePagesEncodingProvider.Instance.GetEncoding(54936, EncoderFallback.ExceptionFallback, fallback)!;

    /// <summary>Whether at least half of the characters beyond ASCII lie in GB2312's rows of everyday characters.</summary>
    static bool LooksLikeChinese(ReadOnlySpan<byte> line)
    {
        int common = 0, others = 0;
        for (var at = 0; at < line.Length;)
        {
            if (line[at] < 0x80)
            {
                at++;
                continue;
            }

            if (at + 1 >= line.Length || line[at] is 0x80 or 0xFF)
                return false;
            var trail = line[at + 1];
            var isFourBytes = trail is >= 0x30 and <= 0x39;
            if (!isFourBytes && trail is < 0x40 or 0x7F or 0xFF)
                return false;
            if (line[at] is >= 0xA1 and <= 0xF7 && trail >= 0xA1)
                common++;
            else
                others++;
            at += isFourBytes ? 4 : 2;
        }

        return common >= others;
    }
}
