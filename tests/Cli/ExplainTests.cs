using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

public class ExplainTests
{
    [Fact]
    public void A_person_of_sixty_is_explained_with_reasons_and_alternatives()
    {
        var call = Call.Of("explain", "--policy", "baogou-2022", "--birth-date", "1957-09-30", "--paid-on", "2021-11-05");
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Snapshot.Matches("explain-sixty", call.Output);
    }

    [Fact]
    public void A_person_with_every_option_is_explained()
    {
        var call = Call.Of("explain", "--policy", "lingyuan-2022", "--birth-date", "2003-05-06", "--paid-on", "2021-11-05",
            "--registered-on", "2021-11-01", "--employee-cover-ended", "2021-10-31", "--school-entry-date", "2021-09-01",
            "--categories", "disability;orphan", "--residence", "non_local", "--employment", "flexible", "--student", "college",
            "--scope-status", "migrant_child", "--tier", "1", "--other-cover", "none", "--first-time", "yes");
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Snapshot.Matches("explain-every-option", call.Output);
    }

    [Theory]
    [InlineData("--birth-date：出生日期2022-01-01晚于缴费日期2021-11-05", "--birth-date", "2022-01-01", "--paid-on", "2021-11-05")]
    [InlineData("--paid-on 的日期“05.11.2021”不存在或写法不对", "--birth-date", "1985-01-01", "--paid-on", "05.11.2021")]
    [InlineData("不认识人员类别“poor”", "--birth-date", "1985-01-01", "--paid-on", "2021-11-05", "--categories", "poor")]
    [InlineData("缺少必填的选项 --birth-date", "--paid-on", "2021-11-05")]
    public void Facts_that_cannot_be_are_exit_2(string told, params string[] options)
    {
        var call = Call.Of(["explain", "--policy", "baogou-2022", .. options]);
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains(told, call.Errors, StringComparison.Ordinal);
    }
}
