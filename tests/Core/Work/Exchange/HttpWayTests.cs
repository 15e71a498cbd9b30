using Canbao.Core.Exchange;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Exchange;

/// <summary>An office at the other end that is down, loses answers, answers twice and out of order.</summary>
public class HttpWayTests
{
    const string Address = "https://tax.example/exchange";

    [Theory, OnBothEngines]
    public async Task A_receiver_that_is_down_is_tried_again_at_growing_waits_and_then_a_person_looks(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        for (int tries = 0; tries < Messages.MostTries; tries++)
            town.Sandbox.Answers.Enqueue(tries % 3 == 0 ? SandboxPartner.Down : tries % 3 == 1 ? SandboxPartner.Busy : SandboxPartner.Lost);
        var waits = new List<int>();
        for (int tries = 1; tries < Messages.MostTries; tries++)
        {
            Assert.Single((await town.RunAsync()).Faults);
            var row = (await town.MessagesAsync()).Single();
            Assert.Equal((Messages.Queued, tries), (row.State, row.Tries));
            waits.Add((int)(row.NextTry!.Value - town.Area.Clock.Now).TotalMinutes);
            // Not before its time.
            Assert.Empty((await town.RunAsync()).Faults);
            town.Area.Clock.Set(row.NextTry.Value.ToOffset(TimeSpan.FromHours(8))
                .ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60], waits);
        await town.RunAsync();
        var stuck = (await town.MessagesAsync()).Single();
        Assert.Equal((Messages.Stuck, null), (stuck.State, stuck.NextTry));
        // It stays until a person says so, and those behind it wait.
        town.Area.Clock.Set("2021-11-20 09:00");
        await town.EnrolAsync(2);
        await town.FeedAsync();
        Assert.Equal(0, (await town.RunAsync()).Sent);
        await town.Area.DoAsync("exchange.resend", act => Outbox.ResendAsync(act, stuck.MessageId));
        Assert.Equal(2, (await town.RunAsync()).Sent);
        Assert.Equal([1, 2], town.Sandbox.Got.TakeLast(2).Select(one => one.Envelope.Number));
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => town.Area.DoAsync("exchange.resend", act => Outbox.ResendAsync(act, 1)));
        Assert.Equal("X108", refused.Code);
    }

    [Theory, OnBothEngines]
    public async Task An_answer_that_is_lost_leads_to_the_same_message_again(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        town.Sandbox.Answers.Enqueue(SandboxPartner.Lost);
        await town.RunAsync();
        town.Area.Clock.Set("2021-11-05 10:00");
        await town.RunAsync();
        var (first, again) = (town.Sandbox.Got[0], town.Sandbox.Got[1]);
        Assert.Equal(first, again);
        Assert.Contains(Lists.Number(1), again.Content, StringComparison.Ordinal);
        Assert.Equal(["tax 1 registrations sent none"], await town.ToldAsync(Messages.Out));
    }

    [Theory, OnBothEngines]
    public async Task A_receiver_that_will_not_have_it_is_not_tried_again(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        town.Sandbox.Answers.Enqueue(SandboxPartner.Refuse);
        await town.RunAsync();
        var row = (await town.MessagesAsync()).Single();
        Assert.Equal((Messages.Stuck, 1), (row.State, row.Tries));
        Assert.Contains("409", row.Fault, StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task Receipts_come_at_once_twice_and_out_of_order(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        await town.EnrolAsync(2);
        await town.FeedAsync();
        await town.EnrolAsync(3);
        await town.FeedAsync();
        var rows = await town.MessagesAsync();
        Assert.Equal(3, rows.Count);
        // The first is answered at once; of the others the later one first.
        town.Sandbox.Answers.Enqueue(SandboxPartner.Say(town.ReceiptOf(rows[0])));
        var round = await town.RunAsync();
        Assert.Equal((3, 1), (round.Sent, round.Receipts));
        var taker = new ReceiptsIn(town.Tools);
        var partner = (await town.Area.ReadAsync(session => Partners.FindAsync(session, TestArea.Code, "tax")))!;
        Assert.True(await taker.TakeAsync(partner, town.ReceiptOf(rows[2])));
        Assert.True(await taker.TakeAsync(partner, town.ReceiptOf(rows[1], refused: 1)));
        foreach (var row in rows)
            Assert.False(await taker.TakeAsync(partner, town.ReceiptOf(row, row == rows[1] ? 1 : 0)));
        Assert.Equal(
            ["tax 1 registrations answered 1 accepted 1/0", "tax 2 registrations answered 1 refused 0/1",
                "tax 3 registrations answered 1 accepted 1/0"],
            await town.ToldAsync(Messages.Out));
        Assert.Equal(3, await town.Area.ReadAsync(
            session => session.Table<ExchangeReceiptRow>().CountAsync(row => row.Area == TestArea.Code)));
        // Another receipt for the same run is none; a new run is.
        Assert.Equal("X110", await CodeAsync(() => taker.TakeAsync(partner, town.ReceiptOf(rows[0], refused: 1))));
        Assert.True(await taker.TakeAsync(partner, town.ReceiptOf(rows[1], run: 2)));
        Assert.Equal("tax 2 registrations answered 2 accepted 1/0", (await town.ToldAsync(Messages.Out))[1]);
    }

    [Theory, OnBothEngines]
    public async Task A_receipt_of_nothing_is_refused_and_shown(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 1, "tax");
        await town.EnrolAsync(1);
        await town.FeedAsync();
        var sent = (await town.MessagesAsync()).Single();
        await town.RunAsync();
        town.PutReceipt(town.ReceiptOf(sent with { Number = 7 }), "a.receipt.json");
        town.PutReceipt(town.ReceiptOf(sent with { Sha256 = new byte[32] }), "b.receipt.json");
        town.PutReceipt(town.ReceiptOf(sent) with { Accepted = 9 }, "c.receipt.json");
        await town.RunAsync();
        Assert.Equal(
            ["X103", "X109", "X109"],
            (await town.MessagesAsync()).Where(row => row.State == Messages.TurnedAway).Select(row => row.Fault[^5..^1])
                .Order(StringComparer.Ordinal));
        Assert.Equal(6, town.Files("tax", "refused").Length);
        Assert.Equal(["tax 1 registrations sent none"], await town.ToldAsync(Messages.Out));
        town.Area.Clock.Set("2021-11-07 09:00");
        var listed = await town.Area.ReadAsync(
            session => Messages.ListAsync(session, TestArea.Code, ("", "", ""), session.Now, (0, 9)));
        // All of them want a person; what was answered would not.
        Assert.All(listed, one => Assert.True(Messages.IsLate(one.Row, town.Area.Clock.Now)));
    }

    [Theory, OnBothEngines]
    public async Task Our_receipt_follows_when_the_message_had_to_wait(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        var (inbox, partner) = (new Inbox(town.Tools), await PartnerAsync(town));
        foreach (int number in new[] { 2, 1 })
        {
            var content = System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant(
                $"流水号,证件号码,姓名,年度,金额,缴费时间\nR{number},,,2022,320.00,2021-11-05 09:00:00\n"));
            var taken = await inbox.TakeAsync(
                partner, town.Envelope("tax", "payments", content, number: number), new MemoryStream(content));
            Assert.Equal(number == 2 ? 1L : null, taken.Missing);
        }

        await town.RunAsync();
        Assert.Equal([1, 2], town.Sandbox.Receipts.Select(receipt => receipt.Number));
        Assert.All(town.Sandbox.Receipts, receipt => Assert.True(ExchangeSigning.IsSound(receipt, town.Tools.SecretOf(partner))));
        await town.RunAsync();
        Assert.Equal(2, town.Sandbox.Receipts.Count);
    }

    [Theory, OnBothEngines]
    public async Task Another_office_is_not_kept_by_one_that_is_down(Engine engine)
    {
        await using var town = await OpenAsync(engine);
        await town.AddAsync("bureau");
        await town.FridayAsync();
        town.Sandbox.Answers.Enqueue(SandboxPartner.Down);
        Assert.Equal(1, (await town.RunAsync()).Sent);
        Assert.Equal(2, town.Files("bureau", "out").Length);
    }

    static async Task<Offices> OpenAsync(Engine engine)
    {
        var town = await Offices.OpenAsync(engine, 3);
        await town.AddAsync("tax", address: Address);
        await town.EnrolAsync(1);
        await town.FeedAsync();
        return town;
    }

    static async Task<ExchangePartnerRow> PartnerAsync(Offices town) =>
        (await town.Area.ReadAsync(session => Partners.FindAsync(session, TestArea.Code, "tax")))!;

    static async Task<string> CodeAsync(Func<Task> deed) => (await Assert.ThrowsAsync<RefusedException>(deed)).Code;
}
