using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Files;
using Canbao.Core.Reporting;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work;

/// <summary>Files of figures by unit, and what they serve.</summary>
public class FigureFileTests
{
    static readonly Viewer Town = new("town", "镇办", Role.Street, TestArea.Code, "bg", "/bg/", null);
    static readonly Viewer Branch = Town with { UnitCode = "bg-01", UnitPath = "/bg/bg-01/" };

    const string Text = "医保电子凭证激活情况\n序号,村（社区）,指标,日期,人数\n1,前街,,,38\n2,bg-01-02,电子凭证统计参保人数,2021-11-04,64\n"
        + "3,无此村,,,5\n4,后街村,人均收入,,5\n5,后街村,,2021-12-31,5\n6,后街村,,,三十\n7,前街村,,,40\n合计,,,,78\n";

    [Theory, OnBothEngines, Clause("lingyuan 附件2")]
    public async Task Rows_are_noted_by_name_alias_or_code_and_others_come_back(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var files = new FigureFiles(area.Vault);
        var order = new FigureOrder(Measures.CredentialsActive, new(2021, 11, 5), "医保局 11 月");
        var kept = await KeepAsync(area, Town, Text);
        using var refused = new MemoryStream();
        var tried = await area.ReadAsync(session => files.TryAsync(session, kept, order, new(2021, 11, 5), refused));
        Assert.Equal((7, 5, 2), (tried.Read, tried.Refused, tried.Rows.Count));
        Assert.Equal(["T501", "T502", "T503", "T504", "T505"], tried.Faults.Select(fault => fault.Code));
        Assert.Empty(await ListAsync(area));
        var returned = Encoding.UTF8.GetString(refused.ToArray());
        Assert.Contains("无此村", returned, StringComparison.Ordinal);
        Assert.Contains("日期在今天之后", returned, StringComparison.Ordinal);

        var (_, changed) = await area.DoAsync("figure.note", act => files.ApplyAsync(act, Town, kept.UploadId, order));
        Assert.Equal(2, changed);
        Assert.Equal(
            [(Measures.CredentialsActive, "bg-01-01", 38L, "2021-11-05"), (Measures.CredentialsEnrolled, "bg-01-02", 64L, "2021-11-04")],
            (await ListAsync(area)).Select(row => (row.Measure, row.Unit, row.People, $"{row.Day:yyyy-MM-dd}")));
        var again = await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("figure.note", act => files.ApplyAsync(act, Town, kept.UploadId, order)));
        Assert.Equal("T507", again.Code);
    }

    [Theory, OnBothEngines]
    public async Task Another_units_figures_and_another_role_are_refused(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var files = new FigureFiles(area.Vault);
        var order = new FigureOrder(Measures.Hukou, new(2021, 11, 5), "派出所");
        var kept = await KeepAsync(area, Branch, "单位,人数\n河西村,10\n");
        var tried = await area.ReadAsync(session => files.TryAsync(session, kept, order, new(2021, 11, 5)));
        Assert.Equal("T501", Assert.Single(tried.Faults).Code);
        var nothing = await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("figure.note", act => files.ApplyAsync(act, Branch, kept.UploadId, order)));
        Assert.Equal("T507", nothing.Code);
        var role = await Assert.ThrowsAsync<RefusedException>(() => KeepAsync(area, Town with { Role = Role.Finance }, "单位,人数\n"));
        Assert.Equal("T506", role.Code);
        var other = Town with { UnitCode = "bg-02", UnitPath = "/bg/bg-02/" };
        Assert.Null(await area.ReadAsync(session => FigureFiles.FindAsync(session, other, kept.UploadId)));
    }

    /// <summary>Employee insurance stands beside residents, for the unit and those below it.</summary>
    [Theory, OnBothEngines, Clause("laishan 五(一)")]
    public async Task Employees_are_followed_beside_residents(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.DoAsync("figure.note", act => Figures.NoteAsync(act,
        [
            Insured("bg-01", new(2020, 12, 31), 900), Insured("bg-01", new(2021, 9, 30), 950), Insured("bg-01", new(2021, 10, 31), 1020),
            Insured("bg-01", new(2021, 11, 30), 5000), Insured("bg-02", new(2021, 10, 31), 70),
        ]));
        await area.DoAsync("target.set", act => TargetDesk.HandDownAsync(act, Town,
            [Target("bg-01", TargetMeasure.NewEmployees, 150), Target("bg-01", TargetMeasure.NewResidents, 30)]));
        var tree = UnitFile.Read(TestArea.Units, [])!;
        var line = new TallyLine("bg-01-01", "", new(TallyPart.Paid) { IsNew = true }, 12, 0);
        var told = await area.ReadAsync(async session => await SeasonProgress.ExpansionAsync(
            session, TestArea.Code,
            (await TargetDesk.ReadAsync(session, TestArea.Code, tree, tree.Root, TestArea.Year))
                .Select(one => (one, (IEnumerable<TallyLine>)(one.Unit.Code == "bg-02" ? [] : [line]))),
            TestArea.Year, new(2021, 11, 5)));
        Assert.Equal(
            [("bg", 12, null, null, null, null), ("bg-01", 12, 30, 1020, 120, 150), ("bg-02", 0, null, 70, null, null)],
            told.Select(one => (one.Unit.Code, one.NewResidents, one.Target(TargetMeasure.NewResidents), one.Employees?.People,
                one.NewEmployees, one.Target(TargetMeasure.NewEmployees))));
        Assert.Equal([false, true, true], told.Select(one => one.IsTold));
    }

    static FigureRow Insured(string unit, DateOnly day, long people) =>
        new() { Measure = Measures.EmployeeEnrolled, Unit = unit, Day = day, People = people, Source = "社保中心" };

    static TargetRow Target(string unit, TargetMeasure measure, long people) => new()
    {
        InsuranceYear = TestArea.Year.Year,
        Measure = measure.Code,
        Unit = unit,
        People = people,
        Basis = TargetBasis.Entered.Code,
    };

    static async Task<UploadRow> KeepAsync(TestArea area, Viewer viewer, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await area.DoAsync("figure.keep", act => new FigureFiles(area.Vault).KeepAsync(act, viewer, "激活.csv", content))).Upload;
    }

    static Task<List<FigureRow>> ListAsync(TestArea area) => area.ReadAsync(session => Figures.ListAsync(session, TestArea.Code));
}
