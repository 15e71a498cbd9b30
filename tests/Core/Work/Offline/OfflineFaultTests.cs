using Canbao.Core.Collection;
using Canbao.Core.Tests.Work.Collecting;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Offline;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Offline;

/// <summary>Whatever breaks between a phone and the books: nothing is lost and nothing doubled.</summary>
public class OfflineFaultTests
{
    const int PlayedSteps = 60;

    [Theory, OnBothEngines]
    public async Task A_server_that_dies_at_any_statement_leaves_nothing_half_done(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        int died = 0;
        for (bool whole = false; !whole; died++)
        {
            long person = (await village.EnrolAsync()).PersonId;
            var phone = await Phone.TakeAsync(village, "agent1", person);
            PhoneTaking[] both = [phone.Collect(person), phone.Collect(person)];
            int left = died;
            await using var dying = village.Area.OpenWatched(_ =>
            {
                if (left-- == 0)
                    throw new DyingException();
            });
            try
            {
                // The first is posted, the second refused: both ways are cut at each of their statements.
                await phone.SendAsync(dying, both);
                whole = true;
            }
            catch (DyingException)
            {
            }

            Assert.Equal(["posted", "refused"], (await phone.SendAsync(both)).Select(answer => answer.State));
            Assert.Equal(1, await village.Area.ReadAsync(session =>
                session.Table<PaymentRow>().CountAsync(row => row.Area == TestArea.Code && row.PersonId == person)));
        }

        Assert.InRange(died, 20, 200);
        Assert.Equal(2 * died * Village.Standard, await village.CashAsync("agent1"));
    }

    /// <summary>Agents, phones and bad luck, by chance; afterwards every taking is recorded once and the cash is where it lies.</summary>
    [Theory, OnBothEngines]
    public async Task Whatever_happens_each_taking_is_recorded_once_and_the_drawer_is_right(Engine engine)
    {
        await using var village = await Village.OpenAsync(engine);
        var dice = new Random(20211105);
        var people = new List<long>();
        for (int at = 0; at < 12; at++)
            people.Add((await village.EnrolAsync()).PersonId);
        var phones = new List<Phone>();
        foreach (var agent in new[] { "agent1", "agent1", "agent2" })
            phones.Add(await Phone.TakeAsync(village, agent, [.. people]));
        var all = new List<(Phone Phone, PhoneTaking Taking)>();
        var drawer = new Dictionary<string, long> { ["agent1"] = 0, ["agent2"] = 0 };
        for (int step = 0; step < PlayedSteps; step++)
            await PlayAsync(village, phones[dice.Next(phones.Count)], dice, all, drawer);

        foreach (var phone in phones)
        {
            await phone.UploadAsync();
            Assert.Empty(phone.Kept);
        }

        var recorded = await village.Area.ReadAsync(session =>
            session.Table<BagTakingRow>().Where(row => row.Area == TestArea.Code).ToListAsync());
        Assert.Equal(all.Select(one => one.Taking.Key).Order(), recorded.Select(row => row.TakingKey).Order());
        Assert.Contains(recorded, row => row.State == Bags.Posted);
        Assert.Contains(recorded, row => row.State == Bags.Refused);
        Assert.Contains(recorded, row => row.State == Bags.Void);
        Assert.Contains(recorded, row => row.BackId is not null);
        foreach (var (agent, fen) in drawer)
            Assert.Equal((agent, fen), (agent, await village.CashAsync(agent)));
        var owed = recorded.Where(row => row is { State: Bags.Refused, BackId: null }).Sum(row => row.Amount);
        Assert.Equal(-owed,
            await village.BalanceAsync(Accounts.GiveBack("agent1")) + await village.BalanceAsync(Accounts.GiveBack("agent2")));
    }

    /// <summary>One thing that may happen; the drawer is what lies in it, whoever wrote what down.</summary>
    static async Task PlayAsync(
        Village village, Phone phone, Random dice, List<(Phone Phone, PhoneTaking Taking)> all, Dictionary<string, long> drawer)
    {
        switch (dice.Next(9))
        {
            case 0 or 1 or 2 when phone.HasNumbers && phone.People.ToArray() is { Length: > 0 } open:
                all.Add((phone, phone.Collect(open[dice.Next(open.Length)])));
                drawer[phone.Agent] += Village.Standard;
                break;
            case 3 when phone.Kept.Find(taking => taking.VoidReason is null) is { } taking && !await IsRecordedAsync(village, taking.Key):
                phone.Kept[phone.Kept.IndexOf(taking)] = taking with { VoidReason = "收错" };
                drawer[phone.Agent] -= Village.Standard;
                break;
            case 4:
                await phone.UploadAsync();
                break;
            case 5:
                await phone.UploadAsync(answersAreLost: true);
                break;
            case 6:
                await Task.WhenAll(phone.UploadAsync(answersAreLost: true), phone.SendAsync([.. phone.Kept]));
                break;
            case 7:
                await SubmitAsync(village, phone.Agent);
                break;
            default:
                await GiveBackAsync(village, phone.Agent, drawer);
                break;
        }
    }

    static Task<bool> IsRecordedAsync(Village village, string key) =>
        village.Area.ReadAsync(async session => await Bags.TakingAsync(session, TestArea.Code, key) is not null);

    static async Task SubmitAsync(Village village, string agent)
    {
        var open = await village.Area.ReadAsync(session => session.Table<CollectionBatchRow>()
            .FirstOrDefaultAsync(row => row.Area == TestArea.Code && row.Agent == agent && row.State == Batches.Open));
        if (open is not null)
            await village.AsAsync(agent, (act, viewer) => BatchDesk.SubmitAsync(act, viewer, open.BatchId));
    }

    static async Task GiveBackAsync(Village village, string agent, Dictionary<string, long> drawer)
    {
        var back = await village.Area.ReadAsync(session => TakingDesk.ToGiveBackAsync(session, village.Who(agent), agent));
        if (back.Count == 0)
            return;
        await village.AsAsync(agent, (act, viewer) => TakingDesk.GiveBackAsync(act, viewer, back[0].Key));
        drawer[agent] -= back[0].Fen;
    }

    sealed class DyingException : Exception;
}
