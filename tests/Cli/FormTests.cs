using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;

namespace Canbao.Cli.Tests;

public class FormTests
{
    [Fact, Clause("lishi 附件5")]
    public async Task Forms_are_written_for_one_unit_or_for_each_and_checked()
    {
        await using var area = await TestArea.CreateAsync(Engine.Sqlite);
        await area.RegisterAsync("张三", new(1985, 3, 20), 1);
        var one = area.PathOf("周报.xlsx");
        In("export", "lishi-5", "--output", one).Tells(0);
        Assert.Equal("PK"u8.ToArray(), File.ReadAllBytes(one)[..2]);
        var folder = area.PathOf("周报");
        In("export", "lishi-5", "--each-township", "--output", folder).Tells(0, "已生成");
        Assert.NotEmpty(Directory.GetFiles(folder, "城乡居民医保参保缴费工作进度周报表-*.xlsx"));
        Assert.Empty(Directory.GetFiles(folder, "*.partial"));
        In("check").Tells(0, "城乡居民医保参保缴费工作进度周报表：核对无误", "参保摸底情况统计表：核对无误");
        In("check", "lishi-2").Tells(0, "提示：T308", "1 处需要核对");
        In("export", "none", "--output", one).Tells(2, "T309");
        In("export", "lishi-5", "--unit", "none", "--output", one).Tells(2, "T311");
        In("export", "baogou-list", "--output", area.PathOf("名单.xlsx")).Tells(2, "T313");
        Assert.False(File.Exists(area.PathOf("名单.xlsx")));
        In("export", "baogou-list", "--each-township", "--output", folder).Tells(2, "T314");
        Call.Of("form", "list").Tells(0, "lishi-6\t离石区\t参保摸底情况统计表\tlishi 附件6");

        Call In(params string[] arguments) => Call.In(area.PathOf("."), [], ["form", .. arguments,
            "--area", $"{TestArea.Code}", "--year", "2022", "--database", area.Connection, "--keys", area.KeyPath]);
    }
}
