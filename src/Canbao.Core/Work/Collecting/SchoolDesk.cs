using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Collecting;

/// <summary>A pupil who has not paid.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The number as screens show it.</param>
/// <param name="ClassName">The class or school.</param>
/// <param name="Owes">What is owed today; null where nothing is or nothing can be paid.</param>
public sealed record OwingPupil(long PersonId, string Name, string NumberMask, string ClassName, Money? Owes);

/// <summary>How far the pupils of a school are.</summary>
/// <param name="Enrolled">Enrolled for the year.</param>
/// <param name="Paid">Of them paid.</param>
public readonly record struct PupilCount(int Enrolled, int Paid);

/// <summary>
/// What a school does for its pupils (<c>laishan 四(四)-schools</c>): it has them registered, tax confirms, it tells the parents, who pay
/// within three days; a university collects itself, through <see cref="CashDesk"/>.
/// </summary>
/// <param name="dues">What people owe.</param>
public sealed class SchoolDesk(Dues dues)
{
    /// <summary>How many of a school's pupils are enrolled and have paid.</summary>
    public static async Task<PupilCount> CountAsync(Session session, int area, UnitRange school, InsuranceYear year)
    {
        var pupils = Pupils(session, area, school, year.Year);
        int enrolled = await pupils.CountAsync();
        return new(enrolled, enrolled - await Unpaid(session, area, pupils, year.Year).CountAsync());
    }

    /// <summary>The pupils who are enrolled and have not paid, by class and name: one page of them.</summary>
    public async Task<List<OwingPupil>> OwingAsync(
        Session session, int area, UnitRange school, (InsuranceYear Year, DateOnly Day) when, (int Skip, int Take) part)
    {
        var rows = await Unpaid(session, area, Pupils(session, area, school, when.Year.Year), when.Year.Year)
            .OrderBy(row => row.Place).ThenBy(row => row.Name).ThenBy(row => row.PersonId)
            .Skip(part.Skip).Take(part.Take).ToListAsync();
        if (rows.Count == 0)
            return [];
        var quotes = await dues.QuotesAsync(session, area, when.Year, [.. rows.Select(row => row.PersonId)], when.Day);
        return rows.ConvertAll(row => new OwingPupil(
            row.PersonId, row.Name, row.Mask, row.Unit,
            quotes.GetValueOrDefault(row.PersonId)?.Personal is { } due && due > Money.Zero ? due : null));
    }

    /// <summary>A school hands its registered pupils to tax.</summary>
    /// <exception cref="RefusedException">C133: not a school's account. C134: nobody is registered.</exception>
    public static async Task<CollectionBatchRow> RegisterAsync(Act act, Viewer viewer, InsuranceYear year)
    {
        if (viewer.Role != Role.School)
            throw new RefusedException("C133", "由学校办理");
        var count = await CountAsync(act.Session, act.Area, viewer.Scope, year);
        if (count.Enrolled == 0)
            throw new RefusedException("C134", "本校还没有登记参保的学生；请先登记");
        var batch = await Batches.NewAsync(act, Batches.Notice, viewer.UnitCode, year.Year, act.Account);
        return await BatchDesk.StepAsync(act, batch, new() { Step = Batches.Registered }, new(count.Enrolled, Money.Zero));
    }

    /// <summary>Tax finds as many registered as the school says.</summary>
    /// <exception cref="RefusedException">C130 to C133. C136: another number of people.</exception>
    public static async Task<CollectionBatchRow> ConfirmAsync(Act act, Viewer viewer, long id, int people)
    {
        var batch = await BatchDesk.RequireAsync(act, viewer, id, Batches.Confirmed);
        int told = (await Batches.StepsAsync(act.Session, act.Area, id))[0].People;
        if (people != told)
            throw new RefusedException("C136", $"税务核对是 {people} 人，学校登记是 {told} 人；两者一致才能确认，请核对");
        return await BatchDesk.StepAsync(act, batch, new() { Step = Batches.Confirmed }, new(people, Money.Zero));
    }

    /// <summary>The school told the parents on a day: they have three days.</summary>
    /// <exception cref="RefusedException">C130 to C133. C144: the day is before the confirmation or in the future.</exception>
    public static async Task<CollectionBatchRow> NotifyAsync(Act act, Viewer viewer, long id, DateOnly day)
    {
        var batch = await BatchDesk.RequireAsync(act, viewer, id, Batches.Notified);
        var confirmed = (await Batches.StepsAsync(act.Session, act.Area, id))[^1];
        if (day < confirmed.Day || day > act.Today)
            throw new RefusedException("C144", $"通知日期{day:yyyy-MM-dd}早于税务核对日{confirmed.Day:yyyy-MM-dd}或在今天之后；请改正");
        var clock = await Clocks.Published.OpenAsync(act, ClockKind.SchoolNotice, Role.School.Code(),
            $"{batch.InsuranceYear} 年度，批次 {Batches.Name(batch)}，{confirmed.People} 人", day, batch.Unit);
        return await BatchDesk.StepAsync(act, batch with { ClockId = clock.ClockId },
            new() { Step = Batches.Notified, Day = day }, new(confirmed.People, Money.Zero));
    }

    static IQueryable<Pupil> Pupils(Session session, int area, UnitRange school, int year)
    {
        var (first, end) = (school.First, school.End);
        return from status in session.Table<PersonStatusRow>()
               join unit in session.Table<UnitRow>() on new { status.Area, Code = status.SchoolUnit! } equals new { unit.Area, unit.Code }
               join person in session.Table<PersonRow>() on new { status.Area, status.PersonId } equals new { person.Area, person.PersonId }
               join enrolment in session.Table<EnrolmentRow>()
                   on new { status.Area, status.PersonId } equals new { enrolment.Area, enrolment.PersonId }
               where status.Area == area && unit.Area == area && person.Area == area && enrolment.Area == area
                   && status.UntilDay == null && person.MergedInto == null && person.DiedOn == null
                   && enrolment.InsuranceYear == year && enrolment.EndedOn == null
                   && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
               select new Pupil
               {
                   PersonId = person.PersonId,
                   Name = person.Name,
                   Mask = person.NumberMask,
                   Unit = unit.Name,
                   Place = unit.Place,
               };
    }

    static IQueryable<Pupil> Unpaid(Session session, int area, IQueryable<Pupil> pupils, int year) =>
        pupils.Where(pupil => !session.Table<PaymentRow>().Any(row => row.Area == area && row.InsuranceYear == year
            && row.PersonId == pupil.PersonId && row.ReversedBy == null));

    sealed class Pupil
    {
        public long PersonId { get; init; }

        public string Name { get; init; } = "";

        public string Mask { get; init; } = "";

        public string Unit { get; init; } = "";

        public int Place { get; init; }
    }
}
