using System.Text;
using Canbao.Core.Files;
using CsCheck;
using Xunit;

namespace Canbao.Core.Tests.Files;

/// <summary><see cref="CsvSyntax"/> and <see cref="CsvRecord"/> against golden tables and against the reference parser.</summary>
public class CsvGrammarTests
{
    /// <summary>Text; records, each in brackets with fields between bars, or a question mark before the line of a broken one.</summary>
    public static TheoryData<string, string> Golden() => new()
    {
        { "", "" },
        { "a", "[a]" },
        { "a\n", "[a]" },
        { "a\r\n", "[a]" },
        { "a\r", "[a]" },
        { "a,b,c\nd,e,f", "[a|b|c][d|e|f]" },
        { "a,b\r\nc,d\r\n", "[a|b][c|d]" },
        { "a,\n", "[a|]" },
        { "a,", "[a|]" },
        { ",", "[|]" },
        { "\n\n", "[][]" },
        { "\r\n\r\n", "[][]" },
        { "a\rb,c\n", "[a\rb|c]" },
        { "a\r\r\n", "[a\r]" },
        { "\"a\",b\n", "[a|b]" },
        { "a,\"b\"\r\n", "[a|b]" },
        { "a,\"b\"", "[a|b]" },
        { "a,\"b\"\r", "[a|b]" },
        { "\"a\",\n", "[a|]" },
        { "\"a\",", "[a|]" },
        { "\"\"\n", "[]" },
        { "\"\",\"\"", "[|]" },
        { "\"\"\"\"\n", "[\"]" },
        { "\"a\"\"b\"\n", "[a\"b]" },
        { "\"a\"\",\"\"b\",c\n", "[a\",\"b|c]" },
        { "\"a,b\",c\n", "[a,b|c]" },
        { "\"a\nb\",c\nd,e\n", "[a\nb|c][d|e]" },
        { "\"a\r\nb\",c\r\n", "[a\r\nb|c]" },
        { "\"\n\n\"\nx\n", "[\n\n][x]" },
        { " \"a\",b\nc,d\n", "? \"a\",b\n[c|d]" },
        { "a\"b,c\nd,e\n", "?a\"b,c\n[d|e]" },
        { "\"a\"b,c\nd,e\n", "?\"a\"b,c\n[d|e]" },
        { "\"a\" ,c\nd,e\n", "?\"a\" ,c\n[d|e]" },
        { "\"a\"\rb,c\nd,e\nf,g\n", "?\"a\"\rb,c\n[d|e][f|g]" },
        { "\"a\"\r,c\nd,e\n", "?\"a\"\r,c\n[d|e]" },
        { "\"a\"\r\r\nd,e\n", "?\"a\"\r\r\n[d|e]" },
        { "a,\"b\nc,d\ne,f\n", "?a,\"b\n[c|d][e|f]" },
        { "a,b\nc,\"d", "[a|b]?c,\"d" },
        { "a,\"b\nc,\"d\"\n", "?a,\"b\n[c|d]" },
        { "\"a\nb\"x\nc\n", "?\"a\n?b\"x\n[c]" },
        { "\"", "?\"" },
        { "\"\"\"", "?\"\"\"" },
        { "张三,\"李,四\"\n", "[张三|李,四]" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Text_is_cut_into_these_records_and_fields(string text, string records) =>
        Assert.Equal(records, Shown(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [MemberData(nameof(Golden))]
    public void The_reference_parser_agrees_with_the_golden_table(string text, string records) =>
        Assert.Equal(records, Shown(CsvReference.Parse(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Any_text_is_cut_as_the_reference_parser_cuts_it() =>
        Gen.Char[",\"\r\nab"].Array[0, 40].Sample(
            text =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                return Shown(bytes) == Shown(CsvReference.Parse(bytes));
            }, iter: 30_000);

    [Fact]
    public void Data_that_may_go_on_is_never_cut_otherwise_than_with_the_rest() =>
        Gen.Select(Gen.Char[",\"\r\nab"].Array[0, 30], Gen.Int[0, 30]).Sample(
            (text, cutAt) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var early = CsvSyntax.RecordEnd(bytes.AsSpan(0, Math.Min(cutAt, bytes.Length)), atEnd: false, out var cut);
                var whole = CsvSyntax.RecordEnd(bytes, atEnd: true, out var wholeCut);
                return early < 0 ? cut == RecordCut.Incomplete : early == whole && cut == wholeCut;
            }, iter: 30_000);

    [Fact]
    public void A_field_of_ten_megabytes_is_split_off_whole()
    {
        var big = new string('x', 10_000_000);
        Assert.Equal(["a", big, "b"], OnlyRecord($"a,{big},b\n"));
        Assert.Equal(["a", big + "\n", "b"], OnlyRecord($"a,\"{big}\n\",b\n"));
    }

    [Theory]
    [InlineData(CsvRecord.MostFields, "", true)]
    [InlineData(CsvRecord.MostFields + 1, "", false)]
    [InlineData(CsvRecord.MostFields, "\"x\"", true)]
    [InlineData(CsvRecord.MostFields + 1, "\"x\"", false)]
    [InlineData(1_000_000, "", false)]
    [InlineData(1_000_000, "\"x\"", false)]
    public void A_record_has_at_most_so_many_fields(int fields, string field, bool isRead)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat(field, fields)) + "\n");
        var record = new CsvRecord();
        Assert.Equal(bytes.Length, CsvSyntax.RecordEnd(bytes, atEnd: true, out _));
        Assert.Equal(isRead, record.Split(bytes, 0, bytes.Length));
        if (isRead)
            Assert.Equal(fields, record.Count);
    }

    [Fact]
    public void Fields_that_are_written_are_read_back_as_they_were() =>
        Gen.Char[",\"\r\n=+'a张"].Array[0, 6].Select(text => new string(text)).Array[1, 5].Where(fields => fields is not [""]).Sample(
            fields => OnlyRecord(string.Join(',', fields.Select(CsvText.Field)) + "\n").SequenceEqual(fields));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("'=1", "'=1")]
    [InlineData("", "")]
    public void A_foreign_field_that_a_spreadsheet_would_run_begins_with_an_apostrophe(string text, string field) =>
        Assert.Equal(field, CsvText.ForeignField(text));

    static string[] OnlyRecord(string text)
    {
        var (cut, fields) = Assert.Single(Read(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(RecordCut.Whole, cut);
        return fields;
    }

    static List<(RecordCut Cut, string[] Fields)> Read(byte[] data)
    {
        var records = new List<(RecordCut, string[])>();
        var record = new CsvRecord();
        for (var start = 0; start < data.Length;)
        {
            var end = start + CsvSyntax.RecordEnd(data.AsSpan(start), atEnd: true, out var cut);
            Assert.True(cut == RecordCut.BrokenQuotes || record.Split(data, start, end));
            records.Add((cut, cut == RecordCut.BrokenQuotes
                ? [Encoding.UTF8.GetString(data[start..end])]
                : [.. Enumerable.Range(0, record.Count).Select(field => Encoding.UTF8.GetString(record[field]))]));
            start = end;
        }

        return records;
    }

    static string Shown(byte[] data) => string.Concat(Read(data).Select(record =>
        record.Cut == RecordCut.BrokenQuotes ? "?" + record.Fields[0] : $"[{string.Join('|', record.Fields)}]"));

    static string Shown(List<ReferenceRecord> records) => string.Concat(records.Select(record => record.Kind == ReferenceKind.Broken
        ? "?" + Encoding.UTF8.GetString(record.Raw)
        : $"[{string.Join('|', record.Fields!.Select(Encoding.UTF8.GetString))}]"));
}
