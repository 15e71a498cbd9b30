using Canbao.Storage.Engines;
using Canbao.Storage.Faults;
using Xunit;

namespace Canbao.Storage.Tests;

public class ConnectionTextTests
{
    [Theory]
    [InlineData("sqlite:canbao.db", Engine.Sqlite)]
    [InlineData("sqlite:/var/lib/canbao/参保.db", Engine.Sqlite)]
    [InlineData("postgres://canbao@db/canbao", Engine.Postgres)]
    [InlineData("postgresql://canbao:p%40ss@[::1]:6432/canbao?sslmode=verify-full", Engine.Postgres)]
    [InlineData("Host=db;Database=canbao;Username=canbao;Password=p@ss", Engine.Postgres)]
    public async Task The_text_chooses_the_engine(string text, Engine engine)
    {
        await using var database = Database.Open(text, TimeProvider.System);
        Assert.Equal(engine, database.Engine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("canbao.db")]
    [InlineData("sqlite:")]
    [InlineData("sqlite: ")]
    [InlineData("sqlite::memory:")]
    [InlineData("mysql://canbao:s3cret@db/canbao")]
    [InlineData("postgres://canbao:s3cret@db")]
    [InlineData("postgres://canbao:s3cret@db/canbao?nonsense=1")]
    [InlineData("postgres://canbao:s3cret@db/canbao?sslmode=nonsense")]
    [InlineData("postgres://canbao:s3cret@:port/canbao")]
    [InlineData("Host=db;Password=s3cret")]
    [InlineData("Server=db;Database=canbao;Password=s3cret;TrustServerCertificate=maybe")]
    public void Other_texts_are_refused_and_not_repeated(string text)
    {
        var fault = Assert.Throws<StorageException>(() => Database.Open(text, TimeProvider.System));
        Assert.Equal(StorageCodes.ConnectionText, fault.Code);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_read_in_full()
    {
        var settings = ConnectionText.Postgres(
            "postgres://can%20bao:p%40%3As@10.0.0.5:6432/can%2Fbao?sslmode=verify-full&application_name=bureau");
        Assert.Equal(
            ("10.0.0.5", 6432, "can bao", "p@:s", "can/bao"),
            (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database));
        Assert.Equal((Npgsql.SslMode.VerifyFull, "bureau"), (settings.SslMode, settings.ApplicationName));
    }
}
