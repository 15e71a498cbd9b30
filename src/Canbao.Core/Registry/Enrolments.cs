using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Registry;

/// <summary>
/// Enrolment registration: at most one active enrolment for each person and year in the whole installation (promise 4). The claim on
/// the person's number is taken first, then the enrolment is written.
/// </summary>
/// <param name="vault">Hashes what claims are taken by.</param>
public sealed partial class Enrolments(Vault vault)
{
    const int InfantMonths = 3;

    /// <summary>A person's enrolment for a year; null where there is none.</summary>
    public static Task<EnrolmentRow?> FindAsync(Session session, int area, InsuranceYear year, long person)
    {
        int number = year.Year;
        return session.Table<EnrolmentRow>()
            .FirstOrDefaultAsync(row => row.Area == area && row.InsuranceYear == number && row.PersonId == person);
    }

    /// <summary>A person's enrolments of all years, newest first.</summary>
    public static Task<List<EnrolmentRow>> AllAsync(Session session, int area, long person) => (
        from row in session.Table<EnrolmentRow>()
        where row.Area == area && row.PersonId == person
        orderby row.InsuranceYear descending
        select row).ToListAsync();

    /// <summary>Enrols a person for a year; for whoever was enrolled and cancelled it begins anew.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="id">The person.</param>
    /// <param name="kind">One of <see cref="EnrolmentKinds"/>.</param>
    /// <param name="tier">The chosen tier; 0 where the place has none.</param>
    /// <param name="registeredOn">Day of registration; today where null.</param>
    /// <exception cref="RefusedException">
    /// R101: no such person. R121: enrolled already. R122: enrolled in another area of this installation. R123: dead before the year.
    /// R124: the person belongs to no unit now. R127: dead, and not an infant of people insured here.
    /// </exception>
    public async Task<EnrolmentRow> EnrolAsync(
        Act act, InsuranceYear year, long id, string kind, int tier = 0, DateOnly? registeredOn = null)
    {
        var person = await People.RequireAsync(act, id);
        if (person.DiedOn < year.FirstDay)
            throw new RefusedException("R123", $"此人已于{person.DiedOn:yyyy-MM-dd}死亡，不能登记{year}年度；如有误请先更正");
        if (person.DiedOn is not null && !await IsInfantOfInsuredAsync(act, year, person))
            throw new RefusedException(
                "R127", "已死亡的人不能登记；出生后3个月内死亡的婴儿，父母在本地参保的除外，请先为父母登记");
        var status = await People.StatusAsync(act.Session, act.Area, person.PersonId, act.Today)
            ?? throw new RefusedException("R124", "此人目前没有所属单位；请先补登记信息");
        var old = await FindAsync(act.Session, act.Area, year, person.PersonId);
        if (old is { EndedOn: null })
            throw new RefusedException("R121", $"此人已登记{year}年度，不能重复登记");
        await ClaimAsync(act, year, person);
        var enrolment = new EnrolmentRow
        {
            Area = act.Area,
            InsuranceYear = year.Year,
            PersonId = person.PersonId,
            Unit = status.Unit,
            Kind = kind,
            RegisteredOn = registeredOn ?? act.Today,
            Tier = tier,
            ActId = act.Id,
        };
        if (old is null)
            await act.Session.Data.InsertAsync(enrolment);
        else
            await act.Session.Data.UpdateAsync(enrolment);
        act.Record("person", person.PersonId, "enrolled", old is null ? null : RegistryText.Of(old), RegistryText.Of(enrolment));
        return enrolment;
    }

    /// <summary>Changes what an active enrolment says.</summary>
    /// <exception cref="RefusedException">R125: not enrolled for the year.</exception>
    public static async Task ChangeAsync(Act act, InsuranceYear year, long id, Func<EnrolmentRow, EnrolmentRow> change)
    {
        var old = await RequireAsync(act, year, id);
        var changed = change(old) with { ActId = act.Id };
        if (act.Record("person", id, "enrolment_changed", RegistryText.Of(old), RegistryText.Of(changed)))
            await act.Session.Data.UpdateAsync(changed);
    }

    /// <summary>Cancels an enrolment and frees the claim, so that the person can enrol elsewhere.</summary>
    /// <exception cref="RefusedException">R125: not enrolled for the year.</exception>
    public async Task CancelAsync(Act act, InsuranceYear year, long id, string reason)
    {
        await ChangeAsync(act, year, id, row => row with { EndedOn = act.Today, EndReason = LongNumbers.Hidden(reason) });
        await ReleaseAsync(act, year, await People.RequireAsync(act, id));
    }

    /// <summary>
    /// Renews by default whoever was actively enrolled the year before, is alive, still belongs to a unit here and is neither in
    /// employee insurance nor insured elsewhere (<c>lingyuan 四(一)</c>). Whoever has an enrolment for the year already, ended ones too,
    /// is left alone; so is whoever is claimed by another area.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="registeredOn">Day of registration; today where null.</param>
    /// <returns>How many were renewed.</returns>
    /// <exception cref="RefusedException">R128: the day is yet to come.</exception>
    public async Task<long> RenewAsync(Act act, InsuranceYear year, DateOnly? registeredOn = null)
    {
        if (registeredOn > act.Today)
            throw new RefusedException("R128", $"登记日期{registeredOn:yyyy-MM-dd}在今天之后；请改为今天或以前的日期");
        var given = new[]
        {
            new DataParameter("area", act.Area, DataType.Int32),
            new DataParameter("year", year.Year, DataType.Int32),
            new DataParameter("before", year.Previous.Year, DataType.Int32),
            new DataParameter("registered", registeredOn ?? act.Today, DataType.Date),
            new DataParameter("first", year.FirstDay, DataType.Date),
            new DataParameter("act", act.Id, DataType.Int64),
        };
        await ClaimNamelessAsync(act, year);
        await act.Session.Data.ExecuteAsync(RenewalSql.Claims, given);
        long renewed = await act.Session.Data.ExecuteAsync(RenewalSql.Enrolments, given);
        if (renewed > 0)
            act.Record("enrolments", year, "renewed", null, new { People = renewed });
        return renewed;
    }

    /// <summary>How many <see cref="RenewAsync"/> would renew.</summary>
    public static Task<long> RenewableAsync(Session session, int area, InsuranceYear year) => session.Data.ExecuteAsync<long>(
        RenewalSql.Waiting,
        new DataParameter("area", area, DataType.Int32),
        new DataParameter("year", year.Year, DataType.Int32),
        new DataParameter("before", year.Previous.Year, DataType.Int32));

    /// <summary>
    /// Of those who were actively enrolled the year before, whoever is not for the year, by what stands in the way.
    /// </summary>
    public static async Task<IReadOnlyDictionary<RenewalObstacle, int>> NotRenewedAsync(Session session, int area, InsuranceYear year)
    {
        var counts = new Dictionary<RenewalObstacle, int>();
        await using var rows = await session.Data.ExecuteReaderAsync(
            RenewalSql.Obstacles,
            new DataParameter("area", area, DataType.Int32),
            new DataParameter("year", year.Year, DataType.Int32),
            new DataParameter("before", year.Previous.Year, DataType.Int32));
        while (await rows.Reader!.ReadAsync())
            counts.Add((RenewalObstacle)rows.Reader.GetInt32(0), rows.Reader.GetInt32(1));
        return counts;
    }

    /// <summary>The hash by which a person without a number is claimed: by area and record.</summary>
    internal byte[] NamelessHash(int area, long person) =>
        vault.Hash(string.Create(CultureInfo.InvariantCulture, $"person {area} {person}"));

    /// <summary>Whether a dead person died within 3 months of birth and the household is insured here (<c>lingyuan 四(五)</c>).</summary>
    static async Task<bool> IsInfantOfInsuredAsync(Act act, InsuranceYear year, PersonRow person)
    {
        if (person.DiedOn > person.BornOn.AddMonths(InfantMonths))
            return false;
        var (area, number, id) = (act.Area, year.Year, person.PersonId);
        return await (
            from own in act.Session.Table<PersonStatusRow>()
            join other in act.Session.Table<PersonStatusRow>()
                on new { own.Area, own.HouseholdId } equals new { other.Area, other.HouseholdId }
            join enrolment in act.Session.Table<EnrolmentRow>()
                on new { other.Area, other.PersonId } equals new { enrolment.Area, enrolment.PersonId }
            where own.Area == area && other.Area == area && enrolment.Area == area && own.PersonId == id && own.UntilDay == null
                && other.UntilDay == null && other.PersonId != id && enrolment.InsuranceYear == number && enrolment.EndedOn == null
            select enrolment.PersonId).AnyAsync();
    }

    async Task ClaimAsync(Act act, InsuranceYear year, PersonRow person)
    {
        var claim = new EnrolmentClaimRow
        {
            InsuranceYear = year.Year,
            PersonHash = person.NumberHash ?? NamelessHash(act.Area, person.PersonId),
            Area = act.Area,
            PersonId = person.PersonId,
        };
        if (await act.Session.BulkWriteAsync([claim], OnConflict.Keep) == 1)
            return;
        var holder = await act.Session.Table<EnrolmentClaimRow>()
            .FirstAsync(row => row.InsuranceYear == claim.InsuranceYear && row.PersonHash == claim.PersonHash);
        // A claim of our own without an enrolment is left from a record that was merged or cancelled: it is ours to use.
        if (holder.Area == act.Area && holder.PersonId == person.PersonId)
            return;
        throw new RefusedException(
            "R122", holder.Area == act.Area ? "此证件号码在本地的另一条记录上已登记本年度；请先合并两条记录" : $"此人已在{holder.Area}登记{year}年度；请先在该地注销，再在本地登记");
    }

    /// <summary>Those without a number have claims by hashes that only the program can make; they are few.</summary>
    async Task ClaimNamelessAsync(Act act, InsuranceYear year)
    {
        int before = year.Previous.Year;
        var nameless = await (
            from enrolment in act.Session.Table<EnrolmentRow>()
            join person in act.Session.Table<PersonRow>()
                on new { enrolment.Area, enrolment.PersonId } equals new { person.Area, person.PersonId }
            where enrolment.Area == act.Area && person.Area == act.Area && enrolment.InsuranceYear == before
                && enrolment.EndedOn == null && person.NumberHash == null && person.MergedInto == null && person.DiedOn == null
            select person.PersonId).ToListAsync();
        await act.Session.BulkWriteAsync(
            nameless.Select(person => new EnrolmentClaimRow
            {
                InsuranceYear = year.Year,
                PersonHash = NamelessHash(act.Area, person),
                Area = act.Area,
                PersonId = person,
            }),
            OnConflict.Keep);
    }

    static async Task<EnrolmentRow> RequireAsync(Act act, InsuranceYear year, long id) =>
        await FindAsync(act.Session, act.Area, year, id) is { EndedOn: null } row
            ? row
            : throw new RefusedException("R125", $"此人没有有效的{year}年度登记；请核对年度");
}
