using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Work.Collecting;
using Canbao.Core.Work;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Offline;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Offline;

/// <summary>What a phone collected offline; each test ends by asking whether the money adds up (<see cref="Village"/>).</summary>
public class TakingDeskTests
{
    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task Cash_taken_offline_is_a_line_of_the_batch_with_the_receipt_that_was_given(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long person = (await village.EnrolAsync()).PersonId;
        var before = await village.PayAsync();
        var phone = await Phone.TakeAsync(village, "agent1", person);
        var taking = phone.Collect(person);
        // Sent the next day, it counts for its own.
        village.Area.Clock.Set("2021-11-06 08:00");
        Assert.Equal(new(taking.Key, "posted"), Assert.Single(await phone.SendAsync(taking)));
        var lines = (await village.FileAsync(before.BatchId!.Value))!.Lines;
        var paid = lines[1].Payment;
        Assert.Equal(("370481-2022-L0001-001", new DateOnly(2021, 11, 5), "cash", "agent1"),
            (paid.ReceiptNo, paid.PaidOn, paid.Channel, paid.Account));
        Assert.Equal(2 * Village.Standard, await village.CashAsync("agent1"));
        // The next receipt of the batch has the next number of its own.
        Assert.Equal("370481-2022-0001-002", (await village.PayAsync()).ReceiptNo);
        var check = await village.Area.ReadAsync(session =>
            new ReceiptDesk(village.Area.Vault).CheckAsync(session, paid.ReceiptNo, phone.Code(taking)));
        Assert.Equal(paid.PaymentId, check!.Payment.PaymentId);
    }

    [Theory, OnBothEngines]
    public async Task Sent_again_or_at_once_it_is_recorded_once_and_answered_alike(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long[] people = [(await village.EnrolAsync()).PersonId, (await village.EnrolAsync()).PersonId];
        var phone = await Phone.TakeAsync(village, "agent1", people);
        PhoneTaking[] all = [.. people.Select(person => phone.Collect(person))];
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => phone.SendAsync(all)));
        Assert.All(answers, each => Assert.Equal(["posted", "posted"], each.Select(answer => answer.State)));
        Assert.Equal(2, answers.Sum(each => each.Count(answer => !answer.IsEcho)));
        Assert.All(await phone.SendAsync(all), answer => Assert.Equal(("posted", true), (answer.State, answer.IsEcho)));
        Assert.Equal(2 * Village.Standard, await village.CashAsync("agent1"));
        // A deed that changes nothing leaves no trace.
        Assert.Equal(2, await village.Area.ReadAsync(session => session.Table<ActRow>()
            .CountAsync(row => row.Area == TestArea.Code && row.Kind == "offline.take")));
    }

    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task Of_two_phones_one_is_posted_and_the_other_gives_the_cash_back(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long person = (await village.EnrolAsync()).PersonId;
        var (first, second) = (await Phone.TakeAsync(village, "agent1", person), await Phone.TakeAsync(village, "agent2", person));
        var (one, other) = (first.Collect(person), second.Collect(person));
        Assert.Equal("posted", Assert.Single(await first.SendAsync(one)).State);
        var refused = Assert.Single(await second.SendAsync(other));
        Assert.Equal(("refused", "C102", false), (refused.State, refused.Code, refused.IsEcho));
        Assert.Equal(refused with { IsEcho = true }, Assert.Single(await second.SendAsync(other)));

        // The money lies in the drawer, and is nobody's line.
        Assert.Equal((Village.Standard, -Village.Standard), (
            await village.CashAsync("agent2"), await village.BalanceAsync(Accounts.GiveBack("agent2"))));
        Assert.Empty(await village.Area.ReadAsync(session => BatchFiles.ListAsync(
            session, TestArea.Code, new(new("/bg/"), TestArea.Year) { Agent = "agent2" }, (0, 10))));
        var back = Assert.Single(await village.Area.ReadAsync(
            session => TakingDesk.ToGiveBackAsync(session, village.Who("agent2"), "agent2")));
        Assert.Equal(("370481-2022-L0002-001", "张三", Village.Standard, "C102"), (back.Receipt, back.Name, back.Fen, back.Code));
        await village.RefusedAsync("C141", "street1", (act, viewer) => CashBook.HandOverAsync(act, viewer, "agent2", "agent1"));
        await village.RefusedAsync("C217", "agent1", (act, viewer) => TakingDesk.GiveBackAsync(act, viewer, other.Key));
        await village.RefusedAsync("C217", "branch", (act, viewer) => TakingDesk.GiveBackAsync(act, viewer, other.Key));
        await village.RefusedAsync("C217", "agent1", (act, viewer) => TakingDesk.GiveBackAsync(act, viewer, one.Key));
        await village.AsAsync("agent2", (act, viewer) => TakingDesk.GiveBackAsync(act, viewer, other.Key));
        await village.RefusedAsync("C217", "agent2", (act, viewer) => TakingDesk.GiveBackAsync(act, viewer, other.Key));
        Assert.Equal((0, 0), (await village.CashAsync("agent2"), await village.BalanceAsync(Accounts.GiveBack("agent2"))));
    }

    [Theory, OnBothEngines]
    public async Task What_changed_since_the_bag_was_taken_is_told_and_given_back(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var changed = await village.EnrolAsync();
        var (gone, moved) = (await village.EnrolAsync(), await village.EnrolAsync());
        var phone = await Phone.TakeAsync(village, "agent1", changed.PersonId, gone.PersonId, moved.PersonId);
        PhoneTaking[] all = [phone.Collect(changed.PersonId), phone.Collect(gone.PersonId), phone.Collect(moved.PersonId)];
        await village.Area.DoAsync("spoil", async act =>
        {
            // Of an age for which others pay, no longer enrolled, and of a village that is not the agent's.
            await act.Session.Table<PersonRow>().Where(row => row.Area == act.Area && row.PersonId == changed.PersonId)
                .Set(row => row.BornOn, new DateOnly(1945, 3, 20)).UpdateAsync();
            await act.Session.Table<EnrolmentRow>().Where(row => row.Area == act.Area && row.PersonId == gone.PersonId)
                .Set(row => row.EndedOn, act.Today).Set(row => row.EndReason, "moved").UpdateAsync();
            await act.Session.Table<EnrolmentRow>().Where(row => row.Area == act.Area && row.PersonId == moved.PersonId)
                .Set(row => row.Unit, TestArea.FarVillage).UpdateAsync();
        });
        var answers = await phone.SendAsync(all);
        Assert.Equal(["C213", "C101", "C215"], answers.Select(answer => answer.Code));
        Assert.All(answers, answer => Assert.Contains("320.00 元退给本人", answer.Text, StringComparison.Ordinal));
        Assert.Equal(3 * Village.Standard, await village.CashAsync("agent1"));
    }

    [Theory, OnBothEngines]
    public async Task A_batch_that_was_handed_in_meanwhile_closes_no_door(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long person = (await village.EnrolAsync()).PersonId;
        var phone = await Phone.TakeAsync(village, "agent1", person);
        var taking = phone.Collect(person);
        long id = await village.UntilAsync(Batches.Declared);
        Assert.Equal("posted", Assert.Single(await phone.SendAsync(taking)).State);
        var paid = await village.Area.ReadAsync(session => session.Table<PaymentRow>()
            .SingleAsync(row => row.Area == TestArea.Code && row.PersonId == person));
        Assert.NotEqual(id, paid.BatchId);
        Assert.Equal(Batches.Open, await village.StateAsync(paid.BatchId!.Value));
    }

    [Theory, OnBothEngines]
    public async Task What_no_phone_can_have_is_recorded_nowhere_and_stays_on_it(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long[] people = [(await village.EnrolAsync()).PersonId, (await village.EnrolAsync()).PersonId];
        var phone = await Phone.TakeAsync(village, "agent1", people);
        var taking = phone.Collect(people[0]);
        var dearer = taking.Quote with { Fen = taking.Quote.Fen + 1 };
        await HeldAsync("C212", taking with { Quote = dearer });
        await HeldAsync("C212", taking with { Quote = taking.Quote with { PersonId = people[1] } });
        await HeldAsync("C212", taking with { Signature = "" });
        await HeldAsync("C212", taking with { Line = phone.Bag.Numbers + 1 });
        await HeldAsync("C212", taking with { Line = 0 });
        await HeldAsync("C211", taking with { BagId = 7 });
        var other = await Phone.Desk(village).ReceiveAsync(village.Area.Database, village.Who("agent2"), taking);
        Assert.Equal(("held", "C211"), (other.State, other.Code));
        Assert.Equal(0, await village.CashAsync("agent1"));

        // A key or number that stands for something else.
        await phone.SendAsync(taking);
        var second = phone.Collect(people[1]);
        await HeldAsync("C216", second with { Key = taking.Key });
        await HeldAsync("C216", second with { Line = taking.Line });
        await HeldAsync("C216", taking with { VoidReason = "收错" });
        Assert.Equal("posted", Assert.Single(await phone.SendAsync(second)).State);

        async Task HeldAsync(string code, PhoneTaking sent)
        {
            var answer = Assert.Single(await phone.SendAsync(sent));
            Assert.Equal(("held", code), (answer.State, answer.Code));
        }
    }

    [Theory, OnBothEngines]
    public async Task Only_the_day_of_the_bag_counts(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var phone = await Phone.TakeAsync(village, "agent1", (await village.EnrolAsync()).PersonId, (await village.EnrolAsync()).PersonId,
            (await village.EnrolAsync()).PersonId);
        PhoneTaking[] all = [.. phone.People.ToArray().Select(person => phone.Collect(person))];
        all[0] = all[0] with { TakenAt = all[0].TakenAt.AddHours(15) };
        all[1] = all[1] with { TakenAt = all[1].TakenAt.AddHours(1) };
        all[2] = all[2] with { TakenAt = all[2].TakenAt.AddHours(-1) };
        Assert.All(await phone.SendAsync(all), answer => Assert.Equal(("refused", "C214"), (answer.State, answer.Code)));
    }

    [Theory, OnBothEngines]
    public async Task What_was_voided_on_the_phone_moves_no_money_and_keeps_its_number(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long person = (await village.EnrolAsync()).PersonId;
        var phone = await Phone.TakeAsync(village, "agent1", person);
        var mistaken = phone.Collect(person) with { VoidReason = "收错人 370481198503200015" };
        var again = phone.Collect(person);
        Assert.Equal(["void", "posted"], (await phone.SendAsync(mistaken, again)).Select(answer => answer.State));
        Assert.Equal(Village.Standard, await village.CashAsync("agent1"));
        var kept = await village.Area.ReadAsync(session => Bags.TakingAsync(session, TestArea.Code, mistaken.Key));
        Assert.DoesNotContain("370481198503200015", kept!.Reason, StringComparison.Ordinal);
        var numbers = new[] { 1, 2, 3, 99 }.Select(line => Bags.ReceiptNo(phone.Bag, line));
        var told = new List<string?>();
        foreach (var number in numbers)
            told.Add(await village.Area.ReadAsync(session => ReceiptDesk.IssuedAsync(session, number)));
        Assert.Equal(["void", null, "", null], told);
    }

    [Theory, OnBothEngines]
    public async Task A_bag_comes_back_when_another_is_taken_on_the_device(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var (first, elsewhere, second) = (await IssueAsync("phone-1"), await IssueAsync("phone-2"), await IssueAsync("phone-1"));
        Assert.Equal([1, 2, 3], new[] { first, elsewhere, second }.Select(bag => bag.Number));
        await village.RefusedAsync("C211", "agent2", (act, _) => BagDesk.ReturnAsync(act, second.BagId));
        await village.AsAsync("agent1", (act, _) => BagDesk.ReturnAsync(act, second.BagId));
        await village.AsAsync("agent1", (act, _) => BagDesk.ReturnAsync(act, second.BagId));
        var listed = await village.Area.ReadAsync(session =>
            BagDesk.ListAsync(session, TestArea.Code, new("/bg/"), "agent1", (0, 10)));
        Assert.Equal([true, false, true], listed.Select(one => one.Bag.ReturnedAt is not null));
        Assert.All(listed, one => Assert.Equal((15, 15), (one.Bag.Numbers, one.Unused)));
        Assert.Empty(await village.Area.ReadAsync(session => BagDesk.ListAsync(session, TestArea.Code, new("/bg/bg-02/"), "", (0, 10))));

        Task<CollectionBagRow> IssueAsync(string device) =>
            village.AsAsync("agent1", (act, _) => BagDesk.IssueAsync(act, TestArea.Year, TestArea.Village, device, 5));
    }

    [Theory, OnBothEngines]
    public async Task The_bag_holds_the_own_households_that_owe(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var area = village.Area;
        var owing = await FoundAsync(TestArea.Village, "H1", new(1985, 3, 20));
        await FoundAsync(TestArea.Village, "H2", new(1945, 3, 20));
        await FoundAsync(TestArea.OtherVillage, "H3", new(1985, 3, 20));
        var desk = new BagDesk(new(area.Dues));
        var found = await ReadAsync("agent1", TestArea.Village);
        Assert.Equal(owing, Assert.Single(found).View.Household.HouseholdId);
        Assert.Equal(2, (await ReadAsync("street1", "bg")).Count);
        Assert.Equal("C210", (await Assert.ThrowsAsync<RefusedException>(() => ReadAsync("agent1", TestArea.OtherVillage))).Code);

        Task<IReadOnlyList<HouseholdFile>> ReadAsync(string login, string unit) => area.ReadAsync(
            session => desk.ReadAsync(session, village.Who(login), TestArea.Year, unit, new(2021, 11, 5)));

        async Task<long> FoundAsync(string unit, string number, DateOnly born)
        {
            long household = (await area.DoAsync("found", act => Households.FoundAsync(act, unit, number, "1号"))).HouseholdId;
            var person = await area.RegisterAsync("李四", born, 2 * number[1] + 1, household, status => status with { Unit = unit });
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
            return household;
        }
    }

    [Theory, OnBothEngines]
    public async Task The_check_finds_numbers_and_cash_that_do_not_fit(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        long person = (await village.EnrolAsync()).PersonId;
        var (first, second) = (await Phone.TakeAsync(village, "agent1", person), await Phone.TakeAsync(village, "agent2", person));
        var (one, other) = (first.Collect(person), second.Collect(person));
        await first.SendAsync(one);
        await second.SendAsync(other);
        var paid = await village.PayAsync();
        await FindsAsync("G117", act => ReceiptAsync(act, paid.PaymentId, "370481-2022-0001-003"));
        await FindsAsync("", act => ReceiptAsync(act, paid.PaymentId, paid.ReceiptNo));
        await FindsAsync("G118", act => TakingAsync(act, one.Key, row => row with { Line = 2 }));
        await FindsAsync("G118", act => TakingAsync(act, one.Key, row => row with { Line = 1, Amount = 1 }));
        await FindsAsync("", act => TakingAsync(act, one.Key, row => row with { Amount = one.Quote.Fen }));
        await FindsAsync("G119", act => TakingAsync(act, other.Key, row => row with { BackId = row.TransferId }));
        await FindsAsync("", act => TakingAsync(act, other.Key, row => row with { BackId = null }));

        async Task FindsAsync(string code, Func<Act, Task> spoil)
        {
            await village.Area.DoAsync("spoil", spoil);
            var faults = await village.Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code));
            Assert.Equal(code, string.Join(';', faults.Select(fault => fault.Code).Distinct()));
        }

        static Task ReceiptAsync(Act act, long payment, string number) => act.Session.Table<PaymentRow>()
            .Where(row => row.Area == act.Area && row.PaymentId == payment).Set(row => row.ReceiptNo, number).UpdateAsync();

        static async Task TakingAsync(Act act, string key, Func<BagTakingRow, BagTakingRow> change) =>
            await act.Session.Data.UpdateAsync(change((await Bags.TakingAsync(act.Session, act.Area, key))!));
    }
}
