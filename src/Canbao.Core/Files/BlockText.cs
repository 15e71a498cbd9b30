using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Canbao.Vocabulary;

namespace Canbao.Core.Files;

/// <summary>Brings a block's text into UTF-8 and finds the bytes that are no characters, the first of each line.</summary>
public sealed class BlockText
{
    readonly ArrayBufferWriter<byte> decoded = new();

    /// <summary>Prepares a block; does nothing to one that is prepared.</summary>
    public void Prepare(CsvBlock block)
    {
        if (block.IsPrepared)
            return;
        block.IsPrepared = true;
        block.Undecodable.Clear();
        var data = block.Data.AsSpan(0, block.Length);
        if (block.Encoding == TextEncoding.Gb18030 && !Ascii.IsValid(data))
            Decode(block, data);
        else if (block.Encoding == TextEncoding.Utf8 && !Utf8.IsValid(data))
            foreach (var range in data.Split((byte)'\n'))
                if (TextEncodings.FirstInvalidUtf8(data[range]) is >= 0 and var at)
                    block.Undecodable.Add(new UndecodableByte(range.Start.Value + at, block.FileOffset + range.Start.Value + at));
    }

    void Decode(CsvBlock block, ReadOnlySpan<byte> data)
    {
        decoded.ResetWrittenCount();
        foreach (var range in data.Split((byte)'\n'))
        {
            var line = data[range];
            if (Ascii.IsValid(line))
                decoded.Write(line);
            else
                DecodeLine(block, line, block.FileOffset + range.Start.Value);
            if (range.End.Value < data.Length)
                decoded.Write("\n"u8);
        }

        if (block.Data.Length < decoded.WrittenCount)
            block.Data = new byte[decoded.WrittenCount];
        decoded.WrittenSpan.CopyTo(block.Data);
        block.Length = decoded.WrittenCount;
    }

    void DecodeLine(CsvBlock block, ReadOnlySpan<byte> line, long fileOffset)
    {
        string text;
        try
        {
            text = TextEncodings.StrictGb18030.GetString(line);
        }
        catch (DecoderFallbackException fault)
        {
            var at = Math.Max(fault.Index, 0);
            var before = PrivateUseHan.Standardise(TextEncodings.LenientGb18030.GetString(line[..at]));
            block.Undecodable.Add(new UndecodableByte(decoded.WrittenCount + Encoding.UTF8.GetByteCount(before), fileOffset + at));
            text = TextEncodings.LenientGb18030.GetString(line);
        }

        Encoding.UTF8.GetBytes(PrivateUseHan.Standardise(text), decoded);
    }
}
