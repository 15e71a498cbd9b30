using System.Text.RegularExpressions;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

public sealed class KeysTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("算法：aes（AES-256-GCM、HMAC-SHA256）")]
    [InlineData("算法：sm（SM4-GCM、HMAC-SM3）", "--suite", "sm")]
    public void A_key_file_is_made_rotated_and_shown_without_its_keys(string algorithm, params string[] suite)
    {
        var created = In(["keys", "create", "keys.json", .. suite]);
        Assert.Equal((0, ""), (created.ExitCode, created.Errors));
        Assert.Contains("备份", created.Output, StringComparison.Ordinal);
        Assert.Contains("2 号密钥", In("keys", "rotate", "keys.json").Output, StringComparison.Ordinal);
        var shown = In("keys", "show", "keys.json");
        var lines = Regex.Replace(shown.Output, @"\d{4}-\d\d-\d\d", "DAY").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([algorithm, "1 号密钥：DAY 生成，只用来读取", "2 号密钥：DAY 生成，正在使用"], lines);
        Assert.DoesNotContain(File.ReadAllText(folder["keys.json"]).Split('"').Where(word => word.Length > 40),
            key => (created.Output + shown.Output).Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_done_is_told_with_its_code()
    {
        Assert.Equal(0, In("keys", "create", "keys.json").ExitCode);
        Told("canbao: K102 keys.json 已经存在", In("keys", "create", "keys.json"));
        Told("canbao: K101 读不了密钥文件 none.json", In("keys", "show", "none.json"));
        Told("canbao: --suite 可写：aes、sm", In("keys", "create", "other.json", "--suite", "des"));
    }

    Call In(params string[] arguments) => Call.In(folder.Path, [], arguments);

    static void Told(string text, Call call)
    {
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.StartsWith(text, call.Errors, StringComparison.Ordinal);
    }
}
