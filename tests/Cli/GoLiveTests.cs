using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>What was before comes in, the next year follows, and a person can be looked at.</summary>
public sealed class GoLiveTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly string number = TestArea.Number(new(1985, 3, 20), 1).Full;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_year_before_is_taken_over_and_renewed()
    {
        File.WriteAllText(
            folder["units.csv"], "code,parent,kind,name,aliases,leader,contact\nbg,,township,鲍沟镇,,,\nbg-01,bg,village,前街村,,,\n");
        File.WriteAllText(folder["people.csv"], $"单位代码,姓名,证件号码\nbg-01,张三,{number}\n");
        File.WriteAllText(folder["history.csv"], "证件号码,姓名,年度,登记日期,档次,缴费日期,缴费金额,渠道,票据号\n"
            + $"{number},张三,2021,2020-09-01,,2020-10-08,280.00,微信,A1\n{number},章三,2020,,,,,,\n");
        In("keys", "create", "canbao.keys").Tells(0);
        In("enrol", "renew", "--area", "370481", "--year", "2022").Tells(2, "canbao: S113", "canbao init");
        In("init", "--area", "370481", "--units", "units.csv", "--policy", "baogou-2022").Tells(0);
        In("import", "people", "people.csv", "--area", "370481", "--from", "2020-09-01").Tells(0);
        In("import", "history", "history.csv", "--area", "370481", "--dry-run").Tells(1, "试算，没有导入");
        In("import", "history", "history.csv", "--area", "370481").Tells(1, "第 3 行 姓名：R209", "缴费 1 笔 280.00 元", "退回 1 行");
        In("import", "history", "history.csv", "--area", "370481").Tells(1, "不变 1 行");
        In("enrol", "renew", "--area", "370481", "--year", "2022", "--on", "2199-01-01").Tells(2, "canbao: R128");
        In("enrol", "renew", "--area", "370481", "--year", "2022", "--on", "2021-10-26").Tells(0, "2022年度续保 1 人");
        File.WriteAllBytes(folder["photo.jpg"], [0xFF, 0xD8, 0xFF, 0xE0, 0]);
        In("person", "attach", number, "photo.jpg", "--area", "370481").Tells(0, "已上传照片");
        In("person", "attach", number, "people.csv", "--area", "370481").Tells(2, "canbao: R153");
        In("person", "show", number, "--area", "370481", "--year", "2022").Tells(
            0, "张三  370499********0017", "2022年度  续保 2021-10-26", "2021年度  历史参保 2020-09-01", "已缴 280.00 元（2020-10-08 历史导入 A1）",
            "待遇 2021-01-01 至 2021-12-31", "核定过程", "导入 people.csv",
            "材料  照片  photo.jpg");
        In("person", "show", TestArea.Number(new(1985, 3, 20), 2).Full, "--area", "370481").Tells(2, "canbao: R101");
    }

    Call In(params string[] arguments) => Call.In(folder.Path, [], arguments);
}
