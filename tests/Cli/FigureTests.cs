using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public class FigureTests
{
    [Fact, Clause("lingyuan 附件2")]
    public async Task Figures_are_imported_and_listed_and_bad_rows_come_back()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        var path = area.PathOf("激活.csv");
        File.WriteAllText(path, "社区,人数\n前街,38\n无此村,5\n");
        string[] told = ["--measure", "已激活电子凭证", "--day", "2021-11-04", "--source", "医保局"];
        In(["import", path, .. told]).Tells(1, "1 个数字有变化", "T501");
        Assert.Contains("无此村", File.ReadAllText(area.PathOf("激活.rejects.csv")), StringComparison.Ordinal);
        In(["list"]).Tells(0, "2021-11-04\t已激活电子凭证\t前街村\t38\t医保局");
        In(["import", path, "--measure", "没有", "--source", "医保局"]).Tells(2, "T502");

        Call In(string[] arguments) => Call.In(area.PathOf("."), [], ["figure", .. arguments,
            "--area", $"{TestArea.Code}", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
