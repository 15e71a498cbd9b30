using Canbao.Core.Files;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;

namespace Canbao.Core.Assessment.Batch;

/// <summary>What one run is asked to do.</summary>
/// <param name="Plan">The policy.</param>
/// <param name="InputPath">The table of people, <c>.csv</c> or <c>.xlsx</c>.</param>
/// <param name="OutputPath">The table of answers, <c>.csv</c> or <c>.xlsx</c>.</param>
/// <param name="PaidOn">The payment day of rows without one, or <see cref="PersonFacts.NoDate"/>.</param>
/// <param name="Explain">Whether to add a sentence to each answer.</param>
/// <param name="Threads">Threads that assess, at least 1.</param>
public sealed record BatchRequest(Plan Plan, string InputPath, string OutputPath, DateOnly PaidOn, bool Explain, int Threads);

/// <summary>A row that was refused.</summary>
/// <param name="Line">Its first line in the input, the header being line 1.</param>
/// <param name="Fault">Why.</param>
public readonly record struct RefusedRow(long Line, RowFault Fault);

/// <summary>What a run did.</summary>
/// <param name="Answered">Rows answered.</param>
/// <param name="Refused">Rows refused.</param>
/// <param name="RejectsPath">The file of refused rows, or null where there are none.</param>
/// <param name="Totals">The answers added up.</param>
public readonly record struct BatchResult(long Answered, long Refused, string? RejectsPath, BatchTotals Totals);

/// <summary>Hears what goes on in a run. Called by one thread at a time.</summary>
public interface IBatchListener
{
    /// <summary>The header was read.</summary>
    void Started(InputHeader header);

    /// <summary>A row was refused; rows come in the input's order.</summary>
    void Refused(in RefusedRow row);

    /// <summary>So much of the input was read, 0 to 1.</summary>
    void Progressed(double done);
}

/// <summary>
/// Assesses a file of people of any size in a bounded amount of memory. Threads take blocks of rows in turn and assess them side by
/// side; only finding repeated keys and writing are done in the input's order. Outputs appear under their names when they are
/// complete, and not at all after an error.
/// </summary>
public sealed class BatchAssessment
{
    readonly BatchRequest request;
    readonly IBatchListener listener;
    readonly CancellationToken cancellation;
    readonly long hashSecret = Random.Shared.NextInt64();
    readonly object sourceGate = new();
    readonly TurnGate turns = new();

    BatchAssessment(BatchRequest request, IBatchListener listener, CancellationToken cancellation)
    {
        this.request = request;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /// <summary>Runs to the end.</summary>
    /// <exception cref="TableFileException">The input cannot be read or an output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing was written.</exception>
    public static BatchResult Run(BatchRequest request, IBatchListener listener, CancellationToken cancellation) =>
        new BatchAssessment(request, listener, cancellation).Run();

    BatchResult Run()
    {
        CheckNames();
        using var source = TableFiles.OpenSource(request.InputPath);
        var block = new CsvBlock();
        if (!source.TryFill(block))
            throw new TableFileException("F203", $"文件 {request.InputPath} 是空的；第一行应为列名，见 docs/assess.md");
        var (header, headerEnd) = ReadHeader(block);
        listener.Started(header);

        using var answers = TableFiles.CreateSink(request.OutputPath, AnswerRow.Header + (request.Explain ? ",explanation" : ""));
        using var rejects = new RejectsFile(RejectsFile.PathFor(request.OutputPath), header);
        var seen = new SeenIds(source.EstimateRecords(block));
        var settlement = new BatchSettlement(seen, answers, rejects, listener);
        RunWorkers(source, header, settlement, block, headerEnd);
        rejects.Complete();
        answers.Commit();
        var rejectsPath = rejects.Commit();
        return new BatchResult(settlement.Answered, settlement.Refused, rejectsPath, settlement.Totals);
    }

    /// <summary>
    /// A corrected file of refused rows is a natural input; under its old name it would be the next file of refused rows, and gone.
    /// </summary>
    void CheckNames()
    {
        if (request.InputPath.Length == 0 || Directory.Exists(request.InputPath))
            throw new TableFileException("F101", $"人员表应是一个文件，“{request.InputPath}”不是；请写出文件名");
        if (Path.GetExtension(request.OutputPath).ToLowerInvariant() is not (".csv" or ".xlsx"))
            throw new TableFileException("F112", $"结果文件名应以 .csv 或 .xlsx 结尾，不能写“{request.OutputPath}”");
        var input = TableFiles.Resolve(request.InputPath);
        var rejectsPath = RejectsFile.PathFor(request.OutputPath);
        if (input == TableFiles.Resolve(request.OutputPath))
            throw new TableFileException("F206", "结果文件不能与人员表同名；请另取文件名");
        if (input == TableFiles.Resolve(rejectsPath))
            throw new TableFileException("F206", $"人员表 {request.InputPath} 会被这次退回的行覆盖；请把人员表改名，或给结果文件另取文件名");
        if (Directory.Exists(rejectsPath))
            throw new TableFileException("F106", $"不能写文件 {rejectsPath}；已有同名的文件夹，请给结果文件另取文件名");
    }

    (InputHeader Header, int End) ReadHeader(CsvBlock block)
    {
        new BlockText().Prepare(block);
        var end = CsvSyntax.RecordEnd(block.Data.AsSpan(0, block.Length), atEnd: true, out var cut);
        if (block.FirstUndecodable(0, end) is { } undecodable)
            throw new TableFileException("F204", $"表头第 {undecodable.FileOffset + 1} 字节不是有效文字；请把文件另存为“CSV UTF-8”后重试");
        var record = new CsvRecord();
        if (cut != RecordCut.Whole || block.IsOverlong || !record.Split(block.Data, 0, end))
            throw new TableFileException("F205", $"表头读不了：引号没有配对，或列数超过 {CsvRecord.MostFields}，或一行超过 1 MB；请核对第一行");
        if (block.Data.AsSpan(0, end).TrimEnd("\r\n"u8).Contains((byte)'\r') && record.IsPlain)
            throw new TableFileException("F207", "表头中有单独的回车符（CR）：文件的换行符不是 CRLF 或 LF；请另存为“CSV UTF-8”后重试");
        return (InputHeader.Read(record, request.PaidOn == PersonFacts.NoDate), end);
    }

    void RunWorkers(ICsvBlockSource source, InputHeader header, BatchSettlement settlement, CsvBlock firstBlock, int firstRow)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? failure = null;
        var threads = new Thread[request.Threads];
        for (var i = 0; i < threads.Length; i++)
        {
            var mine = i == 0 ? firstBlock : null;
            threads[i] = new Thread(() =>
            {
                try
                {
                    Work(source, new BlockAssessment(request, header, hashSecret), settlement, mine, firstRow, stop.Token);
                }
                catch (Exception fault) when (fault is not OutOfMemoryException)
                {
                    Interlocked.CompareExchange(ref failure, fault, null);
                    stop.Cancel();
                    turns.Wake();
                }
            });
            threads[i].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    void Work(
        ICsvBlockSource source,
        BlockAssessment assessment,
        BatchSettlement settlement,
        CsvBlock? first,
        int firstRow,
        CancellationToken stop)
    {
        var block = first ?? new CsvBlock();
        var start = first is null ? 0 : firstRow;
        for (var isReady = first is not null; ; isReady = false, start = 0)
        {
            double progress;
            lock (sourceGate)
            {
                stop.ThrowIfCancellationRequested();
                if (!isReady && !source.TryFill(block))
                    return;
                progress = source.Progress;
            }

            assessment.Run(block, start);
            turns.Wait(block.Number, stop);
            settlement.Settle(assessment);
            listener.Progressed(progress);
            turns.Finish(block.Number);
        }
    }
}

/// <summary>Lets threads through one by one, in the order of their blocks.</summary>
sealed class TurnGate
{
    readonly object gate = new();
    long next;

    public void Wait(long turn, CancellationToken stop)
    {
        lock (gate)
            while (next != turn)
            {
                stop.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }
    }

    public void Finish(long turn)
    {
        lock (gate)
        {
            next = turn + 1;
            Monitor.PulseAll(gate);
        }
    }

    public void Wake()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }
}
