using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Rosters;

/// <summary>The two times that begin with a changed list (<c>lishi 七(二)-5days</c>).</summary>
static class RosterClocks
{
    const string NotEnrolled = """
        select count(distinct e.person_id) from roster_entry e
        where e.area = @area and e.version_id = @version and e.action = 'added'
            and not exists (select 1 from enrolment n where n.area = @area and n.area = e.area and n.person_id = e.person_id
                and n.ended_on is null and n.insurance_year >= @year)
        """;

    /// <summary>
    /// Notes when the department handed the change in, and starts the bureau's time to pass newly listed people who are not enrolled to
    /// tax, if there are any.
    /// </summary>
    public static async Task StartAsync(Act act, RosterVersionRow version)
    {
        // A change that is told before its day is in time on the day on which it is told.
        var changed = version.FirstDay < version.HandedInOn ? version.FirstDay : version.HandedInOn;
        var subject = FormattableString.Invariant($"名单版本 {version.VersionId}");
        var handed = await Clocks.Published.OpenAsync(act, ClockKind.RosterChange, version.Department, subject, changed);
        await Clocks.DoneAsync(act, handed.ClockId, version.HandedInOn);
        var people = await act.Session.Data.ExecuteAsync<long>(
            NotEnrolled,
            new DataParameter("area", act.Area, DataType.Int32),
            new DataParameter("version", version.VersionId, DataType.Int64),
            new DataParameter("year", act.Today.Year, DataType.Int32));
        if (people > 0)
            await Clocks.Published.OpenAsync(
                act, ClockKind.FlagsToTax, Role.Bureau.Code(), $"{subject}：新增未参保 {people} 人", version.HandedInOn);
    }
}
