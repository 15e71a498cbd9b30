using System.ComponentModel;
using System.Diagnostics;
using Canbao.Storage.Faults;
using Npgsql;

namespace Canbao.Storage.Engines;

/// <summary>
/// The client programs of PostgreSQL, which must be installed where this program runs. What they say may quote values and is not
/// passed on.
/// </summary>
/// <param name="connection">How to reach the database.</param>
sealed class PostgresTools(string connection)
{
    /// <summary>Names the folder of the programs where they lie elsewhere.</summary>
    const string FolderVariable = "CANBAO_PGBIN";

    /// <summary>Where Debian and its kin keep the programs of each version.</summary>
    const string Versions = "/usr/lib/postgresql";

    /// <summary>Writes a copy of the database into a file, as a snapshot shows it that an open transaction exported.</summary>
    /// <exception cref="StorageException">S130, S131, S132.</exception>
    public Task DumpAsync(string path, string snapshot, CancellationToken cancel) => RunAsync(
        "pg_dump",
        ["--format=custom", "--no-owner", "--no-privileges", "--no-password", $"--snapshot={snapshot}", $"--file={path}"],
        cancel);

    /// <summary>Fills an empty database from such a file; everything or nothing.</summary>
    /// <exception cref="StorageException">S130, S131, S132.</exception>
    public Task RestoreAsync(string path, CancellationToken cancel)
    {
        var database = new NpgsqlConnectionStringBuilder(connection).Database!
            .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
        return RunAsync(
            "pg_restore",
            [
                "--no-owner", "--no-privileges", "--no-password", "--single-transaction", "--exit-on-error",
                $"--dbname=dbname='{database}'", path,
            ],
            cancel);
    }

    async Task RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        using var process = Start(program, arguments);
        try
        {
            // Both are read while it runs, or it would wait for a reader.
            var said = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardOutput.ReadToEndAsync(cancel);
            var errors = await said;
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
                throw StorageCodes.Fault(
                    errors.Contains("server version mismatch", StringComparison.Ordinal) ? StorageCodes.OldTools : StorageCodes.ToolFailed,
                    null);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in Environment())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start) ?? throw StorageCodes.Fault(StorageCodes.NoTools, null);
        }
        catch (Win32Exception fault)
        {
            throw StorageCodes.Fault(StorageCodes.NoTools, fault);
        }
    }

    /// <summary>The newest version's program, which knows all older servers; where there is none, whatever the path has.</summary>
    static string Find(string program)
    {
        if (System.Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
            return Path.Combine(folder, program);
        return !Directory.Exists(Versions) ? program : (
            from version in Directory.GetDirectories(Versions)
            let number = int.TryParse(Path.GetFileName(version), out int parsed) ? parsed : 0
            let file = Path.Combine(version, "bin", program)
            where File.Exists(file)
            orderby number descending
            select file).FirstOrDefault(program);
    }

    /// <summary>How the programs reach the database; nothing secret stands in their arguments, which others can see.</summary>
    IEnumerable<(string Name, string Value)> Environment()
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        (string Name, string? Value)[] told =
        [
            ("PGHOST", settings.Host), ("PGPORT", FormattableString.Invariant($"{settings.Port}")), ("PGUSER", settings.Username),
            ("PGPASSWORD", settings.Password), ("PGDATABASE", settings.Database), ("PGPASSFILE", settings.Passfile),
            ("PGSSLMODE", Ssl(settings.SslMode)), ("PGSSLROOTCERT", settings.RootCertificate), ("PGSSLCERT", settings.SslCertificate),
            ("PGSSLKEY", settings.SslKey), ("PGCLIENTENCODING", "UTF8"), ("LC_ALL", "C"),
        ];
        return from one in told where !string.IsNullOrEmpty(one.Value) select (one.Name, one.Value);
    }

    static string Ssl(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
