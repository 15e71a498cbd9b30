using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Outreach;

/// <summary>Somebody to whom cases can be given.</summary>
/// <param name="Login">The account.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="UnitName">The name of its unit.</param>
/// <param name="UnitPath">The path of its unit.</param>
public sealed record OutreachWorker(string Login, string Name, Role Role, string UnitName, string UnitPath);

/// <summary>What an assignment did.</summary>
/// <param name="ByLogin">How many cases each got.</param>
/// <param name="Left">Cases for which none of those chosen answers: their units are others'.</param>
public sealed record Assigned(IReadOnlyDictionary<string, int> ByLogin, int Left);

/// <summary>Gives cases to those who go there; a household stays together.</summary>
public static class OutreachAssignment
{
    const int MostInList = 1000;

    sealed record Waiting(long Person, string Path, long? Household);

    /// <summary>The accounts within a viewer's units that can have cases, by unit and login.</summary>
    public static async Task<List<OutreachWorker>> WorkersAsync(Session session, Viewer viewer)
    {
        var (area, first, end) = (viewer.Area, viewer.UnitPath, viewer.ScopeEnd);
        string[] roles = [.. new[] { Role.Agent, Role.Street, Role.Bureau }.Select(role => role.Code())];
        var found = await (
            from account in session.Table<AccountRow>()
            join unit in session.Table<UnitRow>() on new { account.Area, Code = account.Unit } equals new { unit.Area, unit.Code }
            where account.Area == area && unit.Area == area && !account.Disabled && roles.Contains(account.Role)
                && unit.Path.CompareTo(first) >= 0 && unit.Path.CompareTo(end) < 0
            orderby unit.Place, account.Login
            select new { account.Login, account.Name, account.Role, UnitName = unit.Name, unit.Path }).ToListAsync();
        return found.ConvertAll(one => new OutreachWorker(
            one.Login, one.Name, Roles.TryParse(one.Role, out var role) ? role : default, one.UnitName, one.Path));
    }

    /// <summary>
    /// Gives the open cases of a filter to accounts of their unit or above. Where several answer for a unit, each gets about as many as
    /// the others; no household is divided.
    /// </summary>
    /// <exception cref="RefusedException">
    /// O101: another unit. O103: another role. O109: nobody, or an account that cannot have cases. O110: no open case.
    /// </exception>
    public static async Task<Assigned> AssignAsync(
        Act act, Viewer viewer, OutreachFilter filter, IReadOnlyCollection<string> logins)
    {
        viewer.Require("O103", Role.Street, Role.Bureau);
        var workers = (await WorkersAsync(act.Session, viewer)).FindAll(worker => logins.Contains(worker.Login));
        if (workers.Count == 0 || workers.Count < logins.Distinct().Count())
            throw new RefusedException("O109", "请选择本单位或下级的协办员、街道或医保经办账号；停用的账号不能选");
        if (!filter.Within.First.StartsWith(viewer.UnitPath, StringComparison.Ordinal))
            throw new RefusedException("O101", "没有找到这个单位，或不归您管理");
        var waiting = await WaitingAsync(act, filter);
        if (waiting.Count == 0)
            throw new RefusedException("O110", "没有符合条件的在办对象；请核对单位和条件");
        var given = Give(waiting, workers);
        foreach (var (login, people) in given)
            await SetAsync(act, filter.Year, login, people);
        foreach (var (login, people) in given)
        {
            act.Record(
                "outreach", filter.Year, "assigned", null, new { Agent = login, People = people.Count, Unit = CodeOf(filter.Within) });
        }

        var counts = given.ToDictionary(pair => pair.Key, pair => pair.Value.Count);
        return new(counts, waiting.Count - counts.Values.Sum());
    }

    static string CodeOf(UnitRange within) => within.First.TrimEnd('/').Split('/')[^1];

    static async Task<List<Waiting>> WaitingAsync(Act act, OutreachFilter filter)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        var lines = await OutreachList.AllAsync(act.Session, act.Area, filter with { State = OutreachState.Open }, act.Today);
        return lines.ConvertAll(line => new Waiting(line.Row.PersonId, tree.PathOf(tree.Find(line.Row.Unit)!), line.HouseholdId));
    }

    /// <summary>Unit by unit, so that each household goes to whoever of its own has fewest yet.</summary>
    static Dictionary<string, List<long>> Give(List<Waiting> waiting, List<OutreachWorker> workers)
    {
        var given = workers.ToDictionary(worker => worker.Login, _ => new List<long>(), StringComparer.Ordinal);
        // Where fewest answer for a unit there is least to choose: those come first.
        var units = waiting.GroupBy(one => one.Path).Select(unit => (Cases: unit, Able: Able(unit.Key)))
            .Where(unit => unit.Able.Count > 0).OrderBy(unit => unit.Able.Count);
        foreach (var (cases, able) in units)
        {
            // The largest first: what is left evens out. Those of one size stay in the order of the round.
            foreach (var household in cases.GroupBy(one => one.Household ?? -one.Person).OrderByDescending(one => one.Count()))
                given[able.MinBy(worker => given[worker.Login].Count)!.Login].AddRange(household.Select(one => one.Person));
        }

        return given.Where(pair => pair.Value.Count > 0).ToDictionary(pair => pair.Key, pair => pair.Value);

        List<OutreachWorker> Able(string path) => workers.FindAll(worker => path.StartsWith(worker.UnitPath, StringComparison.Ordinal));
    }

    static async Task SetAsync(Act act, InsuranceYear year, string login, List<long> people)
    {
        int number = year.Year;
        foreach (var part in people.Chunk(MostInList))
            await act.Session.Table<OutreachCaseRow>()
                .Where(row => row.Area == act.Area && row.InsuranceYear == number && part.Contains(row.PersonId))
                .Set(row => row.Owner, login).UpdateAsync();
    }
}
