using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>Applies lists and takes them back, and assesses at once what the people concerned owe, where they are not too many.</summary>
/// <param name="desk">The lists.</param>
/// <param name="dues">What people owe.</param>
public sealed class ListDesk(RosterDesk desk, Dues dues)
{
    /// <summary>More people than this wait for the next assessment of everybody.</summary>
    public const int MostAssessed = 2000;

    /// <summary>Applies an upload, if what comes of it is what was shown.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="order">How it is to be read.</param>
    /// <param name="digest">The outcome that was shown.</param>
    /// <param name="years">The open years.</param>
    /// <returns>The version, null where nothing changes; and whether dues follow already.</returns>
    /// <exception cref="RefusedException">As <see cref="RosterDesk.ApplyAsync"/>.</exception>
    public async Task<(RosterVersionRow? Version, bool IsAssessed)> ApplyAsync(
        Act act, long upload, RosterOrder order, string digest, params InsuranceYear[] years)
    {
        var version = await desk.ApplyAsync(act, upload, order, digest);
        return (version, version is null || await AssessAsync(act, version.VersionId, years));
    }

    /// <summary>Takes back a department's latest version.</summary>
    /// <returns>Whether dues follow already.</returns>
    /// <exception cref="RefusedException">As <see cref="RosterDesk.UndoAsync"/>.</exception>
    public async Task<bool> UndoAsync(Act act, long version, params InsuranceYear[] years)
    {
        await desk.UndoAsync(act, version);
        return await AssessAsync(act, version, years);
    }

    async Task<bool> AssessAsync(Act act, long version, InsuranceYear[] years)
    {
        var entries = await RosterDesk.EntriesAsync(act.Session, act.Area, version);
        long[] people = [.. entries.Select(entry => entry.PersonId).Distinct()];
        if (people.Length > MostAssessed)
            return false;
        foreach (var year in years)
            await dues.KeepAsync(act, year, people);
        return true;
    }
}
