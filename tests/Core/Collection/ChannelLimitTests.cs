using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Reconciliation;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Collection;

/// <summary>Rural finance points take no college and vocational students: no money moves, or it waits with the reason.</summary>
public class ChannelLimitTests
{
    const string Rural = "rural-bank";
    static readonly DateOnly Born = new(2003, 3, 20);

    [Theory, OnBothEngines, Clause("lingyuan 五")]
    public async Task College_and_vocational_students_pay_elsewhere(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await AddAsync(area);
        var college = await EnrolledAsync(area, 1, Student.College);
        await EnrolledAsync(area, 3, Student.Vocational);
        await EnrolledAsync(area, 5, Student.School);
        await EnrolledAsync(area, 7, Student.None);
        Assert.Equal(
            ["C300", "C300", "", ""],
            (await TakeAsync(area, Rural, Pay("1", 1), Pay("2", 3), Pay("3", 5), Pay("4", 7))).Select(answer => answer.Code));
        // Money that has moved is there: it waits, and goes back.
        var told = Assert.Single(await TakeAsync(area, Rural, Pay("5", 1) with { HasMoved = true }));
        Assert.Equal((ChannelNotices.Suspense, "C300"), (told.State, told.Code));
        var waiting = Assert.Single(await area.ReadAsync(
            session => SuspenseList.ListAsync(session, TestArea.Code, new(2021, 11, 5), (0, 10))));
        Assert.Equal("此类学生不能经这个渠道缴费", waiting.Why);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => area.DoAsync("suspense.match",
            act => new ChannelDesk(area.Dues, area.Vault).MatchAsync(act, Rural, "5", college.PersonId)));
        Assert.Equal("C300", refused.Code);
        await area.DoAsync("suspense.return", act => ChannelDesk.ReturnAsync(act, Rural, "5"));
        // Another channel takes them.
        Assert.Equal("", Assert.Single(await TakeAsync(area, "wechat", Pay("6", 1))).Code);
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
        Assert.Equal(-32_000, (await area.ReadAsync(session => Transfers.BalancesAsync(session, TestArea.Code)))[Accounts.Refunds]);
    }

    [Theory, OnBothEngines, Clause("lingyuan 五")]
    public async Task A_limit_is_set_kept_with_a_new_key_and_lifted(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await AddAsync(area);
        await EnrolledAsync(area, 1, Student.College);
        await area.DoAsync("channel.close", act => Channels.CloseAsync(act, Rural));
        Assert.Equal("N101", (await Assert.ThrowsAsync<RefusedException>(() => LimitAsync(area, Student.College))).Code);
        await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, Rural, "农商银行金融服务点"));
        Assert.Equal("C300", Assert.Single(await TakeAsync(area, Rural, Pay("1", 1))).Code);
        Assert.Equal("C301", (await Assert.ThrowsAsync<RefusedException>(() => LimitAsync(area, Student.None))).Code);
        await LimitAsync(area, Student.Vocational);
        Assert.Equal("", Assert.Single(await TakeAsync(area, Rural, Pay("2", 1))).Code);
        await LimitAsync(area);
        Assert.Empty(await area.ReadAsync(session => Channels.LimitedAsync(session, TestArea.Code)));
    }

    /// <summary>What counts is what somebody was on the day of the payment.</summary>
    [Theory, OnBothEngines, Clause("lingyuan 五")]
    public async Task Who_left_college_pays_there_again(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        await AddAsync(area);
        var person = await EnrolledAsync(area, 1, Student.College);
        await area.DoAsync("person.change", act => area.People.ChangeAsync(
            act, person.PersonId, new(2021, 11, 4), status => status with { Student = Student.None }));
        var yesterday = new DateTimeOffset(2021, 11, 3, 4, 0, 0, TimeSpan.Zero);
        var answers = await TakeAsync(
            area, Rural, Pay("1", 1) with { PaidAt = yesterday, HasMoved = true }, Pay("2", 1));
        Assert.Equal(["C300", ""], answers.Select(answer => answer.Code));
    }

    static async Task AddAsync(TestArea area)
    {
        await area.DoAsync("channel.add", act => new Channels(area.Vault).AddAsync(act, Rural, "农商银行金融服务点"));
        await LimitAsync(area, Student.College, Student.Vocational);
    }

    static Task LimitAsync(TestArea area, params Student[] students) =>
        area.DoAsync("channel.limit", act => Channels.LimitAsync(act, Rural, students));

    static async Task<PersonRow> EnrolledAsync(TestArea area, int sequence, Student student)
    {
        var person = await area.RegisterAsync("张三", Born, sequence, null, status => status with { Student = student });
        await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        return person;
    }

    static ChannelMessage Pay(string reference, int sequence) =>
        new(reference, TestArea.Year, Money.FromFen(32_000), new(2021, 11, 5, 1, 0, 0, TimeSpan.Zero))
        {
            Number = TestArea.Number(Born, sequence).Full,
            Name = "张三",
        };

    static Task<IReadOnlyList<ChannelAnswer>> TakeAsync(TestArea area, string channel, params ChannelMessage[] messages) =>
        area.DoAsync("channel", act => new ChannelDesk(area.Dues, area.Vault).TakeAsync(act, channel, messages));
}
