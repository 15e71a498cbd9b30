using Canbao.Core.Events;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Registry;

public sealed partial class Enrolments
{
    /// <summary>
    /// Gives an active enrolment of a record that was merged to the one that goes on; where that one is enrolled for the year itself, this
    /// enrolment ends. Its claim goes either way.
    /// </summary>
    internal async Task TakeOverAsync(Act act, EnrolmentRow old, PersonRow from, PersonRow to, string reason)
    {
        var year = new InsuranceYear(old.InsuranceYear);
        await ReleaseAsync(act, year, from);
        var ended = old with { EndedOn = act.Today, EndReason = reason, ActId = act.Id };
        await act.Session.Data.UpdateAsync(ended);
        act.Record("person", from.PersonId, "enrolment_changed", RegistryText.Of(old), RegistryText.Of(ended));
        var own = await FindAsync(act.Session, act.Area, year, to.PersonId);
        if (own is { EndedOn: null })
            return;
        await ClaimAsync(act, year, to);
        var taken = old with { PersonId = to.PersonId, ActId = act.Id };
        if (own is null)
            await act.Session.Data.InsertAsync(taken);
        else
            await act.Session.Data.UpdateAsync(taken);
        act.Record("person", to.PersonId, "enrolled", own is null ? null : RegistryText.Of(own), RegistryText.Of(taken));
    }

    /// <summary>Moves the claims of a person's active enrolments to a number that was corrected.</summary>
    /// <exception cref="RefusedException">R122: whoever has the number is enrolled elsewhere.</exception>
    internal async Task ReclaimAsync(Act act, PersonRow before, PersonRow now)
    {
        foreach (var enrolment in await AllAsync(act.Session, act.Area, now.PersonId))
        {
            if (enrolment.EndedOn is not null)
                continue;
            var year = new InsuranceYear(enrolment.InsuranceYear);
            await ReleaseAsync(act, year, before);
            await ClaimAsync(act, year, now);
        }
    }

    async Task ReleaseAsync(Act act, InsuranceYear year, PersonRow person)
    {
        foreach (var hash in new[] { person.NumberHash, NamelessHash(act.Area, person.PersonId) }.OfType<byte[]>())
            await act.Session.Table<EnrolmentClaimRow>().DeleteAsync(row => row.InsuranceYear == year.Year && row.PersonHash == hash
                && row.Area == act.Area && row.PersonId == person.PersonId);
    }
}
