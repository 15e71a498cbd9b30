using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    static readonly DateOnly Born = new(1970, 4, 2);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Clause("jincheng 七(三)-compare")]
    public void The_register_is_compared_with_enrolments_and_with_a_file()
    {
        folder.Write("units.csv", "code,parent,kind,name,aliases,leader,contact\nbg,,township,鲍沟镇,,,\nbg-01,bg,village,前街村,,,\n");
        folder.Write("people.csv", "单位代码,姓名,证件号码\n"
            + $"bg-01,张一,{Number(1)}\nbg-01,张一,{Number(3)}\nbg-01,张二,{Number(5)}\n");
        Assert.Equal(0, In("keys", "create", "canbao.keys").ExitCode);
        In("init", "--area", "370481", "--units", "units.csv", "--policy", "baogou-2022").Tells(0);
        In("import", "people", "people.csv", "--area", "370481", "--from", "2021-09-01").Tells(0, "新增 3 人");
        Compare("register", "--year", "2022").Tells(0, "前街村\t3\t0\t3\t0\t0\t0\t2", "合计\t3\t0\t3\t0\t0\t0\t2");
        Compare("register", "--year", "2022", "--kind", "gap").Tells(0, "张二\t370499********005");
        Compare("register", "--year", "2022", "--kind", "double", "--unit", "bg-01").Tells(0, "张一", "前街村 ");
        Compare("register", "--year", "2022", "--kind", "else").Tells(2, "R145");
        Compare("register", "--year", "2022", "--unit", "else").Tells(2, "R146");
        folder.Write("deaths.csv", $"姓名,证件号码,死亡日期\n张二,{Number(5)},2021-10-20\n张三,1,2021-10-20\n");
        Compare("run", "deaths", "deaths.csv", "--year", "2022").Tells(1, "新发现 1 条");
        Assert.Contains("张三", File.ReadAllText(folder["deaths.rejects.csv"]), StringComparison.Ordinal);
        Compare("list").Tells(0, "张二");
    }

    static string Number(int person) => TestArea.Number(Born, person).Full;

    Call Compare(params string[] arguments) => In(["compare", .. arguments, "--area", "370481"]);

    Call In(params string[] arguments) => Call.In(folder.Path, [], arguments);
}
