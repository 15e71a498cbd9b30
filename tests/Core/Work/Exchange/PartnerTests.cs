using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Exchange;

public class PartnerTests
{
    [Theory, OnBothEngines]
    public async Task What_is_not_sound_is_no_partner(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 0, "health");
        foreach (var order in new NewPartner[]
        {
            new("H", "卫健", "health"), new("health", "卫健", "health"), new("h2", " ", "health"), new("h3", "乙", "bank"),
            new("h4", "丙", "agent"), new("h5", "丁", "tax"), new("h6", "戊", "street") { Unit = "nowhere" },
            new("h7", "己", "health") { Address = "ftp://a" },
        })
            Assert.Equal("X102", (await Assert.ThrowsAsync<RefusedException>(() => AddAsync(town, order))).Code);
    }

    [Theory, OnBothEngines]
    public async Task A_closed_partner_gets_nothing_and_comes_back_with_another_key(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 1, "bureau");
        var old = town.Envelope("bureau", "elsewhere", []);
        await town.Area.DoAsync("exchange.partner", act => Partners.CloseAsync(act, "bureau"));
        Assert.Equal("X113", (await Assert.ThrowsAsync<RefusedException>(() => town.FridayAsync())).Code);
        await town.AddAsync("bureau");
        var partner = (await town.Area.ReadAsync(session => Partners.FindAsync(session, TestArea.Code, "bureau")))!;
        Assert.False(ExchangeSigning.IsSound(old, town.Tools.SecretOf(partner)));
        var log = await town.Area.ReadAsync(session => session.Table<ActChangeRow>()
            .Where(row => row.Area == TestArea.Code && row.Subject == "exchange_partner").ToListAsync());
        Assert.Equal(["added", "closed", "added"], log.Select(row => row.Action));
        var secret = Convert.ToHexStringLower(town.Tools.SecretOf(partner));
        Assert.DoesNotContain(log, row => row.New?.Contains(secret, StringComparison.Ordinal) == true);
    }

    [Theory, OnBothEngines]
    public async Task Whoever_owes_and_can_be_reached_is_reminded_once_a_day_with_a_masked_text(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 4);
        await town.EnrolAsync(1, 2, 3);
        await town.PayAsync(2);
        foreach (int person in new[] { 1, 2, 4 })
            await town.Area.DoAsync("person.change", act => town.Area.People.ChangePhoneAsync(
                act, town.People[person - 1].PersonId, Lists.Today, $"1000000000{person}"));
        var path = town.Area.PathOf("sms.txt");
        var reminders = new Reminders(town.Tools, new TextMessageOutbox(path));
        Assert.Equal((2, 1, 1), await reminders.RunAsync(TestArea.Code, new("bureau", "提醒"), TestArea.Year, null));
        Assert.Equal((2, 1, 0), await reminders.RunAsync(TestArea.Code, new("bureau", "提醒"), TestArea.Year, TestArea.Village));
        var line = Assert.Single(await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken));
        Assert.EndsWith("\t100****0001\t【居民医保】张*：您2022年度居民医保应缴320.00元，还没有缴纳，请尽快缴费；已缴的请忽略。", line, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), await reminders.RunAsync(TestArea.Code, new("bureau", "提醒"), TestArea.Year, TestArea.FarVillage));
        town.Area.Clock.Set("2021-11-06 09:00");
        Assert.Equal((2, 1, 1), await reminders.RunAsync(TestArea.Code, new("bureau", "提醒"), TestArea.Year, null));
    }

    static Task<byte[]> AddAsync(Offices town, NewPartner order) =>
        town.Area.DoAsync("exchange.partner", act => new Partners(town.Area.Vault).AddAsync(act, order));
}
