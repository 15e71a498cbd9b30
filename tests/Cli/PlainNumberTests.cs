using System.Text;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Cli.Tests;

/// <summary>
/// Everything that part 2 does with people is done once, by commands and in pages; then the database and all that was told are searched for
/// the numbers and phones of everybody (promise 8).
/// </summary>
public sealed class PlainNumberTests : IDisposable
{
    const string Area = "370481", Password = "清河-Passw0rd";
    const string Phone = "10009990001";

    /// <summary>What departments call the category in the demo's lists.</summary>
    static readonly string[] OwnColumns = ["家庭类别", "户类型", "优抚对象类别"];

    static readonly string[] Sources = ["police", "deaths", "employee", "elsewhere", "inmates", "schools"];
    static readonly CitizenNumber Newcomer = TestArea.Number(new(1990, 4, 5), 1);

    readonly TempFolder folder = new();
    readonly StringBuilder told = new();
    string connection = "";

    public void Dispose() => folder.Dispose();

    [Theory, OnBothEngines]
    public async Task No_number_stands_anywhere_in_plain(Engine engine)
    {
        await using var test = await TestDatabase.EmptyAsync(engine);
        connection = test.Connection;
        Fill();
        var numbers = new PlainNumbers([.. NumbersOf(File.ReadLines(folder["baogou/people.csv"])), Newcomer.Full, Phone]);
        Assert.True(numbers.Count > 300, $"{numbers.Count}");
        await ServeAsync();

        var data = await EverythingAsync(engine, test.Name);
        Assert.Contains(Newcomer.Masked, Encoding.UTF8.GetString(data), StringComparison.Ordinal);
        Assert.Empty(numbers.In(data));
        Assert.Empty(numbers.In(told.ToString()));
    }

    [Fact]
    public void A_number_in_plain_is_found()
    {
        var numbers = new PlainNumbers([Newcomer.Full, Phone]);
        Assert.Equal([Newcomer.Full], numbers.In($"…号码{Newcomer.Full}有误"));
        Assert.Equal([Phone], numbers.In(Encoding.Unicode.GetBytes(Phone)));
        Assert.Equal([Phone], numbers.In($"'\\x{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Phone))}'"));
        Assert.Empty(numbers.In(Newcomer.Masked));
    }

    void Fill()
    {
        Run("demo-data", "--place", "baogou", "--people", "600", "--seed", "5", "-o", ".");
        Run("keys", "create", "canbao.keys");
        In("init", "--units", "baogou/units.csv", "--policy", "baogou-2022");
        folder.Write("password", "初始-Passw0rd\n");
        In("account", "add", "--login", "bureau", "--name", "某人", "--role", "bureau", "--unit", "baogou", "--password-file", "password");
        // Names of files and reasons are written freely.
        File.Copy(folder["baogou/people.csv"], folder[$"{Newcomer.Full}.csv"]);
        In("import", "people", $"{Newcomer.Full}.csv", "--from", "2021-09-01");
        In("import", "history", "baogou/history.csv");
        In("enrol", "renew", "--year", "2022");
        var lists = Directory.GetFiles(folder["baogou/rosters"]).Order(StringComparer.Ordinal);
        // A small area leaves some lists without a row.
        foreach (var list in lists.Where(list => File.ReadLines(list).Count() > 1))
        {
            var name = Path.GetFileNameWithoutExtension(list);
            var adjustment = name.StartsWith("adjustment-", StringComparison.Ordinal);
            var department = adjustment ? name["adjustment-".Length..] : name.Split('-')[0];
            var header = File.ReadLines(list).First();
            var column = OwnColumns.FirstOrDefault(name => header.Contains(name, StringComparison.Ordinal));
            In([
                "roster", "apply", list, "--department", department, .. adjustment ? ["--adjustment"] : new[] { "--from", "2021-09-15" },
                .. column is null ? Array.Empty<string>() : ["--column", $"{column}=人员类别"],
            ]);
        }

        foreach (var source in Sources)
            In("compare", "run", source, $"baogou/comparisons/{source}.csv", "--year", "2022");
        foreach (var finding in In("compare", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(3))
            In("compare", "reject", finding.Split(' ')[0], "--reason", $"已与{Newcomer.Full}核对");
        In("dues", "make", "--year", "2022", "--on", "2021-11-05");
        In("roster", "held", "--on", "2021-11-05");
        In("person", "show", NumbersOf(File.ReadLines(folder["baogou/people.csv"])).First(), "--year", "2022");
        In("audit", "verify");
    }

    /// <summary>Somebody is registered in the browser, looked for, and looked for by an address that somebody typed.</summary>
    async Task ServeAsync()
    {
        using var server = Call.Start(folder.Path, Environment, "serve", "--urls", "http://127.0.0.1:0");
        var errors = server.StandardError.ReadToEndAsync();
        try
        {
            var line = await server.StandardOutput.ReadLineAsync();
            using var browser = new Browser(new(line!.Split('：')[1]));
            await browser.SignInAsync("bureau", "初始-Passw0rd");
            await browser.PostAsync("/password", "/password", ("Present", "初始-Passw0rd"), ("Next", Password), ("Again", Password));
            var saved = await browser.PostAsync(
                "/people/new", "/people/new", ("Form.Number", Newcomer.Full), ("Form.Name", "新来者"), ("Form.Phone", Phone),
                ("Unit", "baogou-01-01"), ("Enrol", "true"), ("Kind", "new"), ("Tier", "0"));
            Assert.StartsWith("/people/", saved.Headers.Location!.OriginalString, StringComparison.Ordinal);
            var found = await browser.PostAsync("/people", "/people", ("Search", Newcomer.Full));
            Assert.Contains(Newcomer.Masked, await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains(Newcomer.Masked, await browser.ReadAsync($"/people?search={Newcomer.Full}"), StringComparison.Ordinal);
            await browser.PostAsync("/people/numbers", "/people/numbers", ("Numbers", $"{Newcomer.Full}\n{Newcomer.Full[..17]}"));
            await browser.GetAsync($"/people/{Newcomer.Full}");
            await browser.GetAsync($"/nowhere/{Newcomer.Full}");
            // Refused by the web server before any page sees it.
            await browser.PostRawAsync($"/people?search={Newcomer.Full}", ("Search", Newcomer.Full));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        told.Append(await server.StandardOutput.ReadToEndAsync()).Append(await errors);
    }

    /// <summary>The file with what is beside it, or the server's dump and its log.</summary>
    async Task<byte[]> EverythingAsync(Engine engine, string name)
    {
        if (engine == Engine.Postgres)
            return Encoding.UTF8.GetBytes(await PostgresServer.Shared.DumpAsync(name));
        var file = connection["sqlite:".Length..];
        using var all = new MemoryStream();
        foreach (var each in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
            all.Write(await File.ReadAllBytesAsync(each));
        return all.ToArray();
    }

    static IEnumerable<string> NumbersOf(IEnumerable<string> lines) =>
        from line in lines.Skip(1)
        from cell in new[] { line.Split(',')[3], line.Split(',')[12] }
        where cell.Length is 11 or 18
        select cell;

    (string, string)[] Environment => [("CANBAO_DATABASE", connection)];

    string In(params string[] arguments) => Run([.. arguments, "--area", Area]);

    string Run(params string[] arguments)
    {
        var call = Call.In(folder.Path, Environment, arguments);
        Assert.True(call.ExitCode < 2, $"{string.Join(' ', arguments)}\n{call.Output}{call.Errors}");
        told.Append(call.Output).Append(call.Errors);
        return call.Output;
    }
}
