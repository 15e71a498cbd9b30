using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Work.Jobs;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Jobs;

/// <summary>Long work with one kind that waits until it is let go, so that what happens meanwhile can be looked at.</summary>
public partial class JobsTests
{
    const string Kind = "test.work";

    static readonly Viewer Bureau = new("bureau", "王小梅", Role.Bureau, TestArea.Code, "bg", "/bg/", null);

    /// <summary>What happens while the work is done.</summary>
    Action takes = () => { };

    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory, OnBothEngines]
    public async Task What_is_done_and_what_came_of_it_are_stored_together(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        await using var jobs = Server(area, Works());
        var (id, running) = await AskAsync(jobs, 1);
        await begun.Task;
        var going = await FindAsync(jobs, id);
        Assert.Null(going.End);
        Assert.Equal((30L, 120L), (going.Job.Done, going.Job.Total));
        Assert.Equal(0, await ActsAsync(area));

        area.Clock.Now += TimeSpan.FromSeconds(40);
        takes = () => area.Clock.Now += TimeSpan.FromSeconds(2);
        go.SetResult();
        await running!;
        var ended = await FindAsync(jobs, id);
        Assert.Equal(TimeSpan.FromSeconds(42), ended.End!.EndedAt - ended.Job.BegunAt);
        Assert.Equal(TimeSpan.FromSeconds(42), ended.LastTook);
        var end = ended.End;
        Assert.Equal((JobEndRow.Done, "办了 1", "/there", ""), (end.State, end.Told, end.Page, end.Code));
        Assert.Equal(1, await ActsAsync(area));
        var (name, content) = await area.ReadAsync(session => JobStore.FileAsync(session, TestArea.Code, id));
        Assert.Equal(("结果.csv", "a,b"), (name, Encoding.UTF8.GetString(content)));
    }

    [Theory, OnBothEngines]
    public async Task The_same_work_is_not_begun_twice_at_a_time(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        await using var jobs = Server(area, Works());
        await using var other = Server(area, Works());
        var (id, running) = await AskAsync(jobs, 1);
        await begun.Task;
        Assert.Equal(id, (await AskAsync(jobs, 1)).Id);
        Assert.Equal((id, null), await AskAsync(other, 1));
        var (second, more) = await AskAsync(jobs, 2);
        Assert.NotEqual(id, second);
        go.SetResult();
        await Task.WhenAll(running!, more!);
        Assert.Equal(2, await ActsAsync(area));

        // What has ended may be asked for again.
        var (third, last) = await AskAsync(jobs, 1);
        Assert.NotEqual(id, third);
        await last!;
        Assert.Equal(3, await ActsAsync(area));
        var listed = await jobs.ListAsync(TestArea.Code, "bureau", (0, 10));
        Assert.Equal([third, second, id], listed.Select(one => one.Job.JobId));
        Assert.Empty(await jobs.ListAsync(TestArea.Code, "other", (0, 10)));
    }

    [Theory, OnBothEngines]
    public async Task More_than_two_wait_for_their_turn_and_can_be_stopped_meanwhile(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        int started = 0;
        await using var jobs = Server(area, Works(starts: () => Interlocked.Increment(ref started)));
        var asked = new List<(long Id, Task? Running)>();
        for (int order = 1; order <= 4; order++)
            asked.Add(await AskAsync(jobs, order));
        await jobs.StopAsync(TestArea.Code, asked[3].Id);
        await begun.Task;
        Assert.InRange(Volatile.Read(ref started), 1, Core.Work.Jobs.Jobs.MostAtOnce);
        go.SetResult();
        await Task.WhenAll(asked.Select(one => one.Running!));
        Assert.Equal(3, await ActsAsync(area));
        Assert.Equal(JobEndRow.Stopped, (await FindAsync(jobs, asked[3].Id)).End!.State);
    }

    [Fact]
    public async Task A_number_in_the_reason_is_hidden()
    {
        await using var area = await CreateAsync(Engine.Sqlite);
        await using var jobs = Server(area, Works());
        go.SetResult();
        var number = TestArea.Number(new(1980, 2, 3), 1).Full;
        var (id, running) = await jobs.AskAsync(
            Bureau, new JobKind<YearOrder>(Kind, "", "", (_, _) => throw new InvalidOperationException()), new(1), $"名单 {number}.csv");
        await running!;
        Assert.DoesNotContain(number, (await FindAsync(jobs, id)).Job.Reason, StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task A_refusal_and_a_fault_store_nothing_and_are_told(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        var faults = new List<(long, string)>();
        Exception? fault = new RefusedException("X999", "不行");
        await using var jobs = new Core.Work.Jobs.Jobs(area.Database, Find(Works(() => fault)), area.Clock)
        {
            OnFault = (id, what) => faults.Add((id, what.Message)),
        };
        go.SetResult();
        var (id, running) = await AskAsync(jobs, 1);
        await running!;
        var end = (await FindAsync(jobs, id)).End!;
        Assert.Equal((JobEndRow.Refused, "X999", "不行"), (end.State, end.Code, end.Told));
        Assert.Empty(faults);

        fault = new InvalidOperationException("王小梅");
        (id, running) = await AskAsync(jobs, 1);
        await running!;
        end = (await FindAsync(jobs, id)).End!;
        Assert.Equal((JobEndRow.Failed, "W181"), (end.State, end.Code));
        Assert.DoesNotContain("王小梅", end.Told, StringComparison.Ordinal);
        Assert.Equal([(id, "王小梅")], faults);
        Assert.Equal(0, await ActsAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task Whoever_asked_can_stop_it_from_any_server(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        await using var jobs = Server(area, Works());
        await using var other = Server(area, Works());
        var (id, running) = await AskAsync(jobs, 1);
        await begun.Task;
        await other.StopAsync(TestArea.Code, id);
        // The server that has it hears of it when it tells how far it is.
        for (int tries = 0; tries < 100 && !(await FindAsync(jobs, id)).Job.StopAsked; tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        await running!.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal((JobEndRow.Stopped, "W180"), (await FindAsync(other, id)).End is { } end ? (end.State, end.Code) : default);
        Assert.Equal(0, await ActsAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task Ended_jobs_are_forgotten_after_a_month(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        await using var jobs = Server(area, Works());
        go.SetResult();
        var (id, running) = await AskAsync(jobs, 1);
        await running!;
        await area.Database.WriteAsync(session => JobStore.ForgetAsync(session, TestArea.Code));
        Assert.NotNull(await jobs.FindAsync(TestArea.Code, id));
        area.Clock.Now += JobStore.Kept + TimeSpan.FromMinutes(1);
        await area.Database.WriteAsync(session => JobStore.ForgetAsync(session, TestArea.Code));
        Assert.Null(await jobs.FindAsync(TestArea.Code, id));
    }

    [Fact]
    public void What_is_left_is_told_by_how_it_went()
    {
        var begun = DateTimeOffset.UnixEpoch;
        var job = new JobRow { BegunAt = begun, Done = 400_000, Total = 1_600_000 };
        Assert.Equal(TimeSpan.FromSeconds(60), new JobView(job, null).Left(begun.AddSeconds(20)));
        Assert.Null(new JobView(job with { Done = 0 }, null).Left(begun.AddSeconds(20)));
        var last = new JobView(job with { Done = 0, Total = 0 }, null) { LastTook = TimeSpan.FromSeconds(50) };
        Assert.Equal(TimeSpan.FromSeconds(30), last.Left(begun.AddSeconds(20)));
        Assert.Null(last.Left(begun.AddSeconds(70)));
        Assert.Null(new JobView(job, new()).Left(begun.AddSeconds(20)));
    }

    static async Task<TestArea> CreateAsync(Engine engine)
    {
        var area = await TestArea.CreateAsync(engine);
        await Accounts.AddAsync(
            area.Database, TestArea.Code, new("@test", "测试"), new(Bureau.Login, Bureau.Name, Bureau.Role, "bg"), "correct horse battery 9");
        return area;
    }

    static Core.Work.Jobs.Jobs Server(TestArea area, JobKind<YearOrder> kind) => new(area.Database, Find(kind), area.Clock);

    static Func<string, JobKind?> Find(JobKind kind) => code => code == Kind ? kind : null;

    static Task<(long Id, Task? Running)> AskAsync(Core.Work.Jobs.Jobs jobs, int order) =>
        jobs.AskAsync(Bureau, new JobKind<YearOrder>(Kind, "", "", (_, _) => throw new InvalidOperationException()), new(order), "测试");

    static async Task<JobView> FindAsync(Core.Work.Jobs.Jobs jobs, long id) => (await jobs.FindAsync(TestArea.Code, id))!;

    static Task<int> ActsAsync(TestArea area) => area.ReadAsync(
        session => session.Table<ActRow>().CountAsync(row => row.Area == TestArea.Code && row.Kind == Kind));

    /// <summary>Work that says how far it is, waits until it is let go, and then does something.</summary>
    JobKind<YearOrder> Works(Func<Exception?>? fault = null, bool waits = true, Action? starts = null) =>
        new(Kind, "测试", "人", async (run, order) =>
        {
            run.Report((30, 120));
            starts?.Invoke();
            begun.TrySetResult();
            if (waits)
                await go.Task.WaitAsync(run.Cancel);
            return await run.InActAsync(Kind, async act =>
            {
                act.Record("thing", order.Year, "done", null, new { order.Year });
                await act.FlushAsync();
                takes();
                return fault?.Invoke() is { } wrong
                    ? throw wrong : new JobResult($"办了 {order.Year}", "/there") { File = ("结果.csv", "a,b"u8.ToArray()) };
            });
        });
}
