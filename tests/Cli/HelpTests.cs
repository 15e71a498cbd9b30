using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("help")]
    [InlineData("help-assess", "assess")]
    [InlineData("help-explain", "explain")]
    [InlineData("help-policy", "policy")]
    [InlineData("help-policy-check", "policy", "check")]
    [InlineData("help-keys", "keys")]
    [InlineData("help-keys-create", "keys", "create")]
    [InlineData("help-backup", "backup")]
    [InlineData("help-backup-create", "backup", "create")]
    [InlineData("help-backup-verify", "backup", "verify")]
    [InlineData("help-backup-restore", "backup", "restore")]
    [InlineData("help-demo-data", "demo-data")]
    public void Help_is_Chinese_on_standard_output(string name, params string[] command)
    {
        var call = Call.Of([.. command, "--help"]);
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Snapshot.Matches(name, call.Output);
        foreach (var heading in new[] { "Usage", "Description", "Options", "Commands", "Arguments", "REQUIRED", "default" })
            Assert.DoesNotContain(heading, call.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(call, Call.Of([.. command, "-h"]));
    }

    [Theory]
    [InlineData("没有写命令")]
    [InlineData("没有写命令", "policy")]
    [InlineData("不认识的命令、选项或参数：bogus", "bogus")]
    [InlineData("缺少必填的选项 --policy", "assess", "a")]
    [InlineData("选项 --policy 后面没有写值", "assess", "a", "--policy")]
    [InlineData("命令 check 缺少参数 PACK", "policy", "check")]
    [InlineData("不认识的命令、选项或参数：two", "policy", "check", "one", "two")]
    [InlineData("选项 --policy 只能有一个值，写了 2 个", "assess", "a", "--policy", "b", "--policy", "c", "-o", "d")]
    [InlineData("选项 --threads 的值“x”写法不对", "assess", "a", "--policy", "b", "-o", "d", "--threads", "x")]
    [InlineData("--tier 可写：none 未选择、1 一档、2 二档", "explain", "--tier", "3")]
    public void A_call_that_cannot_be_read_is_told_in_Chinese_with_a_hint(string told, params string[] arguments)
    {
        var call = Call.Of(arguments);
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        var lines = call.Errors.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains($"canbao: {told}", lines);
        Assert.Equal("canbao: 用法见 canbao --help", lines[^1]);
        Assert.All(lines, line => Assert.Contains(line["canbao: ".Length..], character => character is >= '一' and <= '龥'));
    }

    [Fact]
    public void The_version_is_a_number()
    {
        var call = Call.Of("--version");
        Assert.Equal(0, call.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", call.Output);
    }
}
