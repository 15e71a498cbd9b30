using System.Diagnostics;
using System.Text;
using Canbao.Core.Files;
using Canbao.Core.Registry.Import;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Rosters;

public class ListSizeTests
{
    const int People = 200_000;

    /// <summary>A large list is tried, applied and undone in seconds; the bound leaves room for a slow machine.</summary>
    [LongTheory, OnBothEngines]
    public async Task A_list_of_200_000_people_takes_seconds(Engine engine)
    {
        await using var area = await TestArea.CreateAsync(engine);
        var first = new DateOnly(1940, 1, 1);
        var numbers = Enumerable.Range(0, People).Select(each => TestArea.Number(first.AddDays(each / 900), each % 900 + 1).Full);
        await area.DoAsync("people.import", act => new PeopleImport(area.Vault).RunAsync(
            act,
            new TableFile("people.csv", () => Stream(
                "单位代码,姓名,证件号码\n", numbers.Select(number => $"{TestArea.Village},张三,{number}\n"))),
            new ImportOrder(new(2021, 9, 1))));
        var (desk, order) = (new RosterDesk(area.Vault, Lists.Names), Lists.Full("两病人员", "health"));
        var upload = (await area.DoAsync("roster.keep", act => desk.KeepAsync(
            act, order, "list.csv", Stream("姓名,身份证号码\n", numbers.Select(number => $"张三,{number}\n"))))).Upload.UploadId;
        var time = Stopwatch.StartNew();
        var outcome = await area.ReadAsync(session => desk.TryAsync(session, TestArea.Code, upload, order));
        Assert.Equal(People, outcome.Added);
        var tried = time.Elapsed;
        var version = await area.DoAsync("roster.apply", act => desk.ApplyAsync(act, upload, order, outcome.Digest));
        var applied = time.Elapsed - tried;
        await area.DoAsync("roster.undo", act => desk.UndoAsync(act, version!.VersionId));
        TestContext.Current.TestOutputHelper?.WriteLine($"tried {tried}, applied {applied}, undone {time.Elapsed - applied - tried}");
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Empty(await area.ReadAsync(
            session => Categories.PeopleAsync(session, TestArea.Code, CategoryNames.TwoChronic, Lists.Today, new InsuranceYear(2022))));
    }

    static MemoryStream Stream(string header, IEnumerable<string> rows) => new(Encoding.UTF8.GetBytes(header + string.Concat(rows)));
}
