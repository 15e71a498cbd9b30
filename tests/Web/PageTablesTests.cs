using Canbao.Core.Files;
using Canbao.Web.Pieces;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>What of a page's lists stands in a workbook, cell by cell.</summary>
public class PageTablesTests
{
    const string Page = """
        <html><body><header><table class="list"><tr><td>不在正文</td></tr></table></header><main><h1>代收 <span class="badge">练习</span></h1>
        <table class="facts"><tbody><tr><td>不是名单</td></tr></tbody></table>
        <h2>明细：2021/11</h2>
        <table class="list"><thead><tr><th>姓名</th><th>编号</th><th class="number">金额（元）</th><th></th></tr></thead><tbody>
        <tr><th scope="row"><label><input type="checkbox" name="Chosen" value="7" checked> <a href="/people/1">王&amp;小梅</a></label>
            <span class="badge warn">待核</span></th>
            <td>0123</td><td class="number">320.00</td><td><form method="post"><button>退回</button></form></td></tr>
        <tr><th scope="row">李四<br><small>东沟村</small></th><td>310101********1234</td><td class="number">-0.05</td><td></td></tr>
        <tr><th scope="row">赵五</th><td>12345678901234567890</td><td class="number"><del>80.00</del></td>
            <td><details><summary>说明</summary><form><button>改</button></form></details></td></tr>
        <tr><th scope="row">=1+1</th><td>3</td><td class="number">0320</td>
            <td><details><summary>为什么</summary><p>已减免</p></details></td></tr>
        </tbody><tfoot><tr><th scope="row">合计</th><td></td><td class="number">12</td><td>—</td></tr></tfoot></table>
        <nav class="pager" data-more><span>第 1 页</span></nav>
        <table class="list trend"><caption>趋势</caption><tbody>
        <tr><td colspan="2">全县</td><td class="number">95.5%</td><td class="number">1234567890123456</td></tr></tbody></table>
        <table class="list"><thead><tr><th>空</th></tr></thead><tbody></tbody></table>
        <h2>明细：2021/11</h2><table class="list"><tbody><tr><td class="number">7</td></tr></tbody></table>
        </main></body></html>
        """;

    [Fact]
    public void A_page_gives_what_it_shows()
    {
        var sheets = PageTables.Read(Page, "代收");
        Assert.Equal(
            """
            [明细：2021/11] 1
            姓名|编号|金额（元）|
            王&小梅 待核|0123|320.00 Amount|
            李四 东沟村|310101********1234|-0.05 Amount|
            赵五|12345678901234567890|80.00|
            =1+1|3|0320|为什么 已减免
            合计||12 Count|—
            只有前 5 行，后面还有；请缩小查找范围后再下载。
            [趋势] 0
            全县||95.5%|1234567890123456
            [明细：2021/11] 0
            7 Count
            """,
            string.Join('\n', sheets.Select(Shown)));
    }

    [Fact]
    public void The_workbook_is_valid_and_its_sheets_have_names_of_their_own()
    {
        using var content = new MemoryStream();
        ListWorkbook.Write(content, PageTables.Read(Page, "代收"));
        using var document = SpreadsheetDocument.Open(content, false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => error.Description));
        Assert.Equal(["明细：202111", "趋势", "明细：202111 2"], Workbook.Names(document));
        var rows = Workbook.Rows(document, 0);
        Assert.Equal(("0123", "text"), rows[1][1]);
        Assert.Equal(("320.00", "number 2"), rows[1][2]);
        Assert.Equal(("12345678901234567890", "text"), rows[3][1]);
        Assert.Equal(("=1+1", "text"), rows[4][0]);
        Assert.Equal(("12", "number 1"), rows[5][2]);
    }

    /// <summary>What is said to be cut off above all lists is said of the last.</summary>
    [Fact]
    public void A_cut_list_says_so_wherever_the_page_says_it()
    {
        const string List = "<table class=\"list\"><tbody><tr><td>a</td></tr></tbody></table>";
        var sheets = PageTables.Read($"<main><p data-more>太多</p>{List}{List}</main>", "名单");
        Assert.Equal([1, 2], sheets.Select(sheet => sheet.Rows.Count));
        Assert.Equal(["名单", "名单"], sheets.Select(sheet => sheet.Name));
        Assert.Empty(PageTables.Read("<main><p data-more>太多</p></main>", "名单"));
    }

    static string Shown(ListSheet sheet) => $"[{sheet.Name}] {sheet.HeaderRows}\n"
        + string.Join('\n', sheet.Rows.Select(row => string.Join('|', row.Select(Shown))));

    static string Shown(ListCell cell) => cell.Kind == ListCellKind.Text ? cell.Text : $"{cell.Text} {cell.Kind}";
}
