using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Counting;
using Canbao.Core.Work.Forms;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao form</c>: the forms that notices prescribe, as workbooks and checked.</summary>
static class FormVerbs
{
    public static Command Create() => new("form", "通知规定的报表：列出、生成、核对") { List(), Export(), Check() };

    static Command List()
    {
        var command = new Command("list", "列出各地通知规定的表");
        command.SetAction(_ =>
        {
            foreach (var form in PrescribedForms.All)
                Console.WriteLine($"{form.Code}\t{form.PlaceName}\t{form.Name}\t{form.Clause}");
            return 0;
        });
        return command;
    }

    static Command Export()
    {
        var (form, area, year) = (FormArgument(), Installation.AreaOption(), Installation.YearOption());
        var (unit, until) = (UnitOption(), UntilOption());
        var output = new Option<string>("--output")
        {
            Description = "写到这个 .xlsx 文件；与 --each-township 同用时为文件夹",
            HelpName = "PATH",
            Required = true,
        };
        var each = new Option<bool>("--each-township") { Description = "所选单位的下一级单位（各乡镇、街道、教育系统）各一份" };
        List<Symbol> own = [form, area, year, unit, until, output, each];
        return Installation.Verb("export", "生成一张表的 Excel，公式可以直接重算", own, async (call, installation, cancel) =>
        {
            if (PrescribedForms.Find(call.GetValue(form)!) is not { } which)
                return NoForm(call.GetValue(form)!);
            var viewer = await ViewerAsync(installation, call.GetValue(area), cancel);
            var order = new FormOrder(which, DuesVerbs.Year(call.GetValue(year)), call.GetValue(unit) ?? viewer.UnitCode, Today())
            {
                Until = call.GetValue(until),
            };
            await CountAsync(installation, viewer.Area, order, cancel);
            var path = call.GetValue(output)!;
            if (call.GetValue(each))
                return await EachAsync(installation, viewer, order, path, cancel);
            using var file = new PendingFile(path);
            if (which.Source == FormSource.Funding)
            {
                await Act.DoAsync(installation.Database, viewer.Area, Installation.Doer($"生成{which.Name}"), "form.export",
                    act => new FormDesk(installation.Vault).ExportListAsync(act, viewer, order, file.Stream), cancel);
                file.Commit();
                return 0;
            }

            var filled = await installation.Database.ReadAsync(
                session => new FormDesk(installation.Vault).FillAsync(session, viewer, order), cancel);
            GridWorkbook.Write(filled.Grid, file.Stream);
            file.Commit();
            return Tell([filled]);
        });
    }

    static Command Check()
    {
        var (form, area, year) = (FormArgument(), Installation.AreaOption(), Installation.YearOption());
        var (unit, until) = (UnitOption(), UntilOption());
        form.Arity = ArgumentArity.ZeroOrOne;
        form.Description = "表的代码；不写则核对周报表、摸底表和本地的任务表";
        List<Symbol> own = [form, area, year, unit, until];
        return Installation.Verb("check", "核对表内等式和合计；有错误时退出码为 1", own, async (call, installation, cancel) =>
        {
            var code = call.GetValue(form);
            if (code is not null && PrescribedForms.Find(code) is null)
                return NoForm(code);
            var viewer = await ViewerAsync(installation, call.GetValue(area), cancel);
            var root = viewer.UnitPath.Split('/')[1];
            var filled = new List<FilledForm>();
            foreach (var which in PrescribedForms.All.Where(which => code is not null ? which.Code == code
                : which.Source == FormSource.Tally || which.Source == FormSource.Figures && which.Place == root))
            {
                var order = new FormOrder(which, DuesVerbs.Year(call.GetValue(year)), call.GetValue(unit) ?? viewer.UnitCode, Today())
                {
                    Until = call.GetValue(until),
                };
                await CountAsync(installation, viewer.Area, order, cancel);
                filled.Add(await installation.Database.ReadAsync(
                    session => new FormDesk(installation.Vault).FillAsync(session, viewer, order), cancel));
            }

            int result = Tell(filled);
            foreach (var one in filled)
                Console.WriteLine($"{one.Form.Name}：{(one.Problems.IsEmpty ? "核对无误" : $"{one.Problems.Length} 处需要核对")}");
            return result;
        });
    }

    /// <summary>A form for each unit below one, all from what was read once.</summary>
    static async Task<int> EachAsync(
        Installation installation, Viewer viewer, FormOrder order, string folder, CancellationToken cancel)
    {
        if (order.Form.Source == FormSource.Funding)
            return Installation.Refuse("T314 这张表含完整证件号码，不能成批生成；请逐个单位生成");
        var inputs = await installation.Database.ReadAsync(session => FormDesk.ReadAsync(session, viewer, order), cancel);
        var units = inputs.Tree.ChildrenOf(inputs.Tree.Find(order.Unit)!).ToList();
        Directory.CreateDirectory(folder);
        var filled = new List<FilledForm>();
        await Installation.ShowAsync("生成报表", progress =>
        {
            var share = Installation.Shares(progress);
            foreach (var one in units)
            {
                cancel.ThrowIfCancellationRequested();
                filled.Add(FormDesk.Fill(inputs, order with { Unit = one.Code }));
                using var file = new PendingFile(Path.Combine(folder, $"{order.Form.Name}-{FileName(one)}.xlsx"));
                GridWorkbook.Write(filled[^1].Grid, file.Stream);
                file.Commit();
                share.Report((filled.Count, units.Count));
            }

            return Task.FromResult(0);
        });
        Console.WriteLine($"已生成 {filled.Count} 份");
        return Tell(filled);
    }

    /// <summary>Tells what is wrong; 1 where a form has errors.</summary>
    static int Tell(IReadOnlyCollection<FilledForm> forms)
    {
        foreach (var problem in forms.SelectMany(form => form.Problems))
            Console.Error.WriteLine($"canbao: {(problem.IsError ? "" : "提示：")}{problem.Code} {problem.Text}");
        return forms.Any(form => form.Problems.Any(problem => problem.IsError)) ? 1 : 0;
    }

    /// <summary>Names may repeat below different units, and may hold what a file name cannot.</summary>
    static string FileName(Unit unit) =>
        string.Concat($"{unit.Code}-{unit.Name}".Select(letter => Path.GetInvalidFileNameChars().Contains(letter) ? '_' : letter));

    static Task CountAsync(Installation installation, int area, FormOrder order, CancellationToken cancel) =>
        order.Form.Source != FormSource.Tally ? Task.CompletedTask
        : new Counter(new CountedPeople(CatalogueNames.Of(installation.Shelf.Library)), installation.Vault)
            .FollowAsync(installation.Database, area, [order.Year], cancel);

    /// <summary>Whoever runs the program sees the whole area, as the bureau does.</summary>
    static Task<Viewer> ViewerAsync(Installation installation, int area, CancellationToken cancel) => installation.Database.ReadAsync(
        async session =>
        {
            var tree = await UnitStore.ReadAsync(session, area);
            return new Viewer("@form", "", Role.Bureau, area, tree.Root.Code, tree.PathOf(tree.Root), null);
        },
        cancel);

    static DateOnly Today() => BusinessDay.Of(Installation.Clock.GetUtcNow());

    static int NoForm(string code) =>
        Installation.Refuse($"T309 没有这张表：{code}；可写 {string.Join('、', PrescribedForms.All.Select(form => form.Code))}");

    static Argument<string?> FormArgument() => new("FORM") { Description = "表的代码，见 canbao form list" };

    static Option<string?> UnitOption() => new("--unit") { Description = "填报单位的代码；不写则为全地区", HelpName = "CODE" };

    static Option<DateOnly?> UntilOption() => PolicyOptions.DayOption("--until", "截止日期：按这一天结束时的人数；不写则为现在");
}
