using System.Globalization;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>A channel's file of payments on the command line.</summary>
public sealed class ChannelPostTests : IDisposable
{
    static readonly string[] Numbers = [.. Enumerable.Range(1, 3).Select(each => TestArea.Number(new(1985, 3, 20), each).Full)];

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_posted_told_again_and_its_bad_lines_come_back()
    {
        File.WriteAllText(folder["units.csv"], "code,parent,kind,name,aliases,leader,contact\nbg,,township,鲍沟镇,,,\n");
        Call.In(folder.Path, [], "keys", "create", "canbao.keys").Tells(0);
        Call.In(folder.Path, [], "init", "--area", "370481", "--units", "units.csv", "--policy", "baogou-2022").Tells(0);
        Call.In(folder.Path, [], "channel", "add", "--area", "370481", "--code", "bank", "--name", "农商银行").Tells(0);
        // The clock is the real one, so that the season's days lie long behind: everything waits, as nobody is registered.
        var now = BusinessDay.Of(TimeProvider.System.GetUtcNow()).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        File.WriteAllText(folder["pay.csv"], "流水号,证件号码,姓名,年度,金额,缴费时间\n"
            + $"1,{Numbers[0]},张三,2022,320.00,{now} 09:00:00\n2,{Numbers[1]},李四,2022,320.00,{now} 09:00:00\n"
            + $"3,{Numbers[2]},王五,2022,一百,{now}\n");
        Post("pay.csv", "--lines", "4").Tells(2, "canbao: C114", "文件有 3 笔、640.00 元");
        Post("pay.csv", "--amount", "x").Tells(2, "canbao: C114");
        var first = Post("pay.csv", "--lines", "3", "--amount", "640.00");
        first.Tells(
            1, "第 4 行 金额：C116", "共 3 笔 640.00 元：入账 0 笔 0.00 元，以前已收到 0 笔 0.00 元，挂账 2 笔 640.00 元，退回 1 笔 0.00 元",
            "挂账：查无此人或姓名不符（C106）2 笔 640.00 元", "pay.rejects.csv");
        Assert.DoesNotContain(Numbers[0], first.Output + first.Errors, StringComparison.Ordinal);
        Post("pay.csv").Tells(1, "以前已收到 2 笔 640.00 元，挂账 0 笔");
        Assert.Contains("王五", File.ReadAllText(folder["pay.rejects.csv"]), StringComparison.Ordinal);
        Call.In(folder.Path, [], "ledger", "verify", "--area", "370481").Tells(0);
        Call.In(folder.Path, [], "channel", "post", "pay.csv", "--area", "370481", "--channel", "other").Tells(2, "canbao: N101");
    }

    Call Post(string file, params string[] more) =>
        Call.In(folder.Path, [], ["channel", "post", file, "--area", "370481", "--channel", "bank", .. more]);
}
