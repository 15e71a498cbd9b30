using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Exchange;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Xunit;
using Receipt = Canbao.Core.Exchange.Receipt;

namespace Canbao.Core.Tests.Work.Exchange;

/// <summary>What other offices send goes to the desks that people use, in the order of its numbers, and is answered row by row.</summary>
public class InboxTests
{
    [Theory, OnBothEngines, Clause("baogou 三(四)"), Clause("lingyuan 六(二)")]
    public async Task Payments_of_tax_are_posted_and_answered_row_by_row(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 3, "tax");
        await town.EnrolAsync(1, 2);
        town.Put("tax", "payments", Payments(("R1", 1, "320.00"), ("R2", 3, "320.00"), ("R3", 2, "32.0.0")));
        Assert.Equal((1, 1), await RoundAsync(town));
        // The second is money for somebody who is not registered: taken, and in suspense.
        Assert.Equal(["tax 1 payments done 1 partly 2/1 [4 金额 C116]"], await town.ToldAsync());
        Assert.Equal(1, await PaymentsAsync(town));
        var receipt = Receipt.Read(await File.ReadAllBytesAsync(
            Path.Combine(town.Folder("tax", "out"), "000001-1.receipt.json"), TestContext.Current.CancellationToken));
        Assert.Equal((2, 1, "partly"), (receipt.Accepted, receipt.Refused, receipt.State));
        Assert.Equal((4, "金额", "C116"), (receipt.Rows[0].Line, receipt.Rows[0].Column, receipt.Rows[0].Code));
        var partner = (await town.Area.ReadAsync(session => Partners.FindAsync(session, TestArea.Code, "tax")))!;
        Assert.True(ExchangeSigning.IsSound(receipt, town.Tools.SecretOf(partner)));
        Assert.Equal(["001-payments.csv", "001-payments.csv.json"], town.Files("tax", "done"));
        Assert.Empty(town.Files("tax", "in"));
        Assert.Empty(await town.Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
    }

    [Theory, OnBothEngines, Clause("lishi 七(二)-deaths"), Clause("lishi 六(九)")]
    public async Task Deaths_become_findings(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "health");
        town.Put("health", "deaths", $"姓名,身份证号码,死亡日期\n{Lists.Name(1)},{Lists.Number(1)},2021-10-20\n孙某,123,2021-10-21\n");
        await town.RunAsync();
        Assert.Equal(["health 1 deaths done 1 partly 1/1 [3 证件号码 R201]"], await town.ToldAsync());
        Assert.Equal(("dead", town.People[0].PersonId), await FindingAsync(town));
        // The same deaths once more, under the next number: nothing is found twice.
        town.Put("health", "deaths", $"姓名,身份证号码,死亡日期\n{Lists.Name(1)},{Lists.Number(1)},2021-10-20\n");
        await town.RunAsync();
        Assert.Equal("health 2 deaths done 1 accepted 1/0", (await town.ToldAsync())[1]);
        await FindingAsync(town);
    }

    [Theory, OnBothEngines, Clause("lishi 六(八)"), Clause("lingyuan 六(二)")]
    public async Task The_household_register_and_schools_are_compared(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "police", "education");
        town.Put("police", "police",
            $"姓名,身份证号码,变动类型,变动日期,户籍地址\n{Lists.Name(1)},{Lists.Number(1)},迁出,2021-10-20,某县\n");
        town.Put("police", "inmates", $"姓名,身份证号码,入所日期\n{Lists.Name(2)},{Lists.Number(2)},2021-10-20\n");
        town.Put("education", "schools", $"姓名,身份证号码,学段,入学日期,学校,班级\n{Lists.Name(2)},{Lists.Number(2)},小学,2021-09-01,一小,\n");
        await town.RunAsync();
        Assert.Equal(
            ["education 1 schools done 1 refused 0/1 [2 学校 R203]", "police 1 police done 1 accepted 1/0",
                "police 2 inmates done 1 accepted 1/0"],
            (await town.ToldAsync()).Order(StringComparer.Ordinal));
        var kinds = await town.Area.ReadAsync(session => session.Table<FindingRow>().Where(row => row.Area == TestArea.Code)
            .OrderBy(row => row.Kind).Select(row => row.Kind).ToListAsync());
        Assert.Equal([FindingKinds.Inmate, FindingKinds.MovedOut], kinds.Intersect([FindingKinds.Inmate, FindingKinds.MovedOut]));
    }

    [Theory, OnBothEngines, Clause("lingyuan 四(六)-lists")]
    public async Task A_list_is_handed_in_and_waits_for_a_person(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "civil_affairs");
        town.Put("civil_affairs", "roster", $"身份证号码\n{Lists.Number(1)}\n{Lists.Number(9)}\n", with: one => one with { Category = "孤儿" });
        await town.RunAsync();
        Assert.Equal(["civil_affairs 1 roster done 1 partly 1/1 [3 身份证号码 M203]"], await town.ToldAsync());
        var staged = Assert.Single(await town.Area.ReadAsync(
            session => RosterUploads.StagedAsync(session, TestArea.Code, "civil_affairs")));
        Assert.Equal(("孤儿", RosterKind.Full, Lists.Today), (staged.Order.Category, staged.Order.Kind, staged.Order.EffectiveOn));
        Assert.Equal("", await new Lists(town.Area).HeldAsync(town.People[0]));
        // A person looks at it and applies it, as any list.
        var lists = new Lists(town.Area);
        var outcome = await town.Area.ReadAsync(
            session => lists.Desk.TryAsync(session, TestArea.Code, staged.Upload.UploadId, staged.Order));
        await lists.ApplyAsync(staged.Order, staged.Upload.UploadId, outcome.Digest);
        Assert.Equal("orphan", await lists.HeldAsync(town.People[0]));
    }

    [Theory, OnBothEngines]
    public async Task The_same_number_again_has_the_same_receipt_and_with_other_content_none(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "tax");
        await town.EnrolAsync(1, 2);
        var text = Payments(("R1", 1, "320.00"));
        var envelope = town.Put("tax", "payments", text);
        await town.RunAsync();
        town.Put("tax", envelope, Encoding.UTF8.GetBytes(text));
        Assert.Equal((0, 0), await RoundAsync(town));
        Assert.Equal(["tax 1 payments done 1 accepted 1/0"], await town.ToldAsync());
        town.Put("tax", "payments", Payments(("R1", 1, "320.00"), ("R2", 2, "320.00")), number: 1);
        await town.RunAsync();
        Assert.Equal(["tax 1 payments done 1 accepted 1/0", "tax - payments turned_away none"], await town.ToldAsync());
        Assert.Contains("X106", (await town.MessagesAsync())[^1].Fault, StringComparison.Ordinal);
        Assert.Equal(
            ["001-payments.csv", "001-payments.csv.json", "001-payments.csv.reason.txt"], town.Files("tax", "refused"));
        Assert.Equal(1, await PaymentsAsync(town));
    }

    [Theory, OnBothEngines]
    public async Task A_later_number_waits_for_the_earlier_one(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 3, "tax");
        await town.EnrolAsync(1, 2, 3);
        town.Put("tax", "payments", Payments(("R3", 3, "320.00")), number: 3);
        town.Put("tax", "payments", Payments(("R2", 2, "320.00")), number: 2);
        Assert.Equal((2, 0), await RoundAsync(town));
        var waiting = await town.MessagesAsync();
        Assert.All(waiting, row => Assert.Equal((Messages.Waiting, "第 1 号还没有收到，先等它"), (row.State, row.Fault)));
        Assert.True(Messages.IsLate(waiting[0], town.Area.Clock.GetUtcNow()));
        Assert.Equal(0, await PaymentsAsync(town));
        town.Put("tax", "payments", Payments(("R1", 1, "320.00")), number: 1);
        Assert.Equal((1, 3), await RoundAsync(town));
        Assert.Equal(
            ["tax 1 payments done 1 accepted 1/0", "tax 2 payments done 1 accepted 1/0", "tax 3 payments done 1 accepted 1/0"],
            (await town.ToldAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(3, town.Files("tax", "out").Length);
    }

    [Theory, OnBothEngines]
    public async Task A_file_that_is_cut_short_is_refused_whole_and_its_number_is_free(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "tax");
        await town.EnrolAsync(1, 2);
        var content = Encoding.UTF8.GetBytes(Payments(("R1", 1, "320.00"), ("R2", 2, "320.00")));
        var envelope = town.Envelope("tax", "payments", content);
        town.Put("tax", envelope, content[..^40]);
        await town.RunAsync();
        Assert.Equal(["tax - payments turned_away none"], await town.ToldAsync());
        Assert.Contains("X105", (await town.MessagesAsync())[0].Fault, StringComparison.Ordinal);
        town.Put("tax", envelope, content);
        await town.RunAsync();
        Assert.Equal("tax 1 payments done 1 accepted 2/0", (await town.ToldAsync())[1]);
    }

    [Theory, OnBothEngines]
    public async Task Another_number_of_rows_than_told_refuses_everything(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "tax", "health", "civil_affairs");
        await town.EnrolAsync(1);
        town.Put("tax", "payments", Payments(("R1", 1, "320.00")), rows: 2);
        town.Put("health", "deaths", $"姓名,身份证号码,死亡日期\n{Lists.Name(1)},{Lists.Number(1)},2021-10-20\n", rows: 3);
        town.Put("civil_affairs", "roster", Lists.Of(1), rows: 0, with: one => one with { Category = "孤儿" });
        await town.RunAsync();
        Assert.Equal(
            ["civil_affairs 1 roster done 1 refused 0/0 X107", "health 1 deaths done 1 refused 0/3 X107",
                "tax 1 payments done 1 refused 0/2 C114"],
            (await town.ToldAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(0, await PaymentsAsync(town));
        Assert.Equal(0, await town.Area.ReadAsync(session => session.Table<FindingRow>().CountAsync(row => row.Area == TestArea.Code)));
        Assert.Empty(await town.Area.ReadAsync(session => RosterUploads.StagedAsync(session, TestArea.Code, "")));
    }

    [Theory, OnBothEngines]
    public async Task Who_may_not_send_this_or_signs_wrongly_is_turned_away(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 1, "health", "police");
        var text = $"姓名,身份证号码,死亡日期\n{Lists.Name(1)},{Lists.Number(1)},2021-10-20\n";
        town.Put("police", "deaths", text);
        var content = Encoding.UTF8.GetBytes(text);
        // Signed by the police, handed in as health's; then one with a field that was changed on its way.
        town.Put("health", town.Envelope("police", "deaths", content) with { Partner = "health" }, content);
        town.Put("health", town.Envelope("health", "deaths", content) with { Year = 2023, File = "b.csv" }, content);
        File.WriteAllText(Path.Combine(town.Folder("health", "in"), "c.csv.json"), "{\"partner\":");
        File.WriteAllText(Path.Combine(town.Folder("health", "in"), "c.csv"), text);
        await town.RunAsync();
        Assert.Equal(
            ["X101", "X103", "X103", "X104"],
            (await town.MessagesAsync()).Select(row => row.Fault[^5..^1]).Order(StringComparer.Ordinal));
        Assert.All(await town.MessagesAsync(), row => Assert.Equal((Messages.TurnedAway, null), (row.State, row.UploadId)));
        Assert.Empty(town.Files("health", "in"));
        Assert.Equal(9, town.Files("health", "refused").Length);
        // A closed partner is not even looked at.
        await town.Area.DoAsync("exchange.partner", act => Partners.CloseAsync(act, "health"));
        town.Put("health", town.Envelope("health", "deaths", content), content);
        await town.RunAsync();
        Assert.Equal(2, town.Files("health", "in").Length);
    }

    [Theory, OnBothEngines]
    public async Task A_file_without_an_envelope_and_an_envelope_without_its_file_wait(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 1, "health");
        var content = Encoding.UTF8.GetBytes($"姓名,身份证号码,死亡日期\n{Lists.Name(1)},{Lists.Number(1)},2021-10-20\n");
        var envelope = town.Envelope("health", "deaths", content);
        var path = Path.Combine(town.Folder("health", "in"), envelope.File);
        File.WriteAllBytes(path, content[..10]);
        Assert.Equal(0, (await town.RunAsync()).Taken);
        File.Delete(path);
        File.WriteAllBytes(path + ".json", envelope.Json());
        Assert.Equal(0, (await town.RunAsync()).Taken);
        File.WriteAllBytes(path, content);
        Assert.Equal(1, (await town.RunAsync()).Handled);
        // Stopped between moving the file and its envelope.
        File.Move(Path.Combine(town.Folder("health", "done"), envelope.File + ".json"), path + ".json");
        await town.RunAsync();
        Assert.Empty(town.Files("health", "in"));
        Assert.Equal(2, town.Files("health", "done").Length);
        Assert.Equal(["health 1 deaths done 1 accepted 1/0"], await town.ToldAsync());
    }

    [Theory, OnBothEngines]
    public async Task Nothing_is_lost_or_doubled_wherever_it_is_killed(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 4, "tax", "health", "civil_affairs");
        await town.EnrolAsync(1, 2, 3);
        town.Put("tax", "payments", Payments(("R1", 1, "320.00"), ("R2", 4, "320.00")));
        town.Put("tax", "payments", Payments(("R3", 2, "320.00")));
        town.Put("health", "deaths", $"姓名,身份证号码,死亡日期\n{Lists.Name(3)},{Lists.Number(3)},2021-10-20\n");
        town.Put("civil_affairs", "roster", Lists.Of(4), with: one => one with { Category = "孤儿" });
        bool isDone = false;
        int deaths = 0;
        for (int ticks = 1; !isDone; ticks += 3, deaths++)
        {
            Assert.True(ticks < 900);
            await using var dying = Database.Open(town.Area.Connection, new DyingClock(town.Area.Clock, ticks));
            try
            {
                await town.RunAsync(dying);
                isDone = true;
            }
            catch (InsufficientMemoryException)
            {
                // The next one goes on.
            }
        }

        Assert.True(deaths > 5);
        Assert.Equal(
            ["civil_affairs 1 roster done 1 accepted 1/0", "health 1 deaths done 1 accepted 1/0", "tax 1 payments done 1 accepted 2/0",
                "tax 2 payments done 1 accepted 1/0"],
            (await town.ToldAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(2, await PaymentsAsync(town));
        Assert.Equal("dead_enrolled", (await FindingAsync(town)).Kind);
        Assert.Single(await town.Area.ReadAsync(session => RosterUploads.StagedAsync(session, TestArea.Code, "")));
        foreach (var (partner, files) in new[] { ("tax", 2), ("health", 1), ("civil_affairs", 1) })
        {
            Assert.Empty(town.Files(partner, "in"));
            Assert.Empty(town.Files(partner, "refused"));
            Assert.Equal((2 * files, files), (town.Files(partner, "done").Length, town.Files(partner, "out").Length));
        }

        Assert.Empty(await town.Area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
    }

    static string Payments(params (string Reference, int Person, string Yuan)[] lines) =>
        "流水号,证件号码,姓名,年度,金额,缴费时间\n" + string.Concat(lines.Select(line =>
            $"{line.Reference},{Lists.Number(line.Person)},{Lists.Name(line.Person)},2022,{line.Yuan},2021-11-05 09:00:00\n"));

    static async Task<(int Taken, int Handled)> RoundAsync(Offices town)
    {
        var round = await town.RunAsync();
        return (round.Taken, round.Handled);
    }

    static Task<int> PaymentsAsync(Offices town) => town.Area.ReadAsync(
        session => session.Table<PaymentRow>().CountAsync(row => row.Area == TestArea.Code));

    static async Task<(string Kind, long? Person)> FindingAsync(Offices town)
    {
        var row = Assert.Single(await town.Area.ReadAsync(
            session => session.Table<FindingRow>().Where(row => row.Area == TestArea.Code).ToListAsync()));
        return (row.Kind, row.PersonId);
    }
}
