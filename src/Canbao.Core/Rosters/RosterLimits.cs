using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Rosters;

/// <summary>Which lists of an area need a second person, by default those that remove more than 10% and at least 5 people.</summary>
public static class RosterLimits
{
    /// <summary>The limits of an area.</summary>
    public static async Task<RosterLimitRow> ReadAsync(Session session, int area) =>
        await session.Table<RosterLimitRow>().Where(row => row.Area == area).OrderByDescending(row => row.ActId).FirstOrDefaultAsync()
            ?? new() { Area = area };

    /// <summary>Sets them.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="percent">Removals of more than this share of the people held need a second person, 0 to 100.</param>
    /// <param name="people">If there are at least so many.</param>
    /// <exception cref="RefusedException">M113: out of range.</exception>
    public static async Task SetAsync(Act act, int percent, int people)
    {
        if (percent is < 0 or > 100 || people < 1)
            throw new RefusedException("M113", "比例应为 0 至 100 的整数，人数至少为 1；请改正");
        var old = await ReadAsync(act.Session, act.Area);
        if (act.Record("roster_limit", act.Area, "set", new { old.Percent, old.People }, new { Percent = percent, People = people }))
            await act.Session.Data.InsertAsync(new RosterLimitRow { Area = act.Area, Percent = percent, People = people, ActId = act.Id });
    }
}
