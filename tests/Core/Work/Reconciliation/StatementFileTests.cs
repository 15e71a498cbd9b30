using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Files;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using LinqToDB.Async;
using Xunit;
using static Canbao.Core.Tests.Work.Reconciliation.Books;

namespace Canbao.Core.Tests.Work.Reconciliation;

public class StatementFileTests
{
    static readonly Encoding Gb18030 = TextEncodings.StrictGb18030;

    [Theory, OnBothEngines]
    public async Task A_bank_writes_its_own_names_words_and_encoding(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        var file = Gb18030.GetBytes(
            "农商银行交易明细,,,,\n交易流水号,交易时间,交易金额（元）,交易状态,交易类型\n"
            + "A1,2021/11/5 9:05,\"1,320.00\",交易成功,缴费\nA2,20211105100000,320.5,,\nA3,2021-11-04 23:59:59,-320,成功,冲正\n合计,,1640.50,,\n");
        var (statement, isNew) = await books.ImportAsync(Day, "tax1", file);
        Assert.True(isNew);
        Assert.Equal((3, 164_050), (statement.Lines, statement.Amount));
        var lines = await LinesAsync(books);
        Assert.Equal(
            [("A1", 132_000L, "money"), ("A2", 32_050, "money"), ("A3", 32_000, "reversed")],
            lines.Select(line => (line.Reference, line.Amount, line.Role)));
        Assert.Equal(new(2021, 11, 5, 1, 5, 0, TimeSpan.Zero), lines[0].PaidAt.ToUniversalTime());
        // Whom a line names is sealed.
        await books.ImportAsync(Day, Line("A1", person: 1));
        var told = Assert.Single(await LinesAsync(books), line => line.Told is not null).Told!;
        Assert.DoesNotContain("张三", Encoding.UTF8.GetString(told), StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task A_workbook_is_a_statement_too(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        using var file = new MemoryStream();
        using (var sheet = new WorkbookSink(file, Header, "明细"))
        {
            sheet.Write(Encoding.UTF8.GetBytes(Line("A1") + "\n"));
            sheet.Commit();
        }

        Assert.Equal(32_000, (await books.ImportAsync(Day, "tax1", file.ToArray(), "s.xlsx")).Statement.Amount);
    }

    [Theory, OnBothEngines]
    public async Task A_faulty_file_changes_nothing(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        await RefusedAsync("C152", () => books.ImportAsync(Day, Line("A1"), "A2,3.200,2021-11-05 09:00:00,,,"));
        await RefusedAsync("C152", () => books.ImportAsync(Day, Line("A1"), "A2,320.00,昨天,,,"));
        await RefusedAsync("C152", () => books.ImportAsync(Day, Line("A1"), Line("A2", state: "处理中")));
        await RefusedAsync("C152", () => books.ImportAsync(Day, Line("A1"), ",320.00,2021-11-05 09:00:00,,,"));
        await RefusedAsync("C152", () => books.ImportAsync(Day, Line("A1"), Line(new string('7', 65))));
        await RefusedAsync("C153", () => books.ImportAsync(Day, Line("A1"), Line("A2", on: Day.AddDays(-2))));
        await RefusedAsync("C153", () => books.ImportAsync(Day.AddDays(1), Line("A1")));
        await RefusedAsync("C150", () => books.RunAsync(Day));
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Header + "\n")];
        byte[] unknown = [0xFF, 0xFD, (byte)'\n', 0xFF, 0xFD, (byte)'\n', 0xFF, 0xFD, (byte)'\n'];
        foreach (var (code, file) in new[] { ("F104", utf16), ("F103", unknown) })
            Assert.Equal(code, (await Assert.ThrowsAsync<TableFileException>(() => books.ImportAsync(Day, "tax1", file))).Code);
        Assert.Empty(await LinesAsync(books));
        await books.IsSoundAsync();
    }

    static Task<List<StatementLineRow>> LinesAsync(Books books) => books.Area.ReadAsync(session => (
        from line in session.Table<StatementLineRow>()
        where line.Area == TestArea.Code
        orderby line.StatementId, line.LineNo
        select line).ToListAsync());
}
