using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Changes;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>Applies lists and takes them back; what the people concerned owe and their cover follow at once.</summary>
/// <param name="desk">The lists.</param>
/// <param name="dues">What people owe.</param>
public sealed class ListDesk(RosterDesk desk, Dues dues)
{
    readonly Consequences consequences = new(dues);

    /// <summary>Applies an upload, if what comes of it is what was shown.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="order">How it is to be read.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <param name="years">The open years.</param>
    /// <returns>The version; null where nothing changes.</returns>
    /// <exception cref="RefusedException">As <see cref="RosterDesk.ApplyAsync"/>.</exception>
    public async Task<RosterVersionRow?> ApplyAsync(
        Act act, long upload, RosterOrder order, string digest, params InsuranceYear[] years)
    {
        var version = await desk.ApplyAsync(act, upload, order, digest);
        if (version is not null)
            await consequences.DrawAsync(act, years, await PeopleAsync(act, version.VersionId));
        return version;
    }

    /// <summary>Takes back a department's latest version.</summary>
    /// <exception cref="RefusedException">As <see cref="RosterDesk.UndoAsync"/>.</exception>
    public async Task UndoAsync(Act act, long version, params InsuranceYear[] years)
    {
        await desk.UndoAsync(act, version);
        await consequences.DrawAsync(act, years, await PeopleAsync(act, version));
    }

    /// <summary>Applying an upload as a change whose effects are looked at first.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="order">How it is to be read.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <param name="isTrial">Whether only the effects are asked for: then nobody has to have agreed yet.</param>
    /// <param name="years">The open years.</param>
    public ChangeOrder Change(long upload, RosterOrder order, string digest, bool isTrial, params InsuranceYear[] years)
    {
        RosterOutcome outcome = new();
        return new($"list {upload} {digest}", years, WhoAsync, act => desk.WriteAsync(act, upload, order, outcome))
        {
            RefundReason = Refunds.NewlyExempt,
        };

        async Task<IReadOnlyCollection<long>> WhoAsync(Act act)
        {
            outcome = await desk.SameAsync(act, upload, order, digest);
            if (!isTrial)
                await RosterDesk.RequireConfirmedAsync(act, upload, outcome);
            return [.. outcome.Changes.Select(change => change.Person.PersonId).Distinct()];
        }
    }

    static async Task<IReadOnlyCollection<long>> PeopleAsync(Act act, long version) =>
        [.. (await RosterDesk.EntriesAsync(act.Session, act.Area, version)).Select(entry => entry.PersonId).Distinct()];
}
