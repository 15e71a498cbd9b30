using System.CommandLine;
using Canbao.Core.DemoData;
using Canbao.Core.Files;
using Spectre.Console;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao demo-data</c>: invented areas to try the program with.</summary>
static class DemoDataVerb
{
    public static Command Create()
    {
        var place = new Option<string>("--place")
        {
            Description = $"哪里的政策：{string.Join("、", DemoFiles.Places)}",
            HelpName = "PLACE",
            Required = true,
        };
        place.Validators.Add(value =>
        {
            if (value.Tokens is [var token] && !DemoFiles.Places.Contains(token.Value))
                value.AddError($"--place 可写：{string.Join("、", DemoFiles.Places)}");
        });
        var people = new Option<int>("--people") { Description = "共多少人，各地区按规模分", HelpName = "N", Required = true };
        people.Validators.Add(value =>
        {
            if (value.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > DemoFiles.MostPeople)
                value.AddError($"--people 可写：1 至 {DemoFiles.MostPeople}");
        });
        var seed = new Option<long>("--seed")
        {
            Description = "种子：相同的种子写出相同的文件，不写则为 1",
            HelpName = "S",
            DefaultValueFactory = _ => 1,
        };
        var output = new Option<string>("-o", "--output") { Description = "放文件的文件夹", HelpName = "FOLDER", Required = true };
        var command = new Command("demo-data", "编造试用数据：单位、人员、上年参保、各部门名单和比对数据；其中的人都不存在") { place, people, seed, output };
        command.SetAction((call, cancellation) => Task.FromResult(Run(
            new DemoRequest(call.GetValue(place)!, call.GetValue(people), call.GetValue(seed), call.GetValue(output)!), cancellation)));
        return command;
    }

    static int Run(DemoRequest request, CancellationToken cancellation)
    {
        try
        {
            Tell(WithProgress(progress => DemoFiles.Write(request, progress, cancellation)));
            return 0;
        }
        catch (TableFileException fault)
        {
            return Refuse($"{fault.Code} {fault.Message}");
        }
        catch (OperationCanceledException)
        {
            return Refuse("已取消；已写完的地区保留，正在写的地区没有写出");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse($"F108 写结果时出错（{fault.Message}）；请检查文件夹和磁盘空间后重试");
        }
    }

    static IReadOnlyList<DemoSummary> WithProgress(Func<Action<double>, IReadOnlyList<DemoSummary>> run)
    {
        if (Console.IsErrorRedirected)
            return run(_ => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                var bar = progress.AddTask("编造", maxValue: 1);
                return run(done => bar.Value(done));
            });
    }

    static void Tell(IReadOnlyList<DemoSummary> areas)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("地区");
        foreach (var header in new[] { "单位", "人数", "户数", "上年参保", "名单", "名单行数", "有意写错", "文件夹" })
            table.AddColumn(new TableColumn(header) { Alignment = header == "文件夹" ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var area in areas)
            table.AddRow(
                [
                    area.Name, $"{area.Units}", $"{area.People}", $"{area.Households}", $"{area.Enrolled}", $"{area.Lists.Count}",
                    $"{area.Lists.Sum(list => list.Rows)}", $"{area.Lists.Sum(list => list.Flaws)}", Markup.Escape(area.Folder),
                ]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        // What is read by a program or kept in a file must not be cut to a window's width.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 400;
        console.Write(table);
    }

    static int Refuse(string text)
    {
        Console.Error.WriteLine($"canbao: {text}");
        return Program.Unusable;
    }
}
