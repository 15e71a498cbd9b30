using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Registry;

/// <summary>The register of people: who they are, and what is so of them from day to day.</summary>
/// <param name="vault">Seals numbers and phones.</param>
public sealed partial class People(Vault vault)
{
    /// <summary>The person with a number, now or before it was corrected; null where there is none.</summary>
    public async Task<PersonRow?> FindByNumberAsync(Session session, int area, CitizenNumber number)
    {
        var hash = vault.Hash(number.Full);
        // The most frequent question of all: as a statement of its own it costs a tenth of what composing it anew does.
        var people = await session.Data.QueryToListAsync<PersonRow>(
            "select * from person where area = @area and number_hash = @hash",
            new DataParameter("area", area, DataType.Int32),
            new DataParameter("hash", hash, DataType.VarBinary));
        if (people is [var person])
            return person;
        return await FindByPaperAsync(session, area, hash);
    }

    /// <summary>Whom numbers and names mean, in their order; null where the number is nobody's or the name is another's.</summary>
    public async Task<IReadOnlyList<long?>> FindManyAsync(Session session, int area, IReadOnlyList<(string Number, string Name)> told)
    {
        var hashes = told.Select(one => CitizenNumber.TryParse(one.Number, out var number, out _)
            ? ListedPeople.Key(vault.Hash(number.Full)) : (UInt128?)null).ToList();
        var found = await ListedPeople.HoldersAsync(session, area, hashes.OfType<UInt128>());
        return
        [
            .. told.Zip(hashes, (one, hash) => hash is { } known && found.TryGetValue(known, out var person)
                && PersonName.TryParse(one.Name, out var sound, out _) && sound.Text == person.Name ? person.PersonId : (long?)null),
        ];
    }

    static async Task<PersonRow?> FindByPaperAsync(Session session, int area, byte[] hash)
    {
        var paper = await session.Table<PersonPaperRow>().FirstOrDefaultAsync(row => row.Area == area && row.NumberHash == hash);
        return paper is null ? null : await FindAsync(session, area, paper.PersonId);
    }

    /// <summary>The people with a name, oldest record first; at most <paramref name="limit"/>.</summary>
    public static Task<List<PersonRow>> FindByNameAsync(Session session, int area, string name, int limit) => (
        from row in session.Table<PersonRow>()
        where row.Area == area && row.Name == name && row.MergedInto == null
        orderby row.PersonId
        select row).Take(limit).ToListAsync();

    /// <summary>The people who have a phone number now; at most <paramref name="limit"/>.</summary>
    public Task<List<PersonRow>> FindByPhoneAsync(Session session, int area, string phone, int limit)
    {
        var hash = vault.Hash(phone);
        return (
            from status in session.Table<PersonStatusRow>()
            join row in session.Table<PersonRow>()
                on new { status.Area, status.PersonId } equals new { row.Area, row.PersonId }
            where status.Area == area && row.Area == area && status.PhoneHash == hash && status.UntilDay == null
            orderby row.PersonId
            select row).Take(limit).ToListAsync();
    }

    /// <summary>A person; whoever was merged leads to the record that goes on. Null where there is none.</summary>
    public static async Task<PersonRow?> FindAsync(Session session, int area, long id)
    {
        var row = await RowAsync(session, area, id);
        while (row?.MergedInto is { } other)
            row = await RowAsync(session, area, other);
        return row;
    }

    /// <summary>What is so of a person on a day; null before the first span.</summary>
    public static Task<PersonStatusRow?> StatusAsync(Session session, int area, long id, DateOnly day) =>
        session.Table<PersonStatusRow>().FirstOrDefaultAsync(row => row.Area == area && row.PersonId == id
            && row.FromDay <= day && (row.UntilDay == null || row.UntilDay >= day));

    /// <summary>All spans of a person, in order.</summary>
    public static Task<List<PersonStatusRow>> StatusesAsync(Session session, int area, long id) => (
        from row in session.Table<PersonStatusRow>()
        where row.Area == area && row.PersonId == id
        orderby row.FromDay
        select row).ToListAsync();

    /// <summary>Registers somebody who is not in the register yet.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="person">Who.</param>
    /// <param name="from">From which day what is said of them is so; a newborn's is the birth.</param>
    /// <exception cref="RefusedException">R102: the number is registered. R103: the birth is later than today.</exception>
    public async Task<PersonRow> RegisterAsync(Act act, NewPerson person, DateOnly from)
    {
        if (person.BornOn > act.Today)
            throw new RefusedException("R103", $"出生日期{person.BornOn:yyyy-MM-dd}在今天之后；请核对");
        if (person.Number is not null && await FindByNumberAsync(act.Session, act.Area, person.Number) is not null)
            throw new RefusedException("R102", "这个证件号码已经登记；请查找此人，修改其信息");
        var salt = Vault.NewSalt();
        var row = Numbered(
            new PersonRow
            {
                Area = act.Area,
                PersonId = act.Session.NextId(),
                Salt = salt,
                Name = person.Name.Text,
                Sex = person.Sex,
                BornOn = person.BornOn,
                ActId = act.Id,
            },
            person.Number);
        await act.Session.Data.InsertAsync(row);
        act.Record("person", row.PersonId, "registered", null, RegistryText.Of(row));
        var status = Phoned(
            row,
            person.Status with { Area = act.Area, PersonId = row.PersonId, FromDay = from, UntilDay = null, ActId = act.Id },
            person.Phone);
        await act.Session.Data.InsertAsync(status);
        RecordStatus(act, row, null, status);
        return row;
    }

    /// <summary>Changes what is so of a person from a day on, and of all that was entered for later days.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The person.</param>
    /// <param name="from">The first day of the change.</param>
    /// <param name="change">The change; days, identity and phone are not its to change.</param>
    /// <exception cref="RefusedException">R101: no such person. R104: the day is before the person's first record.</exception>
    public async Task ChangeAsync(Act act, long id, DateOnly from, Func<PersonStatusRow, PersonStatusRow> change)
    {
        var person = await RequireAsync(act, id);
        var spans = await StatusesAsync(act.Session, act.Area, person.PersonId);
        if (spans.Count == 0 || from < spans[0].FromDay)
            throw new RefusedException(
                "R104", $"变更日期{from:yyyy-MM-dd}早于此人最早的记录；请改为不早于{spans.FirstOrDefault()?.FromDay:yyyy-MM-dd}");
        foreach (var span in StatusSpans.Apply(spans, from, change))
        {
            var old = spans.FirstOrDefault(each => each.FromDay == span.FromDay);
            if (old == span)
                continue;
            var written = span with { ActId = act.Id };
            if (old is null)
                await act.Session.Data.InsertAsync(written);
            else
                await act.Session.Data.UpdateAsync(written);
            // A span that begins anew is recorded against the one that it follows, so that the change itself can be read.
            RecordStatus(act, person, old ?? spans.LastOrDefault(each => each.FromDay < span.FromDay), written);
        }
    }

    /// <summary>Changes a person's phone number; null takes it away.</summary>
    /// <exception cref="RefusedException">R101, R104 as for any change.</exception>
    public async Task ChangePhoneAsync(Act act, long id, DateOnly from, string? phone)
    {
        var person = await RequireAsync(act, id);
        await ChangeAsync(act, person.PersonId, from, status => SamePhone(status, phone) ? status : Phoned(person, status, phone));
    }

    /// <summary>The person's number in full. Seeing it is a recorded act (promise 8).</summary>
    /// <returns>Null for whoever has none.</returns>
    /// <exception cref="RefusedException">R101: no such person.</exception>
    public async Task<string?> ShowNumberAsync(Act act, long id)
    {
        var person = await RequireAsync(act, id);
        act.Record("person", person.PersonId, "number_shown", null, new { Number = person.NumberMask });
        return OpenNumber(person);
    }

    /// <summary>The number, for files to other offices and forms; the caller records the act.</summary>
    public string? OpenNumber(PersonRow person) =>
        person.NumberSealed is null ? null : vault.OpenText(person.Salt, RegistryText.NumberPurpose, person.NumberSealed);

    /// <summary>Whether a number is the one that a person has now.</summary>
    public bool IsNumber(PersonRow person, CitizenNumber number) =>
        person.NumberHash is { } hash && hash.AsSpan().SequenceEqual(vault.Hash(number.Full));

    /// <summary>A span's phone number, for whoever sends to it; null where there is none. The caller records the act.</summary>
    public string? OpenPhone(PersonRow person, PersonStatusRow status) =>
        status.PhoneSealed is null ? null : vault.OpenText(person.Salt, RegistryText.PhonePurpose, status.PhoneSealed);

    /// <summary>A span's phone number as screens show it; null where there is none.</summary>
    public string? PhoneMask(PersonRow person, PersonStatusRow status) => RegistryText.PhoneMask(vault, person, status);

    internal static async Task<PersonRow> RequireAsync(Act act, long id) =>
        await FindAsync(act.Session, act.Area, id) ?? throw RegistryText.NotFound();

    internal PersonRow Numbered(PersonRow row, CitizenNumber? number) => row with
    {
        NumberHash = number is null ? null : vault.Hash(number.Full),
        NumberSealed = number is null ? null : vault.Seal(row.Salt, RegistryText.NumberPurpose, number.Full),
        NumberMask = number?.Masked ?? "",
    };

    internal PersonStatusRow Phoned(PersonRow person, PersonStatusRow status, string? phone) => status with
    {
        PhoneHash = phone is null ? null : vault.Hash(phone),
        PhoneSealed = phone is null ? null : vault.Seal(person.Salt, RegistryText.PhonePurpose, phone),
    };

    bool SamePhone(PersonStatusRow status, string? phone) =>
        phone is null ? status.PhoneHash is null : status.PhoneHash is { } hash && hash.AsSpan().SequenceEqual(vault.Hash(phone));

    void RecordStatus(Act act, PersonRow person, PersonStatusRow? old, PersonStatusRow now) => act.Record(
        "person",
        person.PersonId,
        "status",
        old is null ? null : RegistryText.Of(old, PhoneMask(person, old)),
        RegistryText.Of(now, PhoneMask(person, now)));

    static Task<PersonRow?> RowAsync(Session session, int area, long id) =>
        session.Table<PersonRow>().FirstOrDefaultAsync(row => row.Area == area && row.PersonId == id);
}
