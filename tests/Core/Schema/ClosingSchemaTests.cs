using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Schema;
using Canbao.Core.Secrets;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Schema;

/// <summary>
/// Databases as older programs left them come forward to the schema of today: with units and accounts (0004), with people and enrolments
/// (0008), with lists and money (0011 on). Each is kept as statements beside the key file that it needs; its name begins with the number
/// of its last migration.
/// </summary>
public class ClosingSchemaTests
{
    static readonly DateOnly Born = new(1985, 3, 20);
    static readonly string Folder = Repository.Path("tests", "Core", "Schema", "Fixtures");

    [Theory, OnBothEngines]
    public async Task Every_database_that_was_kept_comes_forward_with_its_rows(Engine engine)
    {
        await using var fresh = await CoreDatabase.CreateAsync(engine);
        var today = SchemaDump.Schema(await SchemaDump.OfAsync(fresh));
        var files = Directory.GetFiles(Folder, $"*-{Name(engine)}.txt").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await using var test = await TestDatabase.EmptyAsync(engine, new TestClock("2022-01-01 09:00"));
            var kept = await File.ReadAllTextAsync(file);
            await SchemaDump.LoadAsync(test, kept);
            await Upgrade.RunAsync(test.Database);
            var dump = await SchemaDump.OfAsync(test);
            Assert.Equal(today, SchemaDump.Schema(dump));
            var rows = SchemaDump.Rows(dump);
            Assert.All(SchemaDump.Rows(kept), table => Assert.True(rows.GetValueOrDefault(table.Key) >= table.Value, table.Key));
            var vault = OpenVault(Path.ChangeExtension(file, ".keys"));
            await ChainIsWholeAsync(test.Database, new AuditChain(vault));
            if (rows.ContainsKey("person"))
                await PersonIsThereAsync(test.Database, new People(vault));
        }
    }

    /// <summary>
    /// Where this fails after a new migration, CANBAO_ACCEPT=1 keeps a database of today; those between the steps of the work may go.
    /// </summary>
    [Theory, OnBothEngines]
    public async Task The_database_of_today_is_kept(Engine engine)
    {
        var file = Path.Combine(Folder, $"{CoreSchema.Migrations.All.Count:0000}-{Name(engine)}.txt");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("CANBAO_ACCEPT") == "1")
            await KeepAsync(engine, file);
        Assert.True(File.Exists(file), file);
        await using var fresh = await CoreDatabase.CreateAsync(engine);
        var today = await SchemaDump.OfAsync(fresh);
        Assert.Equal(SchemaDump.Schema(today), SchemaDump.Schema(await File.ReadAllTextAsync(file)));
    }

    static async Task PersonIsThereAsync(Database database, People people)
    {
        var (person, enrolment) = await database.ReadAsync(async session =>
        {
            var found = await people.FindByNumberAsync(session, TestArea.Code, TestArea.Number(Born, 1));
            return (found!, await Enrolments.FindAsync(session, TestArea.Code, TestArea.Year, found!.PersonId));
        });
        Assert.Equal((Lists.Name(1), TestArea.Number(Born, 1).Full), (person.Name, people.OpenNumber(person)));
        Assert.NotNull(enrolment);
        // Kept before names had initials.
        var found = await database.ReadAsync(session => people.SearchAsync(session, TestArea.Code, new UnitRange("/bg/"), "zd", 50));
        Assert.Contains(found, one => one.Person.PersonId == person.PersonId);
    }

    static async Task ChainIsWholeAsync(Database database, AuditChain chain)
    {
        await chain.SealAsync(database, TestArea.Code);
        Assert.Null(await database.ReadAsync(session => chain.VerifyAsync(session, TestArea.Code)));
    }

    static async Task KeepAsync(Engine engine, string file)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(2));
        await area.DoAsync("person.phone", act => area.People.ChangePhoneAsync(act, people[0].PersonId, Lists.Today, "10001234567"));
        await area.DoAsync("cash.take", async act =>
        {
            await area.Enrolments.EnrolAsync(act, TestArea.Year, people[0].PersonId, EnrolmentKinds.New);
            await new CashDesk(area.Dues).TakeAsync(act, TestArea.Year, [new(people[0].PersonId, Money.FromFen(32_000))]);
            await area.Dues.MakeAsync(act, TestArea.Year, Lists.Today);
            await Clocks.Published.OpenAsync(act, ClockKind.All[0], "civil_affairs", "测试", Lists.Today);
        });
        await Accounts.AddAsync(
            area.Database, TestArea.Code, new("test", "测试"), new("admin", "管理员", Role.Administrator, "bg", null), "初始-Passw0rd");
        await new AuditChain(area.Vault).SealAsync(area.Database, TestArea.Code);
        await File.WriteAllTextAsync(file, await SchemaDump.OfAsync(engine, area.Connection, area.DatabaseName));
        File.Copy(area.KeyPath, Path.ChangeExtension(file, ".keys"));
    }

    /// <summary>A checkout gives everybody the right to read a key file, which the vault refuses.</summary>
    static Vault OpenVault(string kept)
    {
        using var folder = new TempFolder();
        var own = folder.Write("canbao.keys", File.ReadAllBytes(kept));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return Vault.Open(own);
    }

    static string Name(Engine engine) => engine.ToString().ToLower(CultureInfo.InvariantCulture);
}
