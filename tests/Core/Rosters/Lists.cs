using System.Text;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Policy.Packs;
using Canbao.TestKit;
using Canbao.TestKit.Databases;

namespace Canbao.Core.Tests.Rosters;

/// <summary>Lists of departments in tests: written as text, handed in as files.</summary>
sealed class Lists(TestArea area)
{
    /// <summary>The day on which tests begin.</summary>
    public static readonly DateOnly Today = new(2021, 11, 5);

    public static readonly CategoryNames Names = CatalogueNames.Of(new PackLibrary(Repository.Path("policies")));

    static readonly DateOnly Born = new(1985, 3, 20);

    public RosterDesk Desk { get; } = new(area.Vault, Names);

    /// <summary>The number of the test's person.</summary>
    public static string Number(int person) => TestArea.Number(Born, person).Full;

    /// <summary>A full list of the civil affairs, from today.</summary>
    public static RosterOrder Full(string category = "", string department = "civil_affairs", DateOnly? on = null) =>
        new(department, RosterKind.Full, on ?? Today) { Category = category };

    /// <summary>Adjustments handed in today.</summary>
    public static RosterOrder Adjustment(string department = "civil_affairs", DateOnly? on = null) =>
        new(department, RosterKind.Adjustment, on ?? Today);

    /// <summary>A list of numbers, and categories where there are two.</summary>
    public static string Text(params string[] rows) =>
        (rows.Length > 0 && rows[0].Contains(',', StringComparison.Ordinal) ? "身份证号码,人员类别\n" : "身份证号码\n")
        + string.Concat(rows.Select(row => row + "\n"));

    /// <summary>A list of people by their numbers in the test.</summary>
    public static string Of(params int[] people) => Text([.. people.Select(Number)]);

    /// <summary>Adjustments: person, 新增 or 退出, category, day.</summary>
    public static string Changes(params (int Person, string Change, string Category, string Day)[] rows) =>
        "序号,乡镇、街道,村、社区,身份证号码,联系电话,动态调整类型,人员类别,动态调整时间\n"
        + string.Concat(rows.Select((row, place) =>
            $"{place + 1},鲍沟镇,前街村,{Number(row.Person)},,{row.Change},{row.Category},{row.Day}\n"));

    /// <summary>Registers people 1 to some number, called 张一, 张二 and so on.</summary>
    public static async Task<(Lists Lists, List<PersonRow> People)> WithPeopleAsync(TestArea area, int people)
    {
        var rows = await area.DoAsync("person.register", async act =>
        {
            var made = new List<PersonRow>();
            for (int person = 1; person <= people; person++)
                made.Add(await area.RegisterAsync(act, Name(person), Born, (person, null)));
            return made;
        });
        return (new(area), rows);
    }

    /// <summary>The name of a test's person.</summary>
    public static string Name(int person) => "张" + (char)('一' + person);

    /// <summary>What a list would do.</summary>
    public Task<RosterOutcome> TryAsync(RosterOrder order, string text, Stream? rejects = null) => area.ReadAsync(
        session => Desk.TryAsync(session, TestArea.Code, File(text), order, rejects));

    /// <summary>Keeps a list.</summary>
    public async Task<long> KeepAsync(RosterOrder order, string text, string account = "clerk") =>
        (await area.DoAsync("roster.keep", act => Desk.KeepAsync(act, order, "list.csv", Stream(text)), account)).Upload.UploadId;

    /// <summary>Hands a list in, looks at it and applies it.</summary>
    public async Task<RosterVersionRow?> ApplyAsync(RosterOrder order, string text, string account = "clerk")
    {
        var upload = await KeepAsync(order, text, account);
        var outcome = await area.ReadAsync(session => Desk.TryAsync(session, TestArea.Code, upload, order));
        return await ApplyAsync(order, upload, outcome.Digest, account);
    }

    /// <summary>Applies what was kept.</summary>
    public Task<RosterVersionRow?> ApplyAsync(RosterOrder order, long upload, string digest, string account = "clerk") =>
        area.DoAsync("roster.apply", act => Desk.ApplyAsync(act, upload, order, digest), account);

    public Task UndoAsync(RosterVersionRow version) => area.DoAsync("roster.undo", act => Desk.UndoAsync(act, version.VersionId));

    /// <summary>The categories that a person holds on a day, joined.</summary>
    public async Task<string> HeldAsync(PersonRow person, DateOnly? day = null) => string.Join(' ', (await area.ReadAsync(
        session => Categories.HeldAsync(session, TestArea.Code, person.PersonId, day ?? Today))).Select(row => row.Category));

    static Canbao.Core.Files.TableFile File(string text) => new("list.csv", () => Stream(text));

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
