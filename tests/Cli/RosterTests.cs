using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public sealed class RosterTests : IDisposable
{
    static readonly string[] Numbers = [.. Enumerable.Range(1, 8).Select(each => TestArea.Number(new(1985, 3, 20), each).Full)];

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_list_is_tried_applied_asked_about_exported_and_taken_back()
    {
        Register();
        File.WriteAllText(folder["list.csv"], $"姓名,身份号,类别\n张一,{Numbers[0]},特困户\n张四,{Numbers[2]},孤儿\n");
        string[] list = ["list.csv", "--department", "civil_affairs", "--from", "2021-11-05", "--column", "身份号=身份证号码"];
        Roster(["preview", .. list]).Tells(2, "canbao: M103", "不认识的人员类别：特困户");
        list = [.. list, "--word", "特困户=农村特困人员"];
        Roster(["preview", .. list]).Tells(1, "第 3 行 姓名：M202", "新增 1 人，退出 0 人", "退回 1 行");
        Assert.Contains("与登记的姓名不同", File.ReadAllText(folder["list.rejects.csv"]), StringComparison.Ordinal);
        Roster("history").Tells(0);
        Roster(["apply", .. list]).Tells(1, "已生效，版本 ");
        var history = Roster("history").Output;
        Assert.Contains("民政部门\t全量名单", history, StringComparison.Ordinal);
        Roster("held", "--on", "2021-11-05").Tells(0, "张一\t370499********0017", "农村特困人员\t民政部门\t未参保", "共 1 人");
        Roster("held", "--on", "2021-11-05", "--category", "孤儿", "--not-enrolled").Tells(0, "共 0 人");
        Roster("export", "form.xlsx", "--department", "civil_affairs", "--from", "2021-11-01").Tells(0, "共 1 条变动");
        Roster("preview", "form.xlsx", "--department", "civil_affairs", "--adjustment").Tells(0, "新增 0 人，退出 0 人，变更 0 人，不变 1 人");
        var version = history[..history.IndexOf('\t', StringComparison.Ordinal)];
        Roster("undo", version).Tells(0, "已撤销");
        Roster("undo", version).Tells(2, "canbao: M106");
        Roster("held", "--on", "2021-11-05").Tells(0, "共 0 人");
        Assert.EndsWith("已撤销\n", Roster("history").Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_hands_in_a_list_that_removes_many_cannot_agree_alone()
    {
        Register();
        File.WriteAllText(folder["all.csv"], $"身份证号码\n{string.Join('\n', Numbers)}\n");
        File.WriteAllText(folder["few.csv"], $"身份证号码\n{Numbers[0]}\n");
        string[] options = ["--department", "civil_affairs", "--category", "孤儿", "--from"];
        Roster(["apply", "all.csv", .. options, "2021-11-05"]).Tells(0, "新增 8 人");
        Roster(["apply", "few.csv", .. options, "2021-11-06"]).Tells(2, "canbao: M105", "canbao roster confirm");
        Roster(["confirm", "few.csv", .. options, "2021-11-06"]).Tells(0, "已确认");
        Roster(["apply", "few.csv", .. options, "2021-11-06"]).Tells(2, "canbao: M105");
        Roster("held", "--on", "2021-11-06").Tells(0, "共 8 人");
    }

    void Register()
    {
        File.WriteAllText(
            folder["units.csv"], "code,parent,kind,name,aliases,leader,contact\nbg,,township,鲍沟镇,,,\nbg-01,bg,village,前街村,,,\n");
        File.WriteAllText(folder["people.csv"], "单位代码,姓名,证件号码\n"
            + string.Concat(Numbers.Select((number, place) => $"bg-01,张{"一三二四五六七八"[place]},{number}\n")));
        Assert.Equal(0, In("keys", "create", "canbao.keys").ExitCode);
        In("init", "--area", "370481", "--units", "units.csv", "--policy", "baogou-2022").Tells(0);
        In("import", "people", "people.csv", "--area", "370481", "--from", "2021-09-01").Tells(0, "新增 8 人");
    }

    Call Roster(params string[] arguments) => In(["roster", .. arguments, "--area", "370481"]);

    Call In(params string[] arguments) => Call.In(folder.Path, [], arguments);
}
