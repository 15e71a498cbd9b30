using System.Diagnostics;
using System.Text;
using Canbao.Storage.Migrations;
using Canbao.TestKit.Databases;

namespace Canbao.Storage.Tests;

/// <summary>Another process on the same database, which can be killed as a real one is.</summary>
sealed class OtherProcess : IDisposable
{
    public const string Verb = "play";

    readonly Process process;

    OtherProcess(string role, string connection) =>
        process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, role, connection]) { RedirectStandardOutput = true })!;

    /// <summary>Writes the rows of a bulk write and then asks for more for ever; says "writing" when many are sent.</summary>
    public static OtherProcess WritesForEver(TestDatabase database) => new("bulk", database.Connection);

    /// <summary>Migrates, says how many migrations it applied, and ends.</summary>
    public static OtherProcess Migrates(TestDatabase database) => new("migrate", database.Connection);

    public async Task<string> SaysAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("It ended.");

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    public static async Task<int> PlayAsync(string role, string connection)
    {
        await using var database = Database.Open(connection, TimeProvider.System);
        if (role == "migrate")
            Say($"{(await database.MigrateAsync(TestSchema.Migrations)).Count}");
        else
            await database.WriteAsync(session => session.BulkWriteAsync(RowsForEver(), OnConflict.Update));
        return 0;
    }

    static IEnumerable<Holder> RowsForEver()
    {
        for (int id = 1; ; id++)
        {
            yield return TestSchema.Holder(id);
            if (id == 20_000)
                Say("writing");
            if (id > 20_000)
                Task.Delay(1).GetAwaiter().GetResult();
        }
    }

    static void Say(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
