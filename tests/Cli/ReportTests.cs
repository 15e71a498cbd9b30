using Canbao.Core.Assessment.Dues;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public class ReportTests
{
    /// <summary>The town is run by a season whose reporting units are townships; what is due long ago is closed.</summary>
    [Fact, Clause("lishi 七(四)")]
    public async Task The_calendar_is_listed_and_closed_periods_are_refused()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await area.DoAsync("policy.bind", act => PackBindings.BindAsync(act, area.Shelf, "bg", new(2023), new(2022, 9, 1), "lishi-2023"));
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        In("report", "due").Tells(0, "2022-10-07（国庆节）\t2022-10-07 18:00\t鲍沟镇\t参保缴费工作进度周报表\tlishi-5\t未报，已截止");
        In("report", "hand-in", "lishi-5", "--unit", "bg", "--due", "2022-10-14").Tells(2, "T404");
        In("report", "hand-in", "lishi-5", "--unit", "bg").Tells(2, "T402");
        In("report", "hand-in", "lishi-5", "--unit", "none", "--due", "2022-10-14").Tells(2, "T401");
        In("report", "list").Tells(0, "");
        In("bulletin", "list").Tells(0, "2022-10-15\t参保缴费工作进度通报\t未起草");
        In("bulletin", "draft", "--due", "2022-10-15").Tells(0, "截至2022年10月15日，鲍沟镇应参保");
        In("bulletin", "list").Tells(0, "2022-10-15\t参保缴费工作进度通报\t草稿");
        In("bulletin", "draft", "--due", "2022-10-16").Tells(2, "T421");

        Call In(params string[] arguments) => Call.In(area.PathOf("."), [], [.. arguments,
            "--area", $"{TestArea.Code}", "--year", "2023", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
