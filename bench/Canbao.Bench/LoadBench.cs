using System.Globalization;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Canbao.Bench;

/// <summary>
/// The pages under load, on a database that <c>season</c> left: office people who pause between clicks, then residents who look up what
/// they owe as fast as they are answered, beside the bare indexed query through a web server of the same kind. The server is a process of
/// its own; the load of this one is told.
/// </summary>
static partial class LoadBench
{
    const int People = 100, Seconds = 90, PauseSeconds = 10, Residents = 4000, Callers = 32, WarmSeconds = 10, RateSeconds = 20;
    const string Password = "bench-2022-load";

    static readonly DateOnly Today = new(2021, 11, 5);

    sealed record Visit(string Path, double Milliseconds, int Status);

    /// <param name="connection">The database.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="canbao">The program.</param>
    /// <param name="withPages">Whether the office's pages are measured too, or the look-ups alone.</param>
    public static async Task<int> RunAsync(string connection, string keys, string canbao, bool withPages)
    {
        await using var database = Database.Open(connection, TimeProvider.System);
        var vault = Vault.Open(keys);
        var (logins, people) = await PrepareAsync(database, vault);
        Console.WriteLine(Machine.Line());
        using (var server = Start("dotnet", canbao, "serve", "--database", connection, "--keys", keys, "--urls",
            "http://127.0.0.1:5071", "--practice-day", $"{Today:yyyy-MM-dd}"))
        {
            if (withPages)
                await MeasureAsync(server, new("http://127.0.0.1:5071"), logins, people);
            await MeasureLookUpsAsync(server, new("http://127.0.0.1:5071"), people);
            server.Kill();
        }

        using (var server = Start("dotnet", typeof(LoadBench).Assembly.Location, "bare", connection, keys))
        {
            double bare = await RateAsync(people, (client, person) => client.GetAsync(new Uri($"http://127.0.0.1:5072/{person.Number}")));
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"| bare indexed query through a web server, a second | {bare:0} |"));
            server.Kill();
        }

        return 0;
    }

    /// <summary>A web server that does nothing but the query by which a person is found.</summary>
    public static async Task<int> ServeBareAsync(string connection, string keys)
    {
        await using var database = Database.Open(connection, TimeProvider.System);
        var register = new People(Vault.Open(keys));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:5072");
        builder.Services.AddRouting();
        await using var app = builder.Build();
        app.MapGet("/{number}", async (string number) =>
        {
            var row = CitizenNumber.TryParse(number, out var sound, out _)
                ? await database.ReadAsync(session => register.FindByNumberAsync(session, BenchArea.Code, sound)) : null;
            return Results.Text(row?.Name ?? "");
        });
        await app.StartAsync();
        Console.WriteLine("listening");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
