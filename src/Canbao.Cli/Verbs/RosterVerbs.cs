using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao roster</c>: departments' lists of people in assisted categories.</summary>
static class RosterVerbs
{
    public static Command Create() => new("roster", "部门名单：试算、生效、撤销、查询")
    {
        List("preview", "试算一份名单：谁新增、谁退出、哪些行有错，不改任何内容", PreviewAsync),
        List("apply", "使一份名单生效；结果与试算相同才生效，要么全部，要么不做", ApplyAsync),
        List("confirm", "作为第二人核对并同意一份使很多人退出的名单", ConfirmAsync),
        Undo(),
        History(),
        Held(),
        Export(),
    };

    static CategoryNames Names => CatalogueNames.Of(PolicyOptions.Library);

    static DateOnly Today => BusinessDay.Of(Installation.Clock.GetUtcNow());

    static Command List(string name, string description, Func<RosterCall, Task<int>> run)
    {
        var (area, department) = (Installation.AreaOption(), DepartmentOption(true));
        var options = new RosterListOptions();
        return Installation.Verb(name, description, [options.File, area, department, .. options.All], (call, installation, cancel) => run(
            new(installation, new(installation.Vault, Names), call.GetValue(area), call.GetValue(options.File)!)
            {
                Order = options.Order(call, call.GetValue(department)!, Today),
                RejectsPath = call.GetValue(options.Rejects) ?? ImportVerbs.RejectsPath(call.GetValue(options.File)!),
                Cancel = cancel,
            }));
    }

    static async Task<int> PreviewAsync(RosterCall call)
    {
        using var returned = new PendingFile(call.RejectsPath);
        var outcome = await TryAsync(call, returned.Stream);
        RosterText.Tell(outcome, call.Desk.Names, isDry: true);
        return outcome.Stops.Count > 0
            ? Installation.Refuse("M103 整份名单不能生效，原因见上")
            : ImportVerbs.Finish(outcome.Rejected, returned, call.RejectsPath);
    }

    static async Task<int> ApplyAsync(RosterCall call)
    {
        using var returned = new PendingFile(call.RejectsPath);
        var outcome = await TryAsync(call, returned.Stream);
        RosterText.Tell(outcome, call.Desk.Names, isDry: false);
        var upload = await KeepAsync(call);
        var version = await ActAsync(call, "roster.apply", act => call.Desk.ApplyAsync(act, upload, call.Order, outcome.Digest));
        Console.WriteLine(version is null ? "没有变化，没有新的版本" : $"已生效，版本 {version.VersionId}");
        return ImportVerbs.Finish(outcome.Rejected, returned, call.RejectsPath);
    }

    static async Task<int> ConfirmAsync(RosterCall call)
    {
        var outcome = await TryAsync(call, null);
        RosterText.Tell(outcome, call.Desk.Names, isDry: true);
        var upload = await KeepAsync(call);
        await ActAsync(call, "roster.confirm", async act =>
        {
            await call.Desk.ConfirmAsync(act, upload, call.Order, outcome.Digest);
            return true;
        });
        Console.WriteLine("已确认；现在可由另一人使它生效");
        return 0;
    }

    static Task<RosterOutcome> TryAsync(RosterCall call, Stream? rejects) => Installation.ShowAsync(
        "核对名单",
        progress => call.Installation.Database.ReadAsync(
            session => call.Desk.TryAsync(session, call.Area, TableFile.At(call.Path), call.Order, rejects, progress), call.Cancel));

    static async Task<long> KeepAsync(RosterCall call)
    {
        using var content = TableFile.At(call.Path).Open();
        return (await ActAsync(call, "roster.keep", act => call.Desk.KeepAsync(act, call.Order, call.Path, content))).Upload.UploadId;
    }

    static Task<T> ActAsync<T>(RosterCall call, string kind, Func<Act, Task<T>> work) => Act.DoAsync(
        call.Installation.Database, call.Area, Installation.Doer($"名单 {Path.GetFileName(call.Path)}"), kind, work, call.Cancel);

    static Command Undo()
    {
        var area = Installation.AreaOption();
        var version = new Argument<long>("VERSION") { Description = "版本，见 canbao roster history" };
        return Installation.Verb("undo", "撤销一个部门最近一次生效的名单", [version, area], async (call, installation, cancel) =>
        {
            var desk = new RosterDesk(installation.Vault, Names);
            await Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer($"撤销名单 {call.GetValue(version)}"), "roster.undo",
                act => desk.UndoAsync(act, call.GetValue(version)), cancel);
            Console.WriteLine("已撤销");
            return 0;
        });
    }

    static Command History()
    {
        var (area, department) = (Installation.AreaOption(), DepartmentOption(false));
        return Installation.Verb("history", "列出生效过的名单，最近的在前", [area, department], async (call, installation, cancel) =>
        {
            foreach (var version in await installation.Database.ReadAsync(
                session => RosterDesk.HistoryAsync(session, call.GetValue(area), call.GetValue(department) ?? ""), cancel))
                Console.WriteLine($"{version.VersionId}\t{Departments.Chinese(version.Department)}\t"
                    + $"{(version.Kind == "full" ? "全量名单" : "动态调整")}\t报送 {version.HandedInOn:yyyy-MM-dd}\t"
                    + $"变动 {version.FirstDay:yyyy-MM-dd} 至 {version.EffectiveOn:yyyy-MM-dd}\t新增 {version.Added} 退出 {version.Removed} "
                    + $"变更 {version.Changed} 退回 {version.Rejected}{(version.UndoneBy is null ? "" : "\t已撤销")}");
            return 0;
        });
    }

    static Command Held()
    {
        var (area, on) = (Installation.AreaOption(), PolicyOptions.DayOption("--on", "哪一天；不写则为今天"));
        var year = new Option<int?>("--year") { Description = "看这个保险年度是否已参保；不写则为明年", HelpName = "YEAR" };
        var category = new Option<string?>("--category") { Description = "只列这一类别", HelpName = "NAME" };
        var missing = new Option<bool>("--not-enrolled") { Description = "只列没有参保的人，须写 --category" };
        return Installation.Verb("held", "列出某一天在册的人和类别，各部门合并", [area, on, year, category, missing],
            async (call, installation, cancel) =>
            {
                var (names, code, day) = (Names, call.GetValue(area), call.GetValue(on) ?? Today);
                var insured = DuesVerbs.Year(call.GetValue(year) ?? day.Year + 1);
                var which = call.GetValue(category) is { } name ? RosterText.Category(names, name) : null;
                if (call.GetValue(missing) && which is null)
                    return Installation.Refuse("M114 --not-enrolled 要与 --category 一起写");
                var holders = await installation.Database.ReadAsync(
                    session => which is null ? Categories.MergedAsync(session, code, day, insured)
                        : call.GetValue(missing) ? Categories.NotEnrolledAsync(session, code, which, day, insured)
                        : Categories.PeopleAsync(session, code, which, day, insured),
                    cancel);
                foreach (var holder in holders)
                    Console.WriteLine($"{holder.Unit}\t{holder.PersonId}\t{holder.Name}\t{holder.Mask}\t{names.Chinese(holder.Category)}\t"
                        + $"{Departments.Chinese(holder.Department)}\t{(holder.IsEnrolled ? "已参保" : "未参保")}");
                Console.Error.WriteLine($"共 {holders.Select(holder => holder.PersonId).Distinct().Count()} 人");
                return 0;
            });
    }

    static Command Export()
    {
        var (area, department) = (Installation.AreaOption(), DepartmentOption(true));
        var file = new Argument<string>("FILE") { Description = "写到这个 .xlsx 文件；含完整号码，请妥善保管" };
        var from = PolicyOptions.DayOption("--from", "变动从这一天起；不写则为今天");
        var until = PolicyOptions.DayOption("--until", "到这一天止，含当天；不写则为今天");
        return Installation.Verb("export", "按附件3的样式导出困难人口动态调整名单", [file, area, department, from, until],
            async (call, installation, cancel) =>
            {
                using var written = new PendingFile(call.GetValue(file)!);
                var form = new AdjustmentForm(installation.Vault, Names);
                var days = (call.GetValue(from) ?? Today, call.GetValue(until) ?? Today);
                var rows = await Act.DoAsync(installation.Database, call.GetValue(area), Installation.Doer("导出动态调整名单"), "roster.export",
                    act => form.WriteAsync(act, call.GetValue(department)!, days, written.Stream), cancel);
                written.Commit();
                Console.WriteLine($"共 {rows} 条变动");
                return 0;
            });
    }

    static Option<string?> DepartmentOption(bool isRequired) => new("--department")
    {
        Description = "部门代码，如 civil_affairs（民政部门）；写错时会列出全部",
        HelpName = "CODE",
        Required = isRequired,
    };
}

/// <summary>A call about one list.</summary>
sealed record RosterCall(Installation Installation, RosterDesk Desk, int Area, string Path)
{
    public required RosterOrder Order { get; init; }

    public required string RejectsPath { get; init; }

    public required CancellationToken Cancel { get; init; }
}
