using System.Diagnostics;
using System.Text;
using Canbao.Storage.Migrations;
using Canbao.TestKit.Databases;
using LinqToDB;

namespace Canbao.Storage.Tests;

/// <summary>Another process on the same database, which can be killed as a real one is.</summary>
sealed class OtherProcess : IDisposable
{
    public const string Verb = "play";

    readonly Process process;

    OtherProcess(string role, string connection)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Verb, role, connection]) { RedirectStandardOutput = true };
        process = Process.Start(start)!;
    }

    /// <summary>Writes the rows of a bulk write and then asks for more for ever; says "writing" when many are sent.</summary>
    public static OtherProcess WritesForEver(TestDatabase database) => new("bulk", database.Connection);

    /// <summary>Migrates, says how many migrations it applied, and ends.</summary>
    public static OtherProcess Migrates(TestDatabase database) => new("migrate", database.Connection);

    public async Task<string> SaysAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
        ?? throw new InvalidOperationException("It ended.");

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

    /// <summary>Writes a row, says "stored", and waits.</summary>
    public static OtherProcess StoresAndWaits(TestDatabase database) => new("store", database.Connection);

    /// <summary>Starts a server of its own, says where its folder is, and waits.</summary>
    public static OtherProcess StartsAServer() => new("server", "");

    public static async Task<int> PlayAsync(string role, string connection)
    {
        await (role switch
        {
            "bulk" => WithAsync(connection, database => database.WriteAsync(
                session => session.BulkWriteAsync(RowsForEver(), OnConflict.Update))),
            "store" => WithAsync(connection, StoreAsync),
            "migrate" => WithAsync(connection, async database => Say($"{(await database.MigrateAsync(TestSchema.Migrations)).Count}")),
            "server" => ServeAsync(),
            _ => throw new ArgumentException(role),
        });
        return 0;
    }

    static async Task WithAsync(string connection, Func<Database, Task> work)
    {
        await using var database = Database.Open(connection, TimeProvider.System);
        await work(database);
    }

    static async Task StoreAsync(Database database)
    {
        await database.WriteAsync(session => session.Data.InsertAsync(TestSchema.Holder(7)));
        Say("stored");
        await Task.Delay(Timeout.Infinite);
    }

    static async Task ServeAsync()
    {
        Say(PostgresServer.Shared.Folder);
        await Task.Delay(Timeout.Infinite);
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
