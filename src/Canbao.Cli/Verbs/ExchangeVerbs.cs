using System.CommandLine;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Work;
using Canbao.Core.Work.Exchange;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao exchange</c>: messages to and from other offices.</summary>
static class ExchangeVerbs
{
    public static Command Create() => new("exchange", "与税务、民政等部门交换数据：名单、登记应缴、缴费结果、回执")
    {
        ExchangePartnerVerbs.Create(), Friday(), Feed(), Run(), Listed(), Remind(),
    };

    internal static ExchangeTools Tools(Installation installation) =>
        new(installation.Database, installation.Vault, installation.Dues, CatalogueNames.Of(PolicyOptions.Library));

    static Command Friday()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var day = PolicyOptions.DayOption("--day", "哪个星期五；不写则为最近的一个");
        return Installation.Verb("friday", "生成已缴未缴名单：民政、乡村振兴各自名单的人，医保全部，乡镇各自的人", [area, year, day],
            async (call, installation, cancel) =>
            {
                var friday = call.GetValue(day) ?? FridayLists.Of(BusinessDay.Of(Installation.Clock.GetUtcNow()));
                var made = await Installation.ShowAsync("生成名单", progress => new FridayLists(Tools(installation)).MakeAsync(
                    call.GetValue(area), Installation.Doer($"生成{friday:yyyy-MM-dd}已缴未缴名单"), friday, DuesVerbs.Year(call.GetValue(year)),
                    Installation.Shares(progress), cancel));
                Tell(made, "名单");
                return 0;
            });
    }

    static Command Feed()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var kind = new Argument<string>("KIND") { Description = "registrations 发税务的参保登记、身份标识和应缴；fund_request 发财政的资金申请" };
        return Installation.Verb("make", "生成发税务的数据（有变动的人，第一次为全部）或发财政的资金申请", [kind, area, year],
            async (call, installation, cancel) =>
            {
                var (tools, insured) = (Tools(installation), DuesVerbs.Year(call.GetValue(year)));
                if (call.GetValue(kind) == ExchangeKind.Registrations.Code)
                    Tell(await new TaxFeed(tools).MakeAsync(call.GetValue(area), Installation.Doer("生成发税务数据"), insured, cancel), "变动");
                else if (call.GetValue(kind) == ExchangeKind.FundRequest.Code)
                    Tell(
                        await new FundRequests(tools).MakeAsync(call.GetValue(area), Installation.Doer("生成资金申请报文"), insured, cancel), "申请");
                else
                    return Installation.Refuse("X104 没有这种报文可以生成；可写：registrations、fund_request，名单用 canbao exchange friday");
                return 0;
            });
    }

    static Command Run()
    {
        var area = Installation.AreaOption();
        var folder = new Option<string>("--folder") { Description = "数据交换的文件夹，其下按地区、单位分", HelpName = "FOLDER", Required = true };
        return Installation.Verb("run", "收发一遍：收下来文并办理，送出回执和待发的报文；中断后再运行即可", [area, folder],
            async (call, installation, cancel) =>
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
                var round = new ExchangeRound(Tools(installation), new FolderWay(call.GetValue(folder)!), new HttpWay(http));
                var report = await round.RunAsync(call.GetValue(area), cancel);
                foreach (var fault in report.Faults)
                    Console.Error.WriteLine(fault);
                Console.WriteLine($"收到 {report.Taken} 份，办理 {report.Handled} 份，收到回执 {report.Receipts} 份，发出 {report.Sent} 份");
                return report.Faults.Count > 0 ? 1 : 0;
            });
    }

    static Command Listed()
    {
        var area = Installation.AreaOption();
        var partner = new Option<string?>("--partner") { Description = "只看这个单位", HelpName = "CODE" };
        var limit = new Option<int>("--limit") { Description = "最多列出几份", HelpName = "N", DefaultValueFactory = _ => 100 };
        return Installation.Verb("messages", "列出报文和回执，有问题的在前", [area, partner, limit], async (call, installation, cancel) =>
        {
            var found = await installation.Database.ReadAsync(
                session => Messages.ListAsync(
                    session, call.GetValue(area), (call.GetValue(partner) ?? "", "", ""), session.Now, (0, call.GetValue(limit))),
                cancel);
            foreach (var (row, name, receipt) in found)
                Console.WriteLine(string.Join(
                    '\t', row.MessageId, name, row.Direction == Messages.Out ? "发出" : "来文",
                    row.Number is { } number ? $"第 {number} 号" : "—",
                    ExchangeKind.Name(row.Kind), $"{row.Day:yyyy-MM-dd}", $"{row.RowsTold} 行", Messages.State(row.State),
                    receipt is null ? "" : $"{Receipts.State(receipt.State)}（收下 {receipt.Accepted}，退回 {receipt.Refused}）", row.Fault));
            return 0;
        });
    }

    static Command Remind()
    {
        var (area, year) = (Installation.AreaOption(), Installation.YearOption());
        var unit = new Option<string?>("--unit") { Description = "只提醒这个单位及下级的人", HelpName = "CODE" };
        var outbox = new Option<string>("--outbox")
        {
            Description = "短信写到这个文件，不真的发出；号码只留首尾",
            HelpName = "FILE",
            Required = true,
        };
        return Installation.Verb("remind", "短信提醒已登记而没有缴费的人，同一人一天一条", [area, year, unit, outbox],
            async (call, installation, cancel) =>
            {
                var reminders = new Reminders(Tools(installation), new TextMessageOutbox(call.GetValue(outbox)!));
                var (owing, reached, sent) = await reminders.RunAsync(
                    call.GetValue(area), Installation.Doer("短信提醒缴费"), DuesVerbs.Year(call.GetValue(year)), call.GetValue(unit), cancel);
                Console.WriteLine($"未缴费 {owing} 人，有电话 {reached} 人，新写出短信 {sent} 条");
                return 0;
            });
    }

    static void Tell(MadeLists made, string what) => Console.WriteLine(made.Messages > 0
        ? $"已生成 {made.Messages} 份，共 {made.Rows} 行；以前已有或没有变动的 {made.Known} 份"
        : $"没有新的{what}，没有生成报文");
}

/// <summary><c>canbao exchange partner</c>: with whom.</summary>
static class ExchangePartnerVerbs
{
    public static Command Create() => new("partner", "交换单位：登记、停用、查看") { Add(), Close(), Listed() };

    static Command Add()
    {
        var (area, code) = (Installation.AreaOption(), CodeOption());
        var name = new Option<string>("--name") { Description = "单位名称", HelpName = "NAME", Required = true };
        var office = new Option<string>("--office")
        {
            Description = "岗位或部门代码，决定能收发什么、看到哪些列：tax、finance、bureau、street、civil_affairs、rural_revitalisation、police、health、education 等",
            HelpName = "OFFICE",
            Required = true,
        };
        var unit = new Option<string?>("--unit") { Description = "只收发这个单位及下级的人；不写则为全地区", HelpName = "CODE" };
        var address = new Option<string?>("--address") { Description = "对方接口的地址；不写则用文件夹交换", HelpName = "URL" };
        var workbooks = new Option<bool>("--xlsx") { Description = "发给它的表用 .xlsx；不写则为 .csv" };
        var channel = new Option<string?>("--channel") { Description = "它传来的缴费结果记在哪个缴费渠道", HelpName = "CODE" };
        return Installation.Verb("add", "登记交换单位；显示的密钥只显示这一次，请交给对方保存",
            [area, code, name, office, unit, address, workbooks, channel], async (call, installation, cancel) =>
            {
                var order = new NewPartner(call.GetValue(code)!, call.GetValue(name)!, call.GetValue(office)!)
                {
                    Unit = call.GetValue(unit) ?? "",
                    Address = call.GetValue(address) ?? "",
                    WantsWorkbooks = call.GetValue(workbooks),
                    Channel = call.GetValue(channel) ?? "",
                };
                var secret = await Act.DoAsync(
                    installation.Database, call.GetValue(area), Installation.Doer("登记交换单位"), "exchange.partner",
                    act => new Partners(installation.Vault).AddAsync(act, order), cancel);
                Console.WriteLine($"已登记 {order.Code}（{Departments.Office(order.Office)}）；密钥：{Convert.ToHexStringLower(secret)}");
                return 0;
            });
    }

    static Command Close()
    {
        var (area, code) = (Installation.AreaOption(), CodeOption());
        return Installation.Verb("close", "停用交换单位：此后不再收发", [area, code], async (call, installation, cancel) =>
        {
            await Act.DoAsync(
                installation.Database, call.GetValue(area), Installation.Doer("停用交换单位"), "exchange.partner",
                act => Partners.CloseAsync(act, call.GetValue(code)!), cancel);
            Console.WriteLine($"已停用 {call.GetValue(code)}");
            return 0;
        });
    }

    static Command Listed()
    {
        var area = Installation.AreaOption();
        return Installation.Verb("list", "列出交换单位", [area], async (call, installation, cancel) =>
        {
            foreach (var row in await installation.Database.ReadAsync(session => Partners.ListAsync(session, call.GetValue(area)), cancel))
                Console.WriteLine(string.Join(
                    '\t', row.Partner, row.Name, Departments.Office(row.Office), row.Unit,
                    row.Way == Partners.Folder ? "文件夹" : row.Address, row.Format, row.ClosedBy is null ? "启用" : "已停用"));
            return 0;
        });
    }

    static Option<string> CodeOption() => new("--code") { Description = "单位代码，也是它的文件夹名，如 tax", HelpName = "CODE", Required = true };
}
