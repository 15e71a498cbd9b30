using Canbao.Core.Files;
using Canbao.Core.Tests.Files;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Work.Registrations;

/// <summary>The form as LibreOffice saved it; Files/Fixtures/make has what a street typed.</summary>
public class RegistrationSavedTests
{
    [Theory, OnBothEngines, Clause("lishi 附件4")]
    public async Task A_form_that_an_office_program_saved_is_read_and_its_bad_row_comes_back_as_a_workbook(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        using var folder = new TempFolder();
        var tables = new Tables(area);
        var rejects = TableFile.At(folder["rejects.xlsx"]);
        RegistrationOutcome outcome;
        await using (var stream = File.Create(rejects.Name))
            outcome = await area.ReadAsync(session => tables.Desk.TryAsync(
                session, TestArea.Code, IntakeFiles.Saved("registration.xlsx"), Tables.Order(), stream));
        Assert.Equal(
            [("张三", "370499********0017", "bg-01-01"), ("李四", "370499********0025", "bg-01-02"), ("赵六", "370499********005X", "bg-01-01")],
            outcome.Deeds.Select(deed => (deed.Name, deed.Mask, deed.Unit)));
        Assert.Equal((7L, IntakeFault.LostDigits), (outcome.Faults[0].Line, Assert.Single(outcome.Faults).Code));
        Assert.Equal(
            ["有 1 行只有序号，没有内容，没有作为数据", "1 人写为资助对象而部门名单中没有，按名单为准；请与民政、乡村振兴核对：第 8 行"],
            outcome.Notes.Where(note => !note.StartsWith("表下的说明", StringComparison.Ordinal)));
        var again = await area.ReadAsync(session => tables.Desk.TryAsync(session, TestArea.Code, rejects, Tables.Order()));
        Assert.Equal((1, 1, IntakeFault.LostDigits), (again.Rows, again.Refused, again.Faults[0].Code));
    }
}
