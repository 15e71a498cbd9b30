using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work.Forms;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Reporting;

/// <summary>Target forms are filled from what an office keeps; what a notice published stays beside what is computed.</summary>
public class KeptFormTests
{
    public static TheoryData<Engine, string> Forms()
    {
        var data = new TheoryData<Engine, string>();
        foreach (var engine in Enum.GetValues<Engine>())
            foreach (var form in TargetForms.All)
                data.Add(engine, form.Code);
        return data;
    }

    [Theory, MemberData(nameof(Forms))]
    [Clause("lishi 附件2"), Clause("laishan 附件"), Clause("jincheng 附件1"), Clause("jincheng 附件2"), Clause("lingyuan 附件1")]
    [Clause("lingyuan 附件2")]
    public async Task A_notice_that_was_loaded_fills_its_form(Engine engine, string code)
    {
        await using var place = await Place.OpenAsync(engine, PrescribedForms.Find(code)!.Place);
        await place.LoadAsync();
        Assert.Equal(Sheets.Expected(code), Sheets.Csv(Sheets.Write((await place.FillAsync(code)).Grid)));
    }

    [Theory, OnBothEngines, Clause("lingyuan 附件2"), Clause("lingyuan 附件1")]
    public async Task An_offices_own_numbers_fill_it_and_the_published_total_stays_beside(Engine engine)
    {
        await using var place = await Place.OpenAsync(engine, "lingyuan");
        Assert.Contains((await place.FillAsync("lingyuan-2")).Problems, problem => problem.Code == "T308");
        await place.LoadAsync();
        Assert.Contains((await place.FillAsync("lingyuan-2")).Problems, problem => problem is { Code: "T307", Row: "合计数" });
        place.Clock.Set("2021-11-20 10:00");
        await place.DoAsync(act => Figures.NoteAsync(act,
        [
            new() { Measure = Measures.CredentialsActive, Unit = "lingyuan-01", Day = new(2021, 11, 19), People = 2000, Source = "医保局" },
        ]));
        var filled = await place.FillAsync("lingyuan-2");
        var row = filled.Grid.Rows.Single(one => one.Unit == "lingyuan-01");
        Assert.Equal((2000, 3195, 1117), (
            filled.Grid.Value(row, "active"), filled.Grid.Value(row, "inactive"), filled.Grid.Value(row, "gap")));
        var remark = filled.Grid.Rows.Single(one => one.Kind == GridRowKind.Remark);
        Assert.Equal(8181, filled.Grid.Value(remark, "gap"));
        Assert.Contains(filled.Problems, problem => problem.Text.Contains("公布为 8181", StringComparison.Ordinal));
        var kept = (await place.Database.ReadAsync(session => Figures.ListAsync(session, TestArea.Code)))
            .Single(one => one.Measure == Measures.CredentialsGap && one.Unit == "lingyuan");
        Assert.Equal((8181, "lingyuan 附件2"), (kept.People, kept.Source));
        // The notice once more leaves later numbers as they are.
        await place.LoadAsync();
        var again = (await place.FillAsync("lingyuan-2")).Grid;
        Assert.Equal(2000, again.Value(again.Rows.Single(one => one.Unit == "lingyuan-01"), "active"));
    }

    /// <summary>A database with the units of a notice's place and nothing else.</summary>
    sealed class Place(TestDatabase made, TestClock clock, string name) : IAsyncDisposable
    {
        readonly TempFolder folder = new();

        public TestClock Clock => clock;

        public Database Database => made.Database;

        UnitTree Tree { get; } = UnitFile.Read(File.ReadLines(Repository.Path("data", "units", $"{name}.csv")), [])!;

        Vault Vault => field ??= Vault.Create(folder["canbao.keys"], "aes", clock);

        public static async Task<Place> OpenAsync(Engine engine, string name)
        {
            var clock = new TestClock("2021-11-05 09:30");
            var place = new Place(await CoreDatabase.CreateAsync(engine, clock), clock, name);
            await place.DoAsync(act => UnitStore.LoadAsync(act, place.Vault, place.Tree));
            return place;
        }

        public Task LoadAsync() => DoAsync(act => TargetDesk.LoadAsync(
            act, Tree, PublishedFigures.Read(File.ReadLines(Repository.Path("data", "figures", $"{name}.csv")), Tree, [])!));

        public Task DoAsync(Func<Act, Task> work) => Act.DoAsync(Database, TestArea.Code, new Doer("test", "测试"), "target.load", work);

        public Task<FilledForm> FillAsync(string code)
        {
            var viewer = new Viewer("bureau", "", Role.Bureau, TestArea.Code, name, $"/{name}/", null);
            var order = new FormOrder(PrescribedForms.Find(code)!, new(name == "lishi" ? 2023 : 2022), name, new(2021, 11, 20));
            return Database.ReadAsync(session => new FormDesk(Vault).FillAsync(session, viewer, order));
        }

        public async ValueTask DisposeAsync()
        {
            await made.DisposeAsync();
            folder.Dispose();
        }
    }
}
