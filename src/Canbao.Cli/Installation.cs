using System.CommandLine;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;
using Spectre.Console;

namespace Canbao.Cli;

/// <summary>The database and the keys that a verb works with, and how it tells what went wrong.</summary>
sealed class Installation : IAsyncDisposable
{
    Installation(Database database, Vault vault)
    {
        Database = database;
        Vault = vault;
        Shelf = new PackShelf(PolicyOptions.Library);
    }

    public static TimeProvider Clock => TimeProvider.System;

    public Database Database { get; }

    public Vault Vault { get; }

    public PackShelf Shelf { get; }

    public Dues Dues => new(Shelf, Vault);

    /// <summary>Whoever runs the program, for the record of what was done.</summary>
    public static Doer Doer(string reason) => new($"@{Environment.UserName}", reason);

    public static Option<string> DatabaseOption() => new("--database")
    {
        Description = "数据库：sqlite:文件，或 postgres://…；不写则用环境变量 CANBAO_DATABASE，都没有则用当前文件夹的 canbao.db",
        HelpName = "DATABASE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CANBAO_DATABASE") ?? "sqlite:canbao.db",
    };

    public static Option<string> KeysOption() => new("--keys")
    {
        Description = "密钥文件；不写则用环境变量 CANBAO_KEYS，都没有则用当前文件夹的 canbao.keys",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CANBAO_KEYS") ?? "canbao.keys",
    };

    public static Option<int> AreaOption() => new("--area") { Description = "地区：县级行政区划代码六位", HelpName = "CODE", Required = true };

    public static Option<int> YearOption() => new("--year") { Description = "保险年度", HelpName = "YEAR", Required = true };

    /// <summary>A verb over a database, with the options that all of them share.</summary>
    /// <param name="name">The verb.</param>
    /// <param name="description">What it does, for the help.</param>
    /// <param name="own">Its own options and arguments.</param>
    /// <param name="run">Does it.</param>
    /// <param name="clock">By which clock, where that is not the real one.</param>
    public static Command Verb(
        string name, string description, IEnumerable<Symbol> own, Func<ParseResult, Installation, CancellationToken, Task<int>> run,
        Func<ParseResult, TimeProvider>? clock = null)
    {
        var (database, keys) = (DatabaseOption(), KeysOption());
        var command = new Command(name, description) { database, keys };
        foreach (var symbol in own)
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        command.SetAction((call, cancel) => TellAsync(async () =>
        {
            await using var installation = Open(call.GetValue(database)!, call.GetValue(keys)!, clock?.Invoke(call));
            return await run(call, installation, cancel);
        }));
        return command;
    }

    public static Installation Open(string database, string keys, TimeProvider? clock = null) =>
        new(Database.Open(database, clock ?? Clock), Vault.Open(keys));

    /// <summary>Does something of which each fault is told in one line with its code.</summary>
    public static async Task<int> TellAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (StorageException fault)
        {
            return Refuse(fault.Message);
        }
        catch (SecretsException fault)
        {
            return Refuse($"{fault.Code} {fault.Message}");
        }
        catch (TableFileException fault)
        {
            return Refuse($"{fault.Code} {fault.Message}");
        }
        catch (RefusedException fault)
        {
            return Refuse($"{fault.Code} {fault.Message}");
        }
        catch (OperationCanceledException)
        {
            return Refuse("已取消；没有存入任何内容");
        }
    }

    public static int Refuse(string text)
    {
        Console.Error.WriteLine($"canbao: {text}");
        return Program.Unusable;
    }

    /// <summary>Shows a bar on a terminal while something runs; nothing where the output goes elsewhere.</summary>
    public static Task<T> ShowAsync<T>(string what, Func<IProgress<double>, Task<T>> run)
    {
        if (Console.IsErrorRedirected)
            return run(new Bar(null));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress => run(new Bar(progress.AddTask(what, maxValue: 1))));
    }

    /// <summary>Shows how many of how many are done on a bar that goes from 0 to 1.</summary>
    public static IProgress<(long Done, long All)> Shares(IProgress<double> bar) => new Share(bar);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    sealed class Share(IProgress<double> bar) : IProgress<(long Done, long All)>
    {
        public void Report((long Done, long All) value) => bar.Report(value.All == 0 ? 1 : (double)value.Done / value.All);
    }

    sealed class Bar(ProgressTask? task) : IProgress<double>
    {
        public void Report(double value) => task?.Value(value);
    }
}
