using System.CommandLine;
using Canbao.Core.Collection;
using Canbao.Core.Units;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao collection</c>: the batches of cash and who has how much in hand. Read only.</summary>
static class CollectionVerbs
{
    const int MostListed = 100_000;

    public static Command Create() => new("collection", "代收批次：列表、经过，各人手中现金") { List(), Show(), Cash() };

    static Command List()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        return Installation.Verb("list", "列出一个年度的批次，新的在前", [area, year], async (call, installation, cancel) =>
        {
            var batches = await installation.Database.ReadAsync(
                async session => await BatchFiles.ListAsync(
                    session, call.GetValue(area), new(await AllAsync(session, call.GetValue(area)), new(call.GetValue(year))),
                    (0, MostListed)),
                cancel);
            foreach (var one in batches)
                Console.WriteLine(string.Join("  ", Batches.Name(one.Batch), one.Batch.BatchId, BatchSteps.State(one.Batch),
                    one.Batch.Payer ?? one.UnitName, one.Agent, $"{one.Count.People} 人", $"{one.Count.Amount} 元"));
            return 0;
        });
    }

    static Command Show()
    {
        var area = Installation.AreaOption();
        var id = new Argument<long>("ID") { Description = "批次编号，见 canbao collection list" };
        return Installation.Verb("show", "一个批次的名单和办理经过", [id, area], async (call, installation, cancel) =>
        {
            var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
            var file = await installation.Database.ReadAsync(
                async session => await BatchFiles.FindAsync(
                    session, call.GetValue(area), await AllAsync(session, call.GetValue(area)), call.GetValue(id), today),
                cancel) ?? throw new RefusedException("C130", "没有这个批次；编号见 canbao collection list");
            var (batch, count) = (file.Listed.Batch, file.Listed.Count);
            Console.WriteLine($"批次 {Batches.Name(batch)}  {BatchSteps.State(batch)}  {file.Listed.UnitName}  {file.Listed.Agent}  "
                + $"{count.People} 人  {count.Amount} 元");
            if (batch.Payer is { } payer)
                Console.WriteLine($"缴费单位 {payer}（{Groups.PayerKind(batch.PayerKind)}）");
            foreach (var line in file.Planned)
                Console.WriteLine($"  {line.Name}  {Money.FromFen(line.Row.Amount)}");
            foreach (var line in file.Lines)
                Console.WriteLine($"  {line.Payment.ReceiptNo}  {line.Name}  {Money.FromFen(line.Payment.Amount)}"
                    + (line.Payment.VoidReason is { } why ? $"  已作废：{why}" : ""));
            foreach (var line in file.Left)
                Console.WriteLine($"  退回 {line.Payment.ReceiptNo}  {line.Name}：{line.Returned!.Reason}");
            foreach (var step in file.Steps)
                Console.WriteLine($"{step.Day:yyyy-MM-dd}  {step.Step}  {step.Account}  {step.People} 人  {Money.FromFen(step.Amount)} 元  "
                    + $"{step.Place} {step.Reference}".Trim());
            return 0;
        });
    }

    static Command Cash()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("cash", "谁手里有多少现金、放了几天；超限的在前，有超限的退出码为 1", [area], async (call, installation, cancel) =>
        {
            var today = BusinessDay.Of(Installation.Clock.GetUtcNow());
            var list = await installation.Database.ReadAsync(
                async session => await CashBook.ListAsync(
                    session, call.GetValue(area), await AllAsync(session, call.GetValue(area)), today),
                cancel);
            foreach (var one in list)
                Console.WriteLine(string.Join("  ", one.IsOverdue ? "超限" : "未超限", one.Login, one.Name, one.UnitName, $"{one.Amount} 元",
                    one.Oldest is { } day ? $"最早 {day:yyyy-MM-dd}，{one.Age} 天" : "", $"短款 {one.Shortage}，长款 {one.Excess}"));
            return list.Any(one => one.IsOverdue) ? 1 : 0;
        });
    }

    static async Task<UnitRange> AllAsync(Session session, int area)
    {
        var tree = await UnitStore.ReadAsync(session, area);
        return new(tree.PathOf(tree.Root));
    }
}
