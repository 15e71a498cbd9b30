using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Canbao.Vocabulary;

namespace Canbao.Core.Files;

/// <summary>A byte that is no character.</summary>
/// <param name="Offset">Where it stands in the block's data after decoding.</param>
/// <param name="FileOffset">Where it stands in the file, from 0.</param>
public readonly record struct UndecodableByte(int Offset, long FileOffset);

/// <summary>Brings a block's text into UTF-8 and finds the bytes that are no characters, the first of each line.</summary>
public sealed class BlockText
{
    readonly List<UndecodableByte> undecodable = [];
    readonly ArrayBufferWriter<byte> decoded = new();

    /// <summary>The undecodable bytes of the block last prepared, in order.</summary>
    public IReadOnlyList<UndecodableByte> Undecodable => undecodable;

    /// <summary>Prepares a block.</summary>
    public void Prepare(CsvBlock block)
    {
        undecodable.Clear();
        var data = block.Data.AsSpan(0, block.Length);
        if (block.Encoding == TextEncoding.Gb18030 && !Ascii.IsValid(data))
            Decode(block, data);
        else if (block.Encoding == TextEncoding.Utf8 && !Utf8.IsValid(data))
            foreach (var range in data.Split((byte)'\n'))
                if (TextEncodings.FirstInvalidUtf8(data[range]) is >= 0 and var at)
                    undecodable.Add(new UndecodableByte(range.Start.Value + at, block.FileOffset + range.Start.Value + at));
    }

    /// <summary>The first undecodable byte of a part of the data, or null.</summary>
    public UndecodableByte? FirstIn(int start, int end)
    {
        foreach (var fault in undecodable)
            if (fault.Offset >= start && fault.Offset < end)
                return fault;
        return null;
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
                DecodeLine(line, block.FileOffset + range.Start.Value);
            if (range.End.Value < data.Length)
                decoded.Write("\n"u8);
        }

        if (block.Data.Length < decoded.WrittenCount)
            block.Data = new byte[decoded.WrittenCount];
        decoded.WrittenSpan.CopyTo(block.Data);
        block.Length = decoded.WrittenCount;
    }

    void DecodeLine(ReadOnlySpan<byte> line, long fileOffset)
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
            undecodable.Add(new UndecodableByte(decoded.WrittenCount + Encoding.UTF8.GetByteCount(before), fileOffset + at));
            text = TextEncodings.LenientGb18030.GetString(line);
        }

        Encoding.UTF8.GetBytes(PrivateUseHan.Standardise(text), decoded);
    }
}
