using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.PaymentFiles;

/// <summary>A file of payments that a channel has taken.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="File">The file.</param>
public sealed record PaymentFileOrder(string Channel, TableFile File)
{
    /// <summary>How many lines the channel says that it has; null where it says nothing.</summary>
    public long? Lines { get; init; }

    /// <summary>What sum the channel says that it has; null where it says nothing.</summary>
    public Money? Amount { get; init; }

    /// <summary>Takes refused lines in the file's own layout; null to leave them out.</summary>
    public Stream? Rejects { get; init; }

    /// <summary>Told how many of how many lines are done.</summary>
    public IProgress<(long Done, long All)>? Progress { get; init; }
}

/// <summary>
/// Posts a channel's file of payments already taken, each line as a notice (<see cref="ChannelDesk"/>), so by the same rules as over HTTP.
/// In parts of many lines, each of them a deed of its own: whoever pays at a counter meanwhile waits for a part and not for the file.
/// After a crash the file is handed in again; what was posted is an echo. Safe for use by many threads.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="desk">Posts the lines.</param>
public sealed class PaymentFileDesk(Database database, ChannelDesk desk)
{
    /// <summary>The lines of a part.</summary>
    public int PartLines { get; init; } = 10_000;

    /// <summary>Posts a file.</summary>
    /// <param name="area">The tenant.</param>
    /// <param name="doer">Who hands it in, and why.</param>
    /// <param name="order">What.</param>
    /// <param name="cancel">Ends it between two parts; what was posted stays.</param>
    /// <exception cref="RefusedException">
    /// N101: no such channel, or closed. C114: lines or sum are not those that the channel stated. C115: the file seems cut off. Nothing
    /// was posted.
    /// </exception>
    /// <exception cref="TableFileException">The file cannot be read; nothing was posted.</exception>
    /// <exception cref="Canbao.Storage.Faults.StorageException">Parts may be posted; hand the same file in again.</exception>
    public async Task<PaymentFileReport> RunAsync(int area, Doer doer, PaymentFileOrder order, CancellationToken cancel = default)
    {
        if (await database.ReadAsync(session => Channels.FindAsync(session, area, order.Channel), cancel) is not { ClosedBy: null })
            throw new RefusedException("N101", $"没有启用的渠道“{order.Channel}”；请用 canbao channel list 查看");
        long all = Check(order);
        var report = new PaymentFileReport();
        using (var intake = PaymentFile.Open(order.File))
        {
            var file = new PaymentFile(intake);
            await using var growth = new TableGrowth(database);
            // While one part is posted, which is the database's work, the next one is read.
            var part = Read(intake, file, report);
            while (part.Count > 0)
            {
                var posting = PostAsync(area, doer, order, part, cancel);
                var reading = Task.Run(() => Read(intake, file, report), cancel);
                await Task.WhenAll(posting, reading);
                foreach (var ((line, message), answer) in part.Zip(await posting))
                    report.Take(line, message, answer);
                order.Progress?.Report((report.All.Lines, all));
                growth.Add(part.Count);
                part = await reading;
            }

            report.Notes = intake.Notes;
        }

        Return(order, report);
        return report;
    }

    async Task<IReadOnlyList<ChannelAnswer>> PostAsync(
        int area, Doer doer, PaymentFileOrder order, List<(long Line, ChannelMessage Message)> part, CancellationToken cancel)
    {
        var messages = part.ConvertAll(one => one.Message);
        return await Act.DoAsync(
            database, area, doer, "channel.post",
            async act =>
            {
                var answers = await desk.TakeAsync(act, order.Channel, messages);
                int done = answers.Count(answer => !answer.IsEcho && !answer.IsRefused);
                if (done > 0)
                    act.Record("channel", order.Channel, "file_posted", null,
                        new { File = Path.GetFileName(order.File.Name), part[0].Line, Lines = part.Count, Done = done });
                return answers;
            },
            cancel);
    }

    List<(long Line, ChannelMessage Message)> Read(Intake intake, PaymentFile file, PaymentFileReport report)
    {
        var part = new List<(long, ChannelMessage)>(PartLines);
        while (part.Count < PartLines && file.Next())
            if (file.Read() is { } message)
                part.Add((intake.Row.Line, message));
            else
                report.Refuse(intake.Row, file.Yuan());
        return part;
    }

    /// <summary>Reads all of the file before anything is posted: whether it can be read to its end, and is what the channel sent.</summary>
    /// <returns>How many lines it has.</returns>
    static long Check(PaymentFileOrder order)
    {
        using var intake = PaymentFile.Open(order.File);
        var file = new PaymentFile(intake);
        var all = default(LineSum);
        while (file.Next())
            all = all.With(file.Yuan());
        if (order.Lines is { } lines && lines != all.Lines || order.Amount is { } amount && amount != all.Amount)
        {
            throw new RefusedException("C114",
                $"文件有 {all.Lines} 笔、{all.Amount} 元，与渠道所报的笔数或金额不符，整份没有入账；请向渠道核实文件是否完整");
        }

        if ((order.Lines is null || order.Amount is null) && !IsEnded(order.File))
        {
            throw new RefusedException("C115",
                "文件最后一行没有换行，可能没有传完，整份没有入账；请重新取得文件，或写明渠道所报的笔数和金额再交");
        }

        return all.Lines;
    }

    /// <summary>Whether the last line of a file has an end; a workbook that is cut off cannot be opened at all.</summary>
    static bool IsEnded(TableFile file)
    {
        if (file.IsWorkbook)
            return true;
        using var stream = file.Open();
        if (stream.Length == 0)
            return true;
        stream.Position = stream.Length - 1;
        return stream.ReadByte() is '\n' or '\r';
    }

    /// <summary>Writes the refused lines; for those that the desk refused the file is read once more.</summary>
    static void Return(PaymentFileOrder order, PaymentFileReport report)
    {
        if (report.Refused.Lines == 0)
            return;
        using var intake = PaymentFile.Open(order.File);
        using var returned = order.Rejects is null ? null : new RejectsTable(order.Rejects, intake);
        var file = new PaymentFile(intake);
        while (file.Next())
        {
            if (file.Read() is not null)
            {
                if (!report.Refusals.TryGetValue(intake.Row.Line, out var refusal))
                    continue;
                intake.Row.Refuse(refusal.Column, refusal.Code, refusal.Text);
                report.Tell(intake.Row.Faults);
            }

            returned?.Add();
        }

        returned?.Complete();
    }
}
