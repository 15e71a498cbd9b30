using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Outreach;

public class OutreachPropertyTests
{
    [Theory]
    [InlineData(Engine.Sqlite, 1)]
    [InlineData(Engine.Sqlite, 2)]
    [InlineData(Engine.Sqlite, 3)]
    [InlineData(Engine.Sqlite, 4)]
    [InlineData(Engine.Postgres, 5)]
    [InlineData(Engine.Postgres, 6)]
    public async Task Open_cases_are_exactly_the_uninsured(Engine engine, int seed)
    {
        await using var ledger = await Ledger.CreateAsync(engine);
        var chance = new Random(seed);
        var (people, enrolled, paid) = (new List<long>(), new HashSet<long>(), new Dictionary<long, long>());
        var employees = new HashSet<long>();
        for (int step = 0; step < 70; step++)
        {
            switch (chance.Next(9))
            {
                case 0 or 1:
                    people.Add((await ledger.RegisterAsync()).PersonId);
                    break;
                case 2 when people.Find(one => !enrolled.Contains(one)) is > 0 and var person:
                    await ledger.Area.DoAsync(
                        "enrol", act => ledger.Area.Enrolments.EnrolAsync(act, Ledger.Year, person, EnrolmentKinds.New));
                    enrolled.Add(person);
                    break;
                case 3 when enrolled.Except(paid.Keys).Except(employees).FirstOrDefault() is > 0 and var person:
                    paid.Add(person, (await ledger.Town.TakeAsync("agent1", person)).PaymentId);
                    break;
                case 4 when paid.Count > 0:
                    var back = paid.ElementAt(chance.Next(paid.Count));
                    await ledger.ReverseAsync(back.Value);
                    paid.Remove(back.Key);
                    break;
                case 5 when people.Count > 0:
                    var (who, employment) = (people[chance.Next(people.Count)], (Employment)chance.Next(2));
                    await ledger.Area.DoAsync("status", act => ledger.Area.People.ChangeAsync(
                        act, who, act.Today, status => status with { Employment = employment }));
                    _ = employment == Employment.Employee ? employees.Add(who) : employees.Remove(who);
                    break;
                case 6:
                    await ledger.MakeDuesAsync();
                    break;
                case 7:
                    await ledger.OpenAsync();
                    break;
                default:
                    await ledger.FollowAsync();
                    await CheckAsync(ledger, isComplete: false);
                    break;
            }
        }

        await ledger.FollowAsync();
        await CheckAsync(ledger, isComplete: false);
        // Whoever came to be uninsured since is added by the next comparison, which finds nothing else to mend.
        var run = await ledger.OpenAsync();
        Assert.Equal((0L, 0L, 0L), (run.Closed, run.Reopened, run.Moved));
        await CheckAsync(ledger, isComplete: true);
    }

    /// <summary>Of those whom the progress page counts as not insured, all who have a case, or where it is complete all.</summary>
    static async Task CheckAsync(Ledger ledger, bool isComplete)
    {
        var progress = new Progress(new(CatalogueNames.Of(ledger.Area.Shelf.Library)));
        var uninsured = (await ledger.Area.ReadAsync(session => progress.PeopleAsync(
                session, TestArea.Code, new UnitRange("/bg/"), Ledger.Year, (ProgressGroup.Expected, 0, 1000))))
            .Where(one => one.Group is ProgressGroup.LeftOut or ProgressGroup.Owing or ProgressGroup.Unclear)
            .Select(one => one.PersonId).ToHashSet();
        var cases = await ledger.CasesAsync();
        if (!isComplete)
            uninsured.IntersectWith(cases.Select(row => row.PersonId));
        Assert.Equal(uninsured.Order(), cases.Where(row => row.State == OutreachState.Open).Select(row => row.PersonId));
    }
}
