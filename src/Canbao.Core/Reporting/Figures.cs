using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Reporting;

/// <summary>Figures that come from outside the register.</summary>
public static class Figures
{
    /// <summary>Notes figures; one of the same day is replaced, and the same again changes nothing.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="rows">The figures; area and act are filled in.</param>
    /// <returns>How many are new or changed.</returns>
    /// <exception cref="RefusedException">T204: no such unit. T205: negative.</exception>
    public static async Task<int> NoteAsync(Act act, IReadOnlyCollection<FigureRow> rows)
    {
        var units = await act.Session.Table<UnitRow>().Where(row => row.Area == act.Area).Select(row => row.Code).ToListAsync();
        foreach (var row in rows)
        {
            if (!units.Contains(row.Unit))
                throw new RefusedException("T204", $"没有单位“{row.Unit}”；请核对单位代码");
            if (row.People < 0)
                throw new RefusedException("T205", $"{Measures.Chinese(row.Measure)}不能是负数（{row.People}）；请核对");
        }

        var known = (await act.Session.Table<FigureRow>().Where(row => row.Area == act.Area).ToListAsync())
            .ToDictionary(row => (row.Measure, row.Unit, row.Day));
        var changed = rows.Select(row => row with { Area = act.Area, ActId = act.Id }).Where(row =>
            act.Record("figure", $"{row.Measure}/{row.Unit}/{row.Day:yyyy-MM-dd}", "noted",
                known.TryGetValue((row.Measure, row.Unit, row.Day), out var old) ? Fields(old) : null, Fields(row))).ToList();
        await act.Session.BulkWriteAsync(changed, OnConflict.Update);
        return changed.Count;
    }

    /// <summary>The latest figure of each unit of a measure, not later than a day.</summary>
    public static async Task<Dictionary<string, FigureRow>> LatestAsync(Session session, int area, string measure, DateOnly until)
    {
        var rows = await session.Table<FigureRow>().Where(row => row.Area == area && row.Measure == measure && row.Day <= until)
            .OrderBy(row => row.Day).ToListAsync();
        return rows.GroupBy(row => row.Unit).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
    }

    /// <summary>All figures of an area, newest first.</summary>
    public static Task<List<FigureRow>> ListAsync(Session session, int area) => session.Table<FigureRow>().Where(row => row.Area == area)
        .OrderByDescending(row => row.Day).ThenBy(row => row.Measure).ThenBy(row => row.Unit).ToListAsync();

    /// <summary>
    /// Targets and figures as forms take them: one for each unit, measure and year, of several in a year the latest.
    /// </summary>
    public static async Task<PublishedFigures> PublishedAsync(Session session, int area)
    {
        var targets = await session.Table<TargetRow>().Where(row => row.Area == area && row.Holder == "").ToListAsync();
        var figures = await session.Table<FigureRow>().Where(row => row.Area == area).OrderBy(row => row.Day).ToListAsync();
        return new(
        [
            .. targets.Where(row => TargetMeasure.Find(row.Measure) is not null).Select(row => new Figure(
                row.Unit, TargetMeasure.Find(row.Measure)!.Published, row.InsuranceYear, row.People, row.Source)),
            .. figures.GroupBy(row => (row.Unit, row.Measure, row.Day.Year)).Select(same => new Figure(
                same.Key.Unit, same.Key.Measure, same.Key.Year, same.Last().People, same.Last().Source)),
        ]);
    }

    static object Fields(FigureRow row) => new { row.People, row.Source };
}
