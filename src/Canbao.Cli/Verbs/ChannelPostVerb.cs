using System.CommandLine;
using Canbao.Core.Files;
using Canbao.Core.Work;
using Canbao.Core.Work.PaymentFiles;
using Canbao.Core.Work.Reconciliation;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao channel post</c>: a channel's file of payments that it has taken.</summary>
static class ChannelPostVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "渠道已收款的明细（.csv 或 .xlsx），有流水号、证件号码、姓名、年度、金额、缴费时间各列，可有状态",
        };
        var (area, rejects) = (Installation.AreaOption(), ImportVerbs.RejectsOption());
        var code = new Option<string>("--channel") { Description = "渠道代码", HelpName = "CODE", Required = true };
        var lines = new Option<long?>("--lines") { Description = "渠道所报的总笔数；与文件不符则整份不入账", HelpName = "N" };
        var amount = new Option<string?>("--amount") { Description = "渠道所报的总金额（元）；与文件不符则整份不入账", HelpName = "YUAN" };
        return Installation.Verb(
            "post", "缴费文件入账：相符的入账，不符的挂账，有错的行退回；同一文件再交没有变化，中断后再交一次即可",
            [file, area, code, lines, amount, rejects],
            async (call, installation, cancel) =>
            {
                var (path, sum) = (call.GetValue(file)!, Money.Zero);
                if (call.GetValue(amount) is { } text && !Money.TryParseYuan(text, out sum))
                    return Installation.Refuse("C114 金额须以元为单位，如 320.00");
                var rejected = call.GetValue(rejects) ?? ImportVerbs.RejectsPath(path);
                using var returned = new PendingFile(rejected);
                var desk = new PaymentFileDesk(installation.Database, new ChannelDesk(installation.Dues, installation.Vault));
                var order = new PaymentFileOrder(call.GetValue(code)!, TableFile.At(path))
                {
                    Lines = call.GetValue(lines),
                    Amount = call.GetValue(amount) is null ? null : sum,
                    Rejects = returned.Stream,
                };
                var doer = Installation.Doer($"缴费文件 {Path.GetFileName(path)}");
                var report = await Installation.ShowAsync("缴费文件入账", progress => desk.RunAsync(
                    call.GetValue(area), doer, order with { Progress = Installation.Shares(progress) }, cancel));
                ImportVerbs.TellFaults(report.Notes, report.Faults, report.Refused.Lines);
                Tell(report);
                return ImportVerbs.Finish(report.Refused.Lines, returned, rejected);
            });
    }

    static void Tell(PaymentFileReport report)
    {
        Console.WriteLine($"共 {Told(report.All)}：入账 {Told(report.Posted)}，以前已收到 {Told(report.Echoed)}，"
            + $"挂账 {Told(report.Waiting)}，退回 {Told(report.Refused)}");
        foreach (var (code, sum) in report.Suspended)
            Console.WriteLine($"挂账：{SuspenseList.Chinese(code)}（{code}）{Told(sum)}");
    }

    static string Told(LineSum sum) => $"{sum.Lines} 笔 {sum.Amount} 元";
}
