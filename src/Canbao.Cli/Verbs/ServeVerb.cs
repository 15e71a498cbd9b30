using System.CommandLine;
using Canbao.Core.Schema;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;
using Canbao.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao serve</c>: the pages, until it is stopped.</summary>
static class ServeVerb
{
    public static Command Create()
    {
        var urls = UrlsOption();
        var practice = PolicyOptions.DayOption("--practice-day", "练习用：把这一天当作今天，页面上会标明；不要用于正式数据");
        var exchange = new Option<string?>("--exchange")
        {
            Description = "数据交换的文件夹：每分钟收发一次；不写则这个服务不收发",
            HelpName = "FOLDER",
        };
        TimeProvider Clock(ParseResult call) =>
            call.GetValue(practice) is { } day ? new PracticeClock(Installation.Clock, day) : Installation.Clock;
        return Installation.Verb("serve", "打开网页服务，直到按 Ctrl+C 或被停止", [urls, practice, exchange], async (call, installation, cancel) =>
        {
            await installation.Database.MigrateAsync(CoreSchema.Migrations, cancel);
            var options = new WebOptions(
                installation.Database, installation.Vault, installation.Shelf, Clock(call), call.GetValue(urls)!)
            {
                PracticeDay = call.GetValue(practice),
                ExchangeFolder = call.GetValue(exchange),
            };
            await RunAsync(options, cancel);
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
    internal static async Task RunAsync(WebOptions options, CancellationToken cancel)
    {
        await using var app = WebServer.Build(options, logging => logging.AddSimpleConsole(line => line.SingleLine = true));
        await StartAsync(app, options.Urls, cancel);
        Console.WriteLine($"网页服务已打开：{string.Join(' ', app.Urls)}");
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
