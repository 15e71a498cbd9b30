using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Collection;

public class ChannelDeskTests
{
    const string WeChat = "wechat";
    static readonly DateOnly Born = new(1985, 3, 20);

    [Theory, OnBothEngines, Clause("laishan 四(一)-(三),(五)")]
    public async Task A_payment_is_posted_once_whatever_is_sent_again(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await EnrolledAsync(area, 1);
        var pay = Pay("1001", 1);
        var first = Assert.Single(await TakeAsync(area, pay));
        Assert.Equal(ChannelNotices.Posted, first.State);
        // Again, twice at once, and as a notice of the same money.
        var again = await TakeAsync(area, pay, pay, pay with { HasMoved = true });
        Assert.All(again, answer => Assert.Equal(first with { IsEcho = true }, answer));
        Assert.Equal("C110", Assert.Single(await TakeAsync(area, pay with { Amount = Money.FromFen(100) })).Code);
        Assert.Equal("C102", Assert.Single(await TakeAsync(area, Pay("1002", 1))).Code);
        await IsSoundAsync(area, (Accounts.Channel(WeChat), 32_000), (Accounts.Dues(TestArea.Year), -32_000));
    }

    [Theory, OnBothEngines]
    public async Task Money_that_fits_nobody_waits_until_somebody_decides(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, 1);
        await EnrolledAsync(area, 3);
        var answers = await TakeAsync(
            area,
            Pay("1", 1) with { HasMoved = true, Amount = Money.FromFen(32_100) },
            Pay("2", 1) with { HasMoved = true, Name = "李四" },
            Pay("3", 1) with { HasMoved = true, Number = "不是号码" },
            Pay("4", 3) with { HasMoved = true });
        Assert.Equal(["C104", "C106", "C106", ""], answers.Select(answer => answer.Code));
        Assert.Equal([ChannelNotices.Suspense, ChannelNotices.Suspense, ChannelNotices.Suspense, ChannelNotices.Posted],
            answers.Select(answer => answer.State));
        await IsSoundAsync(
            area, (Accounts.Suspense, -96_100), (Accounts.Channel(WeChat), 128_100), (Accounts.Dues(TestArea.Year), -32_000));
        await area.DoAsync("suspense.match", act => Desk(area).MatchAsync(act, WeChat, "2", person.PersonId));
        await area.DoAsync("suspense.return", act => ChannelDesk.ReturnAsync(act, WeChat, "1"));
        Assert.Equal("C121", (await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("suspense.return", act => ChannelDesk.ReturnAsync(act, WeChat, "1")))).Code);
        Assert.Equal("C102", (await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("suspense.match", act => Desk(area).MatchAsync(act, WeChat, "3", person.PersonId)))).Code);
        await IsSoundAsync(area, (Accounts.Suspense, -32_000), (Accounts.Refunds, -32_100), (Accounts.Channel(WeChat), 128_100),
            (Accounts.Dues(TestArea.Year), -64_000));
    }

    [Theory, OnBothEngines]
    public async Task What_does_not_fit_is_refused_before_money_moves(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, 1);
        await area.RegisterAsync("张三", Born, 3);
        var answers = await TakeAsync(
            area,
            Pay("1", 1) with { Amount = Money.FromFen(31_999) },
            Pay("2", 3),
            Pay("3", 5),
            Pay("4", 1) with { PaidAt = area.Clock.GetUtcNow().AddMinutes(6) },
            Pay("5", 1) with { PaidAt = area.Clock.GetUtcNow().AddMinutes(6), HasMoved = true },
            Pay("6", 1) with { PaidAt = new(2021, 10, 1, 0, 0, 0, TimeSpan.Zero) });
        Assert.Equal(["C104", "C101", "C106", "C108", "C108", "C113"], answers.Select(answer => answer.Code));
        Assert.All(answers, answer => Assert.True(answer.IsRefused));
        await area.DoAsync("person.died", act => People.DiedAsync(act, person.PersonId, new(2021, 11, 1)));
        Assert.Equal("C107", Assert.Single(await TakeAsync(area, Pay("7", 1))).Code);
        await IsSoundAsync(area);
    }

    [Theory, OnBothEngines, Clause("lingyuan 二")]
    public async Task A_request_gets_no_earlier_days_price_and_a_notice_keeps_its_own(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await area.DoAsync("bind", act => Canbao.Core.Assessment.Dues.PackBindings.BindAsync(
            act, area.Shelf, "bg", TestArea.Year, new(2021, 9, 2), "lingyuan-2022"));
        area.Clock.Set("2022-06-30 20:00");
        foreach (int sequence in new[] { 1, 3, 5 })
            await EnrolledAsync(area, sequence);
        var before = area.Clock.GetUtcNow();
        area.Clock.Set("2022-07-01 20:00");
        // A day ago to the second is a slow line; one second more would be a choice of the cheaper day.
        var old = before.AddSeconds(-1);
        Assert.Equal(
            ["C113", "", ""],
            (await TakeAsync(area, Told("1", 1, old), Told("2", 1, before), Told("3", 3, old) with { HasMoved = true }))
                .Select(answer => answer.Code));
        // Refused is not kept: the same number may ask again, at today's price.
        Assert.Equal("C104", Assert.Single(await TakeAsync(area, Told("1", 5, area.Clock.GetUtcNow()))).Code);
        area.Clock.Set("2022-07-03 20:00");
        // What was posted is echoed, however late it is asked for again.
        Assert.Equal("", Assert.Single(await TakeAsync(area, Told("2", 1, before))).Code);

        static ChannelMessage Told(string reference, int sequence, DateTimeOffset at) =>
            Pay(reference, sequence) with { Amount = Money.FromFen(33_000), PaidAt = at };
    }

    /// <summary>Who is registered for one year cannot pay for another by a slip of the finger.</summary>
    [Theory, OnBothEngines, Clause("jincheng 五(二)")]
    public async Task The_wrong_year_is_refused_before_money_moves(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, 1);
        var wrong = new InsuranceYear(2023);
        var (asked, moved) = (Pay("1", 1) with { Year = wrong }, Pay("2", 1) with { Year = wrong, HasMoved = true });
        Assert.Equal(["", ChannelNotices.Suspense], (await TakeAsync(area, asked, moved)).Select(answer => answer.State));
        Assert.Empty(await area.ReadAsync(session => Payments.OfAsync(session, TestArea.Code, [2022, 2023], [person.PersonId])));
        Assert.Equal(ChannelNotices.Posted, Assert.Single(await TakeAsync(area, Pay("3", 1))).State);
        await IsSoundAsync(area, (Accounts.Suspense, -32_000), (Accounts.Dues(TestArea.Year), -32_000), (Accounts.Dues(wrong), 0));
    }

    /// <summary>A bank's people in the villages are a channel beside its counters: own numbers, own money to deposit.</summary>
    [Theory, OnBothEngines, Clause("lishi 六(十四)")]
    public async Task A_banks_collection_in_villages_is_a_channel_of_its_own(Engine engine)
    {
        const string Field = "rural-bank-field";
        await using var area = await TestArea.CreateAsync(engine);
        await EnrolledAsync(area, 1);
        await EnrolledAsync(area, 3);
        await TakeAsync(area, Pay("1", 1));
        var answer = Assert.Single(await area.DoAsync(
            "channel.take", act => Desk(area).TakeAsync(act, Field, [Pay("1", 3) with { HasMoved = true }]), "@field"));
        Assert.Equal(ChannelNotices.Posted, answer.State);
        Assert.Equal(
            [32_000], (await area.ReadAsync(session => ChannelNotices.OfDayAsync(session, TestArea.Code, Field, new(2021, 11, 5))))
                .Select(row => row.Amount));
        await IsSoundAsync(area, (Accounts.Channel(Field), 32_000), (Accounts.Channel(WeChat), 32_000));
    }

    [Theory, OnBothEngines]
    public async Task What_a_channel_took_back_is_not_posted_any_more(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await EnrolledAsync(area, 1);
        await CancelAsync("1");
        await CancelAsync("1");
        Assert.Equal("C111", Assert.Single(await TakeAsync(area, Pay("1", 1))).Code);
        // The money moved all the same.
        Assert.Equal((ChannelNotices.Suspense, "C111"), Told(await TakeAsync(area, Pay("1", 1) with { HasMoved = true })));
        await IsSoundAsync(area, (Accounts.Suspense, -32_000), (Accounts.Channel(WeChat), 32_000));
        await CancelAsync("1");
        await IsSoundAsync(area, (Accounts.Suspense, 0), (Accounts.Channel(WeChat), 0));
        Assert.Equal("C111", Assert.Single(await TakeAsync(area, Pay("1", 1) with { HasMoved = true })).Code);
        Assert.Equal(ChannelNotices.Posted, Assert.Single(await TakeAsync(area, Pay("2", 1))).State);
        Assert.Equal("C112", (await Assert.ThrowsAsync<RefusedException>(() => CancelAsync("2"))).Code);

        Task CancelAsync(string reference) =>
            area.DoAsync("channel.cancel", act => Desk(area).CancelAsync(act, WeChat, Pay(reference, 1)));
        static (string, string) Told(IReadOnlyList<ChannelAnswer> answers) => (answers[0].State, answers[0].Code);
    }

    [Theory, OnBothEngines]
    public async Task A_payment_taken_back_gives_the_money_and_ends_the_cover(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var person = await EnrolledAsync(area, 1);
        await TakeAsync(area, Pay("1", 1));
        var payment = await area.ReadAsync(session => session.Table<PaymentRow>().SingleAsync(row => row.Area == TestArea.Code));
        await area.DoAsync("refund", act => Posting.ReverseAsync(act, payment.PaymentId, Accounts.Channel(WeChat), "refund"));
        Assert.Equal("C121", (await Assert.ThrowsAsync<RefusedException>(
            () => area.DoAsync("refund", act => Posting.ReverseAsync(act, payment.PaymentId, Accounts.Channel(WeChat), "refund")))).Code);
        Assert.Empty(await area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [person.PersonId])));
        await IsSoundAsync(area, (Accounts.Channel(WeChat), 0), (Accounts.Dues(TestArea.Year), 0));
        // Paying again opens a span that begins on the same day.
        await TakeAsync(area, Pay("2", 1));
        Assert.Single(await area.ReadAsync(session => Covers.OfAsync(session, TestArea.Code, [2022], [person.PersonId])));
        await IsSoundAsync(area, (Accounts.Channel(WeChat), 32_000), (Accounts.Dues(TestArea.Year), -32_000));
    }

    /// <summary>A notice of no money, or less, is refused by itself; the others of its batch are taken.</summary>
    [Theory, OnBothEngines]
    public async Task A_notice_of_no_money_holds_up_no_other(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await EnrolledAsync(area, 1);
        var answers = await TakeAsync(
            area,
            Pay("1", 1) with { HasMoved = true, Amount = Money.Zero },
            Pay("2", 1) with { HasMoved = true, Amount = Money.FromFen(-1) },
            Pay("3", 1));
        Assert.Equal(["C104", "C104", ""], answers.Select(answer => answer.Code));
        Assert.Equal([true, true, false], answers.Select(answer => answer.IsRefused));
        Assert.Equal("C104", (await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync(
            "channel.cancel", act => Desk(area).CancelAsync(act, WeChat, Pay("4", 1) with { Amount = Money.Zero })))).Code);
        await IsSoundAsync(area, (Accounts.Suspense, 0), (Accounts.Channel(WeChat), 32_000));
    }

    /// <summary>What is answered does not hang on what else came at the same time: a refused telling leaves its number free.</summary>
    [Theory, OnBothEngines]
    public async Task A_number_that_was_refused_is_free_within_the_batch_too(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await EnrolledAsync(area, 1);
        await EnrolledAsync(area, 3);
        var wrong = Pay("1", 1) with { Amount = Money.FromFen(100) };
        var early = Pay("2", 3) with { HasMoved = true, PaidAt = area.Clock.GetUtcNow().AddHours(1) };
        var answers = await TakeAsync(area, wrong, Pay("1", 1), wrong, Pay("1", 1), early, Pay("2", 3) with { HasMoved = true });
        Assert.Equal(["C104", "", "C104", "", "C108", ""], answers.Select(answer => answer.Code));
        Assert.Equal([false, false, false, true, false, false], answers.Select(answer => answer.IsEcho));
        Assert.Equal("C110", Assert.Single(await TakeAsync(area, wrong)).Code);
        await IsSoundAsync(area, (Accounts.Channel(WeChat), 64_000), (Accounts.Dues(TestArea.Year), -64_000));
    }

    /// <summary>Money that waited and was decided about is no longer said to wait.</summary>
    [Theory, OnBothEngines]
    public async Task What_was_decided_is_not_said_to_wait(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var wrong = Pay("1", 1) with { HasMoved = true };
        Assert.NotEmpty(Assert.Single(await TakeAsync(area, wrong)).Text);
        await area.DoAsync("suspense.return", act => ChannelDesk.ReturnAsync(act, WeChat, "1"));
        var again = Assert.Single(await TakeAsync(area, wrong));
        Assert.Equal((ChannelNotices.Settled, "C106", ""), (again.State, again.Code, again.Text));
    }

    static ChannelDesk Desk(TestArea area) => new(area.Dues, area.Vault);

    static ChannelMessage Pay(string reference, int sequence) =>
        new(reference, TestArea.Year, Money.FromFen(32_000), new(2021, 11, 5, 1, 0, 0, TimeSpan.Zero))
        {
            Number = TestArea.Number(Born, sequence).Full,
            Name = "张三",
        };

    static Task<IReadOnlyList<ChannelAnswer>> TakeAsync(TestArea area, params ChannelMessage[] messages) =>
        area.DoAsync("channel.take", act => Desk(area).TakeAsync(act, WeChat, messages), "@wechat");

    static async Task<PersonRow> EnrolledAsync(TestArea area, int sequence)
    {
        var person = await area.RegisterAsync("张三", Born, sequence);
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        return person;
    }

    static async Task IsSoundAsync(TestArea area, params (string Account, long Fen)[] balances)
    {
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
        var kept = await area.ReadAsync(session => Transfers.BalancesAsync(session, TestArea.Code));
        foreach (var (account, fen) in balances)
            Assert.Equal((account, fen), (account, kept.GetValueOrDefault(account)));
        Assert.Equal(0, kept.Values.Sum());
    }
}
