using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>Registration by files on the command line: the form and the lists, in and out.</summary>
public sealed class EnrolFileTests : IDisposable
{
    static readonly string[] Numbers = [.. Enumerable.Range(1, 4).Select(each => TestArea.Number(new(1985, 3, 20), each).Full)];

    readonly TempFolder folder = new();

    public EnrolFileTests()
    {
        File.WriteAllText(
            folder["units.csv"], "code,parent,kind,name,aliases,leader,contact\nbg,,township,鲍沟镇,,,\nbg-01,bg,village,前街村,,,\n");
        Call.In(folder.Path, [], "keys", "create", "canbao.keys").Tells(0);
        Call.In(folder.Path, [], "init", "--area", "370481", "--units", "units.csv", "--policy", "baogou-2022").Tells(0);
    }

    public void Dispose() => folder.Dispose();

    [Fact, Clause("lishi 附件4")]
    public void The_form_is_tried_applied_and_written()
    {
        File.WriteAllText(folder["form.csv"], "附件4,,,,,,,\n序号,乡（镇）、街道、学校,\"村、社区、班级\",姓名,身份证号码,电话号码,人员类别,备注\n"
            + $"1,鲍沟镇,前街村,张三,{Numbers[0]},,普通居民,\n2,鲍沟镇,前街,李四,{Numbers[1]},,普通居民,\n注：1. 本表由乡镇街道办和学校填写。,,,,,,,\n");
        Enrol("import", "form.csv", "--dry-run").Tells(
            1, "试算，没有录入：共 2 行，新登记 1 人，不变 0 人，退回 1 行", "第 4 行 村、社区、班级：R302", "form.rejects.csv");
        Enrol("import", "form.csv").Tells(1, "新登记 1 人");
        Enrol("import", "form.csv").Tells(1, "不变 1 人，退回 1 行");
        var rejects = File.ReadAllText(folder["form.rejects.csv"]);
        File.WriteAllText(folder["mended.csv"], rejects.Replace(",前街,", ",前街村,", StringComparison.Ordinal));
        Enrol("import", "mended.csv", "--handed-in", "2026-01-05").Tells(0, "新登记 1 人");
        Call.In(folder.Path, [], "clocks", "list", "--area", "370481", "--all").Tells(0, "登记、变更信息录入并传税务", "逾期办结");
        Enrol("export", "out.xlsx").Tells(0, "共 2 人");
        Enrol("import", "out.xlsx").Tells(0, "不变 2 人");
        Enrol("export", "out.csv", "--unit", "nowhere").Tells(2, "canbao: R318");
        Call.In(folder.Path, [], "person", "show", Numbers[1], "--area", "370481", "--year", "2022").Tells(0, "李四", "2022年度  新参保");
    }

    [Fact, Clause("lingyuan 四(二)")]
    public void Lists_are_applied_and_written()
    {
        File.WriteAllText(folder["in.csv"], $"社区,姓名,身份证号码,迁入日期\n前街村,张三,{Numbers[0]},2021-11-01\n");
        File.WriteAllText(folder["out.csv"], $"姓名,身份证号码,迁出日期,迁入地参保\n张三,{Numbers[0]},2021-12-01,是\n");
        File.WriteAllText(folder["dead.csv"], $"姓名,身份证号码,死亡日期\n张三,{Numbers[0]},2021-12-02\n");
        Enrol("import", "in.csv", "--list", "moved-in").Tells(0, "新登记 1 人");
        Enrol("import", "out.csv", "--list", "moved-out").Tells(0, "第 2 行 张三：注销 2022 年度登记", "迁出 1 人");
        Enrol("import", "dead.csv", "--list", "deceased").Tells(0, "死亡 1 人");
        Enrol("export", "lists.csv", "--list", "deceased", "--from", "2021-12-01", "--to", "2021-12-31").Tells(0, "共 1 人");
        Assert.Contains($"张三,{Numbers[0]}", File.ReadAllText(folder["lists.csv"]), StringComparison.Ordinal);
        Enrol("import", "dead.csv", "--list", "dead").Tells(2, "canbao: R319", "moved-out（迁出人员花名册）");
        Enrol("import", "none.csv").Tells(2, "canbao: F101");
    }

    Call Enrol(params string[] arguments) =>
        Call.In(folder.Path, [], ["enrol", .. arguments, "--area", "370481", "--year", "2022"]);
}
