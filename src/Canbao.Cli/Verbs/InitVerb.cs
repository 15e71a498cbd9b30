using System.CommandLine;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao init</c>: makes or brings forward the database, loads an area's units and binds its pack.</summary>
static class InitVerb
{
    public static Command Create()
    {
        var (database, keys) = (Installation.DatabaseOption(), Installation.KeysOption());
        var area = Installation.AreaOption();
        var units = new Option<string>("--units") { Description = "单位表（CSV），见 data/units", HelpName = "FILE", Required = true };
        var policy = new Option<string>("--policy") { Description = "政策包名称（见 canbao policy list）", HelpName = "PACK", Required = true };
        var from = PolicyOptions.DayOption("--from", "政策包从这一天起适用；不写则从保险年度前一年的 1 月 1 日起");
        var command = new Command("init", "建立或升级数据库，导入一个地区的单位，绑定政策包；可以重复运行")
        {
            database, keys, area, units, policy, from,
        };
        command.SetAction((call, cancel) => Installation.TellAsync(() => RunAsync(
            (call.GetValue(database)!, call.GetValue(keys)!), call.GetValue(area), call.GetValue(units)!,
            (call.GetValue(policy)!, call.GetValue(from)), cancel)));
        return command;
    }

    static async Task<int> RunAsync(
        (string Database, string Keys) where, int area, string units, (string Pack, DateOnly? From) policy, CancellationToken cancel)
    {
        var faults = new List<UnitFault>();
        if (!File.Exists(units))
            return Installation.Refuse($"U100 没有单位表 {units}；请核对路径");
        if (UnitFile.Read(File.ReadLines(units), faults) is not { } tree)
        {
            foreach (var fault in faults)
                Console.Error.WriteLine($"{units} 第 {fault.Line} 行 {fault.Column}：{fault.Code} {fault.Text}");
            return Program.Unusable;
        }

        if (!File.Exists(where.Keys))
        {
            Vault.Create(where.Keys, "aes", Installation.Clock);
            Console.WriteLine($"已新建密钥文件 {where.Keys}；请立即备份到与数据库分开的安全处，丢失它，加密内容都不能再读取");
        }

        await using var installation = Installation.Open(where.Database, where.Keys);
        var plan = installation.Shelf.Find(policy.Pack);
        await Upgrade.RunAsync(installation.Database, cancel);
        await Act.DoAsync(installation.Database, area, Installation.Doer("初始化地区"), "area.init", async act =>
        {
            await UnitStore.LoadAsync(act, installation.Vault, tree);
            var from = policy.From ?? plan.Pack.Year.Previous.FirstDay;
            await PackBindings.BindAsync(act, installation.Shelf, tree.Root.Code, plan.Pack.Year, from, policy.Pack);
        }, cancel);
        Console.WriteLine($"{area} {tree.Root.Name}：单位 {tree.All.Count()} 个；{plan.Pack.Year} 年度适用 {policy.Pack}");
        return 0;
    }
}
