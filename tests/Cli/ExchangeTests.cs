using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Cli.Tests;

public class ExchangeTests
{
    [Fact, Clause("lishi 七(二)-friday")]
    public async Task Lists_are_made_and_sent_by_verbs()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var person = await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        await area.DoAsync("enrol", act => new RegisterDesk(area.People, area.Enrolments, area.Dues)
            .EnrolAsync(act, new(TestArea.Year, EnrolmentKinds.New, 1), [person.PersonId]));
        In("friday", "--year", "2022").Tells(2, "X113");
        In("partner", "add", "--code", "tax", "--name", "税务局", "--office", "tax").Tells(2, "X102", "--channel");
        In("partner", "add", "--code", "tax", "--name", "税务局", "--office", "tax", "--channel", "etax").Tells(0, "密钥：");
        In("partner", "add", "--code", "town", "--name", "鲍沟镇", "--office", "street", "--unit", "bg", "--xlsx").Tells(0, "已登记 town");
        In("partner", "list").Tells(0, "tax\t税务局\t税务征收\tbg\t文件夹\tcsv\t启用");
        In("friday", "--year", "2022", "--day", "2021-11-05").Tells(2, "X112");
        In("friday", "--year", "2022").Tells(0, "已生成 1 份，共 1 行");
        In("make", "registrations", "--year", "2022").Tells(0, "已生成 1 份，共 1 行");
        In("make", "nothing", "--year", "2022").Tells(2, "X104");
        In("run", "--folder", area.PathOf("exchange")).Tells(0, "收到 0 份，办理 0 份，收到回执 0 份，发出 2 份");
        In("messages").Tells(0, "鲍沟镇\t发出\t第 1 号\t已缴未缴名单", "税务局\t发出\t第 1 号\t参保登记、身份标识和应缴");
        var friday = FridayLists.Of(BusinessDay.Of(TimeProvider.System.GetUtcNow()));
        Assert.True(File.Exists(Path.Combine(
            area.PathOf("exchange"), $"{TestArea.Code}", "town", "out", $"000001-friday-{friday:yyyy-MM-dd}.xlsx")));
        In("remind", "--year", "2022", "--outbox", area.PathOf("sms.txt")).Tells(0, "未缴费 1 人，有电话 0 人");
        In("partner", "close", "--code", "town").Tells(0, "已停用");

        Call In(params string[] arguments) => Call.In(area.PathOf("."), [], ["exchange", .. arguments,
            "--area", $"{TestArea.Code}", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
