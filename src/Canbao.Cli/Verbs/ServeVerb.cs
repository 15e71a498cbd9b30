using System.CommandLine;
using Canbao.Core.Secrets;
using Canbao.Core.Work;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao serve</c>: the pages, until it is stopped.</summary>
static class ServeVerb
{
    const string Plain = "plain", Json = "json";

    public static Command Create()
    {
        var urls = UrlsOption();
        var practice = PolicyOptions.DayOption("--practice-day", "练习用：把这一天当作今天，页面上会标明；不要用于正式数据");
        var exchange = new Option<string?>("--exchange")
        {
            Description = "数据交换的文件夹：每分钟收发一次；不写则这个服务不收发",
            HelpName = "FOLDER",
        };
        var log = new Option<string>("--log")
        {
            Description = "日志的样式：plain 供人看，json 每行一个 JSON 对象供程序收集，不含个人信息；不写则为 plain",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => Plain,
        };
        log.Validators.Add(value =>
        {
            if (value.GetValueOrDefault<string>() is not (Plain or Json))
                value.AddError("--log 可写：plain、json");
        });
        var telemetry = new Option<string?>("--telemetry")
        {
            Description = "监测数据（OpenTelemetry）的接收地址，如 http://127.0.0.1:4318；不写则不发送",
            HelpName = "URL",
        };
        TimeProvider Clock(ParseResult call) =>
            call.GetValue(practice) is { } day ? new PracticeClock(Installation.Clock, day) : Installation.Clock;
        var provider = new ProviderOptions();
        Symbol[] own = [urls, practice, exchange, log, telemetry, .. provider.All];
        return Installation.Verb("serve", "打开网页服务，直到按 Ctrl+C 或被停止", own, async (call, installation, cancel) =>
        {
            if (installation.Vault.IsDemo && call.GetValue(practice) is null)
                throw new SecretsException(SecretsException.DemoKeys,
                    "密钥文件是演示用的（canbao keys create --demo），不能用于正式数据；请用 canbao keys create 新建密钥，练习请加 --practice-day");
            var vouching = provider.Read(call);
            await Upgrade.RunAsync(installation.Database, cancel);
            var options = new WebOptions(
                installation.Database, installation.Vault, installation.Shelf, Clock(call), call.GetValue(urls)!)
            {
                PracticeDay = call.GetValue(practice),
                TrueClock = Installation.Clock,
                ExchangeFolder = call.GetValue(exchange),
                Telemetry = call.GetValue(telemetry),
                Provider = vouching,
            };
            await RunAsync(options, cancel, call.GetValue(log) == Json);
            return 0;
        }, Clock);
    }

    /// <summary>Where to listen.</summary>
    internal static Option<string> UrlsOption() => new("--urls")
    {
        Description = "监听的地址；HTTPS 由同一台机器上的代理承担",
        HelpName = "URLS",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    /// <summary>Serves the pages until the program is stopped.</summary>
    /// <exception cref="RefusedException">W101: nothing can listen there.</exception>
    internal static async Task RunAsync(WebOptions options, CancellationToken cancel, bool json = false)
    {
        await using var app = WebServer.Build(options, logging =>
        {
            if (json)
                JsonLines.Use(logging, Console.Out);
            else
                logging.AddSimpleConsole(line => line.SingleLine = true);
        });
        await StartAsync(app, options.Urls, cancel);
        // Where standard output is for programs, people are told on the other one.
        var people = json ? Console.Error : Console.Out;
        people.WriteLine($"网页服务已打开：{string.Join(' ', app.Urls)}");
        if (await WebServer.BeginFirstAsync(app, cancel) is { } code)
            people.WriteLine($"还没有账号管理员。请打开上面的地址加 {Routes.FirstStart}，用这个一次性代码建立：{code}");
        await app.WaitForShutdownAsync(cancel);
    }

    static async Task StartAsync(WebApplication app, string urls, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new RefusedException("W101", $"不能在 {urls} 上打开服务；请核对写法，并看看端口是否已被占用");
        }
    }
}
