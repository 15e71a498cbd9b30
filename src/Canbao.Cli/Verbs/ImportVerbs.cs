using System.CommandLine;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry.Import;
using Canbao.Core.Work;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao import</c>: people and households, and what was before this system.</summary>
static class ImportVerbs
{
    const int MostShown = 20;

    public static Command Create() => new("import", "导入人员和户、历史参保缴费")
    {
        People(), History(),
    };

    static Command People()
    {
        var file = new Argument<string>("FILE") { Description = "人员表，.csv 或 .xlsx" };
        var area = Installation.AreaOption();
        var on = PolicyOptions.DayOption("--from", "表中内容从这一天起有效；不写则为今天");
        var dry = new Option<bool>("--dry-run") { Description = "只核对，不导入" };
        var rejects = RejectsOption();
        return Installation.Verb("people", "导入人员和户：新的登记，不同的变更，有错的行退回", [file, area, on, dry, rejects],
            async (call, installation, cancel) =>
            {
                var (path, isDry) = (call.GetValue(file)!, call.GetValue(dry));
                using var returned = new PendingFile(call.GetValue(rejects) ?? RejectsPath(path));
                var order = new ImportOrder(call.GetValue(on) ?? BusinessDay.Of(Installation.Clock.GetUtcNow()))
                {
                    IsDry = isDry,
                    Rejects = returned.Stream,
                };
                var import = new PeopleImport(installation.Vault);
                var report = await Installation.ShowAsync("导入人员", progress => Act.DoAsync(
                    installation.Database, call.GetValue(area), Installation.Doer($"导入 {Path.GetFileName(path)}"), "people.import",
                    act => import.RunAsync(act, TableFile.At(path), order with { Progress = progress }), cancel));
                Tell(report, isDry);
                return Finish(report.Refused, returned, call.GetValue(rejects) ?? RejectsPath(path));
            });
    }

    static Command History()
    {
        var file = new Argument<string>("FILE") { Description = "历史参保缴费表，.csv 或 .xlsx" };
        var area = Installation.AreaOption();
        var dry = new Option<bool>("--dry-run") { Description = "只核对，不导入" };
        var rejects = RejectsOption();
        return Installation.Verb("history", "导入以前年度的参保、缴费和待遇；人员应先导入", [file, area, dry, rejects],
            async (call, installation, cancel) =>
            {
                var (path, isDry) = (call.GetValue(file)!, call.GetValue(dry));
                var rejected = call.GetValue(rejects) ?? RejectsPath(path);
                using var returned = new PendingFile(rejected);
                var import = new HistoryImport(installation.Vault);
                var report = await Installation.ShowAsync("导入历史", progress => Act.DoAsync(
                    installation.Database, call.GetValue(area), Installation.Doer($"导入 {Path.GetFileName(path)}"), "history.import",
                    act => import.RunAsync(act, TableFile.At(path), isDry, returned.Stream, progress), cancel));
                TellFaults(report.Notes, report.Faults, report.Refused);
                Console.WriteLine($"{(isDry ? "试算，没有导入：" : "")}共 {report.Rows} 行，参保 {report.Enrolments} 人次，"
                    + $"缴费 {report.Payments} 笔 {report.Sum} 元，不变 {report.Unchanged} 行，退回 {report.Refused} 行");
                return Finish(report.Refused, returned, rejected);
            });
    }

    internal static Option<string?> RejectsOption() => new("--rejects")
    {
        Description = "退回的行写到这个文件；不写则在原文件旁，名称加 .rejects",
        HelpName = "FILE",
    };

    internal static string RejectsPath(string path) => Path.ChangeExtension(path, ".rejects" + Path.GetExtension(path));

    internal static int Finish(long refused, PendingFile returned, string path)
    {
        if (refused == 0)
            return 0;
        returned.Commit();
        Console.Error.WriteLine($"退回 {refused} 行，连同原因在 {path}；改好后可以直接再交这个文件");
        return 1;
    }

    static void Tell(ImportReport report, bool isDry)
    {
        TellFaults(report.Notes, report.Faults, report.Refused);
        Console.WriteLine($"{(isDry ? "试算，没有导入：" : "")}共 {report.Rows} 行，新增 {report.Added} 人（新户 {report.Households} 户），"
            + $"变更 {report.Changed} 人，不变 {report.Unchanged} 人，退回 {report.Refused} 行");
    }

    internal static void TellFaults(IEnumerable<string> notes, IEnumerable<IntakeFault> faults, long refused)
    {
        foreach (var note in notes)
            Console.Error.WriteLine($"提示：{note}");
        foreach (var fault in faults.Take(MostShown))
            Console.Error.WriteLine($"第 {fault.Line} 行 {fault.Column}：{fault.Code} {fault.Reason}");
        if (refused > MostShown)
            Console.Error.WriteLine("……其余见退回的文件");
    }
}
