using Canbao.Storage.Faults;
using Xunit;

namespace Canbao.Storage.Tests;

public class GroupWriterTests
{
    [Fact]
    public async Task What_is_asked_during_a_write_is_written_together_by_the_next()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var written = new List<string>();
        await using var writer = new GroupWriter<int, string>((3, 10), async (asked, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
            written.Add(string.Join(' ', asked));
            return [.. asked.Select(one => $"of {one}")];
        });
        var first = writer.TryAsk(1)!;
        await begun.Task;
        var others = Enumerable.Range(2, 4).Select(number => writer.TryAsk(number)!).ToList();
        goOn.SetResult();
        Assert.Equal(["of 1", "of 2", "of 3", "of 4", "of 5"], await Task.WhenAll(others.Prepend(first)));
        Assert.Equal(["1", "2 3 4", "5"], written);
    }

    [Fact]
    public async Task Who_cannot_be_written_holds_up_nobody()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var writer = new GroupWriter<int, int>((10, 10), async (asked, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
            return asked.Contains(3) ? throw new InvalidTimeZoneException("3 cannot be") : asked;
        });
        var first = writer.TryAsk(1)!;
        await begun.Task;
        var others = Enumerable.Range(2, 3).Select(number => writer.TryAsk(number)!).ToList();
        goOn.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(2, await others[0]);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => others[1]);
        Assert.Equal(4, await others[2]);
    }

    [Fact]
    public async Task What_may_be_stored_is_asked_again_and_told_so()
    {
        var tries = new List<bool>();
        await using var writer = new GroupWriter<int, int>((10, 10), (asked, isFirst) =>
        {
            tries.Add(isFirst);
            return isFirst
                ? throw new OutcomeUnknownException("nobody knows", null)
                : Task.FromResult(asked);
        });
        Assert.Equal(7, await writer.TryAsk(7)!);
        Assert.Equal([true, false], tries);
    }

    [Fact]
    public async Task More_than_may_wait_is_not_taken()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var writer = new GroupWriter<int, int>((1, 1), async (asked, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
            return asked;
        });
        var first = writer.TryAsk(1)!;
        await begun.Task;
        var second = writer.TryAsk(2)!;
        Assert.Null(writer.TryAsk(3));
        goOn.SetResult();
        Assert.Equal((1, 2), (await first, await second));
    }
}
