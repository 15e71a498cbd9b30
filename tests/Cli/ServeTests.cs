using Canbao.TestKit;
using Xunit;

namespace Canbao.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task From_nothing_to_a_page_that_asks_to_sign_in()
    {
        Assert.Equal(0, Init().ExitCode);
        var password = folder.Write("password", "初始-Passw0rd\n");
        Assert.Contains("已新建账号 admin（账号管理员）", Add("admin", "administrator", "lishi", password).Output);

        using var server = Call.Start(folder.Path, [], "serve", "--urls", "http://127.0.0.1:0", "--practice-day", "2022-10-07");
        try
        {
            var line = await server.StandardOutput.ReadLineAsync();
            Assert.StartsWith("网页服务已打开：http://127.0.0.1:", line);
            using var client = new HttpClient();
            var page = await client.GetStringAsync(new Uri(line!.Split('：')[1] + "/sign-in"));
            Assert.Contains("城乡居民医保参保缴费", page);
            Assert.Contains("练习：今天是 2022-10-07", page);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Without_an_administrator_a_code_is_printed()
    {
        Assert.Equal(0, Init().ExitCode);
        using var server = Call.Start(folder.Path, [], "serve", "--urls", "http://127.0.0.1:0");
        try
        {
            Assert.StartsWith("网页服务已打开", await server.StandardOutput.ReadLineAsync());
            Assert.Matches("还没有账号管理员。.*/first.*([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}$", await server.StandardOutput.ReadLineAsync());
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task An_identity_provider_is_named_wholly_or_not_at_all()
    {
        Assert.Equal(0, Init().ExitCode);
        var secret = folder.Write("secret", "between-the-two\n");
        string[] serve = ["serve", "--urls", "http://127.0.0.1:0"];
        Run([.. serve, "--oidc-client", "canbao"]).Tells(2, "canbao: W170", "--oidc-authority");
        Run([.. serve, "--oidc-authority", "http://id.example.cn", "--oidc-client", "canbao", "--oidc-secret-file", secret])
            .Tells(2, "canbao: W170");
        Run([.. serve, "--oidc-authority", "https://id.example.cn", "--oidc-client", "canbao"]).Tells(2, "canbao: W171");
        Run([.. serve, "--oidc-authority", "https://id.example.cn", "--oidc-client", "canbao", "--oidc-secret-file", folder["none"]])
            .Tells(2, "canbao: W171");
        using var server = Call.Start(
            folder.Path, [],
            [.. serve, "--oidc-authority", "https://id.example.cn", "--oidc-client", "canbao", "--oidc-secret-file", secret,
                "--oidc-name", "政务统一认证"]);
        try
        {
            var line = await server.StandardOutput.ReadLineAsync();
            using var client = new HttpClient();
            Assert.Contains("用政务统一认证登录", await client.GetStringAsync(new Uri(line!.Split('：')[1] + "/sign-in")));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Keys_of_a_demonstration_serve_practice_only()
    {
        Assert.Equal(0, Run("keys", "create", "canbao.keys", "--demo").ExitCode);
        Assert.Equal(0, Init().ExitCode);
        Run("keys", "show", "canbao.keys").Tells(0, "演示用密钥");
        // The mark outlives a rotation.
        Assert.Equal(0, Run("keys", "rotate", "canbao.keys").ExitCode);
        Run("serve", "--urls", "http://127.0.0.1:0").Tells(2, "canbao: K109");
        using var server = Call.Start(folder.Path, [], "serve", "--urls", "http://127.0.0.1:0", "--practice-day", "2022-10-07");
        try
        {
            Assert.StartsWith("网页服务已打开", await server.StandardOutput.ReadLineAsync());
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Theory]
    [InlineData("L107", "admin", "administrator", "lishi", "初始-Passw0rd")]
    [InlineData("L103", "other", "administrator", "nowhere", "初始-Passw0rd")]
    [InlineData("L110", "other", "administrator", "lishi", "short")]
    [InlineData("--role 可写", "other", "emperor", "lishi", "初始-Passw0rd")]
    public void An_account_that_cannot_be_is_told(string told, string login, string role, string unit, string password)
    {
        Assert.Equal(0, Init().ExitCode);
        Assert.Equal(0, Add("admin", "administrator", "lishi", folder.Write("first", "初始-Passw0rd")).ExitCode);
        var call = Add(login, role, unit, folder.Write("password", password));
        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains(told, call.Errors);
    }

    [Fact]
    public void A_password_file_or_an_address_that_cannot_be_used_is_told()
    {
        Assert.Equal(0, Init().ExitCode);
        Assert.Contains("L113", Add("admin", "administrator", "lishi", folder["none"]).Errors);
        var call = Run("serve", "--urls", "http://127.0.0.1:99999");
        Assert.Equal(2, call.ExitCode);
        Assert.Contains("canbao: W101", call.Errors);
    }

    Call Init() =>
        Run("init", "--area", "141102", "--units", Repository.Path("data", "units", "lishi.csv"), "--policy", "lishi-2023");

    Call Add(string login, string role, string unit, string file) => Run(
        "account", "add", "--area", "141102", "--login", login, "--name", "某人", "--role", role, "--unit", unit, "--password-file", file);

    Call Run(params string[] arguments) => Call.In(folder.Path, [], arguments);
}
