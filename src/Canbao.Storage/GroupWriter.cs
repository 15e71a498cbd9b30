using System.Threading.Channels;
using Canbao.Storage.Faults;

namespace Canbao.Storage;

/// <summary>
/// Group commit: what is asked while one write runs is written together by the next, each with an answer of its own, which is given after
/// the commit. One writer serves any number of callers, and rows that all of them touch have no rivals within a program.
/// </summary>
/// <typeparam name="TAsked">What a caller asks to be written.</typeparam>
/// <typeparam name="TAnswer">What the caller is answered.</typeparam>
public sealed class GroupWriter<TAsked, TAnswer> : IAsyncDisposable
{
    const int Tries = 5;

    readonly Channel<Waiting> waiting;
    readonly Func<IReadOnlyList<TAsked>, bool, Task<IReadOnlyList<TAnswer>>> write;
    readonly int mostTogether;
    readonly Task work;

    /// <param name="most">The most asked of one write, and the most that may wait.</param>
    /// <param name="write">
    /// Writes in one transaction and answers in order. Told whether it is the first try: where nobody knows whether a commit was stored,
    /// all is asked again, and must change nothing twice.
    /// </param>
    public GroupWriter((int Together, int Waiting) most, Func<IReadOnlyList<TAsked>, bool, Task<IReadOnlyList<TAnswer>>> write)
    {
        (mostTogether, this.write) = (most.Together, write);
        waiting = Channel.CreateBounded<Waiting>(most.Waiting);
        work = Task.Run(WorkAsync);
    }

    /// <summary>Asks for a write; null where too much waits. The answer comes after the commit.</summary>
    /// <exception cref="StorageException">Of the answer: nothing is known of what became of it.</exception>
    public Task<TAnswer>? TryAsk(TAsked asked)
    {
        var one = new Waiting(asked, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return waiting.Writer.TryWrite(one) ? one.Answer.Task : null;
    }

    /// <summary>Answers what waits, and takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await work;
    }

    sealed record Waiting(TAsked Asked, TaskCompletionSource<TAnswer> Answer);

    async Task WorkAsync()
    {
        var together = new List<Waiting>(mostTogether);
        while (await waiting.Reader.WaitToReadAsync())
        {
            together.Clear();
            while (together.Count < mostTogether && waiting.Reader.TryRead(out var one))
                together.Add(one);
            await WriteAsync(together);
        }
    }

    /// <summary>Writes what some asked; where that fails for all of them, each by itself, so that one cannot hold up the others.</summary>
    async Task WriteAsync(IReadOnlyList<Waiting> together)
    {
        var writing = TryAsync([.. together.Select(one => one.Asked)]);
        // Whatever went wrong is the answer of whoever waits for it, and no reason to stop taking what is asked.
        await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (writing.IsCompletedSuccessfully)
            foreach (var (one, answer) in together.Zip(writing.Result))
                one.Answer.SetResult(answer);
        else if (together.Count == 1)
            together[0].Answer.SetException(writing.Exception!.InnerExceptions);
        else
            foreach (var one in together)
                await WriteAsync([one]);
    }

    async Task<IReadOnlyList<TAnswer>> TryAsync(IReadOnlyList<TAsked> together)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await write(together, attempt == 1);
            }
            catch (StorageException fault) when (fault.Code == StorageCodes.OutcomeUnknown && attempt < Tries)
            {
            }
        }
    }
}
