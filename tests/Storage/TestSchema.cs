using Canbao.Storage.Migrations;
using Canbao.TestKit.Databases;
using LinqToDB.Mapping;

namespace Canbao.Storage.Tests;

[Table("kind")]
sealed record Kind
{
    [Column("code"), PrimaryKey]
    public string Code { get; init; } = "";

    [Column("name")]
    public string Name { get; init; } = "";
}

[Table("holder")]
sealed record Holder
{
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    [Column("id"), PrimaryKey(2)]
    public long Id { get; init; }

    [Column("key")]
    public string Key { get; init; } = "";

    [Column("name")]
    public string Name { get; init; } = "";

    [Column("kind")]
    public string Kind { get; init; } = "a";

    [Column("born")]
    public DateOnly? Born { get; init; }

    [Column("amount")]
    public long Amount { get; init; }

    [Column("active")]
    public bool Active { get; init; }

    [Column("seen_at")]
    public DateTimeOffset? SeenAt { get; init; }

    [Column("photo")]
    public byte[]? Photo { get; init; }
}

[Table("entry")]
sealed record Entry
{
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    [Column("number"), PrimaryKey(2)]
    public long Number { get; init; }

    [Column("holder")]
    public long Holder { get; init; }

    [Column("amount")]
    public long Amount { get; init; }
}

/// <summary>The tables that the tests write to, and rows for them.</summary>
static class TestSchema
{
    public const int Here = 370613;
    public const int Elsewhere = 410381;

    public static readonly MigrationSet Migrations = MigrationSet.In(typeof(TestSchema).Assembly, "schema/");

    public static readonly string[] TenantTables = ["holder", "entry"];

    /// <summary>A fresh database with these tables.</summary>
    public static Task<TestDatabase> CreateAsync(Engine engine, DatabaseOptions? options = null) =>
        TestDatabase.WithAsync(engine, Migrations, TenantTables, options);

    public static Holder Holder(long id, string? key = null, long amount = 32_000) =>
        new() { Area = Here, Id = id, Key = key ?? $"k{id}", Name = "张三", Amount = amount, Active = true };
}
