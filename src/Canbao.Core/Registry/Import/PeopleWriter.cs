using System.Collections.Immutable;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry.Import;

/// <summary>Writes the good rows of a people file, chunk by chunk, in one transaction.</summary>
/// <param name="act">The deed.</param>
/// <param name="vault">Seals numbers and phones.</param>
/// <param name="known">Who is in the register.</param>
/// <param name="has">The columns that the file has; what it leaves out stays as it is.</param>
sealed class PeopleWriter(Act act, Vault vault, PeopleKnown known, ImmutableArray<bool> has)
{
    const int MostInList = 500;

    readonly People people = new(vault);

    public required bool IsDry { get; init; }

    public required DateOnly From { get; init; }

    public async Task WriteAsync(List<PersonDraft> drafts, ImportReport report)
    {
        var added = drafts.Where(draft => draft.KnownId is null).ToList();
        var households = Found(drafts);
        report.Added += added.Count;
        report.Households += households.Count;
        if (!IsDry)
        {
            var rows = added.AsParallel().AsOrdered().Select(Row).ToList();
            await act.Session.BulkWriteAsync(households, OnConflict.Refuse);
            await act.Session.BulkWriteAsync(rows.Select(row => row.Person), OnConflict.Refuse);
            await act.Session.BulkWriteAsync(rows.Select(row => row.Status), OnConflict.Refuse);
        }

        foreach (var part in drafts.Where(draft => draft.KnownId is not null).Chunk(MostInList))
            await ChangeAsync(part, report);
    }

    List<HouseholdRow> Found(List<PersonDraft> drafts)
    {
        var households = new List<HouseholdRow>();
        foreach (var draft in drafts)
        {
            if (draft.HouseholdNumber.Length == 0 || known.Household(draft.HouseholdNumber) is not null)
                continue;
            var household = new HouseholdRow
            {
                Area = act.Area,
                HouseholdId = act.Session.NextId(),
                Unit = draft.Status.Unit,
                Number = draft.HouseholdNumber,
                Address = draft.Status.Address,
                ActId = act.Id,
            };
            known.AddHousehold(household.Number, household.HouseholdId);
            households.Add(household);
        }

        return households;
    }

    (PersonRow Person, PersonStatusRow Status) Row(PersonDraft draft)
    {
        var salt = Vault.NewSalt();
        var person = new PersonRow
        {
            Area = act.Area,
            PersonId = act.Session.NextId(),
            NumberHash = draft.NumberHash,
            NumberSealed = draft.Number is null ? null : vault.Seal(salt, RegistryText.NumberPurpose, draft.Number.Full),
            NumberMask = draft.Number?.Masked ?? "",
            Salt = salt,
            Name = draft.Name,
            Sex = draft.Sex,
            BornOn = draft.BornOn,
            DiedOn = draft.DiedOn,
            ActId = act.Id,
        };
        var status = draft.Status with
        {
            Area = act.Area,
            PersonId = person.PersonId,
            // Somebody born after the day is registered from birth.
            FromDay = draft.BornOn > From ? draft.BornOn : From,
            HouseholdId = draft.HouseholdNumber.Length == 0 ? null : known.Household(draft.HouseholdNumber),
            ActId = act.Id,
        };
        return (person, draft.Phone.Length == 0 ? status : people.Phoned(person, status, draft.Phone));
    }

    async Task ChangeAsync(PersonDraft[] drafts, ImportReport report)
    {
        var ids = drafts.Select(draft => draft.KnownId!.Value).ToArray();
        var old = await (
            from person in act.Session.Table<PersonRow>()
            join status in act.Session.Table<PersonStatusRow>()
                on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
            where person.Area == act.Area && status.Area == act.Area && person.PersonId.In(ids) && status.UntilDay == null
            select new { person, status }).ToDictionaryAsync(row => row.person.PersonId);
        foreach (var draft in drafts)
        {
            var found = old[draft.KnownId!.Value];
            var differs = Differs(draft, found.person, found.status);
            report.Changed += differs ? 1 : 0;
            report.Unchanged += differs ? 0 : 1;
            if (differs && !IsDry)
                await ChangeAsync(draft, found.person, found.status);
        }
    }

    bool Differs(PersonDraft draft, PersonRow person, PersonStatusRow status) =>
        Merged(draft, status) != status
        || draft.DiedOn is not null && draft.DiedOn != person.DiedOn
        || draft.Phone.Length > 0 && !(status.PhoneHash is { } hash && hash.AsSpan().SequenceEqual(vault.Hash(draft.Phone)));

    async Task ChangeAsync(PersonDraft draft, PersonRow person, PersonStatusRow status)
    {
        var from = From < status.FromDay ? status.FromDay : From;
        await people.ChangeAsync(act, person.PersonId, from, span => Merged(draft, span));
        if (draft.Phone.Length > 0)
            await people.ChangePhoneAsync(act, person.PersonId, from, draft.Phone);
        if (draft.DiedOn is { } died && died != person.DiedOn)
            await People.DiedAsync(act, person.PersonId, died);
    }

    /// <summary>A span with what the file says; columns that the file lacks, and empty households and addresses, change nothing.</summary>
    PersonStatusRow Merged(PersonDraft draft, PersonStatusRow span) => span with
    {
        Unit = draft.Status.Unit,
        HouseholdId = draft.HouseholdNumber.Length == 0 ? span.HouseholdId : known.Household(draft.HouseholdNumber),
        Relation = Told(PeopleFile.Column.Relation, draft.Status.Relation, span.Relation),
        Residence = Told(PeopleFile.Column.Residence, draft.Status.Residence, span.Residence),
        Employment = Told(PeopleFile.Column.Employment, draft.Status.Employment, span.Employment),
        EmployeeCoverEnded = Told(PeopleFile.Column.EmployeeCoverEnded, draft.Status.EmployeeCoverEnded, span.EmployeeCoverEnded),
        Student = Told(PeopleFile.Column.Student, draft.Status.Student, span.Student),
        SchoolEntry = Told(PeopleFile.Column.SchoolEntry, draft.Status.SchoolEntry, span.SchoolEntry),
        SchoolUnit = Told(PeopleFile.Column.SchoolUnit, draft.Status.SchoolUnit, span.SchoolUnit),
        ScopeStatus = Told(PeopleFile.Column.ScopeStatus, draft.Status.ScopeStatus, span.ScopeStatus),
        OtherCover = Told(PeopleFile.Column.OtherCover, draft.Status.OtherCover, span.OtherCover),
        Address = draft.Status.Address.Length == 0 ? span.Address : draft.Status.Address,
    };

    T Told<T>(int column, T told, T kept) => has[column] ? told : kept;
}
