using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Canbao.TestKit.Databases;

/// <summary>
/// A PostgreSQL server of this test process's own: in a temporary folder, on a free port of 127.0.0.1, with a password of its own,
/// run by a user without rights. It ends with the process however that ends, since a shell waits for the other end of its pipe.
/// </summary>
public sealed class PostgresServer
{
    const string Binaries = "/usr/lib/postgresql/15/bin";
    const string Ready = "ready";

    // Standard input: a password and then nothing until the test process ends. Standard output: one line once the server answers.
    // Without syncs, since no test cuts the power; commits still wait for the log, so that a killed server loses nothing.
    const string Script =
        """
        set -eu; exec 2>&1
        export LC_ALL=C PATH="$1:$PATH"; port=$2
        trap '' INT TERM HUP
        folder=$(mktemp -d "${TMPDIR:-/tmp}/canbao-postgres-XXXXXX")
        finish() { pg_ctl -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
        trap finish EXIT
        cd "$folder"
        head -n 1 >password
        initdb -D data --locale=C --encoding=UTF8 -U canbao -A scram-sha-256 --pwfile=password --no-sync >log 2>&1 || { cat log; exit 1; }
        pg_ctl -D data -w -t 60 -l log -o "-h 127.0.0.1 -p $port -c unix_socket_directories= -c fsync=off -c full_page_writes=off \
          -c max_connections=120 -c shared_buffers=64MB -c jit=off -c max_wal_size=2GB -c log_min_messages=fatal" start >start.log 2>&1 \
          </dev/null || { cat start.log log; exit 1; }
        echo "ready $folder"
        cat >/dev/null
        """;

    static readonly Lazy<PostgresServer> One = new(Start);

    readonly string settings;

    PostgresServer(string settings, string folder, string? missing)
    {
        this.settings = settings;
        Folder = folder;
        Missing = missing;
    }

    /// <summary>The server of this process; it is started by the first who asks.</summary>
    public static PostgresServer Shared => One.Value;

    /// <summary>Why there is no server; null where there is one.</summary>
    public string? Missing { get; }

    /// <summary>The folder that goes with the server.</summary>
    public string Folder { get; }

    /// <summary>The connection text for a database of the server.</summary>
    public string ConnectionTo(string database) => $"{settings};Database={database}";

    /// <summary>Runs a statement outside any transaction.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The whole of a database as statements, without comments and settings.</summary>
    public async Task<string> DumpAsync(string database)
    {
        var access = new NpgsqlConnectionStringBuilder(settings);
        string[] arguments =
            ["-h", access.Host!, "-p", $"{access.Port}", "-U", access.Username!, "--inserts", "--no-owner", "--no-privileges", database];
        using var dump = Process.Start(new ProcessStartInfo(Path.Combine(Binaries, "pg_dump"), arguments)
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["PGPASSWORD"] = access.Password, ["PGCLIENTENCODING"] = "UTF8" },
        })!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        if (dump.ExitCode != 0)
            throw new InvalidOperationException($"pg_dump ended with {dump.ExitCode}.");
        return string.Concat(
            from line in text.Split('\n')
            where line.Length > 0 && line[0] != '\\' && !line.StartsWith("--", StringComparison.Ordinal)
            where !line.StartsWith("SET ", StringComparison.Ordinal) && !line.Contains("set_config", StringComparison.Ordinal)
            select line + "\n");
    }

    static PostgresServer Start()
    {
        if (!File.Exists(Path.Combine(Binaries, "initdb")))
            return new("", "", $"no PostgreSQL 15 in {Binaries}; ./test installs it where it may");
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var said = "";
        // The free port may be taken by another before the server has it.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            int port = FreePort();
            if (Started(password, port, out said))
                return new($"Host=127.0.0.1;Port={port};Username=canbao;Password={password}", said[(Ready.Length + 1)..], null);
        }

        return new("", "", $"PostgreSQL did not start: {said}");
    }

    static bool Started(string password, int port, out string said)
    {
        string[] asUser = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];
        // In a session of its own, so that Ctrl+C reaches the tests first and the server by the end of the pipe.
        string[] command = ["--wait", .. asUser, "bash", "-c", Script, "bash", Binaries, $"{port}"];
        var shell = Process.Start(new ProcessStartInfo("setsid", command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        shell.StandardInput.WriteLine(password);
        shell.StandardInput.Flush();
        said = shell.StandardOutput.ReadLine() ?? "";
        if (said.StartsWith(Ready, StringComparison.Ordinal))
        {
            // Also keeps the pipe open until then.
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(shell);
            return true;
        }

        said += " " + shell.StandardOutput.ReadToEnd();
        return false;
    }

    static void Stop(Process shell)
    {
        shell.StandardInput.Close();
        shell.WaitForExit(TimeSpan.FromSeconds(10));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
