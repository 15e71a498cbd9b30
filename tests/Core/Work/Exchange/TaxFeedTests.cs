using Canbao.Core.Calendar;
using Canbao.Core.Exchange;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Exchange;

/// <summary>Tax gets registrations, flags and dues: first everybody, then whoever changed.</summary>
public class TaxFeedTests
{
    const string Header = "证件号码,姓名,单位,年度,登记情况,登记日期,人员类别,缴费情况,应缴金额\n";

    [Theory, OnBothEngines, Clause("lishi 五(六)"), Clause("lishi 六(十三)"), Clause("lingyuan 四(六)-lists")]
    public async Task The_first_message_tells_of_everybody_and_each_later_one_of_whoever_changed(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 4, "tax");
        await town.EnrolAsync(1, 2, 3);
        Assert.Equal(new MadeLists(1, 3, 0), await town.FeedAsync());
        Assert.Equal(
            Header + string.Concat(from person in new[] { 1, 2, 3 } select Line(person, "已登记", "2021-11-05", "", "未缴费", "320.00")),
            await LastAsync(town));
        // Nothing that concerns tax has happened since.
        Assert.Equal(new MadeLists(0, 0, 1), await town.FeedAsync());
        // The centre flags somebody, cancels another, and registers a third.
        await new Lists(town.Area).ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        await town.Area.DoAsync("dues.make", act => town.Area.Dues.MakeAsync(act, TestArea.Year, act.Today));
        await town.Area.DoAsync("enrol.cancel", act => town.Area.Enrolments.CancelAsync(
            act, TestArea.Year, town.People[1].PersonId, "去外地"));
        await town.EnrolAsync(4);
        Assert.Equal(new MadeLists(1, 3, 0), await town.FeedAsync());
        Assert.Equal(
            Header + Line(1, "已登记", "2021-11-05", "孤儿", "无需缴费", "0.00") + Line(2, "已注销", "2021-11-05", "", "已注销", "")
                + Line(4, "已登记", "2021-11-05", "", "未缴费", "320.00"),
            await LastAsync(town));
        Assert.Equal(["tax 1 registrations queued none", "tax 2 registrations queued none"], await town.ToldAsync(Messages.Out));
    }

    [Theory, OnBothEngines]
    public async Task Too_many_changes_are_told_as_everybody(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 4, "tax");
        await town.EnrolAsync(1, 2, 3);
        await town.FeedAsync();
        await town.EnrolAsync(4);
        var feed = new TaxFeed(town.Tools) { MostChanged = 0 };
        Assert.Equal(new MadeLists(1, 4, 0), await feed.MakeAsync(TestArea.Code, new("bureau", "数据"), TestArea.Year));
    }

    [Theory, OnBothEngines]
    public async Task Marks_are_no_business_of_tax(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 1, "tax");
        await town.EnrolAsync(1);
        await new Lists(town.Area).ApplyAsync(Lists.Full("两病人员", "health"), Lists.Of(1));
        await town.FeedAsync();
        Assert.DoesNotContain("两病", await LastAsync(town), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines, Clause("lishi 七(二)-5days")]
    public async Task The_receipt_of_tax_stops_the_clock_of_flags(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "tax");
        await new Lists(town.Area).ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        Assert.Equal(ClockState.Running, (await ClockAsync(town)).State);
        await town.EnrolAsync(1);
        await town.FeedAsync();
        await town.RunAsync();
        Assert.Equal(ClockState.Running, (await ClockAsync(town)).State);
        town.PutReceipt(town.ReceiptOf((await town.MessagesAsync()).Single()));
        await town.RunAsync();
        Assert.Equal(ClockState.Done, (await ClockAsync(town)).State);
        // What is flagged afterwards has a clock of its own.
        town.Area.Clock.Set("2021-11-08 09:00");
        await new Lists(town.Area).ApplyAsync(Lists.Full("孤儿", on: new(2021, 11, 8)), Lists.Of(1, 2));
        Assert.Equal(ClockState.Running, (await ClockAsync(town)).State);
    }

    [Theory, OnBothEngines]
    public async Task Nothing_is_lost_or_doubled_wherever_it_is_killed(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 3, "tax");
        await town.EnrolAsync(1, 2);
        bool isDone = false;
        for (int ticks = 2; !isDone; ticks += 2)
        {
            Assert.True(ticks < 300);
            await using var dying = Database.Open(town.Area.Connection, new DyingClock(town.Area.Clock, ticks));
            try
            {
                await new TaxFeed(town.ToolsOf(dying)).MakeAsync(TestArea.Code, new("bureau", "数据"), TestArea.Year);
                await town.RunAsync(dying);
                isDone = true;
            }
            catch (InsufficientMemoryException)
            {
                // The next one goes on.
            }
        }

        Assert.Equal(["tax 1 registrations sent none"], await town.ToldAsync(Messages.Out));
        await town.EnrolAsync(3);
        Assert.Equal(new MadeLists(1, 1, 0), await town.FeedAsync());
    }

    static string Line(int person, string registration, string on, string category, string standing, string due) =>
        $"{Lists.Number(person)},{Lists.Name(person)},前街村,2022,{registration},{on},{category},{standing},{due}\n";

    static async Task<string> LastAsync(Offices town) => await town.ContentAsync((await town.MessagesAsync())[^1]);

    static async Task<Clock> ClockAsync(Offices town) => (await town.Area.ReadAsync(async session =>
        (await Clocks.Published.ListAsync(session, TestArea.Code, BusinessDay.Of(town.Area.Clock.GetUtcNow())))
            .FindAll(clock => clock.Kind == ClockKind.FlagsToTax))).MaxBy(clock => clock.Row.ClockId)!;
}
