using System.CommandLine;
using System.Globalization;
using System.Text;
using Canbao.Cli.Sandbox;
using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Cli.Verbs;

/// <summary><c>canbao channel sandbox</c>: a program that plays a bank, to try the interface with.</summary>
static class SandboxVerb
{
    static readonly TableShape Shape = new(
        new("证件号码", ColumnKind.Digits, true, "身份证号", "公民身份号码"), new("姓名", ColumnKind.Text, true));

    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "canbao serve 的地址",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        url.Validators.Add(value =>
        {
            if (!Uri.TryCreate(value.GetValueOrDefault<string>(), UriKind.Absolute, out var sound)
                || !sound.Scheme.StartsWith("http", StringComparison.Ordinal))
                value.AddError("--url 须写成 http://127.0.0.1:5080 的样子");
        });
        var area = Installation.AreaOption();
        var year = Installation.YearOption();
        var code = new Option<string>("--code") { Description = "渠道代码", HelpName = "CODE", Required = true };
        var secret = new Option<string>("--secret") { Description = "写有共享密钥（十六进制）的文件", HelpName = "FILE", Required = true };
        var people = new Argument<string>("PEOPLE") { Description = "有证件号码和姓名两列的表，如 demo-data 的 people.csv" };
        var limit = new Option<int>("--people") { Description = "最多让多少人来缴费", HelpName = "N", DefaultValueFactory = _ => 100 };
        var seed = new Option<int>("--seed") { Description = "同一个数，同样的行为", HelpName = "SEED", DefaultValueFactory = _ => 1 };
        var day = PolicyOptions.DayOption("--practice-day", "与 canbao serve 的 --practice-day 相同");
        var output = new Option<string?>("-o") { Description = "把收款明细写到这个文件，可作对账单", HelpName = "FILE" };
        var command = new Command("sandbox", "扮演一家银行：查询、缴费、重发、乱序、超时、撤销，最后核对明细")
        {
            people, url, area, year, code, secret, limit, seed, day, output,
        };
        command.SetAction((call, cancel) => Installation.TellAsync(async () =>
        {
            TimeProvider clock = call.GetValue(day) is { } today ? new PracticeClock(Installation.Clock, today) : Installation.Clock;
            using var http = new HttpClient { BaseAddress = new(call.GetValue(url)!), Timeout = TimeSpan.FromSeconds(30) };
            var client = new ChannelClient(http, (call.GetValue(area), call.GetValue(code)!, Secret(call.GetValue(secret)!)), clock);
            var bank = new SandboxBank(client, call.GetValue(year), call.GetValue(seed), clock);
            await bank.PlayAsync(Payers(call.GetValue(people)!, call.GetValue(limit)), cancel);
            foreach (var (what, count) in bank.Counts)
                Console.WriteLine($"{what}：{count} 次");
            if (call.GetValue(output) is { } path)
                await File.WriteAllTextAsync(path, Statement(bank.Moved), new UTF8Encoding(true), cancel);
            var wrong = await bank.CompareAsync(BusinessDay.Of(clock.GetUtcNow()), cancel);
            Console.WriteLine(wrong.Count == 0
                ? $"{bank.Moved.Count} 笔款项与对方明细全部相符"
                : $"{wrong.Count} 笔与对方明细不符：{string.Join('、', wrong.Take(5))}");
            return wrong.Count == 0 ? 0 : 1;
        }));
        return command;
    }

    static IEnumerable<Payer> Payers(string path, int limit)
    {
        using var intake = Intake.Open(TableFile.At(path), Shape);
        for (int read = 0; read < limit && intake.Read(); read++)
            yield return new(intake.Row.Text(0), intake.Row.Text(1));
    }

    static byte[] Secret(string path)
    {
        try
        {
            return Convert.FromHexString(File.ReadAllText(path).Trim());
        }
        catch (Exception fault) when (fault is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new RefusedException("N111", $"{path} 不能读取，或不是十六进制的密钥；请写入 canbao channel add 显示的密钥");
        }
    }

    static string Statement(IReadOnlyList<MovedMoney> moved)
    {
        var text = new StringBuilder("流水号,金额,缴费时间\n");
        foreach (var money in moved)
            text.Append(CultureInfo.InvariantCulture, $"{money.Reference},{Money.FromFen(money.Fen)},{money.At:yyyy-MM-dd HH:mm:ss}\n");
        return text.ToString();
    }
}
