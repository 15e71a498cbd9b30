using System.IO.Hashing;
using System.Text;
using Canbao.Core.Files;
using Canbao.Policy.Explain;
using Canbao.Policy.Plans;

namespace Canbao.Core.Assessment.Batch;

/// <summary>A row of a block after its assessment: where it stands in input and output, and why it was refused if it was.</summary>
/// <param name="Start">Its first byte in the block.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Line">Lines of the block before it.</param>
/// <param name="OutputStart">Where its answer starts in the output rows.</param>
/// <param name="HasId">Whether it has a key.</param>
/// <param name="IdHash">The hash of its key.</param>
/// <param name="Fault">Why it was refused; the column is null where it was not.</param>
/// <param name="Verdict">What was decided; null where it was refused.</param>
public readonly record struct AssessedRow(
    int Start, int End, int Line, int OutputStart, bool HasId, IdHash IdHash, RowFault Fault, Verdict? Verdict);

/// <summary>Assesses the rows of one block after the other. For one thread.</summary>
public sealed class BlockAssessment
{
    readonly BatchRequest request;
    readonly InputHeader header;
    readonly long hashSecret;
    readonly RowReader reader;
    readonly VerdictCache<AnswerRow> verdicts;
    readonly CsvRecord record = new();
    readonly BlockText text = new();
    bool hasQuotes;

    internal BlockAssessment(BatchRequest request, InputHeader header, long hashSecret)
    {
        this.request = request;
        this.header = header;
        this.hashSecret = hashSecret;
        reader = new RowReader(header, request.Plan.Pack.Catalogue, request.PaidOn);
        verdicts = new VerdictCache<AnswerRow>(request.Plan, verdict => new AnswerRow(request.Plan, verdict));
    }

    /// <summary>The block last assessed.</summary>
    public CsvBlock Block { get; private set; } = new();

    /// <summary>Its rows in order, without blank lines.</summary>
    public List<AssessedRow> Rows { get; } = new(1 << 14);

    /// <summary>The answers of the rows that were not refused, each with its line feed.</summary>
    public RowBuffer Output { get; } = new();

    /// <summary>Lines in the block.</summary>
    public int Lines { get; private set; }

    /// <summary>Assesses a block from a byte on.</summary>
    public void Run(CsvBlock block, int start)
    {
        Block = block;
        Rows.Clear();
        Output.Length = 0;
        text.Prepare(block);
        hasQuotes = block.Data.AsSpan(0, block.Length).Contains((byte)'"');
        Lines = start == 0 ? 0 : CountLines(0, start);
        while (start < block.Length)
        {
            var end = start + RecordLength(block.Data.AsSpan(start, block.Length - start), out var cut);
            if (!IsBlank(start, end))
                Rows.Add(Assess(start, end, cut));
            Lines += hasQuotes ? CountLines(start, end) : 1;
            start = end;
        }
    }

    int RecordLength(ReadOnlySpan<byte> data, out RecordCut cut)
    {
        if (hasQuotes)
            return CsvSyntax.RecordEnd(data, atEnd: true, out cut);
        cut = RecordCut.Whole;
        return data.IndexOf((byte)'\n') is >= 0 and var lineEnd ? lineEnd + 1 : data.Length;
    }

    /// <summary>A row's fields as text, with U+FFFD for bytes that are no characters.</summary>
    public IEnumerable<string> Fields(AssessedRow row)
    {
        CsvSyntax.RecordEnd(Block.Data.AsSpan(row.Start, row.End - row.Start), atEnd: true, out var cut);
        var isSplit = cut == RecordCut.BrokenQuotes
            ? record.SplitAtCommas(Block.Data, row.Start, row.End)
            : record.Split(Block.Data, row.Start, row.End);
        if (!isSplit || Block.IsOverlong)
            return [Encoding.UTF8.GetString(Block.Data.AsSpan(row.Start, Math.Min(200, row.End - row.Start)))];
        return Enumerable.Range(0, record.Count).Select(field => Encoding.UTF8.GetString(record[field])).ToList();
    }

    AssessedRow Assess(int start, int end, RecordCut cut)
    {
        var outputStart = Output.Length;
        if (FaultOfRecord(start, end, cut) is { } broken)
            return new AssessedRow(start, end, Lines, outputStart, HasId: false, default, broken, null);
        var id = reader.PersonId(record);
        var wide = XxHash128.HashToUInt128(id, hashSecret);
        var hash = new IdHash((ulong)(wide >> 64), unchecked((ulong)wide));
        if (!reader.TryRead(record, out var facts, out var fault))
            return new AssessedRow(start, end, Lines, outputStart, !id.IsEmpty, hash, fault, null);
        var entry = verdicts.Find(facts);
        if (entry.Verdict.Needs is { } needs)
        {
            var rule = request.Plan.Rule(StageName.PersonalStandard, entry.Verdict.RuleOf(StageName.PersonalStandard));
            var missing = new RowFault(needs, $"不能为空：{rule.Says}");
            return new AssessedRow(start, end, Lines, outputStart, HasId: true, hash, missing, null);
        }

        var answer = request.Plan.Complete(entry.Verdict, facts);
        if (record.IsPlain && !id.Contains((byte)'\r'))
            Output.Append(id);
        else
            Output.AppendField(id);
        entry.Extra.Append(Output, answer);
        if (request.Explain)
        {
            Output.Append((byte)',');
            Output.AppendField(Encoding.UTF8.GetBytes(Sentence.Of(request.Plan, facts, answer)));
        }

        Output.Append((byte)'\n');
        return new AssessedRow(start, end, Lines, outputStart, HasId: true, hash, default, entry.Verdict);
    }

    RowFault? FaultOfRecord(int start, int end, RecordCut cut)
    {
        var all = header.Columns;
        if (Block.IsOverlong)
            return new RowFault(all[0], $"这一行超过 {CsvFileSource.BlockBytes / 1024 / 1024} MB，未作处理；请核对是否缺少换行");
        if (cut == RecordCut.BrokenQuotes)
            return new RowFault(all[0], "引号没有配对，或引号后还有文字；请把含引号的内容整个用引号括起来，内容中的引号写两遍");
        if (!record.Split(Block.Data, start, end, hasQuotes))
            return new RowFault(all[^1], $"列数超过 {CsvRecord.MostFields}；请核对分隔符");
        if (Block.FirstUndecodable(start, end) is { } undecodable)
            return new RowFault(ColumnAt(undecodable.Offset), $"文件第 {undecodable.FileOffset + 1} 字节不是有效文字；请重新录入该处");
        if (record.Count != all.Length)
            return new RowFault(header.NameOf(Math.Min(record.Count, all.Length - 1)),
                $"表头有 {all.Length} 列，这一行有 {record.Count} 列；请核对逗号和引号{Beyond(all.Length)}");
        return null;
    }

    /// <summary>The fields beyond the header's, which have no column of their own among the refused rows.</summary>
    string Beyond(int columns)
    {
        if (record.Count <= columns)
            return "";
        var fields = Enumerable.Range(columns, record.Count - columns).Select(field => Encoding.UTF8.GetString(record[field]));
        var rest = string.Join(',', fields);
        return $"；多出的内容：{string.Concat(rest.Select(character => char.IsControl(character) ? ' ' : character))}";
    }

    string ColumnAt(int offset)
    {
        var field = 0;
        while (record.IsPlain && field < record.Count - 1 && !record.Covers(field, offset))
            field++;
        return header.Columns[Math.Min(field, header.Columns.Length - 1)];
    }

    bool IsBlank(int start, int end) => Block.Data.AsSpan(start, end - start).IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0;

    int CountLines(int start, int end) =>
        Block.RecordsAreLines || Block.IsOverlong ? 1 : Block.Data.AsSpan(start, end - start).Count((byte)'\n');
}
