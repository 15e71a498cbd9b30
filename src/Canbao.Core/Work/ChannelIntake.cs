using System.Collections.Concurrent;
using System.Threading.Channels;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Storage.Faults;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>A message of a channel whose signature is proved.</summary>
/// <param name="Channel">Whose.</param>
/// <param name="Nonce">The number that it uses once.</param>
/// <param name="Payment">The payment; null for a question, of which only the nonce is noted.</param>
public sealed record SignedMessage(string Channel, string Nonce, ChannelMessage? Payment);

/// <summary>
/// Group commit: messages of an area that come while one transaction runs are posted together by the next, each with an answer of its own,
/// which is given after the commit. So one writer for each area serves any number of channels, and hot rows have no rivals.
/// </summary>
public sealed class ChannelIntake : IAsyncDisposable
{
    /// <summary>How long a message is fresh, before and after its time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>The most messages of one transaction.</summary>
    public const int MostTogether = 400;

    const int MostWaiting = 20_000;
    const int Tries = 5;
    static readonly TimeSpan Forgetting = TimeSpan.FromMinutes(1);
    static readonly Doer Doer = new("@channels", "渠道缴费");

    readonly ConcurrentDictionary<int, Lazy<Line>> lines = new();
    readonly Database database;
    readonly ChannelDesk desk;

    /// <param name="database">Where.</param>
    /// <param name="desk">Posts them.</param>
    public ChannelIntake(Database database, ChannelDesk desk) => (this.database, this.desk) = (database, desk);

    /// <summary>Posts a message, or notes the nonce of a question, and answers when it is stored.</summary>
    /// <exception cref="StorageException">Nothing is known of what became of it; the same message may be sent again.</exception>
    /// <exception cref="RefusedException">N104: the nonce was used before. N106: too many messages wait.</exception>
    public Task<ChannelAnswer?> SendAsync(int area, SignedMessage message)
    {
        var line = lines.GetOrAdd(area, code => new(() => new Line(this, code))).Value;
        return line.SendAsync(message);
    }

    /// <summary>Answers what waits, and takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var line in lines.Values)
            await line.Value.EndAsync();
    }

    sealed record Waiting(SignedMessage Message, TaskCompletionSource<ChannelAnswer?> Answer);

    sealed class Line
    {
        readonly ChannelIntake intake;
        readonly int area;
        readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(MostWaiting);
        readonly Task work;
        DateTimeOffset forgotten;

        public Line(ChannelIntake intake, int area)
        {
            (this.intake, this.area) = (intake, area);
            work = Task.Run(WorkAsync);
        }

        public Task<ChannelAnswer?> SendAsync(SignedMessage message)
        {
            var one = new Waiting(message, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return waiting.Writer.TryWrite(one)
                ? one.Answer.Task
                : throw new RefusedException("N106", "系统繁忙，请稍后用同一流水号重新发送");
        }

        public Task EndAsync()
        {
            waiting.Writer.TryComplete();
            return work;
        }

        async Task WorkAsync()
        {
            await using var growth = new TableGrowth(intake.database, "channel_nonce");
            var together = new List<Waiting>(MostTogether);
            while (await waiting.Reader.WaitToReadAsync())
            {
                together.Clear();
                while (together.Count < MostTogether && waiting.Reader.TryRead(out var one))
                    together.Add(one);
                await PostAsync(together);
                growth.Add(together.Count);
            }
        }

        /// <summary>Posts some messages; where that fails for all of them, each by itself, so that one cannot hold up the others.</summary>
        async Task PostAsync(IReadOnlyList<Waiting> together)
        {
            var posting = TryAsync(together);
            // Whatever went wrong is the answer of whoever waits for it, and no reason to stop taking messages.
            await ((Task)posting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (posting.IsCompletedSuccessfully)
                foreach (var (one, answer) in together.Zip(posting.Result))
                    Tell(one, answer);
            else if (together.Count == 1)
                together[0].Answer.SetException(posting.Exception!.InnerExceptions);
            else
                foreach (var one in together)
                    await PostAsync([one]);
        }

        static void Tell(Waiting one, (bool IsReplay, ChannelAnswer? Answer) told)
        {
            if (told.IsReplay)
                one.Answer.SetException(new RefusedException("N104", "随机数已经用过；请用新的随机数重新签名发送"));
            else
                one.Answer.SetResult(told.Answer);
        }

        /// <summary>Where nobody knows whether a commit was stored, all is done again, which changes nothing twice.</summary>
        async Task<IReadOnlyList<(bool, ChannelAnswer?)>> TryAsync(IReadOnlyList<Waiting> together)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    bool isFirst = attempt == 1;
                    return await Act.DoAsync(intake.database, area, Doer, "channel.take", act => DoAsync(act, together, isFirst));
                }
                catch (StorageException fault) when (fault.Code == StorageCodes.OutcomeUnknown && attempt < Tries)
                {
                }
            }
        }

        async Task<IReadOnlyList<(bool, ChannelAnswer?)>> DoAsync(Act act, IReadOnlyList<Waiting> together, bool isFirst)
        {
            if (act.At - forgotten > Forgetting)
            {
                await Channels.ForgetAsync(act.Session, area, act.At - 3 * Fresh);
                forgotten = act.At;
            }

            var answers = new Dictionary<Waiting, (bool, ChannelAnswer?)>();
            foreach (var same in together.GroupBy(one => one.Message.Channel, StringComparer.Ordinal))
            {
                var nonces = same.GroupBy(one => one.Message.Nonce, StringComparer.Ordinal)
                    .ToDictionary(one => one.Key, one => one.First(), StringComparer.Ordinal);
                var used = await Channels.UseAsync(act.Session, area, same.Key, nonces.Keys);
                // In another try the nonces may be our own of the try before.
                var fresh = same.Where(one => ReferenceEquals(nonces[one.Message.Nonce], one)
                    && (!isFirst || !used.Contains(one.Message.Nonce))).ToList();
                foreach (var one in same.Except(fresh))
                    answers.Add(one, (true, null));
                var payments = fresh.FindAll(one => one.Message.Payment is not null);
                var told = payments.Count == 0 ? []
                    : await intake.desk.TakeAsync(act, same.Key, payments.ConvertAll(one => one.Message.Payment!));
                foreach (var (one, answer) in payments.Zip(told))
                    answers.Add(one, (false, answer));
                foreach (var one in fresh.Except(payments))
                    answers.Add(one, (false, null));
            }

            return [.. together.Select(one => answers[one])];
        }
    }
}
