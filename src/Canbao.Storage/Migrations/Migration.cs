using System.Security.Cryptography;
using System.Text;

namespace Canbao.Storage.Migrations;

/// <summary>One step of the schema: a part for both engines and a part for each of them, any of which may be empty.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">The file's name without the number.</param>
/// <param name="Shared">The statements for both engines, with placeholders.</param>
/// <param name="Sqlite">The statements that follow on SQLite.</param>
/// <param name="Postgres">The statements that follow on PostgreSQL.</param>
public sealed record Migration(int Number, string Name, string Shared, string Sqlite, string Postgres)
{
    /// <summary>The file's name, such as <c>0001-people</c>.</summary>
    public string FullName => $"{Number:0000}-{Name}";

    /// <summary>
    /// Of the name and all parts, in lower-case hexadecimal digits; the same on both engines and for any line ends.
    /// </summary>
    public string Sha256 { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Name, Shared, Sqlite, Postgres))));

    /// <summary>The statements for an engine.</summary>
    /// <exception cref="Faults.StorageException">S120: an unknown placeholder.</exception>
    public string For(Engine engine) => Dialect.Render($"{Shared}\n{(engine == Engine.Sqlite ? Sqlite : Postgres)}", engine, FullName);
}
