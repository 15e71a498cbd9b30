using Canbao.Core.Files;

namespace Canbao.Core.Assessment.Batch;

/// <summary>What is done in the input's order: finding repeated keys, writing answers, writing and telling refused rows.</summary>
sealed class BatchSettlement(SeenIds seen, ITableSink answers, RejectsFile rejects, IBatchListener listener)
{
    /// <summary>Rows between asking for a key's place in the table and using it.</summary>
    const int Ahead = 12;

    long linesBefore = 1;

    public long Answered { get; private set; }

    public BatchTotals Totals { get; } = new();

    public long Refused { get; private set; }

    public void Settle(BlockAssessment block)
    {
        // Answers lie in one run of bytes; it is cut only where a row has to be left out because its key was seen before.
        var written = 0;
        var rows = block.Rows;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (i + Ahead < rows.Count)
                seen.Prefetch(rows[i + Ahead].IdHash);
            var fault = row.Fault;
            if (row.HasId && !seen.Add(row.IdHash) && fault.Column is null)
            {
                fault = new RowFault(InputHeader.Names[(int)InputColumn.PersonId], "编号与前面的行重复；同一编号只受理第一行，请核对");
                answers.Write(block.Output.Slice(written, row.OutputStart));
                written = i + 1 < rows.Count ? rows[i + 1].OutputStart : block.Output.Length;
            }

            if (fault.Column is null)
            {
                Answered++;
                Totals.Add(row.Verdict!);
                continue;
            }

            Refused++;
            var refused = new RefusedRow(linesBefore + row.Line, fault);
            rejects.Add(block.Fields(row), refused);
            listener.Refused(refused);
        }

        answers.Write(block.Output.Slice(written, block.Output.Length));
        linesBefore += block.Lines;
    }
}
