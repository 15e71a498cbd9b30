using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Collecting;

public class SchoolDeskTests
{
    [Theory, OnBothEngines, Clause("laishan 四(四)-schools")]
    public async Task Parents_have_three_days_from_the_notice_that_follows_the_confirmed_list(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        await village.RefusedAsync("C134", "school1", Register);
        var (first, second) = (await PupilAsync(village), await PupilAsync(village));
        await village.EnrolAsync();
        await village.RefusedAsync("C133", "street1", Register);
        long id = (await village.AsAsync("school1", Register)).BatchId;
        await village.RefusedAsync("C131", "school1", (act, viewer) => SchoolDesk.NotifyAsync(act, viewer, id, act.Today));
        await village.RefusedAsync("C133", "street1", (act, viewer) => SchoolDesk.ConfirmAsync(act, viewer, id, 2));
        await village.RefusedAsync("C136", "tax1", (act, viewer) => SchoolDesk.ConfirmAsync(act, viewer, id, 3));
        await village.AsAsync("tax1", (act, viewer) => SchoolDesk.ConfirmAsync(act, viewer, id, 2));
        await village.RefusedAsync("C144", "school1", (act, viewer) => SchoolDesk.NotifyAsync(act, viewer, id, new(2021, 11, 4)));
        await village.RefusedAsync("C144", "school1", (act, viewer) => SchoolDesk.NotifyAsync(act, viewer, id, new(2021, 11, 6)));
        await village.AsAsync("school1", (act, viewer) => SchoolDesk.NotifyAsync(act, viewer, id, act.Today));
        // Days of the calendar: from Friday to Monday.
        var clock = (await village.FileAsync(id))!.Clock!;
        Assert.Equal((new DateOnly(2021, 11, 8), 3, ClockState.Running), (clock.Row.DueOn, clock.DaysLeft, clock.State));
        await village.TakeAsync("agent1", first.PersonId);
        var desk = new SchoolDesk(village.Area.Dues);
        var (count, owing) = await village.Area.ReadAsync(async session => (
            await SchoolDesk.CountAsync(session, TestArea.Code, new("/bg/bg-s/"), TestArea.Year),
            await desk.OwingAsync(session, TestArea.Code, new("/bg/bg-s/"), (TestArea.Year, new(2021, 11, 5)), (0, 10))));
        Assert.Equal(new PupilCount(2, 1), count);
        Assert.Equal(
            (second.PersonId, "一班", Money.FromFen(Village.Standard)), owing.ConvertAll(one => (one.PersonId, one.ClassName, one.Owes))[0]);

        static Task<CollectionBatchRow> Register(Act act, Viewer viewer) => SchoolDesk.RegisterAsync(act, viewer, TestArea.Year);
    }

    [Theory, OnBothEngines, Clause("laishan 四(四)-schools")]
    public async Task A_university_collects_and_pays_as_a_batch(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var (first, second) = (await PupilAsync(village), await PupilAsync(village));
        var paid = await village.TakeAsync("school1", first.PersonId, "bg-s");
        await village.TakeAsync("school1", second.PersonId, "bg-s");
        long id = paid.BatchId!.Value;
        Assert.Equal(TestArea.Village, paid.Unit);
        await village.AsAsync("school1", (act, viewer) => BatchDesk.SubmitAsync(act, viewer, id));
        await village.RefusedAsync("C133", "street1", (act, viewer) => BatchDesk.ReturnAsync(act, viewer, id, [paid.PaymentId], "不在校"));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.ReturnAsync(act, viewer, id, [paid.PaymentId], "不在校"));
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(act, viewer, id, Village.Count(1), "SB-9"));
        var clock = (await village.FileAsync(id))!.Clock!.Row;
        Assert.Equal(("school", "bg-s"), (clock.Office, clock.Unit));
        await village.RefusedAsync("C133", "street1", Deposit);
        await village.AsAsync("school1", Deposit);
        await village.AsAsync("tax1", (act, viewer) => BatchDesk.SettleAsync(act, viewer, id, Money.FromFen(Village.Standard), "RK-9"));
        Assert.Equal(
            (Village.Standard, Village.Standard), (await village.CashAsync("school1"), await village.BalanceAsync(Accounts.Treasury)));

        Task<CollectionBatchRow> Deposit(Act act, Viewer viewer) =>
            BatchDesk.DepositAsync(act, viewer, id, Money.FromFen(Village.Standard), Village.Slip());
    }

    static Task<PersonRow> PupilAsync(Village village) =>
        village.EnrolAsync(status => status with { SchoolUnit = "bg-s-1", Student = Student.School });
}
