using System.CommandLine;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.DemoData;
using Canbao.Core.Secrets;
using Canbao.Core.Work;
using Canbao.Core.Work.Demo;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Spectre.Console;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao demo</c>: the five places in the middle of a season, in a database of their own, and the pages on it.</summary>
static class DemoVerb
{
    /// <summary>Is written last, so that a folder without it is made anew; lists the accounts.</summary>
    const string Marker = "演示账号.txt";

    const string Data = "data", Policies = "policies", Lishi = "lishi-2023", LishiEarlier = "lishi-2022";

    // In the order in which they are played; the first has an account for every role.
    static readonly (string Place, int People)[] Places =
        [("lishi", 1500), ("baogou", 900), ("laishan", 800), ("lingyuan", 800), ("jincheng", 1200)];

    public static Command Create()
    {
        var urls = ServeVerb.UrlsOption();
        var folder = new Option<string>("--folder")
        {
            Description = "放演示数据的文件夹；已有演示的接着用",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "canbao-demo",
        };
        var anew = new Option<bool>("--new") { Description = "不接着用，重新编一遍" };
        var only = new Option<bool>("--prepare-only") { Description = "只准备数据，不打开网页" };
        var command = new Command("demo", "一条命令看全貌：编造五个地方缴费季过半时的数据，打开网页，列出各岗位的账号") { urls, folder, anew, only };
        command.SetAction((call, cancel) => Installation.TellAsync(async () =>
        {
            var path = Path.GetFullPath(call.GetValue(folder)!);
            if (call.GetValue(anew) || !File.Exists(Path.Combine(path, Marker)))
                await PrepareAsync(path, cancel);
            if (!call.GetValue(only))
                await ServeAsync(path, call.GetValue(urls)!, cancel);
            return 0;
        }));
        return command;
    }

    static async Task PrepareAsync(string folder, CancellationToken cancel)
    {
        Clear(folder);
        var accounts = await Installation.ShowAsync("编造并演一遍缴费季", async bar =>
        {
            var plans = WriteFiles(folder, cancel);
            var clock = new DemoClock(DemoSeason.FirstDay);
            var vault = Vault.Create(Keys(folder), "aes", clock, demo: true);
            await using var database = Database.Open(Connection(folder), clock);
            await Upgrade.RunAsync(database, cancel);
            return await new DemoSeason(new(database, vault, Shelf(folder), clock)).PlayAsync(plans, Installation.Shares(bar), cancel);
        });
        var lines = accounts.Select(account => $"{account.Login}\t{account.Role}\t{account.Unit}");
        await File.WriteAllLinesAsync(Path.Combine(folder, Marker), lines, cancel);
    }

    /// <summary>Empties the folder, unless it holds something that is no demonstration.</summary>
    static void Clear(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        if (!Directory.Exists(Path.Combine(folder, Data)) || !Directory.Exists(Path.Combine(folder, Policies)))
            throw new RefusedException("W122", $"文件夹 {folder} 里有别的东西，没有动它；请用 --folder 另写一个");
        Directory.Delete(folder, true);
    }

    static List<DemoPlan> WriteFiles(string folder, CancellationToken cancel)
    {
        CopyPacks(folder);
        var plans = new List<DemoPlan>();
        foreach (var (place, people) in Places)
        {
            var request = new DemoRequest(place, people, 1, Path.Combine(folder, Data)) { Year = DemoSeason.Year.Year };
            foreach (var area in DemoFiles.Write(request, _ => { }, cancel))
            {
                // A place of several areas has a folder for each.
                var name = Path.GetRelativePath(request.Folder, area.Folder).Replace(Path.DirectorySeparatorChar, '-');
                plans.Add(new(area.Area, area.Folder, $"{place}-{DemoSeason.Year.Year}", plans.Count == 0 ? "" : $"{name}-"));
            }
        }

        return plans;
    }

    /// <summary>The packs, and Lishi's as if its notice had come a year earlier, so that all five places stand on the same day.</summary>
    static void CopyPacks(string folder)
    {
        var (from, to) = (PolicyOptions.Library.Folder, Path.Combine(folder, Policies));
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        var files = Directory.EnumerateFiles(Path.Combine(from, Lishi)).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Directory.CreateDirectory(Path.Combine(to, LishiEarlier));
        foreach (var (name, text) in PackClone.ForPractice(files, Lishi, LishiEarlier, -1).Files)
            File.WriteAllText(Path.Combine(to, LishiEarlier, name), text);
    }

    static async Task ServeAsync(string folder, string urls, CancellationToken cancel)
    {
        Tell(folder, urls);
        var clock = new PracticeClock(Installation.Clock, DemoSeason.LastDay);
        await using var database = Database.Open(Connection(folder), clock);
        await Upgrade.RunAsync(database, cancel);
        var options = new WebOptions(database, Vault.Open(Keys(folder)), Shelf(folder), clock, urls)
        {
            PracticeDay = DemoSeason.LastDay,
            TrueClock = Installation.Clock,
        };
        await ServeVerb.RunAsync(options, cancel);
    }

    static void Tell(string folder, string urls)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("登录名（居民：证件号码）", "岗位", "单位（居民：姓名）");
        foreach (var line in File.ReadLines(Path.Combine(folder, Marker)))
            table.AddRow(line.Split('\t'));
        AnsiConsole.Write(table);
        Console.WriteLine($"以上账号的密码都是 {DemoSeason.Password}；数据在 {folder}，其中的人都不存在");
        Console.WriteLine($"请用浏览器打开 {urls}，按 Ctrl+C 停止；再运行一次接着用，加 --new 重新来过");
    }

    static string Connection(string folder) => $"sqlite:{Path.Combine(folder, "canbao.db")}";

    static string Keys(string folder) => Path.Combine(folder, "canbao.keys");

    static PackShelf Shelf(string folder) => new(new PackLibrary(Path.Combine(folder, Policies)));
}
