using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Secrets;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>
/// Decides findings of comparisons one by one; only an accepted one changes the register (<c>jincheng 七(三)-compare</c>).
/// </summary>
/// <param name="vault">Opens what was told.</param>
public sealed class FindingDesk(Vault vault)
{
    readonly Comparisons comparisons = new(vault);
    readonly People people = new(vault);
    readonly Enrolments enrolments = new(vault);

    /// <summary>Brings the register in line with what was told. A finding that does not hold any more is closed as settled.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The finding.</param>
    /// <param name="reason">Why; never empty.</param>
    /// <param name="unit">The unit of somebody who is not in the register; else not used.</param>
    /// <returns>What became of it: accepted, or settled.</returns>
    /// <exception cref="RefusedException">
    /// R141: no such finding, or decided already. R142: a unit is needed. Others as the change itself refuses.
    /// </exception>
    public async Task<FindingState> AcceptAsync(Act act, long id, string reason, string? unit = null)
    {
        var finding = await RequireAsync(act, id);
        if (!await comparisons.HoldsAsync(act.Session, finding))
        {
            await Comparisons.MarkAsync(act, finding.Row, FindingState.Settled, "登记已与来文一致");
            return FindingState.Settled;
        }

        await ChangeAsync(act, finding, unit);
        await Comparisons.MarkAsync(act, finding.Row, FindingState.Accepted, reason);
        return FindingState.Accepted;
    }

    /// <summary>Leaves the register as it is: the other office is wrong, or it is decided later.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The finding.</param>
    /// <param name="reason">Why; never empty.</param>
    /// <param name="isPostponed">It comes up again.</param>
    /// <exception cref="RefusedException">R141: no such finding, or decided already.</exception>
    public async Task LeaveAsync(Act act, long id, string reason, bool isPostponed)
    {
        var finding = await RequireAsync(act, id);
        await Comparisons.MarkAsync(act, finding.Row, isPostponed ? FindingState.Postponed : FindingState.Rejected, reason);
    }

    async Task<Finding> RequireAsync(Act act, long id) =>
        await comparisons.FindAsync(act.Session, act.Area, id) is { Row.State: FindingState.Open or FindingState.Postponed } finding
            ? finding
            : throw new RefusedException("R141", "没有找到这条比对结果，或已经处理；请刷新页面");

    Task ChangeAsync(Act act, Finding finding, string? unit)
    {
        var (row, told) = (finding.Row, finding.Told);
        var year = new InsuranceYear(row.InsuranceYear);
        var person = row.PersonId ?? 0;
        return row.Kind switch
        {
            FindingKinds.MissingHere => RegisterAsync(act, finding, unit),
            FindingKinds.NameDiffers => RenameAsync(act, person, told),
            FindingKinds.Dead or FindingKinds.DeadEnrolled or FindingKinds.DeathDayDiffers =>
                new LifeEvents(people, enrolments).DieAsync(act, person, told.Day!.Value),
            FindingKinds.MovedIn => ChangeAsync(act, person, told.Day, row => row with { Residence = Residence.LocalHukou }),
            FindingKinds.MovedOut => ChangeAsync(act, person, told.Day, row => row with { Residence = Residence.NonLocal }),
            FindingKinds.InsuredThere => InsureAsync(act, finding),
            FindingKinds.Duplicate => EndDuplicateAsync(act, finding, year),
            FindingKinds.Inmate => ChangeAsync(act, person, told.Day, row => row with { ScopeStatus = ScopeStatus.Inmate }),
            FindingKinds.SchoolDiffers => ChangeAsync(act, person, told.Day, row => Pupil(row, told)),
            FindingKinds.NotEnrolled => enrolments.EnrolAsync(act, year, person, EnrolmentKinds.New),
            // What was enjoyed twice is returned outside the register; that it was is what is noted.
            _ => Task.CompletedTask,
        };
    }

    async Task RegisterAsync(Act act, Finding finding, string? unit)
    {
        var told = finding.Told;
        if (!CitizenNumber.TryParse(told.Number, out var number, out _) || !PersonName.TryParse(told.Name, out var name, out _))
            throw new InvalidOperationException("A finding holds what was checked when it was read.");
        if (unit is null || number.Birth is not { } born || number.Sex is not { } sex)
            throw new RefusedException("R142", "登记此人须先选定所属单位；号码不含出生日期或性别的，请用单人登记");
        var status = new PersonStatusRow { Unit = unit, Address = finding.Row.Source == "police" ? told.Place : "" };
        var from = told.Day is { } day && day > born && day <= act.Today ? day : born;
        await people.RegisterAsync(
            act,
            new NewPerson(number, name, sex, born)
            {
                Status = finding.Row.Source switch
                {
                    "schools" => Pupil(status, told),
                    "inmates" => status with { ScopeStatus = ScopeStatus.Inmate },
                    _ => status,
                },
            },
            from);
    }

    static async Task RenameAsync(Act act, long person, TheirRow told)
    {
        if (PersonName.TryParse(told.Name, out var name, out _))
            await People.CorrectNameAsync(act, person, name);
    }

    /// <summary>Notes other insurance, which ends the cover here on the day before (<c>baogou 二(四)-duplicate</c>).</summary>
    async Task InsureAsync(Act act, Finding finding)
    {
        var person = finding.Row.PersonId!.Value;
        await ChangeAsync(act, person, finding.Told.Day, row => finding.Row.Source == "employee"
            ? row with { Employment = Employment.Employee }
            : row with { OtherCover = FindingRules.Cover(finding.Told) });
        await CoverEnds.EndAsync(act, person, (finding.Told.Day ?? act.Today).AddDays(-1), CoverEnds.Duplicate);
    }

    async Task EndDuplicateAsync(Act act, Finding finding, InsuranceYear year)
    {
        var (area, person, today, number) = (act.Area, finding.Row.PersonId!.Value, act.Today, year.Year);
        var isCovered = await act.Session.Table<CoverSpanRow>().AnyAsync(
            row => row.Area == area && row.InsuranceYear == number && row.PersonId == person && row.FromDay <= today
                && row.VoidedBy == null);
        await InsureAsync(act, finding);
        await enrolments.CancelAsync(act, year, person, "重复参保");
        if (isCovered)
            await comparisons.FollowAsync(act, finding, FindingKinds.Recovery);
    }

    async Task ChangeAsync(Act act, long person, DateOnly? day, Func<PersonStatusRow, PersonStatusRow> change)
    {
        var first = (await People.StatusesAsync(act.Session, act.Area, person))[0].FromDay;
        var from = day ?? act.Today;
        await people.ChangeAsync(act, person, from < first ? first : from, change);
    }

    static PersonStatusRow Pupil(PersonStatusRow row, TheirRow told) => row with
    {
        Student = FindingRules.Stage(told),
        SchoolUnit = told.Unit ?? row.SchoolUnit,
        SchoolEntry = told.Day ?? row.SchoolEntry,
    };
}
