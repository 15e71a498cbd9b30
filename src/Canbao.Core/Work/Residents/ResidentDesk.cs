using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Residents;

/// <summary>A unit that can be asked, with what is known of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Leader">Who leads it; empty where not told.</param>
/// <param name="Contact">How to reach the leader; empty where not told.</param>
public sealed record AskedUnit(string Name, string Leader, string Contact);

/// <summary>What somebody who looked up sees of one insurance year.</summary>
/// <param name="Person">Who looked up.</param>
/// <param name="Own">The own dues, payment and registration.</param>
/// <param name="Family">The others of the household who are alive; of them only <see cref="FamilyMember"/> is shown.</param>
public sealed record ResidentFile(PersonRow Person, MemberFile Own, IReadOnlyList<FamilyMember> Family)
{
    /// <summary>The household; null for whoever lives in none.</summary>
    public HouseholdRow? Household { get; init; }

    /// <summary>Who bears what of the own contribution.</summary>
    public required FundedDue Funded { get; init; }

    /// <summary>The own spans of cover of the year.</summary>
    public required IReadOnlyList<CoverSpanRow> Covers { get; init; }

    /// <summary>The own payments of the last years that were not taken back, newest first.</summary>
    public required IReadOnlyList<PaymentRow> Payments { get; init; }

    /// <summary>What was handed in, newest first.</summary>
    public required IReadOnlyList<ApplicationRow> Applications { get; init; }

    /// <summary>Whether one can pay here (<see cref="PayDesk.Channel"/>).</summary>
    public required bool CanPay { get; init; }

    /// <summary>The names of the other channels where one can pay.</summary>
    public required IReadOnlyList<string> OtherChannels { get; init; }

    /// <summary>The areas of this installation.</summary>
    public required IReadOnlyList<AreaRow> Areas { get; init; }

    /// <summary>Whom to ask: the own unit, then those above it.</summary>
    public required IReadOnlyList<AskedUnit> Units { get; init; }

    /// <summary>Everybody for whom something can be paid today, oneself first.</summary>
    public IEnumerable<(MemberFile File, string Name)> Owing => Family.Select(one => (one.File, one.Name))
        .Prepend((Own, Person.Name)).Where(one => one.Item1.Owes is not null);
}

/// <summary>
/// Another member of the household as a page may show them: not the whole name, no reason of the amount, since that tells of poverty
/// or disability, no receipt.
/// </summary>
/// <param name="File">Everything, of which pages show no more than the masked number, and what is owed or that it is paid.</param>
/// <param name="Name">The name as it is posted in public.</param>
public sealed record FamilyMember(MemberFile File, string Name);

/// <summary>What a resident sees without an account (<c>docs/rooms/resident.md</c>).</summary>
/// <param name="people">The register.</param>
/// <param name="households">Households with what they owe.</param>
/// <param name="dues">What people owe.</param>
/// <param name="vault">Hashes who asks, opens the contacts of units.</param>
public sealed class ResidentDesk(People people, HouseholdFiles households, Dues dues, Vault vault) : IAsyncDisposable
{
    readonly ResidentLimits limits = new(vault);

    /// <summary>The one answer to whatever does not fit: it tells neither whether the number is known nor whose it is.</summary>
    public static RefusedException NotFound() =>
        new("W120", "没有查到。请核对证件号码和姓名是否与户口簿一致；核对无误仍查不到的，请到所在村（社区）询问");

    /// <summary>The one answer to asking too often.</summary>
    public static RefusedException TooOften() => new("W121", "查询次数太多，请过一小时再查，或到所在村（社区）询问");

    /// <summary>
    /// Finds whom a number and name mean. Counted before it is looked at; number and name that do not belong together, and a number of
    /// another area, are answered like one that nobody has.
    /// </summary>
    /// <param name="database">Where; the count is kept whatever is answered.</param>
    /// <param name="area">The area that was chosen.</param>
    /// <param name="asked">Number and name.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>The person.</returns>
    /// <exception cref="RefusedException">W120: not found. W121: asked too often.</exception>
    public async Task<long> FindAsync(
        Database database, int area, (CitizenNumber Number, string Name) asked, string address, CancellationToken cancel = default)
    {
        if (!await limits.AdmitsAsync(database, area, address, asked.Number.Full))
            throw TooOften();
        var found = await database.ReadAsync(
            session => people.FindManyAsync(session, area, [(asked.Number.Full, asked.Name)]), cancel);
        return found[0] ?? throw NotFound();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => limits.DisposeAsync();

    /// <summary>Counts an application of a client address; false where there were too many.</summary>
    public Task<bool> AdmitsApplicationAsync(Session session, int area, string address) =>
        limits.AdmitsApplicationAsync(session, area, address);

    /// <summary>What somebody who looked up sees; null where the person is gone since.</summary>
    public async Task<ResidentFile?> ReadAsync(Session session, int area, long id, InsuranceYear year, DateOnly today)
    {
        var rows = await ResidentRows.ReadAsync(session, area, id, year, today);
        if (rows.People is not [var person] || rows.OnDay is not [var status])
            return null;
        var units = rows.Units.OrderByDescending(unit => unit.Path.Length).ToList();
        var paid = new HouseholdPaid { Payments = rows.Payments.FindAll(one => one.InsuranceYear == year.Year), Covers = rows.Covers };
        var home = rows.View() is { } view && new UnitRange(units[0].Path).Contains(rows.Path)
            ? await households.OfAsync(session, area, year, today, view, paid)
            : null;
        var own = home?.Members.FirstOrDefault(member => member.Member.Person.PersonId == person.PersonId)
            ?? new(
                new(person, status, await Enrolments.FindAsync(session, area, year, person.PersonId)),
                await dues.QuoteAsync(session, area, year, person.PersonId, today),
                paid.Payments.Find(one => one.PersonId == person.PersonId),
                paid.Covers.Find(one => one.PersonId == person.PersonId));
        return new(person, own, [.. from member in home?.Members ?? []
                                    where member.Member.Counts && member.Member.Person.PersonId != person.PersonId
                                    select new FamilyMember(member, Masked(member.Member.Person.Name))])
        {
            Household = home?.View.Household,
            Funded = own.Quote?.Funded ?? new(null, []),
            Covers = rows.Covers.FindAll(one => one.PersonId == person.PersonId),
            Payments = rows.Payments.FindAll(one => one.PersonId == person.PersonId),
            Applications = rows.Applications,
            CanPay = rows.Channels.Exists(channel => channel.Code == PayDesk.Channel),
            OtherChannels = [.. from channel in rows.Channels where channel.Code != PayDesk.Channel select channel.Name],
            Areas = rows.Areas,
            Units = [.. units.Select(unit => new AskedUnit(unit.Name, unit.Leader, UnitStore.Contact(vault, unit)))],
        };
    }

    /// <summary>A name as it is posted in public (<see cref="PersonName.Masked"/>).</summary>
    public static string Masked(string name) => PersonName.TryParse(name, out var sound, out _) ? sound.Masked : "*";
}
