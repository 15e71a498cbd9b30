using System.Globalization;
using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Outreach;

/// <summary>
/// Closes and reopens cases by what happened: reads the acts behind the seals of the audit chain, from where it was. Cursor and cases are
/// written together, so it may stop anywhere, and two of them do no harm.
/// </summary>
public static class OutreachFollower
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "outreach";

    const int SealsAtOnce = 500, MostOneByOne = 5000;

    static readonly string[] Bulk = ["enrolments", "dues", "people"];

    /// <summary>Follows the acts of an area up to the last seal.</summary>
    /// <returns>What changed.</returns>
    /// <exception cref="Canbao.Storage.Faults.StorageException">What was done up to there stays; the next call goes on.</exception>
    public static async Task<OutreachRun> FollowAsync(Database database, int area, CancellationToken cancel = default)
    {
        var all = default(OutreachRun);
        while (await database.ReadAsync(session => IsBehindAsync(session, area), cancel))
        {
            cancel.ThrowIfCancellationRequested();
            all += await Act.DoAsync(
                database, area, new Doer("@outreach", "随登记和缴费变动更新扩面台账"), "outreach.follow", StepAsync, cancel);
        }

        return all;
    }

    static async Task<bool> IsBehindAsync(Session session, int area) =>
        await HeadAsync(session, area) > (await CursorAsync(session, area)).SealNo;

    static async Task<OutreachRun> StepAsync(Act act)
    {
        var cursor = await CursorAsync(act.Session, act.Area);
        var years = await YearsAsync(act.Session, act.Area);
        long head = await HeadAsync(act.Session, act.Area);
        // Before any case is opened there is nothing to follow: opening compares everybody.
        long until = years.Count == 0 ? head : Math.Min(head, cursor.SealNo + SealsAtOnce);
        var run = years.Count == 0 ? default : await FollowAsync(act, years, (cursor.SealNo, until));
        await act.Session.Data.InsertOrReplaceAsync(cursor with { SealNo = until });
        return run;
    }

    static async Task<OutreachRun> FollowAsync(Act act, List<int> years, (long Behind, long Until) seals)
    {
        var (people, isBulk) = await TouchedAsync(act, seals);
        var all = default(OutreachRun);
        foreach (var year in years.Select(number => new InsuranceYear(number)))
        {
            var run = isBulk ? await CaseComparison.CasesAsync(act, year) : await CaseComparison.SomeAsync(act, year, people);
            CaseComparison.Record(act, year, run);
            all += run;
        }

        return all;
    }

    static async Task<(List<long> People, bool IsBulk)> TouchedAsync(Act act, (long Behind, long Until) seals)
    {
        var changes =
            from seal in act.Session.Table<ActSealRow>()
            join change in act.Session.Table<ActChangeRow>() on new { seal.Area, seal.ActId } equals new { change.Area, change.ActId }
            where seal.Area == act.Area && change.Area == act.Area && seal.SealNo > seals.Behind && seal.SealNo <= seals.Until
            select change;
        if (await changes.AnyAsync(change => Bulk.Contains(change.Subject)))
            return ([], true);
        var people = await changes.Where(change => change.Subject == "person").Select(change => change.SubjectId).Distinct()
            .Take(MostOneByOne + 1).ToListAsync();
        return people.Count > MostOneByOne
            ? ([], true)
            : (people.ConvertAll(id => long.Parse(id, CultureInfo.InvariantCulture)), false);
    }

    /// <summary>The years that have cases, each found by one step into the index.</summary>
    static async Task<List<int>> YearsAsync(Session session, int area)
    {
        var years = new List<int>();
        int last = 0;
        while (await session.Table<OutreachCaseRow>().Where(row => row.Area == area && row.InsuranceYear > last)
            .MinAsync(row => (int?)row.InsuranceYear) is { } next)
        {
            years.Add(last = next);
        }

        return years;
    }

    static async Task<long> HeadAsync(Session session, int area) =>
        await session.Table<ActSealRow>().Where(row => row.Area == area).MaxAsync(row => (long?)row.SealNo) ?? 0;

    static async Task<OutreachCursorRow> CursorAsync(Session session, int area) =>
        await session.Table<OutreachCursorRow>().FirstOrDefaultAsync(row => row.Area == area && row.Follower == Name)
            ?? new() { Area = area, Follower = Name };
}
