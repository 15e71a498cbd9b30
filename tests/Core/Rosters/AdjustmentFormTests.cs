using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

public class AdjustmentFormTests
{
    static readonly (DateOnly, DateOnly) Days = (new(2021, 10, 2), new(2021, 11, 30));

    /// <summary>The form is written cell for cell as the notice has it, and what was written can be handed in.</summary>
    [Theory, OnBothEngines, Clause("lishi 附件3")]
    public async Task The_form_goes_out_and_comes_in(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, people) = await FilledAsync(area);
        var form = await WriteAsync(area);
        Assert.Equal(
            [
                "附件3",
                "鲍沟镇部门困难人口动态调整名单",
                "单位名称（盖章）：民政部门　　2021年11月5日",
                "序号|乡镇、街道|村、社区|身份证号码|联系电话|动态调整类型|人员类别|动态调整时间",
                $"1|鲍沟镇|前街村|{Lists.Number(1)}|10000000001|退出|农村低保|2021-10-20",
                $"2|鲍沟镇|前街村|{Lists.Number(2)}||新增|农村特困|2021-10-25",
                "注：1. 本表由县级民政、乡村振兴部门填写。",
                "2. 动态调整类型为：新增或退出。",
                "3. 人员类别为：农村特困、城镇特困、农村低保、城镇低保、孤儿、事实无人抚养儿童、低保边缘家庭成员、脱贫户、返贫致贫人口、脱贫不稳定人口、边缘易致贫人口、突发严重困难人口。",
            ],
            Cells(form));
        // Where it was written it changes nothing; elsewhere it does the same again.
        var same = await TryAsync(area, lists, form);
        Assert.Equal((2, 0, 2), (same.Rows, same.Changes.Count, same.Unchanged));
        Assert.Empty(same.UnknownColumns);
        await using var other = await TestArea.CreateAsync(engine);
        var (others, _) = await Lists.WithPeopleAsync(other, 2);
        await others.ApplyAsync(Lists.Full(on: new(2021, 10, 1)), FullListTests.Categorised((1, "农村低保"), (2, "孤儿")));
        var outcome = await TryAsync(other, others, form);
        Assert.Equal(
            ["1 minimum_living_rural False 2021-10-20 5", "2 extreme_poverty_rural True 2021-10-25 6"],
            outcome.Changes.Select(change => FormattableString.Invariant(
                $"{change.Person.Name[1] - '一'} {change.Category} {change.IsAddition} {change.Day:yyyy-MM-dd} {change.Line}")));
        Assert.Equal(2, people.Count);
    }

    /// <summary>The form holds full numbers, so that it is known who took it; a version that was undone is not on it.</summary>
    [Theory, OnBothEngines]
    public async Task To_write_it_is_recorded_and_undone_changes_are_left_out(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var (lists, _) = await FilledAsync(area);
        var undone = await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes((1, "新增", "孤儿", "2021-11-01")));
        Assert.Equal(10, Cells(await WriteAsync(area)).Count);
        await lists.UndoAsync(undone!);
        Assert.Equal(9, Cells(await WriteAsync(area)).Count);
        var records = await area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.Action == "exported").ToListAsync());
        Assert.Equal(2, records.Count);
        Assert.Contains("\"rows\":2", records[1].New, StringComparison.Ordinal);
    }

    static async Task<(Lists Lists, List<PersonRow> People)> FilledAsync(TestArea area)
    {
        var (lists, people) = await Lists.WithPeopleAsync(area, 2);
        await area.DoAsync("person.phone", act => area.People.ChangePhoneAsync(act, people[0].PersonId, Lists.Today, "10000000001"));
        await lists.ApplyAsync(Lists.Full(on: new(2021, 10, 1)), FullListTests.Categorised((1, "农村低保"), (2, "孤儿")));
        await lists.ApplyAsync(Lists.Adjustment(), Lists.Changes(
            (2, "新增", "农村特困人员", "2021-10-25"), (1, "退出", "农村低保对象", "2021-10-20")));
        return (lists, people);
    }

    static async Task<byte[]> WriteAsync(TestArea area)
    {
        using var stream = new MemoryStream();
        var form = new AdjustmentForm(area.Vault, Lists.Names);
        await area.DoAsync("roster.export", act => form.WriteAsync(act, "civil_affairs", Days, stream));
        return stream.ToArray();
    }

    static Task<RosterOutcome> TryAsync(TestArea area, Lists lists, byte[] form) => area.ReadAsync(session => lists.Desk.TryAsync(
        session, TestArea.Code, new TableFile("附件3.xlsx", () => new MemoryStream(form)), Lists.Adjustment()));

    /// <summary>The cells of the workbook's only sheet as another program reads them.</summary>
    static List<string> Cells(byte[] form)
    {
        using var stream = new MemoryStream(form);
        using var document = SpreadsheetDocument.Open(stream, false);
        var sheet = Assert.Single(document.WorkbookPart!.WorksheetParts);
        var rows = sheet.Worksheet!.Descendants<Row>();
        return [.. rows.Select(row => string.Join('|', row.Elements<Cell>().Select(cell => cell.InnerText)))];
    }
}
