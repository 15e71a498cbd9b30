using Canbao.Core.Work.Jobs;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Core.Tests.Work.Jobs;

public partial class JobsTests
{
    [Theory, OnBothEngines]
    public async Task What_a_server_left_is_taken_over_and_done_once(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        long id;
        await using (var first = Server(area, Works()))
        {
            (id, _) = await AskAsync(first, 1);
            await begun.Task;
        }

        go.SetResult();
        await using var next = Server(area, Works());
        await next.TakeOverAsync(TestArea.Code);
        Assert.False(await FindAsync(next, id) is { End: not null } or { IsLost: true });
        area.Clock.Now += Core.Work.Jobs.Jobs.Lost + TimeSpan.FromSeconds(1);
        var lost = await FindAsync(next, id);
        Assert.Equal((true, null), (lost.IsLost, lost.Left(area.Clock.GetUtcNow())));
        await next.TakeOverAsync(TestArea.Code);
        var (_, running) = await AskAsync(next, 1);
        await (running ?? Task.CompletedTask);
        var found = await FindAsync(next, id);
        Assert.Equal((JobEndRow.Done, 2), (found.End!.State, found.Job.Tries));
        Assert.Equal(1, await ActsAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task What_was_left_and_shall_be_stopped_is_not_begun_again(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        long id;
        await using (var first = Server(area, Works()))
        {
            (id, _) = await AskAsync(first, 1);
            await begun.Task;
        }

        int started = 0;
        // Of work in several deeds something may be left, and it is not said that there is nothing.
        await using var next = Server(area, Works(waits: false, starts: () => started++) with { IsWhole = false });
        await next.StopAsync(TestArea.Code, id);
        area.Clock.Now += Core.Work.Jobs.Jobs.Lost + TimeSpan.FromSeconds(1);
        await next.TakeOverAsync(TestArea.Code);
        var end = (await FindAsync(next, id)).End!;
        Assert.Equal((JobEndRow.Stopped, "已停止，已经生成的保留，再办一次补齐其余", 0), (end.State, end.Told, started));
    }

    /// <summary>A server that stood still goes on when another has done its work: what it does then is undone.</summary>
    [Theory, OnBothEngines]
    public async Task A_job_that_two_servers_have_is_stored_once(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        await using var first = Server(area, Works());
        var (id, slow) = await AskAsync(first, 1);
        await begun.Task;
        area.Clock.Now += Core.Work.Jobs.Jobs.Lost + TimeSpan.FromSeconds(1);
        await using var next = Server(area, Works(waits: false));
        await next.TakeOverAsync(TestArea.Code);
        for (int tries = 0; tries < 100 && (await FindAsync(next, id)).End is null; tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        go.SetResult();
        await slow!;
        Assert.Equal(JobEndRow.Done, (await FindAsync(first, id)).End!.State);
        Assert.Equal(1, await ActsAsync(area));
    }

    [Theory, OnBothEngines]
    public async Task What_never_comes_to_an_end_is_given_up(Engine engine)
    {
        await using var area = await CreateAsync(engine);
        long id = 0;
        for (int tries = 0; tries < Core.Work.Jobs.Jobs.MostTries; tries++)
        {
            await using var server = Server(area, Works());
            if (tries == 0)
                (id, _) = await AskAsync(server, 1);
            area.Clock.Now += Core.Work.Jobs.Jobs.Lost + TimeSpan.FromSeconds(1);
            await server.TakeOverAsync(TestArea.Code);
            await server.DisposeAsync();
            await using var again = Server(area, Works());
            area.Clock.Now += Core.Work.Jobs.Jobs.Lost + TimeSpan.FromSeconds(1);
            await again.TakeOverAsync(TestArea.Code);
        }

        await using var last = Server(area, Works());
        area.Clock.Now += Core.Work.Jobs.Jobs.Lost + TimeSpan.FromSeconds(1);
        await last.TakeOverAsync(TestArea.Code);
        var end = (await FindAsync(last, id)).End!;
        Assert.Equal((JobEndRow.Failed, "W182"), (end.State, end.Code));
        Assert.Equal(0, await ActsAsync(area));
    }
}
