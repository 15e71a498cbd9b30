using System.Text;
using Canbao.Core.Files;
using Xunit;

namespace Canbao.Core.Tests.Files;

public class TextEncodingTests
{
    static readonly Encoding Gb18030 = TextEncodings.StrictGb18030;

    public static TheoryData<string, byte[], TextEncoding> Files() => new()
    {
        { "nothing", [], TextEncoding.Undecided },
        { "ASCII", "a,b\n1,2\n"u8.ToArray(), TextEncoding.Undecided },
        { "UTF-8", "姓名,住址\n张三,鲍沟镇\n"u8.ToArray(), TextEncoding.Utf8 },
        { "UTF-8 of one rare character", "a,𠮷\n"u8.ToArray(), TextEncoding.Utf8 },
        { "UTF-8 with one bad line", [.. "张三\n李四\n"u8, 0xD5, (byte)'\n'], TextEncoding.Utf8 },
        { "GB18030", Gb18030.GetBytes("姓名,住址\n张三,鲍沟镇\n"), TextEncoding.Gb18030 },
        { "GB18030 of one character", Gb18030.GetBytes("a,张\n1,2\n"), TextEncoding.Gb18030 },
        { "GB18030 with characters beyond GB2312", Gb18030.GetBytes("朱镕基\n李喆\n"), TextEncoding.Gb18030 },
        { "GB18030 with characters of four bytes", Gb18030.GetBytes("王𠮷\n赵㐀\n"), TextEncoding.Gb18030 },
        { "GB18030 with one bad line", [.. Gb18030.GetBytes("张三\n李四\n"), 0xFF, (byte)'\n'], TextEncoding.Gb18030 },
        { "ASCII with one bad byte", [.. "a,b\n1,"u8, 0xD5, .. "\n3,4\n5,6\n"u8], TextEncoding.Utf8 },
        { "ASCII with a bad byte before a letter", [.. "a,b\n1,"u8, 0x81, .. "x\n3,4\n5,6\n"u8], TextEncoding.Utf8 },
        { "Latin-1 in every line", [0xE9, (byte)',', 0xE8, (byte)'\n', 0xE8, (byte)',', 0xE9, (byte)'\n'], TextEncoding.Unknown },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void The_encoding_is_recognised(string file, byte[] data, TextEncoding encoding)
    {
        Assert.NotEmpty(file);
        Assert.Equal(encoding, TextEncodings.Decide(data));
    }

    [Fact]
    public void Random_bytes_are_never_taken_for_text()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var data = new byte[20_000];
            random.NextBytes(data);
            Assert.Equal(TextEncoding.Unknown, TextEncodings.Decide(data));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xD5 }, 0)]
    [InlineData(new byte[] { (byte)'a', 0xE5, 0xBC, 0xA0, 0xFF }, 4)]
    [InlineData(new byte[] { (byte)'a', 0xE5, 0xBC }, 1)]
    [InlineData(new byte[] { 0xC0, 0x80 }, 0)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0)]
    [InlineData(new byte[] { (byte)'a', 0xE5, 0xBC, 0xA0 }, -1)]
    public void The_first_byte_that_is_no_utf8_is_found(byte[] data, int at) => Assert.Equal(at, TextEncodings.FirstInvalidUtf8(data));

    [Fact]
    public void A_block_of_gb18030_becomes_utf8_with_characters_in_their_standard_places()
    {
        // 0xFE59 is one of the characters for which older mappings give a private-use code point (U+E81E instead of U+9FB4).
        var data = (byte[])[.. Gb18030.GetBytes("张𠮷,㐀\n"), 0xFE, 0x59, .. ",b\n"u8];
        var (text, faults) = Prepared(data, TextEncoding.Gb18030);
        Assert.Equal("张𠮷,㐀\n\u9FB4,b\n", text);
        Assert.Empty(faults);
    }

    [Fact]
    public void The_first_bad_byte_of_each_line_is_told_with_its_place_in_the_file()
    {
        var rest = (byte[])[0xFF, .. ",\"\nb\n"u8, (byte)'c', 0xFF, (byte)'\n'];
        var (text, faults) = Prepared([.. Gb18030.GetBytes("张三,"), .. rest], TextEncoding.Gb18030);
        Assert.Equal("张三,\uFFFD,\"\nb\nc\uFFFD\n", text);
        Assert.Equal([new UndecodableByte(7, 105), new UndecodableByte(16, 112)], faults);
        (_, faults) = Prepared([.. "张三,"u8, .. rest], TextEncoding.Utf8);
        Assert.Equal([new UndecodableByte(7, 107), new UndecodableByte(14, 114)], faults);
    }

    [Fact]
    public void Bytes_of_separators_survive_beside_bad_bytes()
    {
        foreach (var bad in new byte[][] { [0x81], [0x81, 0x30], [0x81, 0x30, 0x81], [0xFF], [0x80] })
            foreach (var mark in ",\"\n"u8.ToArray())
            {
                var (text, faults) = Prepared([.. Gb18030.GetBytes("张"), .. bad, mark, (byte)'x'], TextEncoding.Gb18030);
                Assert.Single(faults);
                Assert.Single(text, character => character == mark);
            }
    }

    static (string Text, IReadOnlyList<UndecodableByte> Faults) Prepared(byte[] data, TextEncoding encoding)
    {
        var text = new BlockText();
        var block = new CsvBlock { Data = [.. data, (byte)'!'], Length = data.Length, Encoding = encoding, FileOffset = 100 };
        text.Prepare(block);
        return (Encoding.UTF8.GetString(block.Data, 0, block.Length), block.Undecodable);
    }
}
