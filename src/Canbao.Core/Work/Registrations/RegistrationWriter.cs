using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Registrations;

/// <summary>Does what a registration table says, through the rooms, in one act.</summary>
/// <param name="act">The deed.</param>
/// <param name="order">Which table, and whose.</param>
/// <param name="rooms">Register, registrations and dues.</param>
sealed class RegistrationWriter(Act act, RegistrationOrder order, (People People, Enrolments Enrolments, Dues Dues) rooms)
{
    const int MostAssessed = 500;
    const string MovedAway = "迁出，由迁入地参保";

    readonly LifeEvents events = new(rooms.People, rooms.Enrolments);
    readonly Dictionary<string, long> households = new(StringComparer.Ordinal);
    HashSet<string> headed = [];

    public async Task WriteAsync(RegistrationOutcome outcome)
    {
        headed = [.. outcome.Deeds.Where(deed => deed.Draft is { HasRelation: true, Status.Relation: Relation.Head })
            .Select(deed => deed.Draft.Household)];
        var changed = new List<long>();
        foreach (var deed in outcome.Deeds.Where(deed => deed.Action != RegistrationAction.None))
            changed.Add(await DoAsync(deed));
        foreach (var part in changed.Chunk(MostAssessed))
            foreach (var year in new[] { order.Year.Previous, order.Year })
                await rooms.Dues.KeepAsync(act, year, part);
    }

    async Task<long> DoAsync(RegistrationDeed deed)
    {
        var draft = deed.Draft;
        var person = deed.PersonId ?? await RegisterAsync(draft);
        switch (deed.Action)
        {
            case RegistrationAction.Complete:
                person = (await events.CorrectNumberAsync(act, person, draft.Number!)).PersonId;
                break;
            case RegistrationAction.MoveIn:
                await MoveInAsync(person, draft);
                break;
            case RegistrationAction.MoveOut:
                await MoveOutAsync(person, draft);
                break;
            case RegistrationAction.Die:
                await events.DieAsync(act, person, draft.Day!.Value);
                break;
        }

        if (draft.Status.SchoolUnit is not null && deed.PersonId is not null && order.Kind.Enrols)
            await rooms.People.ChangeAsync(act, person, await FromAsync(person, act.Today), status => status with
            {
                SchoolUnit = draft.Status.SchoolUnit,
                Student = draft.Status.Student,
            });
        if (draft.Phone.Length > 0 && deed.PersonId is not null && order.Kind.Enrols)
            await rooms.People.ChangePhoneAsync(act, person, await FromAsync(person, act.Today), draft.Phone);
        if (deed.Enrols)
            await rooms.Enrolments.EnrolAsync(act, order.Year, person, Kind(draft), 0, order.Enrolled(draft, act.Today));
        return person;
    }

    string Kind(RegistrationDraft draft) => draft.IsNewborn ? EnrolmentKinds.Newborn
        : order.Kind == RegistrationKind.MovedIn ? EnrolmentKinds.MovedIn
        : EnrolmentKinds.New;

    async Task<long> RegisterAsync(RegistrationDraft draft)
    {
        var (household, isHead) = await HouseholdAsync(draft);
        var born = draft.BornOn!.Value;
        var day = draft.Day ?? act.Today;
        var status = draft.Status with { HouseholdId = household, Relation = isHead ? Relation.Head : draft.Status.Relation };
        var person = await rooms.People.RegisterAsync(
            act,
            new NewPerson(draft.Number, draft.Name, draft.Sex!.Value, born)
            {
                Status = status,
                Phone = draft.Phone.Length == 0 ? null : draft.Phone,
            },
            // A newborn is here from birth (lishi 四(二)).
            draft.IsNewborn ? born : day);
        return person.PersonId;
    }

    /// <summary>Moves somebody here: unit, household and hukou follow, and the registration counts for the new unit.</summary>
    async Task MoveInAsync(long person, RegistrationDraft draft)
    {
        var from = await FromAsync(person, draft.Day!.Value);
        var (household, isHead) = await HouseholdAsync(draft);
        await Households.LeaveAsync(act, rooms.People, person, from, status => status with
        {
            Unit = draft.Status.Unit,
            Residence = draft.Status.Residence,
            PermitUntil = draft.Status.PermitUntil,
            OtherCover = OtherCover.None,
            HouseholdId = household,
            Relation = isHead ? Relation.Head : draft.Status.Relation,
            Address = draft.Status.Address,
        });
        foreach (var enrolment in await Enrolments.AllAsync(act.Session, act.Area, person))
            if (enrolment.EndedOn is null && enrolment.InsuranceYear >= order.Year.Year)
                await Enrolments.ChangeAsync(
                    act, new(enrolment.InsuranceYear), person, row => row with { Unit = draft.Status.Unit });
    }

    /// <summary>
    /// Notes that somebody moved away. Only where the other place insures the person does it end anything: the person leaves the household,
    /// and registrations of years to come end, so that nobody is insured twice and nobody falls out of cover on the way. The running year
    /// stays as it is; so does what is paid, until the refund desk has given it back.
    /// </summary>
    async Task MoveOutAsync(long person, RegistrationDraft draft)
    {
        var from = await FromAsync(person, draft.Day!.Value);
        if (!draft.IsInsuredThere)
        {
            await rooms.People.ChangeAsync(act, person, from, status => Away(status));
            return;
        }

        await Households.LeaveAsync(act, rooms.People, person, from, status => Away(status) with
        {
            OtherCover = OtherCover.ResidentElsewhere,
            HouseholdId = null,
            Relation = Relation.Head,
        });
        foreach (var enrolment in await Enrolments.AllAsync(act.Session, act.Area, person))
        {
            var year = new InsuranceYear(enrolment.InsuranceYear);
            if (enrolment.EndedOn is null && draft.Day < year.FirstDay
                && (await Payments.OfAsync(act.Session, act.Area, [year.Year], [person])).Count == 0)
                await rooms.Enrolments.CancelAsync(act, year, person, MovedAway);
        }
    }

    static PersonStatusRow Away(PersonStatusRow status) => status with { Residence = Residence.NonLocal, PermitUntil = null };

    /// <summary>The day of a change, not before the person's first record.</summary>
    async Task<DateOnly> FromAsync(long person, DateOnly day)
    {
        var first = (await People.StatusesAsync(act.Session, act.Area, person))[0].FromDay;
        return day < first ? first : day;
    }

    /// <summary>
    /// The household that a row names, and whether the person becomes its head. A number that is new founds one, whose first member is the
    /// head unless another row says so; a row without a number founds one of its own, as the desk does, but for pupils.
    /// </summary>
    async Task<(long? Id, bool IsHead)> HouseholdAsync(RegistrationDraft draft)
    {
        var isHead = draft is { HasRelation: true, Status.Relation: Relation.Head };
        if (draft.Household.Length == 0)
            return draft.Status.SchoolUnit is not null ? (null, true) : ((await FoundAsync()).HouseholdId, true);
        if (households.TryGetValue(draft.Household, out var known))
            return (known, isHead);
        var kept = await Households.FindByNumberAsync(act.Session, act.Area, order.Within, draft.Household);
        var household = kept ?? await FoundAsync();
        households.Add(draft.Household, household.HouseholdId);
        return (household.HouseholdId, isHead || kept is null && !headed.Contains(draft.Household));

        Task<HouseholdRow> FoundAsync() => Households.FoundAsync(act, draft.Status.Unit, draft.Household, draft.Status.Address);
    }
}
