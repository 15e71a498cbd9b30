using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public class ShadowTests
{
    [Fact, Clause("lingyuan 七")]
    public async Task A_draft_is_cloned_checked_tried_and_the_year_rolled_over()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var draft = area.PathOf("baogou-2023");
        Call.Of("policy", "clone", "baogou-2022", draft).Tells(0, "已生成", "cases.yaml 第 89 行", "canbao policy check");
        Call.Of("policy", "clone", "baogou-2022", draft).Tells(2, "A203");
        Call.Of("policy", "check", draft).Tells(1, "P421 notice 的“number”还是“待填”", "“title”", "“issuer”", "写法无误");
        Call.Of("policy", "prove", draft).Tells(0);
        var file = area.PathOf("试算.csv");
        In("policy", "shadow", "lingyuan-2022", "--year", "2022", "--on", "2021-11-05", "--output", file).Tells(
            0, "读取 1 人", "多缴 0 人，少缴 0 人，结果变化 1 人，不变 0 人");
        Assert.Contains("前街村,1,0,0,1,0,", File.ReadAllText(file), StringComparison.Ordinal);
        In("policy", "shadow", draft, "--against", "baogou-2022", "--on", "2022-11-05").Tells(
            0, "baogou-2022（滕州市鲍沟镇 2022年度）→ baogou-2023", "2021-11-05 缴费", "没有存入任何内容");
        In("policy", "shadow", "nowhere").Tells(2, "P001");
        In("rollover", "--from", "2022", "--to", "2024").Tells(2, "A205");
        In("rollover", "--from", "2022", "--to", "2023").Tells(1, "待办  政策包：3 个单位没有政策包", "已办  续保", "待办  核定：还没有核定 1 人");
        In("rollover", "--from", "2022", "--to", "2023", "--do").Tells(1, "核定 1 人，新核定 1 人", "已办  核定");

        Call In(params string[] arguments) => Call.In(area.PathOf("."), [], [.. arguments,
            "--area", $"{TestArea.Code}", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
