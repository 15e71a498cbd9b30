using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Work.Funding;
using Canbao.Core.Work.Refunding;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using Xunit;
using Accounts = Canbao.Core.Ledger.Accounts;

namespace Canbao.Core.Tests.Work.Funding;

public class ShareBookingTests
{
    static readonly DateOnly Before = new(2021, 10, 1), Today = new(2021, 11, 5);

    /// <summary>Pack, list and department; what is paid, who bears the rest and for what, and the clause.</summary>
    static readonly (string Pack, string Category, string Department, string Personal, string Parts, string Clause)[] Golden =
    [
        ("baogou-2022", "孤儿", "civil_affairs", "0.00", "city_finance 孤儿 320.00; 财政补助 580.00", "baogou 二(二)1"),
        ("baogou-2022", "农村独女户", "health", "0.00",
            "city_finance 农村独女户 160.00; town_finance 农村独女户 160.00; 财政补助 580.00", "baogou 二(二)3"),
        ("laishan-2022", "重度残疾人（一、二级）", "disabled_federation", "0.00",
            "finance 重度残疾人（一、二级） 520.00; 财政补助 580.00", "laishan 一(一)-special"),
        ("lishi-2023", "农村低保对象", "civil_affairs", "70.00",
            "medical_assistance_fund 农村低保对象 280.00; 财政补助 610.00", "lishi 三(二)"),
        ("lingyuan-2022", "孤儿", "civil_affairs", "0.00",
            "government 孤儿 330.00; town_finance 财政补助 10.00; 财政补助 570.00", "lingyuan 三(二)1"),
    ];

    [Theory, OnBothEngines]
    public async Task Each_funder_owes_what_the_pack_says(Engine engine)
    {
        foreach (var row in Golden)
        {
            await using var town = await Funders.OpenAsync(engine, 1, row.Pack);
            var today = BusinessDay.Of(town.Area.Clock.GetUtcNow());
            await town.ListAsync(row.Category, row.Department, today, 1);
            await town.EnrolAsync(1);
            long person = town.People[0].PersonId;
            var due = (await town.Area.ReadAsync(session => town.Area.Dues.FundedAsync(
                session, TestArea.Code, town.Year, [person], today)))[person];
            var parts = due.Parts.Select(part => string.Join(
                ' ', new[] { part.Payer?.Code, part.Category?.Chinese ?? part.Says, $"{part.Amount}" }.OfType<string>()));
            Assert.Equal((row.Personal, row.Parts, row.Clause), ($"{due.Personal}", string.Join("; ", parts), due.Parts[0].Clause));
        }
    }

    [Theory, OnBothEngines, Clause("baogou 二(二)-budget"), Clause("baogou 二(五)2"), Clause("lishi 三-lists")]
    public async Task What_is_owed_is_booked_once_by_category_unit_and_month(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 4);
        await town.ListAsync("孤儿", "civil_affairs", Before, 1);
        await town.ListAsync("农村独女户", "health", Before, 2);
        await town.EnrolAsync(1, 2, 3, 4);
        await town.PayAsync(3);
        var booked = await town.BookAsync();
        // The fourth is enrolled and has not paid: nobody owes anything yet.
        Assert.Equal((3, "2380.00", "0.00"), (booked.People, $"{booked.Added}", $"{booked.TakenBack}"));
        Assert.Equal(
            """
            city_finance 农村独女户 baogou 二(二)3 bg-01-01 2021-11 160.00 0.00 0.00
            city_finance 孤儿 baogou 二(二)1 bg-01-01 2021-11 320.00 0.00 0.00
            subsidy 财政补助 baogou 二(一) bg-01-01 2021-11 1740.00 0.00 0.00
            town_finance 农村独女户 baogou 二(二)3 bg-01-01 2021-11 160.00 0.00 0.00
            """, await town.BillAsync(withSubsidy: true));
        Assert.Equal((32_000, -238_000),
            (await town.BalanceAsync(Accounts.Funder("city_finance", "orphan")), await town.BalanceAsync(Accounts.Assistance(town.Year))));
        Assert.Equal(0, (await town.BookAsync()).People);
        var people = await town.Area.ReadAsync(session => FundingBills.PeopleAsync(
            session, Funders.Bureau, new(town.Year, new("/bg/"), "city_finance"), (0, 9)));
        Assert.Equal(["张丁 32000 孤儿", "张丂 16000 农村独女户"],
            people.Select(one => $"{one.Name} {one.Amount} {one.Ground.Name}").Order(StringComparer.Ordinal));
        // A department sees its own categories, another unit nothing.
        Assert.DoesNotContain("独女", await town.BillAsync(Funders.Who(Role.ListDepartment, "civil_affairs")), StringComparison.Ordinal);
        Assert.Empty(await town.Area.ReadAsync(session => FundingBills.BillAsync(
            session, Funders.Bureau, new(town.Year, new("/bg/bg-02/")))));
    }

    [Theory, OnBothEngines, Clause("laishan 二(一)")]
    public async Task What_changes_afterwards_is_taken_back_or_added(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 3);
        await town.ListAsync("孤儿", "civil_affairs", Before, 1);
        await town.EnrolAsync(1, 2, 3);
        await town.PayAsync(2);
        var third = await town.PayAsync(3);
        await town.BookAsync();

        // A late list: the second has paid 320.00 oneself, so that nobody else owes it before it goes back.
        await town.ListAsync("孤儿", "civil_affairs", Before, 1, 2);
        var late = await town.BookAsync();
        Assert.Equal((1, 1, "0.00", "580.00"), (late.People, late.Overpaid, $"{late.Added}", $"{late.TakenBack}"));
        Assert.Equal(0, (await town.BookAsync()).People);
        await RefundAsync(town, 2, Refunds.NewlyExempt);
        var exempt = await town.BookAsync();
        Assert.Equal((1, 0, "900.00", "0.00"), (exempt.People, exempt.Overpaid, $"{exempt.Added}", $"{exempt.TakenBack}"));

        // A refund takes the subsidy with it.
        await RefundAsync(town, 3, Refunds.OfficeError);
        Assert.Equal((1, "580.00"), Taken(await town.BookAsync()));

        // Who leaves the list later keeps the year's aid; who is taken off it from before the day of settling loses it.
        await town.ListAsync("孤儿", "civil_affairs", Today.AddDays(1), 1);
        Assert.Equal(0, (await town.BookAsync()).People);
        await town.RemoveAsync(1);
        var left = await town.BookAsync();
        Assert.Equal((1, "320.00", 1), (left.People, $"{left.TakenBack}", left.Underpaid));

        static (int, string) Taken(ShareBooked booked) => (booked.People, $"{booked.TakenBack}");
    }

    [Theory, OnBothEngines, Clause("baogou 四(二)")]
    public async Task Nobody_is_counted_twice_who_holds_two_categories_or_was_assisted_and_paid(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 1);
        await town.ListAsync("孤儿", "civil_affairs", Before, 1);
        await town.ListAsync("农村独女户", "health", Before, 1);
        await town.EnrolAsync(1);
        await town.BookAsync();
        Assert.Equal("city_finance 孤儿 baogou 二(二)1 bg-01-01 2021-11 320.00 0.00 0.00", await town.BillAsync());
    }

    [Theory, OnBothEngines]
    public async Task What_was_booked_for_somebody_stays_after_erasure(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 1);
        await town.ListAsync("孤儿", "civil_affairs", Before, 1);
        await town.EnrolAsync(1);
        await town.BookAsync();
        var destroyed = new byte[Vault.SaltBytes];
        await town.Area.Database.WriteAsync(session => session.Table<PersonRow>()
            .Where(row => row.Area == TestArea.Code).Set(row => row.Salt, destroyed).UpdateAsync());
        Assert.Equal(0, (await town.BookAsync()).People);
    }

    [Theory, OnBothEngines, Clause("baogou 二(五)2")]
    public async Task A_list_of_names_is_whole_or_refused(Engine engine)
    {
        await using var town = await Funders.OpenAsync(engine, 2);
        var filter = new BillFilter(town.Year, new("/bg/"), "city_finance");
        await town.RefusedAsync("C197", Funders.Bureau, (act, who) => WriteAsync(act, who, 9));
        await town.ListAsync("孤儿", "civil_affairs", Before, 1, 2);
        await town.EnrolAsync(1, 2);
        await town.BookAsync();
        await town.RefusedAsync("C197", Funders.Bureau, (act, who) => WriteAsync(act, who, 1));
        Assert.Equal("PK"u8.ToArray(), (await town.AsAsync(Funders.Bureau, (act, who) => WriteAsync(act, who, 2)))[..2]);

        async Task<byte[]> WriteAsync(Act act, Viewer who, int most)
        {
            using var content = new MemoryStream();
            await FundingFile.WriteAsync(act, who, filter, content, most);
            return content.ToArray();
        }
    }

    static async Task RefundAsync(Funders town, int person, string reason)
    {
        var desk = new RefundDesk(town.Area.Dues, town.Area.Vault);
        var payments = await town.Area.ReadAsync(session => Payments.OfAsync(
            session, TestArea.Code, [town.Year.Year], [town.People[person - 1].PersonId]));
        var refund = (await town.AsAsync(Funders.Bureau with { Login = "maker" }, (act, who) =>
            desk.RequestAsync(act, who, [payments[0].PaymentId], reason, "说明", new("张三", "6228480400000018"))))[0];
        await town.AsAsync(Funders.Who(Role.Supervisor), (act, who) => desk.ApproveAsync(act, who, refund.RefundId, "同意"));
    }
}
