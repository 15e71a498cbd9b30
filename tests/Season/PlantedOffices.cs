using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Core.Work;
using Canbao.Storage;

namespace Canbao.Season.Tests;

/// <summary>An office that forgets which numbers it has seen: each repetition is posted under a number of its own.</summary>
sealed class ForgetfulOffice(Town town, Database database, Vault vault, PackShelf shelf, Trouble trouble)
    : Office(town, database, vault, shelf, trouble)
{
    readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public override Task<IReadOnlyList<ChannelAnswer>> TakeAsync(
        string id, string channel, IReadOnlyList<ChannelMessage> messages) => base.TakeAsync(
            id,
            channel,
            [.. messages.Select(message => seen.Add(message.Reference) ? message : message with { Reference = message.Reference + "*" })]);
}

/// <summary>An office that acknowledges before it stores, and sometimes does not come to store.</summary>
sealed class HastyOffice(Town town, Database database, Vault vault, PackShelf shelf, Trouble trouble)
    : Office(town, database, vault, shelf, trouble)
{
    int taken;

    public override async Task<IReadOnlyList<ChannelAnswer>> TakeAsync(string id, string channel, IReadOnlyList<ChannelMessage> messages)
    {
        if (++taken % 5 != 0)
            return await base.TakeAsync(id, channel, messages);
        IReadOnlyList<ChannelAnswer> answers = [];
        try
        {
            await Act.DoAsync(Database, Area, new("@" + channel, id), "channel.take", async act =>
            {
                answers = await TakeAsync(act, channel, messages);
                throw new BrokenOffException();
            });
        }
        catch (BrokenOffException)
        {
            // The answer is on its way already.
        }

        return answers;
    }
}
