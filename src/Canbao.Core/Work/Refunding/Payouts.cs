using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Ledger;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Work.Refunding;

/// <summary>What a bank's answer did.</summary>
/// <param name="Paid">Refunds that are paid now.</param>
/// <param name="Failed">Refunds that came back.</param>
/// <param name="Known">Lines that were known already.</param>
/// <param name="Faults">Lines that were not taken, and why.</param>
public sealed record PayoutAnswer(int Paid, int Failed, int Known, IReadOnlyList<IntakeFault> Faults);

/// <summary>Pays approved refunds out by a file for the bank, and takes the bank's answer. Tax does both (C177).</summary>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Opens accounts.</param>
public sealed class Payouts(Dues dues, Vault vault)
{
    /// <summary>The most refunds of one file.</summary>
    public const int Most = 5000;

    const int Number = 0, Amount = 1, Outcome = 2, Reason = 3;

    /// <summary>The columns of the bank's answer.</summary>
    static readonly TableShape Shape = new(
        new("流水号", ColumnKind.Digits, true, "退费流水号"),
        new("金额", ColumnKind.Digits, true, "金额（元）"),
        new("结果", ColumnKind.Text, true, "付款结果"),
        new("失败原因", ColumnKind.Text, false, "银行回复"));

    static readonly ImmutableArray<FormColumn> Columns =
        [new("流水号", 16), new("收款人", 14), new("收款账号", 26), new("金额", 12), new("用途", 30)];

    readonly RefundDesk desk = new(dues, vault);

    /// <summary>Puts all approved refunds with an account into a file, those left out whose account the maker entered.</summary>
    /// <exception cref="RefusedException">C178: there are none.</exception>
    public static async Task<PayoutRow> MakeAsync(Act act, Viewer viewer)
    {
        RequirePayer(viewer);
        var refunds = await act.Session.Table<RefundRow>().Where(row => row.Area == act.Area && row.State == Refunds.Approved
                && row.PayeeSealed != null && row.PayeeBy != act.Account)
            .OrderBy(row => row.RefundId).Take(Most).ToListAsync();
        if (refunds.Count == 0)
            throw new RefusedException("C178", "没有可以付款的退费：都没有收款账号，或账号由您自己填写");
        int last = await act.Session.Table<PayoutRow>().Where(row => row.Area == act.Area).MaxAsync(row => (int?)row.Number) ?? 0;
        var payout = new PayoutRow
        {
            Area = act.Area,
            PayoutId = act.Session.NextId(),
            Number = last + 1,
            Count = refunds.Count,
            Amount = refunds.Sum(row => row.Amount),
            Account = act.Account,
            Day = act.Today,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(payout);
        await act.Session.WriteAsync([.. refunds.Select((refund, at) => new PayoutLineRow
        {
            Area = act.Area,
            PayoutId = payout.PayoutId,
            RefundId = refund.RefundId,
            Line = at + 1,
            ActId = act.Id,
        })]);
        foreach (var refund in refunds)
            await Refunds.SetAsync(act, refund, refund with { State = Refunds.Sent });
        act.Record("payout", payout.PayoutId, "added", null,
            new { payout.Number, People = payout.Count, Amount = Money.FromFen(payout.Amount).ToString() });
        return payout;
    }

    /// <summary>Writes the file for the bank. It holds whole account numbers, so that to write it is a recorded act.</summary>
    /// <exception cref="RefusedException">C170: there is no such file.</exception>
    public async Task<PayoutRow> WriteAsync(Act act, Viewer viewer, long id, bool isWorkbook, Stream stream)
    {
        RequirePayer(viewer);
        var payout = await act.Session.Table<PayoutRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.PayoutId == id)
            ?? throw new RefusedException("C170", "没有找到这份付款文件");
        var lines = await (
            from line in act.Session.Table<PayoutLineRow>()
            join refund in act.Session.Table<RefundRow>() on new { line.Area, line.RefundId } equals new { refund.Area, refund.RefundId }
            where line.Area == act.Area && refund.Area == act.Area && line.PayoutId == id
            orderby line.Line
            select new { Line = line, Refund = refund }).ToListAsync();
        var rows = lines.ConvertAll(one => (string[])
        [
            Name(payout, one.Line.Line), desk.Open(one.Refund)!.Name, desk.Open(one.Refund)!.Account,
            Money.FromFen(one.Refund.Amount).ToString(), $"{one.Refund.InsuranceYear}年度居民医保退费",
        ]);
        stream.SetLength(0);
        if (isWorkbook)
            WriteForm(stream, payout, rows);
        else
            WriteText(stream, rows);
        act.Record("payout", id, "exported", null, new { payout.Number, Rows = rows.Count });
        return payout;
    }

    /// <summary>
    /// Takes the bank's answer: what is paid leaves the treasury, what failed comes back with the bank's reason. The same file again
    /// changes nothing.
    /// </summary>
    /// <returns>What it did; refused lines with C179.</returns>
    /// <exception cref="TableFileException">It cannot be read.</exception>
    public static async Task<PayoutAnswer> ConfirmAsync(Act act, Viewer viewer, TableFile file)
    {
        RequirePayer(viewer);
        using var intake = Intake.Open(file, Shape);
        var taken = new Dictionary<(long, long), (PayoutLineRow Line, RefundRow Refund)>();
        var faults = new List<IntakeFault>();
        int known = 0;
        while (intake.Read())
        {
            var row = intake.Row;
            if (row.IsGood && await FindAsync(act, row) is { } found)
            {
                var key = (found.Line.PayoutId, found.Line.RefundId);
                var before = taken.TryGetValue(key, out var first) ? first.Line.Outcome : await OutcomeAsync(act, key);
                if (before == found.Line.Outcome)
                    known++;
                else if (before.Length > 0)
                    row.Refuse(Outcome, "C179", "这笔退费的结果已经登记，与此不同；请与银行核对");
                else
                    taken.Add(key, found);
            }

            faults.AddRange(row.Faults);
        }

        await StoreAsync(act, [.. taken.Values]);
        return new(
            taken.Values.Count(one => one.Line.Outcome == Refunds.Paid), taken.Values.Count(one => one.Line.Outcome == Refunds.Failed),
            known, faults);
    }

    /// <summary>The number of a line, by which the bank answers.</summary>
    public static string Name(PayoutRow payout, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"TF{payout.Number:0000}-{line:0000}");

    static async Task StoreAsync(Act act, List<(PayoutLineRow Line, RefundRow Refund)> lines)
    {
        long sum = lines.Where(one => one.Line.Outcome == Refunds.Paid).Sum(one => one.Refund.Amount);
        var transfer = sum == 0 ? null
            : await Transfers.MoveAsync(act, new(Accounts.Refunds, Accounts.Treasury), Money.FromFen(sum), "refund_paid");
        foreach (var (line, refund) in lines)
        {
            bool isPaid = line.Outcome == Refunds.Paid;
            await act.Session.Data.UpdateAsync(line with { TransferId = isPaid ? transfer!.TransferId : null, ActId = act.Id });
            await Refunds.SetAsync(act, refund, refund with { State = line.Outcome, Answer = line.Answer });
        }
    }

    static async Task<string> OutcomeAsync(Act act, (long Payout, long Refund) key)
    {
        var (payout, refund) = key;
        return (await act.Session.Table<PayoutLineRow>().FirstAsync(
            row => row.Area == act.Area && row.PayoutId == payout && row.RefundId == refund)).Outcome;
    }

    /// <summary>The line that a row answers, with the answer; null where the row was refused.</summary>
    static async Task<(PayoutLineRow Line, RefundRow Refund)?> FindAsync(Act act, IntakeRow row)
    {
        var parts = row.Text(Number).Split('-');
        if (parts.Length != 2 || !parts[0].StartsWith("TF", StringComparison.Ordinal)
            || !int.TryParse(parts[0].AsSpan(2), CultureInfo.InvariantCulture, out int number)
            || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int at))
        {
            return Wrong(Number, "不是付款文件里的流水号；应写成 TF0001-0001 的样子");
        }

        var found = await (
            from payout in act.Session.Table<PayoutRow>()
            join line in act.Session.Table<PayoutLineRow>() on new { payout.Area, payout.PayoutId } equals new { line.Area, line.PayoutId }
            join refund in act.Session.Table<RefundRow>() on new { line.Area, line.RefundId } equals new { refund.Area, refund.RefundId }
            where payout.Area == act.Area && line.Area == act.Area && refund.Area == act.Area && payout.Number == number && line.Line == at
            select new { Line = line, Refund = refund }).FirstOrDefaultAsync();
        if (found is null)
            return Wrong(Number, "付款文件里没有这个流水号；请核对");
        if (!Money.TryParseYuan(row.Text(Amount), out var amount) || amount.Fen != found.Refund.Amount)
            return Wrong(Amount, $"与付款文件不符，应为 {Money.FromFen(found.Refund.Amount)}；请与银行核对");
        var reason = LongNumbers.Hidden(row.Text(Reason));
        switch (row.Text(Outcome))
        {
            case "成功" or "已付" or "已付款" or "付款成功":
                return (found.Line with { Outcome = Refunds.Paid, Answer = "" }, found.Refund);
            case "失败" or "付款失败" or "退回" when reason.Length > 0:
                return (found.Line with { Outcome = Refunds.Failed, Answer = reason }, found.Refund);
            case "失败" or "付款失败" or "退回":
                return Wrong(Reason, "付款失败的须写明原因");
            default:
                return Wrong(Outcome, "应写“成功”或“失败”");
        }

        (PayoutLineRow, RefundRow)? Wrong(int column, string text)
        {
            row.Refuse(column, "C179", text);
            return null;
        }
    }

    static void WriteForm(Stream stream, PayoutRow payout, IEnumerable<string[]> rows)
    {
        var form = new FormWorkbook("退费", Columns);
        form.AddLine("居民医保退费付款清单", isTitle: true);
        form.AddLine(string.Create(CultureInfo.InvariantCulture,
            $"第 {payout.Number} 号　　{payout.Day:yyyy-MM-dd}　　{payout.Count} 笔，{Money.FromFen(payout.Amount)} 元"));
        form.AddHeader();
        foreach (var row in rows)
            form.AddRow(row);
        form.Write(stream);
    }

    static void WriteText(Stream stream, IEnumerable<string[]> rows)
    {
        stream.Write(Encoding.UTF8.Preamble);
        foreach (var row in rows.Prepend([.. Columns.Select(column => column.Name)]))
            stream.Write(CsvText.ForeignLine(row));
    }

    static void RequirePayer(Viewer viewer)
    {
        viewer.Require("C177", Role.Tax);
        if (!viewer.SeesWholeArea)
            throw new RefusedException("C177", "付款由全地区的税务账号办理");
    }
}
