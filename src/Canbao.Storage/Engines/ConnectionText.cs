using Canbao.Storage.Faults;
using Npgsql;

namespace Canbao.Storage.Engines;

/// <summary>Reads connection texts; a fault never repeats one, since it may hold a password.</summary>
static class ConnectionText
{
    const string Sqlite = "sqlite:";

    /// <summary>The path behind <c>sqlite:</c>; null for anything else.</summary>
    /// <exception cref="StorageException">S101: no path follows.</exception>
    public static string? SqlitePath(string text)
    {
        if (!text.StartsWith(Sqlite, StringComparison.Ordinal))
            return null;
        var path = text[Sqlite.Length..];
        return path.Trim().Length == 0 || path.StartsWith(':') ? throw NotUnderstood(null) : path;
    }

    /// <summary>PostgreSQL's settings, from an address or from its own notation.</summary>
    /// <exception cref="StorageException">S101: neither, or without a host or a database.</exception>
    public static NpgsqlConnectionStringBuilder Postgres(string text)
    {
        try
        {
            var settings = text.StartsWith("postgres://", StringComparison.Ordinal)
                || text.StartsWith("postgresql://", StringComparison.Ordinal) ? FromAddress(new Uri(text)) : new(text);
            return string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database) ? throw NotUnderstood(null) : settings;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw NotUnderstood(fault);
        }
    }

    static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var database = Uri.UnescapeDataString(address.AbsolutePath[1..]);
        var settings = new NpgsqlConnectionStringBuilder { Host = address.Host, Database = database };
        if (address.Port > 0)
            settings.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var name = Uri.UnescapeDataString(parts[0]);
            var value = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            // As libpq spells them; the others are spelt alike.
            if (name == "sslmode")
                settings.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            else
                settings[name switch { "sslrootcert" => "Root Certificate", "application_name" => "Application Name", _ => name }] = value;
        }

        return settings;
    }

    static StorageException NotUnderstood(Exception? cause) => new(
        StorageCodes.ConnectionText,
        "数据库连接设置无法识别，请写成 sqlite:文件路径、postgres://用户:密码@主机:端口/库名，或 Host=主机;Database=库名;…。",
        cause);
}
