using System.CommandLine;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Storage.Migrations;
using Canbao.Vocabulary;

namespace Canbao.Cli;

/// <summary>What verbs that work on a database have in common.</summary>
static class DatabaseCall
{
    public static Option<string> Option() => new("--database")
    {
        Description = "数据库：sqlite:文件名，或 PostgreSQL 的连接文字",
        HelpName = "CONNECTION",
        Required = true,
    };

    /// <summary>Opens the database, brings its tables up to date, works, and tells faults in Chinese.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string connection, Func<Database, Task> work)
    {
        try
        {
            await using var database = Database.Open(connection, TimeProvider.System);
            await database.MigrateAsync(CoreSchema.Migrations);
            await work(database);
            return 0;
        }
        catch (RefusedException fault)
        {
            return Tell(fault.Code, fault.Message);
        }
        catch (StorageException fault)
        {
            return Tell(fault.Code, fault.Message);
        }
        catch (SecretsException fault)
        {
            return Tell(fault.Code, fault.Message);
        }
    }

    static int Tell(string code, string text)
    {
        Console.Error.WriteLine($"canbao: {code} {text}");
        return Program.Unusable;
    }
}
