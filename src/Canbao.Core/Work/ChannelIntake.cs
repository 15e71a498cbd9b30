using System.Collections.Concurrent;
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
    public async Task<ChannelAnswer?> SendAsync(int area, SignedMessage message)
    {
        var line = lines.GetOrAdd(area, code => new(() => new Line(this, code))).Value;
        var (isReplay, answer) = await line.SendAsync(message);
        return isReplay ? throw new RefusedException("N104", "随机数已经用过；请用新的随机数重新签名发送") : answer;
    }

    /// <summary>Answers what waits, and takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var line in lines.Values)
            await line.Value.DisposeAsync();
    }

    /// <summary>The writer of an area.</summary>
    sealed class Line : IAsyncDisposable
    {
        readonly ChannelIntake intake;
        readonly int area;
        readonly TableGrowth growth;
        readonly GroupWriter<SignedMessage, (bool IsReplay, ChannelAnswer? Answer)> writer;
        DateTimeOffset forgotten;

        public Line(ChannelIntake intake, int area)
        {
            (this.intake, this.area) = (intake, area);
            growth = new(intake.database, "channel_nonce");
            writer = new((MostTogether, MostWaiting), PostAsync);
        }

        public Task<(bool IsReplay, ChannelAnswer? Answer)> SendAsync(SignedMessage message) =>
            writer.TryAsk(message) ?? throw new RefusedException("N106", "系统繁忙，请稍后用同一流水号重新发送");

        public async ValueTask DisposeAsync()
        {
            await writer.DisposeAsync();
            await growth.DisposeAsync();
        }

        async Task<IReadOnlyList<(bool IsReplay, ChannelAnswer? Answer)>> PostAsync(IReadOnlyList<SignedMessage> together, bool isFirst)
        {
            var answers = await Act.DoAsync(intake.database, area, Doer, "channel.take", act => DoAsync(act, together, isFirst));
            growth.Add(together.Count);
            return answers;
        }

        async Task<IReadOnlyList<(bool IsReplay, ChannelAnswer? Answer)>> DoAsync(
            Act act, IReadOnlyList<SignedMessage> together, bool isFirst)
        {
            if (act.At - forgotten > Forgetting)
            {
                await Channels.ForgetAsync(act.Session, area, act.At - 3 * Fresh);
                forgotten = act.At;
            }

            var answers = new (bool IsReplay, ChannelAnswer? Answer)[together.Count];
            foreach (var same in together.Index().GroupBy(one => one.Item.Channel, StringComparer.Ordinal))
            {
                var nonces = same.GroupBy(one => one.Item.Nonce, StringComparer.Ordinal)
                    .ToDictionary(one => one.Key, one => one.First().Index, StringComparer.Ordinal);
                var used = await Channels.UseAsync(act.Session, area, same.Key, nonces.Keys);
                // In another try the nonces may be our own of the try before.
                var fresh = same.ToLookup(one => nonces[one.Item.Nonce] == one.Index && (!isFirst || !used.Contains(one.Item.Nonce)));
                foreach (var (index, _) in fresh[false])
                    answers[index].IsReplay = true;
                var payments = fresh[true].Where(one => one.Item.Payment is not null).ToList();
                var told = payments.Count == 0 ? []
                    : await intake.desk.TakeAsync(act, same.Key, payments.ConvertAll(one => one.Item.Payment!));
                foreach (var (one, answer) in payments.Zip(told))
                    answers[one.Index].Answer = answer;
            }

            return answers;
        }
    }
}
