using System.Text;
using Canbao.Core.Files;
using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Core.Assessment.Batch;

/// <summary>
/// A verdict's part of an output row, written out once: what stands before the dates of cover and what stands behind them, in UTF-8.
/// </summary>
public sealed class AnswerRow
{
    /// <summary>The contract's output columns.</summary>
    public const string Header = "person_id,outcome,personal_due,funding,subsidy,coverage_from,coverage_to,refundable_until,clauses";

    readonly byte[] before;
    readonly byte[] behind;
    readonly byte[]? whole;

    /// <summary>Writes out a verdict of a plan.</summary>
    public AnswerRow(Plan plan, Verdict verdict)
    {
        var isDue = verdict.Outcome == Outcome.Due;
        before = Encoding.UTF8.GetBytes(isDue
            ? $",due,{verdict.PersonalDue},{AnswerText.Funding(verdict)},{verdict.Subsidy},"
            : $",{verdict.Outcome.Code()},,,,");
        var refundable = verdict.RefundableUntil is { } until ? AnswerText.Day(until) : "";
        behind = Encoding.UTF8.GetBytes($",{refundable},{CsvText.Field(string.Join(';', verdict.Clauses))}");
        if (!HasFixedCover(verdict))
            return;
        var rows = new RowBuffer();
        var answer = plan.Complete(verdict, default);
        Append(rows, answer.CoverFrom, answer.CoverTo);
        whole = rows.Slice(0, rows.Length).ToArray();
    }

    /// <summary>Whether cover begins on the same day for everybody with the verdict, or there is none.</summary>
    static bool HasFixedCover(Verdict verdict) => verdict.Cover is null or { From: CoverStart.YearStart, WaitingDays: null };

    /// <summary>Appends the row's columns after the key, without the line feed.</summary>
    public void Append(RowBuffer rows, in Answer answer)
    {
        if (whole is not null)
        {
            rows.Append(whole);
            return;
        }

        Append(rows, answer.CoverFrom, answer.CoverTo);
    }

    void Append(RowBuffer rows, DateOnly from, DateOnly to)
    {
        rows.Append(before);
        if (from != PersonFacts.NoDate)
            rows.AppendDay(from);
        rows.Append((byte)',');
        if (to != PersonFacts.NoDate)
            rows.AppendDay(to);
        rows.Append(behind);
    }
}

/// <summary>Bytes of output rows; grows as needed and is reused.</summary>
public sealed class RowBuffer
{
    byte[] bytes = new byte[1 << 16];

    /// <summary>Bytes in use; lowering it drops what was appended last.</summary>
    public int Length { get; set; }

    /// <summary>A part of what was appended.</summary>
    public ReadOnlySpan<byte> Slice(int start, int end) => bytes.AsSpan(start, end - start);

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > bytes.Length - Length)
            Grow(text.Length);
        text.CopyTo(bytes.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        if (Length == bytes.Length)
            Grow(1);
        bytes[Length++] = value;
    }

    /// <summary>Appends a day.</summary>
    public void AppendDay(DateOnly day)
    {
        if (ContractDate.Length > bytes.Length - Length)
            Grow(ContractDate.Length);
        ContractDate.Write(day, bytes.AsSpan(Length, ContractDate.Length));
        Length += ContractDate.Length;
    }

    /// <summary>Appends a field's text, quoted where it has to be.</summary>
    public void AppendField(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(",\"\r\n"u8) < 0)
        {
            Append(text);
            return;
        }

        Append((byte)'"');
        foreach (var value in text)
        {
            if (value == '"')
                Append((byte)'"');
            Append(value);
        }

        Append((byte)'"');
    }

    void Grow(int more) => Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + more));
}
