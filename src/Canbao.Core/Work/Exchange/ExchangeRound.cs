using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Core.Work.Exchange;

/// <summary>What a round did.</summary>
public sealed class RoundReport
{
    /// <summary>Messages taken now.</summary>
    public int Taken { get; internal set; }

    /// <summary>Messages dealt with.</summary>
    public int Handled { get; internal set; }

    /// <summary>Receipts of ours that came.</summary>
    public int Receipts { get; internal set; }

    /// <summary>Messages sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>What went wrong, partner by partner, in Chinese.</summary>
    public List<string> Faults { get; } = [];
}

/// <summary>
/// One round of exchange: what lies in partners' folders is taken and dealt with, receipts and messages go out. Killed at any point and
/// run again, it goes on; two that run at once do nothing twice.
/// </summary>
/// <param name="tools">What it works with.</param>
/// <param name="folder">The folder of all partners; null where this server has none, which leaves them to another one.</param>
/// <param name="http">Reaches the others.</param>
public sealed class ExchangeRound(ExchangeTools tools, FolderWay? folder, HttpWay http)
{
    static readonly string[] Ends = ["done", "refused"];

    readonly FridayLists friday = new(tools);
    readonly Inbox inbox = new(tools);
    readonly InboxDesk desk = new(tools);
    readonly ReceiptsIn receipts = new(tools);

    /// <summary>Goes round all partners of an area; what goes wrong with one does not keep the others.</summary>
    public async Task<RoundReport> RunAsync(int area, CancellationToken cancel = default)
    {
        var report = new RoundReport();
        var (partners, today) = await tools.Database.ReadAsync(
            async session => (await Partners.ListAsync(session, area), BusinessDay.Of(session.Now)), cancel);
        // Lists that nobody makes are late all the same; from August on people pay for the next year.
        if (today is { DayOfWeek: DayOfWeek.Friday, Month: >= 8 }
            && partners.Exists(one => one.ClosedBy is null && ExchangeKind.Friday.Offices.Contains(one.Office)))
            await friday.OpenClockAsync(area, new("@exchange", "星期五"), today, new(today.Year + 1));
        foreach (var partner in partners.Where(partner => partner.ClosedBy is null))
        {
            try
            {
                if (partner.Way == Partners.Folder && folder is not null)
                    await ReadAsync(partner, folder, report, cancel);
                report.Handled += await desk.HandleAsync(partner, cancel);
                if (WayOf(partner) is { } way)
                    await SendAllAsync(partner, way, report, cancel);
            }
            catch (StorageException fault)
            {
                report.Faults.Add($"{partner.Name}：{fault.Message}");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                report.Faults.Add($"{partner.Name}：交换文件夹读不了（{fault.GetType().Name}）；请检查文件夹的权限");
            }
        }

        return report;
    }

    IExchangeWay? WayOf(ExchangePartnerRow partner) => partner.Way == Partners.Http ? http : folder;

    async Task ReadAsync(ExchangePartnerRow partner, FolderWay way, RoundReport report, CancellationToken cancel)
    {
        foreach (var path in Directory.GetFiles(way.PathOf(partner, "in"), "*" + FolderWay.EnvelopeEnd).Order(StringComparer.Ordinal))
        {
            var isReceipt = path.EndsWith(FolderWay.ReceiptEnd, StringComparison.Ordinal);
            var content = isReceipt ? null : path[..^FolderWay.EnvelopeEnd.Length];
            if (content is not null && !File.Exists(content))
            {
                Follow(partner, way, path, content);
                continue;
            }

            Envelope? envelope = null;
            RefusedException? refused = null;
            try
            {
                var json = await File.ReadAllBytesAsync(path, cancel);
                if (content is null)
                    report.Receipts += await receipts.TakeAsync(partner, Receipt.Read(json), cancel) ? 1 : 0;
                else
                    report.Taken += await TakeAsync(partner, envelope = Envelope.Read(json), content, cancel) ? 1 : 0;
            }
            catch (RefusedException fault)
            {
                refused = fault;
            }
            catch (TableFileException fault)
            {
                refused = new(fault.Code, fault.Message);
            }

            if (refused is not null)
                await inbox.TurnAwayAsync(partner, envelope, content ?? path, refused);
            Move(partner, way, (path, content), refused);
        }
    }

    async Task<bool> TakeAsync(ExchangePartnerRow partner, Envelope envelope, string content, CancellationToken cancel)
    {
        await using var stream = TableFile.At(content).Open();
        return !(await inbox.TakeAsync(partner, envelope, stream, cancel)).IsKnown;
    }

    /// <summary>The file goes first, so that an envelope without one tells where it stopped.</summary>
    static void Move(ExchangePartnerRow partner, FolderWay way, (string Envelope, string? Content) files, RefusedException? refused)
    {
        var folder = way.PathOf(partner, refused is null ? "done" : "refused");
        if (refused is not null)
            File.WriteAllText(
                Path.Combine(folder, Path.GetFileName(files.Content ?? files.Envelope) + ".reason.txt"),
                $"{refused.Code} {refused.Message}\n");
        if (files.Content is not null)
            Move(files.Content, folder);
        Move(files.Envelope, folder);
    }

    /// <summary>An envelope whose file was moved before the program was stopped follows it; else it waits for its file.</summary>
    static void Follow(ExchangePartnerRow partner, FolderWay way, string envelope, string content)
    {
        foreach (var name in Ends)
        {
            var folder = way.PathOf(partner, name);
            var moved = Path.Combine(folder, Path.GetFileName(content));
            // An older file of the same name has its envelope beside it.
            if (File.Exists(moved) && !File.Exists(moved + FolderWay.EnvelopeEnd))
            {
                Move(envelope, folder);
                return;
            }
        }
    }

    static void Move(string path, string folder) => File.Move(path, Path.Combine(folder, Path.GetFileName(path)), overwrite: true);

    async Task SendAllAsync(ExchangePartnerRow partner, IExchangeWay way, RoundReport report, CancellationToken cancel)
    {
        foreach (var one in await tools.Database.ReadAsync(
            session => Core.Exchange.Receipts.ToSendAsync(session, partner.Area, partner.Partner), cancel))
        {
            try
            {
                await SendReceiptAsync(partner, way, one, cancel);
            }
            catch (UndeliveredException fault)
            {
                report.Faults.Add($"{partner.Name}：第 {one.Message.Number} 号的回执没有送到：{fault.Message}");
                break;
            }
        }

        while (await tools.Database.ReadAsync(
            session => Messages.ToSendAsync(session, partner.Area, partner.Partner, session.Now), cancel) is { } next)
            if (!await SendAsync(partner, way, next, report, cancel))
                break;
    }

    async Task SendReceiptAsync(ExchangePartnerRow partner, IExchangeWay way, ReceiptToSend one, CancellationToken cancel)
    {
        var receipt = await tools.Database.ReadAsync(
            session => Core.Exchange.Receipts.ReadAsync(session, one.Message, one.Row), cancel);
        await way.SendAsync(partner, ExchangeSigning.Sign(receipt, tools.SecretOf(partner)), cancel);
        await tools.Database.WriteAsync(session => Core.Exchange.Receipts.MarkSentAsync(session, one.Row), cancel);
    }

    /// <summary>Sends a message.</summary>
    /// <returns>Whether the next one may go.</returns>
    async Task<bool> SendAsync(
        ExchangePartnerRow partner, IExchangeWay way, ExchangeMessageRow message, RoundReport report, CancellationToken cancel)
    {
        Receipt? receipt = null;
        UndeliveredException? undelivered = null;
        try
        {
            using var opened = await tools.Database.ReadAsync(
                async session => await tools.Uploads.OpenAsync(
                    session, (await Uploads.FindAsync(session, message.Area, message.UploadId!.Value, cancel))!, cancel),
                cancel);
            receipt = await way.SendAsync(partner, Outbox.EnvelopeOf(tools, partner, message), opened.File, cancel);
        }
        catch (UndeliveredException fault)
        {
            undelivered = fault;
        }
        catch (RefusedException)
        {
            // It was taken; what was said besides cannot be read, and the receipt may come again.
        }

        await Act.DoAsync(
            tools.Database, partner.Area, new("@exchange", "发送交换报文"), "exchange.send",
            act => undelivered is null ? NoteSentAsync(act, message) : NoteFailedAsync(act, message, undelivered), cancel);
        if (undelivered is not null)
        {
            report.Faults.Add($"{partner.Name}：第 {message.Number} 号没有发出：{undelivered.Message}");
            return false;
        }

        report.Sent++;
        if (receipt is not null)
            report.Receipts += await TakeAnswerAsync(partner, receipt, cancel) ? 1 : 0;
        return true;
    }

    async Task<bool> TakeAnswerAsync(ExchangePartnerRow partner, Receipt receipt, CancellationToken cancel)
    {
        try
        {
            return await receipts.TakeAsync(partner, receipt, cancel);
        }
        catch (RefusedException fault)
        {
            await inbox.TurnAwayAsync(partner, null, FormattableString.Invariant($"{receipt.Number:000000}{FolderWay.ReceiptEnd}"), fault);
            return false;
        }
    }

    static async Task NoteSentAsync(Act act, ExchangeMessageRow sent)
    {
        var row = (await Messages.FindAsync(act.Session, act.Area, sent.MessageId))!;
        // Its receipt may have come before we are here.
        if (row.State is not (Messages.Queued or Messages.Stuck))
            return;
        bool isAnswered = await Core.Exchange.Receipts.LastAsync(act.Session, act.Area, row.MessageId) is not null;
        row = await Messages.SetAsync(
            act, row,
            row with
            {
                State = isAnswered ? Messages.Answered : Messages.Sent,
                Tries = row.Tries + 1,
                NextTry = null,
                Fault = "",
                SentAt = act.At,
            },
            "sent");
        await FridayLists.NoteSentAsync(act, row);
    }

    static async Task NoteFailedAsync(Act act, ExchangeMessageRow failed, UndeliveredException fault)
    {
        var row = (await Messages.FindAsync(act.Session, act.Area, failed.MessageId))!;
        if (row.State != Messages.Queued)
            return;
        int tries = row.Tries + 1;
        var next = fault.IsFinal ? null : Messages.NextTry(tries, act.At);
        await Messages.SetAsync(
            act, row,
            row with
            {
                State = next is null ? Messages.Stuck : Messages.Queued,
                Tries = tries,
                NextTry = next,
                Fault = fault.Message,
            },
            "not_sent");
    }
}
