namespace Canbao.Storage;

/// <summary>The database engines that Canbao runs on.</summary>
public enum Engine
{
    /// <summary>A file on this machine; one writer at a time.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 15 or later.</summary>
    Postgres,
}
