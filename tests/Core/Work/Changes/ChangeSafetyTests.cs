using System.Diagnostics;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Import;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Changes;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Changes;

/// <summary>Nothing is stored by looking, nothing else is done than what was shown, and nothing half.</summary>
public class ChangeSafetyTests
{
    [Theory, OnBothEngines]
    public async Task Looking_leaves_no_trace_and_a_preview_of_another_state_is_refused(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        var payment = await town.PayAsync();
        town.Area.Clock.Set("2021-11-12 09:00");
        var order = told.Death(payment.PersonId, new(2021, 11, 10));
        var before = await StateAsync(town.Area);
        var shown = await told.PreviewAsync(order);
        Assert.Equal(before, await StateAsync(town.Area));
        // The same state and change show the same, at another moment too.
        town.Area.Clock.Set("2021-11-12 17:45");
        Assert.Equal(shown.Digest, (await told.PreviewAsync(order)).Digest);
        Assert.NotEqual(shown.Digest, (await told.PreviewAsync(told.Death(payment.PersonId, new(2021, 11, 9)))).Digest);

        await town.RequestAsync(payment);
        before = await StateAsync(town.Area);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => told.ApplyAsync(order, shown.Digest));
        Assert.Equal("C200", refused.Code);
        Assert.Equal(before, await StateAsync(town.Area));
        var again = await told.PreviewAsync(order);
        Assert.Equal((0, 1), (again.Refunds.People, again.Refundable.People));
        await told.ApplyAsync(order, again.Digest);
    }

    /// <summary>A change that fails after any of its statements leaves nothing.</summary>
    [Theory, OnBothEngines]
    public async Task All_of_it_is_stored_or_nothing_whichever_statement_fails(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var told = new Told(town);
        var payment = await town.PayAsync();
        town.Area.Clock.Set("2021-11-12 09:00");
        var order = told.Death(payment.PersonId, new(2021, 11, 10));
        var digest = (await told.PreviewAsync(order)).Digest;
        var before = await StateAsync(town.Area);
        int statements = 0, failing = int.MaxValue;
        await using var database = town.Area.OpenWatched(_ =>
        {
            if (++statements == failing)
                throw new InvalidTimeZoneException("planted");
        });
        int failed = 0;
        for (failing = 1; ; failing++)
        {
            statements = 0;
            try
            {
                await ApplyAsync();
                break;
            }
            catch (InvalidTimeZoneException)
            {
                failed++;
                Assert.Equal(before, await StateAsync(town.Area));
            }
        }

        Assert.InRange(failed, 30, 500);
        Assert.NotEqual(before, await StateAsync(town.Area));
        var refund = await town.Area.ReadAsync(session => session.Table<RefundRow>().SingleAsync(row => row.Area == TestArea.Code));
        // Who changed it does not agree to the refund.
        await town.RefusedAsync("C177", Told.Bureau, (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));
        await town.RefusedAsync("C175", Refunding.Refunding.Who(Role.Supervisor) with { Login = Told.Bureau.Login },
            (act, viewer) => town.Desk.ApproveAsync(act, viewer, refund.RefundId, "同意"));

        Task ApplyAsync() => Act.DoAsync(database, TestArea.Code, new(Told.Bureau.Login, "死亡"), "person.change",
            act => told.Desk.ApplyAsync(act, Told.Bureau, order, digest));
    }

    [Theory, OnBothEngines]
    public async Task A_department_sees_the_refunds_and_asks_for_none(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine, "lingyuan-2022");
        var told = new Told(town);
        await town.PayAsync();
        var department = Refunding.Refunding.Who(Role.ListDepartment) with { Department = "civil_affairs" };
        var order = await told.AdjustAsync((1, "新增", "孤儿", "2021-11-05"));
        var shown = await told.PreviewAsync(order, department);
        Assert.Equal((0, 1), (shown.Refunds.People, shown.Refundable.People));
        await told.ApplyAsync(order, shown.Digest, department);
        Assert.False(await town.Area.ReadAsync(session => session.Table<RefundRow>().AnyAsync(row => row.Area == TestArea.Code)));
    }

    [Theory, OnBothEngines]
    public async Task Who_does_not_want_refunds_changes_without(Engine engine)
    {
        await using var town = await Refunding.Refunding.OpenAsync(engine, "lingyuan-2022");
        var told = new Told(town);
        await town.PayAsync();
        var order = await told.AdjustAsync((1, "新增", "孤儿", "2021-11-05"));
        var shown = await told.PreviewAsync(order);
        Assert.Equal(1, (await told.ApplyAsync(order with { AsksForRefunds = false }, shown.Digest)).Refunds.People);
        Assert.False(await town.Area.ReadAsync(session => session.Table<RefundRow>().AnyAsync(row => row.Area == TestArea.Code)));
    }

    /// <summary>A list and a pack of ten thousand people are tried in seconds; the bound leaves room for a slow machine.</summary>
    [LongTheory, OnBothEngines]
    public async Task Ten_thousand_people_take_seconds(Engine engine)
    {
        const int People = 10_000;
        await using var town = await Refunding.Refunding.OpenAsync(engine);
        var (told, area) = (new Told(town), town.Area);
        var first = new DateOnly(1970, 1, 1);
        string[] numbers = [.. Enumerable.Range(0, People).Select(each => TestArea.Number(first.AddDays(each / 900), each % 900 + 1).Full)];
        await area.DoAsync("people.import", act => new PeopleImport(area.Vault).RunAsync(
            act,
            new TableFile("people.csv", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
                "单位代码,姓名,证件号码\n" + string.Concat(numbers.Select(number => $"{TestArea.Village},张三,{number}\n"))))),
            new ImportOrder(new(2021, 9, 1))));
        await area.DoAsync("enrol", async act => await act.Session.BulkWriteAsync(
            (await act.Session.Table<PersonRow>().Where(row => row.Area == TestArea.Code).Select(row => row.PersonId).ToListAsync())
                .Select(person => new EnrolmentRow
                {
                    Area = TestArea.Code,
                    InsuranceYear = TestArea.Year.Year,
                    PersonId = person,
                    Unit = TestArea.Village,
                    Kind = EnrolmentKinds.New,
                    RegisteredOn = Lists.Today,
                    ActId = act.Id,
                }),
            OnConflict.Refuse));
        await area.DoAsync("dues.make", act => area.Dues.MakeAsync(act, TestArea.Year, Lists.Today));
        var order = await told.ListAsync(Lists.Text(numbers), Lists.Full("孤儿"));
        var time = Stopwatch.StartNew();
        var shown = await told.PreviewAsync(order);
        var previewed = time.Elapsed;
        Assert.Equal(People, shown.People.Count);
        await told.ApplyAsync(order, shown.Digest);
        var applied = time.Elapsed - previewed;
        var pack = await told.PreviewAsync(ChangeOrder.Pack(area.Shelf, "bg", TestArea.Year, Lists.Today, "lingyuan-2022"));
        Assert.Equal(People, pack.Looked);
        var tried = time.Elapsed - applied - previewed;
        TestContext.Current.TestOutputHelper?.WriteLine($"previewed {previewed}, applied {applied}, pack tried {tried}");
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    /// <summary>Everything that a change may touch, as one text.</summary>
    static Task<string> StateAsync(TestArea area) => area.ReadAsync(async session => string.Join('\n',
    [
        .. await TextsAsync<PersonRow>(session), .. await TextsAsync<PersonStatusRow>(session), .. await TextsAsync<EnrolmentRow>(session),
        .. await TextsAsync<DueRow>(session), .. await TextsAsync<DueVerdictRow>(session), .. await TextsAsync<PaymentRow>(session),
        .. await TextsAsync<CoverSpanRow>(session), .. await TextsAsync<RefundRow>(session), .. await TextsAsync<CategorySpanRow>(session),
        .. await TextsAsync<ActRow>(session), .. await TextsAsync<ActChangeRow>(session),
    ]));

    static async Task<IEnumerable<string>> TextsAsync<T>(Session session)
        where T : class
    {
        var area = typeof(T).GetProperty("Area")!;
        var rows = await session.Table<T>().Where(row => Sql.Property<int>(row, "Area") == TestArea.Code).ToListAsync();
        Assert.All(rows, row => Assert.Equal(TestArea.Code, area.GetValue(row)));
        return rows.Select(row => $"{row}").Order(StringComparer.Ordinal);
    }
}
