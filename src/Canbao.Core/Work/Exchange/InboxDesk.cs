using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Core.Work.PaymentFiles;
using Canbao.Vocabulary;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Core.Work.Exchange;

/// <summary>
/// Deals with messages that were taken, in the order of their numbers, by the desks that people use: payments as
/// <c>canbao channel post</c>, comparisons as <c>canbao compare run</c>, lists as an upload that waits for a person. What comes of a
/// message is its receipt, in the same transaction; but a file of payments is posted in parts, and told again it is an echo.
/// </summary>
/// <param name="tools">What it works with.</param>
public sealed class InboxDesk(ExchangeTools tools)
{
    readonly Comparisons comparisons = new(tools.Vault);
    readonly RosterDesk rosters = new(tools.Vault, tools.Names);
    readonly PaymentFileDesk payments = new(tools.Database, new ChannelDesk(tools.Dues, tools.Vault));

    /// <summary>Deals with what waits of a partner, as far as no number is missing.</summary>
    /// <returns>How many messages were dealt with.</returns>
    /// <exception cref="Canbao.Storage.Faults.StorageException">It stopped; run again, it goes on where it was.</exception>
    public async Task<int> HandleAsync(ExchangePartnerRow partner, CancellationToken cancel = default)
    {
        for (int done = 0; ; done++)
        {
            var next = await tools.Database.ReadAsync(
                async session => await Messages.NumberedAsync(
                    session, partner.Area, partner.Partner, Messages.In,
                    await Messages.ExpectedAsync(session, partner.Area, partner.Partner)),
                cancel);
            if (next is not { State: Messages.Received or Messages.Waiting })
                return done;
            await RunAsync(partner, next, Inbox.Doer(partner), 1, cancel);
        }
    }

    /// <summary>Runs a message again of which something was refused, as after its words were translated.</summary>
    /// <exception cref="RefusedException">X108: there is none. X111: nothing of it was refused, or it was not dealt with.</exception>
    public async Task<ExchangeReceiptRow> AgainAsync(int area, Doer doer, long id, CancellationToken cancel = default)
    {
        var (message, last, partner) = await tools.Database.ReadAsync(
            async session =>
            {
                var row = await Messages.FindAsync(session, area, id) ?? throw new RefusedException("X108", "没有找到这份报文；请刷新页面");
                return (row, await Receipts.LastAsync(session, area, id), await Partners.RequireAsync(session, area, row.Partner));
            },
            cancel);
        if (message is not { Direction: Messages.In, State: Messages.Done } || last is null or { State: Receipts.Accepted })
            throw new RefusedException("X111", "这份报文没有退回的行，不需要再办");
        return await RunAsync(partner, message, doer, last.Run + 1, cancel);
    }

    async Task<ExchangeReceiptRow> RunAsync(
        ExchangePartnerRow partner, ExchangeMessageRow message, Doer doer, int run, CancellationToken cancel)
    {
        var order = new Order(partner, message, doer, run);
        try
        {
            using var opened = await tools.Database.ReadAsync(
                async session => await tools.Uploads.OpenAsync(
                    session, (await Uploads.FindAsync(session, message.Area, message.UploadId!.Value, cancel))!, cancel),
                cancel);
            using var coded = await tools.Database.ReadAsync(
                session => CodedFile.ReadAsync(tools, session, message, opened.File), cancel);
            return message.Kind switch
            {
                "payments" => await PostAsync(order, coded, cancel),
                "roster" or "roster_adjustment" => await KeepAsync(order, coded, cancel),
                _ => await CompareAsync(order, coded, cancel),
            };
        }
        catch (RefusedException refused)
        {
            return await RefuseAsync(order, refused.Code, refused.Message, cancel);
        }
        catch (TableFileException unreadable)
        {
            return await RefuseAsync(order, unreadable.Code, unreadable.Message, cancel);
        }
    }

    async Task<ExchangeReceiptRow> PostAsync(Order order, CodedFile coded, CancellationToken cancel)
    {
        var message = order.Message;
        var report = await payments.RunAsync(
            message.Area, order.Doer,
            new(order.Partner.Channel, coded.File)
            {
                Lines = message.RowsTold,
                Amount = message.Amount is { } fen ? Money.FromFen(fen) : null,
            },
            cancel);
        long taken = report.All.Lines - report.Refused.Lines;
        var text = $"入账 {report.Posted.Lines} 笔，以前已收到 {report.Echoed.Lines} 笔，挂账 {report.Waiting.Lines} 笔";
        return await Act.DoAsync(
            tools.Database, message.Area, order.Doer, "exchange.handle",
            act => DoneAsync(act, order, coded, (taken, report.Refused.Lines), report.Faults, text), cancel);
    }

    Task<ExchangeReceiptRow> CompareAsync(Order order, CodedFile coded, CancellationToken cancel) => Act.DoAsync(
        tools.Database, order.Message.Area, order.Doer, "compare",
        async act =>
        {
            if (await order.KnownAsync(act) is { } known)
                return known;
            var source = ComparisonSource.Find(order.Message.Kind)!;
            using var content = coded.File.Open();
            var department = source.Departments.Contains(order.Partner.Office) ? order.Partner.Office : "";
            var report = await comparisons.HandInAsync(
                act, source, new(order.Message.InsuranceYear), new(department, coded.File.Name, content));
            var (read, refused) = (report.Comparison.RowsRead, report.Comparison.RowsRefused);
            order.Require(read + coded.RefusedRows);
            return await DoneAsync(
                act, order, coded, (read - refused, refused), report.Faults, $"新发现 {report.Comparison.Found} 条，以前已发现 {report.Known} 条");
        },
        cancel);

    Task<ExchangeReceiptRow> KeepAsync(Order order, CodedFile coded, CancellationToken cancel) => Act.DoAsync(
        tools.Database, order.Message.Area, order.Doer, "roster.keep",
        async act =>
        {
            if (await order.KnownAsync(act) is { } known)
                return known;
            var message = order.Message;
            var list = new RosterOrder(
                order.Partner.Office, message.Kind == ExchangeKind.Roster.Code ? RosterKind.Full : RosterKind.Adjustment, message.Day)
            {
                Category = message.Category,
                HandedInOn = BusinessDay.Of(message.MadeAt),
            };
            var outcome = await rosters.TryAsync(act.Session, act.Area, coded.File, list);
            order.Require(outcome.Rows);
            if (outcome.Stops.Count > 0)
                return await StopAsync(act, order, coded, outcome);
            using var content = coded.File.Open();
            await rosters.KeepAsync(act, list, coded.File.Name, content);
            return await DoneAsync(
                act, order, coded, (outcome.Rows - outcome.Rejected, outcome.Rejected), outcome.Faults,
                $"名单已收下，待核对后生效：列入 {outcome.Added} 人，退出 {outcome.Removed} 人，变更 {outcome.Changed} 人");
        },
        cancel);

    /// <summary>A list that is stopped whole; words that nobody knows go to the desk.</summary>
    static async Task<ExchangeReceiptRow> StopAsync(Act act, Order order, CodedFile coded, RosterOutcome outcome)
    {
        var unknown = outcome.UnknownCategories.Select(OutsideCodes.Plain).ToHashSet(StringComparer.Ordinal);
        // A word that the department's lists have used before needs no translation here.
        var words = coded.Unmapped.Where(one => unknown.Contains(OutsideCodes.Plain(one.Word))).ToList();
        await OutsideCodes.NoteAsync(act, order.Message, words);
        var (code, text) = words.Count > 0
            ? ("X121", $"名单中有 {words.Count} 个人员类别代码还没有对应，整份没有收下；请医保经办机构补充对应后再办")
            : ("M103", string.Join('；', outcome.Stops));
        var lines = words.Select(one => new ReceiptLine(
            one.Line, OutsideCodes.Find(one.Set)!.Column, "X120", $"代码“{OutsideCodes.Plain(one.Word)}”没有对应"));
        var receipt = order.Receipt(0, outcome.Rows, lines);
        return await order.FinishAsync(act, receipt with { State = Receipts.Refused, Code = code, Text = text });
    }

    static async Task<ExchangeReceiptRow> DoneAsync(
        Act act, Order order, CodedFile coded, (long Taken, long Refused) rows, IEnumerable<IntakeFault> faults, string text)
    {
        if (await order.KnownAsync(act) is { } known)
            return known;
        if (!CodedFile.IsList(order.Message))
            await OutsideCodes.NoteAsync(act, order.Message, coded.Unmapped);
        var lines = coded.Refused.Concat(faults.Select(coded.Told)).OrderBy(line => line.Line);
        return await order.FinishAsync(act, order.Receipt(rows.Taken, rows.Refused + coded.RefusedRows, lines) with { Text = text });
    }

    Task<ExchangeReceiptRow> RefuseAsync(Order order, string code, string text, CancellationToken cancel) => Act.DoAsync(
        tools.Database, order.Message.Area, order.Doer, "exchange.handle",
        async act => await order.KnownAsync(act) ?? await order.FinishAsync(
            act, order.Receipt(0, order.Message.RowsTold, []) with { State = Receipts.Refused, Code = code, Text = text }),
        cancel);

    /// <summary>One run of a message.</summary>
    sealed record Order(ExchangePartnerRow Partner, ExchangeMessageRow Message, Doer Doer, int Run)
    {
        /// <summary>The receipt of this run, where another server has dealt with it meanwhile.</summary>
        public async Task<ExchangeReceiptRow?> KnownAsync(Act act) =>
            (await Receipts.OfAsync(act.Session, act.Area, Message.MessageId)).Find(row => row.Run == Run);

        public void Require(long rows)
        {
            if (rows != Message.RowsTold)
                throw new RefusedException("X107", $"文件有 {rows} 行，信封上写 {Message.RowsTold} 行，整份没有办理；请核对后用新的编号发送");
        }

        public Receipt Receipt(long taken, long refused, IEnumerable<ReceiptLine> lines) => new()
        {
            Area = Message.Area,
            Partner = Message.Partner,
            Direction = Messages.In,
            Number = Message.Number!.Value,
            Sha256 = Convert.ToHexStringLower(Message.Sha256),
            Run = Run,
            State = Receipts.StateOf(taken, refused),
            Accepted = taken,
            Refused = refused,
            Rows = [.. lines.Take(Receipts.MostRows)],
        };

        public async Task<ExchangeReceiptRow> FinishAsync(Act act, Receipt receipt)
        {
            var row = await Receipts.AddAsync(act, Message, receipt);
            if (Message.State != Messages.Done)
                await Messages.SetAsync(act, Message, Message with { State = Messages.Done, Fault = "" }, "handled");
            return row;
        }
    }
}
