using System.Text.RegularExpressions;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

public sealed class PolicyTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("policy-list", "list")]
    [InlineData("policy-check", "check", "baogou-2022")]
    [InlineData("policy-prove", "prove", "baogou-2022")]
    [InlineData("policy-cases", "cases", "baogou-2022")]
    public void A_policy_officer_sees(string name, params string[] arguments)
    {
        var call = Call.Of(["policy", .. arguments]);
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        // A pack's hash changes with every word of it; that it is there is enough here.
        Snapshot.Matches(name, Regex.Replace(call.Output, "[0-9a-f]{16,}", "（摘要）"));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("prove")]
    [InlineData("cases")]
    public void An_unknown_pack_is_exit_2_and_the_known_ones_are_named(string verb)
    {
        var call = Call.Of("policy", verb, "nowhere");
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains("P001", call.Errors, StringComparison.Ordinal);
        Assert.Contains("baogou-2022", call.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_the_pack_answers_otherwise_is_exit_1_with_a_command_that_shows_why()
    {
        var cases = folder["packs/baogou-2022/cases.yaml"];
        CopyPack();
        File.WriteAllText(cases, File.ReadAllText(cases).Replace("personal_due: 160.00", "personal_due: 161.00", StringComparison.Ordinal));
        var call = Call.In(folder.Path, [("CANBAO_POLICIES", folder["packs"])], "policy", "cases", "baogou-2022");
        Assert.Equal((1, ""), (call.ExitCode, call.Errors));
        Assert.Contains("canbao explain --policy baogou-2022 --birth-date 1952-01-01", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("不符 0 条", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pack_with_a_gap_is_not_proved()
    {
        CopyPack();
        var file = folder["packs/baogou-2022/policy.yaml"];
        var pack = File.ReadAllText(file);
        File.WriteAllText(file, pack.Replace("2021-12-11..2022-12-31", "2021-12-12..2022-12-31", StringComparison.Ordinal));
        var call = Call.In(folder.Path, [("CANBAO_POLICIES", folder["packs"])], "policy", "prove", "baogou-2022");
        Assert.Equal(1, call.ExitCode);
        Assert.Contains("✗", call.Output, StringComparison.Ordinal);
        Assert.Contains("未通过", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_cases_a_pack_cannot_be_checked_against_them()
    {
        CopyPack();
        File.Delete(folder["packs/baogou-2022/cases.yaml"]);
        var call = Call.In(folder.Path, [("CANBAO_POLICIES", folder["packs"])], "policy", "cases", "baogou-2022");
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains("没有案例文件", call.Errors, StringComparison.Ordinal);
    }

    void CopyPack()
    {
        Directory.CreateDirectory(folder["packs/baogou-2022"]);
        foreach (var file in new[] { "categories.yaml", "baogou-2022/policy.yaml", "baogou-2022/cases.yaml" })
            File.Copy(Repository.Path("policies", file), folder["packs/" + file]);
    }
}
