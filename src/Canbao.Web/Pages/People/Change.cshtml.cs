using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Changes;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>Changes of one person from a day on, and corrections; each says why.</summary>
sealed class ChangeModel(People people, RegisterDesk desk, LifeEvents events, ChangeDesk changes) : ChangePage(changes)
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>From this day on.</summary>
    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? DiedOn { get; set; }

    [BindProperty]
    public DateOnly? BornOn { get; set; }

    [BindProperty]
    public PersonForm Form { get; set; } = new();

    /// <summary>The number of the household that the person joins.</summary>
    [BindProperty]
    public string HouseholdNumber { get; set; } = "";

    public PersonInUnit Found { get; private set; } = null!;

    public EnrolmentRow? Enrolment { get; private set; }

    public void OnGet()
    {
        var status = Found.Status;
        From = Today;
        Form = new()
        {
            Name = Found.Person.Name,
            Address = status.Address,
            Residence = status.Residence,
            PermitUntil = status.PermitUntil,
            Employment = status.Employment,
            Student = status.Student,
            ScopeStatus = status.ScopeStatus,
            OtherCover = status.OtherCover,
            Relation = status.Relation,
        };
    }

    public Task<IActionResult> OnPostStatusAsync()
    {
        if (Form.Residence == Residence.ResidencePermit && Form.PermitUntil is null)
            throw new RefusedException("W104", "持居住证的，请填写居住证到期日");
        return ChangeAsync("登记信息已变更", act => people.ChangeAsync(act, Id, From ?? Today, status => status with
        {
            Address = Form.Address.Trim(),
            Residence = Form.Residence,
            PermitUntil = Form.Residence == Residence.ResidencePermit ? Form.PermitUntil : null,
            Employment = Form.Employment,
            Student = Form.Student,
            ScopeStatus = Form.ScopeStatus,
            OtherCover = Form.OtherCover,
        }));
    }

    public Task<IActionResult> OnPostPhoneAsync()
    {
        var phone = Form.Phone.Trim();
        if (phone.Length > 0 && !People.IsPhone(phone))
            throw new RefusedException("W105", "电话号码应为 7 至 12 位数字；不填表示去掉电话");
        return DoAsync("person.change", "电话已变更", act => people.ChangePhoneAsync(act, Id, Today, phone.Length == 0 ? null : phone));
    }

    public Task<IActionResult> OnPostNameAsync() => PersonName.TryParse(Form.Name, out var name, out var refusal)
        ? DoAsync("person.change", "姓名已更正", act => People.CorrectNameAsync(act, Id, name))
        : throw new RefusedException("W106", refusal.Text);

    public async Task<IActionResult> OnPostNumberAsync()
    {
        if (!CitizenNumber.TryParse(Form.Number, out var number, out var refusal))
            throw new RefusedException("W108", refusal.Text);
        var order = ChangeOrder.Number((people, events), Id, [Years.Earlier, Years.Later], number);
        return await ChangeAsync("person.change", order, async () =>
        {
            var kept = await Database.ReadAsync(session => People.FindAsync(session, Viewer.Area, Id), Cancel);
            return Done($"/people/{kept!.PersonId}", kept.PersonId == Id ? "证件号码已更正" : "该号码已有登记，两条记录已合并");
        });
    }

    public Task<IActionResult> OnPostBirthAsync() => BornOn is { } day
        ? ChangeAsync("出生日期已更正", act => people.CorrectBirthAsync(act, Id, day))
        : throw new RefusedException("W109", "请填写出生日期");

    public Task<IActionResult> OnPostDiedAsync() => DiedOn is { } day
        ? ChangeAsync("死亡已登记，死亡之后年度的参保登记已注销", act => events.DieAsync(act, Id, day))
        : throw new RefusedException("W109", "请填写死亡日期");

    public Task<IActionResult> OnPostNotDeadAsync() => ChangeAsync(
        "死亡登记已撤销；已注销的参保登记如需恢复，请重新登记", act => People.NotDeadAsync(act, Id));

    public Task<IActionResult> OnPostJoinAsync() => ChangeAsync("已转入该户", async act =>
    {
        var household = await Households.FindByNumberAsync(act.Session, act.Area, Viewer.Scope, HouseholdNumber.Trim())
            ?? throw new RefusedException("R112", "没有找到这个户号的家庭户；请核对户号");
        await Households.JoinAsync(act, people, household.HouseholdId, (Id, Form.Relation), From ?? Today);
    });

    public Task<IActionResult> OnPostCancelAsync() => DoAsync(
        "enrol.cancel", $"已注销 {Year} 年度登记", act => desk.CancelAsync(act, Year, Id, Reason.Trim()));

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        (Found, Enrolment) = await Database.ReadAsync(
            async session => (
                (await People.FindWithinAsync(session, Viewer.Area, Viewer.Scope, Id))!,
                await Enrolments.FindAsync(session, Viewer.Area, Year, Id)),
            Cancel);
        return Found is not null;
    }

    Task<IActionResult> ChangeAsync(string said, Func<Act, Task> change) =>
        ChangeAsync("person.change", Order([Id], change), () => Task.FromResult(Done($"/people/{Id}", said)));

    async Task<IActionResult> DoAsync(string kind, string said, Func<Act, Task> change)
    {
        RequireReason();
        await Act.DoAsync(Database, Viewer.Area, Doer(Reason.Trim()), kind, change, Cancel);
        return Done($"/people/{Id}", said);
    }
}
