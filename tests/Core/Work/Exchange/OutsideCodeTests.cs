using Canbao.Core.Exchange;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work.Exchange;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.Exchange;

/// <summary>Codes of other offices are translated at the border; a word that nobody knows waits on the desk.</summary>
public class OutsideCodeTests
{
    [Theory, OnBothEngines]
    public async Task A_word_without_translation_refuses_its_row_and_is_run_again_once_it_has_one(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 3, "bureau");
        await town.EnrolAsync(1, 2, 3);
        town.Put("bureau", "elsewhere", "外地参保情况,,,,\n姓名,身份证号码,险种,证件类型,参保地\n"
            + $"{Lists.Name(1)},{Lists.Number(1)},310,01,某市\n{Lists.Name(2)},{Lists.Number(2)},居民医保,身份证,\"某市,某区\"\n"
            + $"{Lists.Name(3)},{Lists.Number(3)},310,身份证,某市\n孙某,123,居民医保,身份证,某市\n", rows: 4);
        await town.RunAsync();
        // Lines are those of the file that came, title and all.
        Assert.Equal(
            ["bureau 1 elsewhere done 1 partly 1/3 [3 险种 X120] [3 证件类型 X120] [5 险种 X120] [6 证件号码 R201]"], await town.ToldAsync());
        Assert.Equal(["certificate_type 01 3 1", "national_insurance_kind 310 3 2"], await DeskAsync(town));
        await MapAsync(town, "certificate_type", "01", OurWords.IdentityCard);
        await MapAsync(town, "national_insurance_kind", "310", "职工医保");
        Assert.Empty(await DeskAsync(town));
        var message = (await town.MessagesAsync()).Single();
        var desk = new InboxDesk(town.Tools);
        await desk.AgainAsync(TestArea.Code, new("bureau", "再办"), message.MessageId);
        Assert.Equal(["bureau 1 elsewhere done 2 partly 3/1 [6 证件号码 R201]"], await town.ToldAsync());
        Assert.Equal(3, await town.Area.ReadAsync(session => session.Table<FindingRow>().CountAsync(row => row.Area == TestArea.Code)));
        await town.RunAsync();
        Assert.Equal(["000001-1.receipt.json", "000001-2.receipt.json"], town.Files("bureau", "out"));
    }

    [Theory, OnBothEngines]
    public async Task A_list_with_such_a_word_is_refused_whole_so_that_nobody_falls_out_of_it(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 2, "civil_affairs");
        var lists = new Lists(town.Area);
        await lists.ApplyAsync(Lists.Full(), Lists.Text($"{Lists.Number(1)},孤儿", $"{Lists.Number(2)},孤儿"));
        var text = Lists.Text($"{Lists.Number(1)},孤儿", $"{Lists.Number(2)},A07");
        town.Put("civil_affairs", "roster", text);
        await town.RunAsync();
        Assert.Equal(["civil_affairs 1 roster done 1 refused 0/2 X121 [3 人员类别 X120]"], await town.ToldAsync());
        Assert.Equal(["person_type A07 3 1"], await DeskAsync(town));
        Assert.Empty(await StagedAsync(town));
        await MapAsync(town, "person_type", "A07", "孤儿");
        var (desk, message) = (new InboxDesk(town.Tools), (await town.MessagesAsync()).Single());
        await desk.AgainAsync(TestArea.Code, new("bureau", "再办"), message.MessageId);
        Assert.Equal(["civil_affairs 1 roster done 2 accepted 2/0"], await town.ToldAsync());
        Assert.Single(await StagedAsync(town));
        // Nothing is left to be run again.
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => desk.AgainAsync(TestArea.Code, new("bureau", "再办"), message.MessageId));
        Assert.Equal("X111", refused.Code);
    }

    [Theory, OnBothEngines]
    public async Task A_word_means_one_of_ours_or_it_is_refused(Engine engine)
    {
        await using var town = await Offices.OpenAsync(engine, 0, "bureau");
        foreach (var (set, word, ours) in new[]
        {
            ("person_type", "A07", "贵宾"), ("person_type", " ", "孤儿"), ("colour", "1", "孤儿"), ("national_insurance_kind", "310", "孤儿"),
        })
            Assert.Equal("X122", (await Assert.ThrowsAsync<RefusedException>(() => MapAsync(town, set, word, ours))).Code);
        await MapAsync(town, "person_type", "A07", "孤儿");
        await MapAsync(town, "person_type", "A07", "重点困境儿童");
        var row = Assert.Single(await town.Area.ReadAsync(session => OutsideCodes.ListAsync(session, TestArea.Code)));
        Assert.Equal(("A07", "重点困境儿童"), (row.Outside, row.Ours));
    }

    static Task MapAsync(Offices town, string set, string word, string ours) => town.Area.DoAsync(
        "exchange.code", act => OutsideCodes.MapAsync(act, set, word, ours, OurWords.Of(set, Lists.Names)));

    static async Task<string[]> DeskAsync(Offices town) =>
    [
        .. (await town.Area.ReadAsync(session => OutsideCodes.UnmappedAsync(session, TestArea.Code)))
            .Select(one => $"{one.Row.Set} {one.Row.Outside} {one.Row.Line} {one.Row.Times}").Order(StringComparer.Ordinal),
    ];

    static Task<List<StagedRoster>> StagedAsync(Offices town) => town.Area.ReadAsync(
        session => RosterUploads.StagedAsync(session, TestArea.Code, "civil_affairs"));
}
