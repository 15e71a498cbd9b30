using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Exchange;

/// <summary>Every Friday, who has paid and who has not goes to whom it may.</summary>
public class FridayListTests
{
    /// <summary>A category of rural revitalisation that leaves everything to pay.</summary>
    const string Poor = "稳定脱贫人口";

    static readonly string[] All = ["civil_affairs", "rural_revitalisation", "bureau"];

    [Theory, OnBothEngines, Clause("lishi 七(二)-friday"), Clause("lishi 六(二)")]
    public async Task Each_receiver_gets_its_own_people_and_columns(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        var made = await town.FridayAsync();
        Assert.Equal((5, 0), (made.Messages, made.Known));
        var lists = (await town.MessagesAsync()).ToDictionary(row => row.Partner);
        // The orphan pays nothing, 张丁 has paid, 张万 owes, 张丈 is not registered.
        string orphan = Lists.Number(1), paid = Lists.Number(2), owing = Lists.Number(3);
        Assert.Equal(
            $"单位,姓名,证件号码,人员类别,缴费情况,缴费日期\n前街村,{Lists.Name(1)},{orphan},孤儿,无需缴费,\n", await Text("civil_affairs"));
        Assert.Equal(
            $"单位,姓名,证件号码,人员类别,缴费情况,缴费日期\n前街村,{Lists.Name(2)},{paid},{Poor},已缴费,2021-11-05\n",
            await Text("rural_revitalisation"));
        var bureau = await Text("bureau");
        Assert.Equal(5, bureau.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"前街村,{Lists.Name(3)},{owing},,未缴费,320.00,,\n", bureau, StringComparison.Ordinal);
        Assert.Contains($"前街村,{Lists.Name(4)},{Lists.Number(4)},,未登记,,,\n", bureau, StringComparison.Ordinal);
        var near = await Text("bg-01");
        Assert.Contains($"前街村,{Lists.Name(3)},{Mask(3)},未缴费,320.00,\n", near, StringComparison.Ordinal);
        Assert.DoesNotContain(owing, near, StringComparison.Ordinal);
        // Nobody lives in the other branch.
        Assert.Equal("单位,姓名,证件号码,缴费情况,应缴金额,缴费日期\n", await Text("bg-02"));

        string Mask(int person) => town.People[person - 1].NumberMask;

        async Task<string> Text(string partner) => (await town.ContentAsync(lists[partner])).TrimStart('\uFEFF');
    }

    [Theory, OnBothEngines, Clause("lishi 七(二)-friday")]
    public async Task Lists_are_made_once_and_their_clock_stops_with_the_last_that_is_sent(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        await town.AddAsync("street", "bg-01-01", "https://street.example/exchange");
        await town.FridayAsync();
        Assert.Equal(new MadeLists(0, 0, 6), await town.FridayAsync());
        var clock = Assert.Single(await ClocksAsync(town));
        Assert.Equal((ClockState.Running, Lists.Today), (clock.State, clock.Row.DueOn));
        town.Sandbox.Answers.Enqueue(SandboxPartner.Down);
        Assert.Equal(5, (await town.RunAsync()).Sent);
        Assert.Equal(ClockState.Running, Assert.Single(await ClocksAsync(town)).State);
        town.Area.Clock.Set("2021-11-06 09:00");
        Assert.Equal(ClockState.Overdue, Assert.Single(await ClocksAsync(town)).State);
        Assert.Equal(1, (await town.RunAsync()).Sent);
        Assert.Equal(ClockState.DoneLate, Assert.Single(await ClocksAsync(town)).State);
        // Saturday's lists are still those of the Friday; a later Friday has its own.
        Assert.Equal(6, (await town.FridayAsync()).Known);
        town.Area.Clock.Set("2021-11-12 09:00");
        await Refused("X112", () => town.FridayAsync());
        Assert.Equal(6, (await town.FridayAsync(new(2021, 11, 12))).Messages);
    }

    [Theory, OnBothEngines]
    public async Task A_list_is_a_file_with_its_envelope_that_anybody_with_the_key_can_prove(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        await town.FridayAsync();
        await town.RunAsync();
        Assert.Equal(["000001-friday-2021-11-05.csv", "000001-friday-2021-11-05.csv.json"], town.Files("bureau", "out"));
        var path = Path.Combine(town.Folder("bureau", "out"), "000001-friday-2021-11-05.csv");
        var envelope = Envelope.Read(await File.ReadAllBytesAsync(path + ".json", TestContext.Current.CancellationToken));
        var content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), envelope.Sha256);
        Assert.Equal((1, 4, "friday", Messages.Out), (envelope.Number, envelope.Rows, envelope.Kind, envelope.Direction));
        var partner = (await town.Area.ReadAsync(session => Partners.FindAsync(session, TestArea.Code, "bureau")))!;
        Assert.True(ExchangeSigning.IsSound(envelope, town.Tools.SecretOf(partner)));
        Assert.False(ExchangeSigning.IsSound(envelope with { Rows = 5 }, town.Tools.SecretOf(partner)));
        // That full numbers left is on record with who got them; the record holds none.
        var log = await town.Area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.Action == "exported").ToListAsync());
        Assert.Equal(3, log.Count);
        Assert.All(log, row => Assert.DoesNotContain(Lists.Number(1), row.New!, StringComparison.Ordinal));
    }

    [Theory, OnBothEngines]
    public async Task Who_wants_workbooks_gets_them(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 3);
        await town.AddAsync("street", "bg", workbooks: true);
        await town.FridayAsync();
        await town.RunAsync();
        var path = Path.Combine(town.Folder("bg", "out"), "000001-friday-2021-11-05.xlsx");
        using var intake = Intake.Open(TableFile.At(path), new(new("姓名", ColumnKind.Text, true), new("缴费情况", ColumnKind.Text, true)));
        int rows = 0;
        for (; intake.Read(); rows++)
            Assert.Equal("未登记", intake.Row.Text(1));
        Assert.Equal(3, rows);
    }

    /// <summary>Killed at any step, in the making or the sending, and run again: every list is there once.</summary>
    [Theory, OnBothEngines]
    public async Task Nothing_is_lost_or_doubled_wherever_it_is_killed(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        bool isDone = false;
        int deaths = 0;
        for (int ticks = 3; !isDone; ticks += 3, deaths++)
        {
            Assert.True(ticks < 600);
            await using var dying = Database.Open(town.Area.Connection, new DyingClock(town.Area.Clock, ticks));
            try
            {
                await new FridayLists(town.ToolsOf(dying)).MakeAsync(TestArea.Code, new("bureau", "名单"), Lists.Today, TestArea.Year);
                await town.RunAsync(dying);
                isDone = true;
            }
            catch (InsufficientMemoryException)
            {
                // The next one goes on.
            }
        }

        Assert.True(deaths > 5);
        Assert.Equal(
            ["bg-01 1 friday sent none", "bg-02 1 friday sent none", "bureau 1 friday sent none", "civil_affairs 1 friday sent none",
                "rural_revitalisation 1 friday sent none"],
            (await town.ToldAsync(Messages.Out)).Order(StringComparer.Ordinal));
        foreach (var partner in (string[])[.. All, "bg-01", "bg-02"])
            Assert.Equal(2, town.Files(partner, "out").Length);
        Assert.Equal(ClockState.Done, Assert.Single(await ClocksAsync(town)).State);
    }

    /// <summary>Making the lists of ten times as many people takes no more memory at once.</summary>
    [LongTheory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Memory_does_not_grow_with_people(Engine engine)
    {
        const int Few = 20_000, Many = 200_000;
        long few = await PeakAsync(engine, Few), many = await PeakAsync(engine, Many);
        Assert.True(many < few + (48L << 20), $"{few >> 20} MB for {Few} people, {many >> 20} MB for {Many}");
    }

    static async Task<long> PeakAsync(Engine engine, int people)
    {
        await using var town = await Offices.OpenAsync(engine, 0, All);
        await town.AddAsync("street", "bg-01");
        for (int at = 0; at < people; at += 20_000)
            await town.Area.DoAsync("person.register", async act =>
            {
                for (int one = at; one < Math.Min(people, at + 20_000); one++)
                    await town.Area.RegisterAsync(act, "张三", new DateOnly(1930, 1, 1).AddDays(one / 900), (one % 900 + 1, null),
                        status => status with { Unit = new[] { TestArea.Village, TestArea.OtherVillage, TestArea.FarVillage }[one % 3] });
            });
        long before = GC.GetTotalMemory(forceFullCollection: true), peak = 0;
        var progress = new Peak(() => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before));
        var made = await new FridayLists(town.Tools).MakeAsync(TestArea.Code, new("bureau", "名单"), Lists.Today, TestArea.Year, progress);
        Assert.True(made.Rows > people);
        return peak;
    }

    static async Task<Offices> OpenAsync(Engine engine)
    {
        var town = await Offices.OpenAsync(engine, 4, All);
        await town.AddAsync("street", "bg-01");
        await town.AddAsync("street", "bg-02");
        var lists = new Lists(town.Area);
        await lists.ApplyAsync(Lists.Full("孤儿"), Lists.Of(1));
        await lists.ApplyAsync(Lists.Full(Poor, "rural_revitalisation"), Lists.Of(2));
        await town.EnrolAsync(1, 2, 3);
        await town.PayAsync(2);
        return town;
    }

    static Task<List<Clock>> ClocksAsync(Offices town) => town.Area.ReadAsync(async session =>
        (await Clocks.Published.ListAsync(session, TestArea.Code, BusinessDay.Of(town.Area.Clock.GetUtcNow())))
            .FindAll(clock => clock.Kind == ClockKind.FridayLists));

    static async Task Refused(string code, Func<Task> deed) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(deed)).Code);

    sealed class Peak(Action look) : IProgress<(long Done, long All)>
    {
        public void Report((long Done, long All) value) => look();
    }
}
