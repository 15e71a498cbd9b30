using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.TestKit.Databases;

/// <summary>A town with two branches and three villages, its pack bound, its key file made, by a clock that stands still.</summary>
public sealed class TestArea : IAsyncDisposable
{
    /// <summary>The tenant.</summary>
    public const int Code = 370481;

    /// <summary>A village of the town.</summary>
    public const string Village = "bg-01-01", OtherVillage = "bg-01-02", FarVillage = "bg-02-01";

    /// <summary>The year whose pack is bound.</summary>
    public static readonly InsuranceYear Year = new(2022);

    /// <summary>The units, as a file would tell them.</summary>
    public static readonly string[] Units =
    [
        UnitFile.Header,
        "bg,,township,鲍沟镇,,,",
        "bg-01,bg,branch,东片区,,,",
        "bg-02,bg,branch,西片区,,,",
        "bg-01-01,bg-01,village,前街村,前街,,10000000001",
        "bg-01-02,bg-01,village,后街村,,,",
        "bg-02-01,bg-02,village,河西村,,,",
    ];

    readonly TempFolder folder = new();
    readonly TestDatabase made;

    TestArea(TestDatabase made, TestClock clock)
    {
        this.made = made;
        Clock = clock;
        Vault = Vault.Create(KeyPath, "aes", clock);
        People = new People(Vault);
        Enrolments = new Enrolments(Vault);
        Dues = new Dues(Shelf, Vault);
    }

    public Database Database => made.Database;

    public string Connection => made.Connection;

    /// <summary>The database's name on the PostgreSQL server.</summary>
    public string DatabaseName => made.Name;

    public TestClock Clock { get; }

    public string KeyPath => folder["canbao.keys"];

    public Vault Vault { get; }

    public People People { get; }

    public Enrolments Enrolments { get; }

    /// <summary>The project's packs, compiled once for all tests of the process.</summary>
    public static PackShelf Packs { get; } = new(new PackLibrary(Repository.Path("policies")));

    /// <inheritdoc cref="Packs"/>
    public PackShelf Shelf { get; } = Packs;

    public Dues Dues { get; }

    /// <summary>The same database once more, with every statement shown before it runs.</summary>
    public Database OpenWatched(Action<string> statements) => Database.Open(Connection, Clock, new() { Statements = statements });

    /// <summary>A folder that goes with the area.</summary>
    public string PathOf(string name) => folder[name];

    /// <summary>Makes one; it is 2021-11-05 in the morning, within the central period of Baogou.</summary>
    public static async Task<TestArea> CreateAsync(Engine engine)
    {
        var clock = new TestClock("2021-11-05 09:30");
        var area = new TestArea(await CoreDatabase.CreateAsync(engine, clock), clock);
        var tree = UnitFile.Read(Units, [])!;
        await area.DoAsync("area.init", async act =>
        {
            await UnitStore.LoadAsync(act, area.Vault, tree);
            await PackBindings.BindAsync(act, area.Shelf, "bg", Year, new(2021, 9, 1), "baogou-2022");
        });
        return area;
    }

    /// <summary>Does a deed as somebody.</summary>
    public Task DoAsync(string kind, Func<Act, Task> work, string account = "test") =>
        Act.DoAsync(Database, Code, new Doer(account, "测试"), kind, work);

    /// <inheritdoc cref="DoAsync(string, Func{Act, Task}, string)"/>
    public Task<T> DoAsync<T>(string kind, Func<Act, Task<T>> work, string account = "test") =>
        Act.DoAsync(Database, Code, new Doer(account, "测试"), kind, work);

    /// <summary>Reads.</summary>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work) => Database.ReadAsync(work);

    /// <summary>A synthetic number of somebody born on a day; sequences are odd for men.</summary>
    public static CitizenNumber Number(DateOnly born, int sequence)
    {
        var digits = FormattableString.Invariant($"370499{born:yyyyMMdd}{sequence:000}");
        return CitizenNumber.TryParse(digits + CitizenNumber.CheckCharacter(digits), out var number, out _)
            ? number
            : throw new ArgumentException("No valid number.", nameof(born));
    }

    /// <summary>Registers somebody in a village from 2021-09-01 on, or from birth.</summary>
    public Task<PersonRow> RegisterAsync(
        string name, DateOnly born, int sequence, long? household = null, Func<PersonStatusRow, PersonStatusRow>? with = null) =>
        DoAsync("person.register", act => RegisterAsync(act, name, born, (sequence, household), with));

    /// <inheritdoc cref="RegisterAsync(string, DateOnly, int, long?, Func{PersonStatusRow, PersonStatusRow}?)"/>
    public Task<PersonRow> RegisterAsync(
        Act act, string name, DateOnly born, (int Sequence, long? Household) more, Func<PersonStatusRow, PersonStatusRow>? with = null)
    {
        var status = new PersonStatusRow { Unit = Village, HouseholdId = more.Household, Address = "前街村1号" };
        var number = Number(born, more.Sequence);
        var person = new NewPerson(number, Name(name), number.Sex!.Value, born) { Status = with?.Invoke(status) ?? status };
        return People.RegisterAsync(act, person, born > new DateOnly(2021, 9, 1) ? born : new DateOnly(2021, 9, 1));
    }

    /// <summary>A name.</summary>
    public static PersonName Name(string text) =>
        PersonName.TryParse(text, out var name, out _) ? name : throw new ArgumentException("No valid name.", nameof(text));

    public async ValueTask DisposeAsync()
    {
        await made.DisposeAsync();
        folder.Dispose();
    }
}
