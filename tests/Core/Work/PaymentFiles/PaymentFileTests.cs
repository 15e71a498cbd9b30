using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Tests.Files;
using Canbao.Core.Work.PaymentFiles;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Work.PaymentFiles;

/// <summary>A channel's file of payments is posted by the rules of notices; nothing of it is lost, posted twice, or half done.</summary>
public class PaymentFileTests
{
    static readonly Money Due = Money.FromFen(32_000);

    [Theory, OnBothEngines, Clause("laishan 四(一)-(三),(五)")]
    public async Task What_fits_is_posted_with_its_cover_and_its_trace(Engine engine)
    {
        await using var bank = await Bank.OpenAsync(engine, 12);
        var report = await bank.PostAsync([.. Enumerable.Range(1, 12).Select(at => Bank.Line($"R{at}", at))]);
        Assert.Equal((new LineSum(12, Money.FromFen(12 * 32_000)), 0, 0), (report.Posted, report.Waiting.Lines, report.Refused.Lines));
        var payments = await bank.Area.ReadAsync(
            session => session.Table<PaymentRow>().Where(row => row.Area == TestArea.Code).ToListAsync());
        Assert.Equal(12, payments.Count);
        var paid = (Bank.Code, 32_000L, new DateOnly(2021, 11, 5));
        Assert.All(payments, row => Assert.Equal(paid, (row.Channel, row.Amount, row.PaidOn)));
        var covered = await bank.Area.ReadAsync(
            session => Covers.OfAsync(session, TestArea.Code, [2022], [.. payments.Select(row => row.PersonId)]));
        Assert.Equal(12, covered.Count);
        long deed = payments[0].ActId;
        var log = await bank.Area.ReadAsync(
            session => session.Table<ActChangeRow>().Where(row => row.Area == TestArea.Code && row.ActId == deed).ToListAsync());
        Assert.Equal(12, log.Count(row => row.Action == "paid"));
        Assert.Contains("pay.csv", log.Single(row => row.Action == "file_posted").New, StringComparison.Ordinal);
        Assert.DoesNotContain(log, row => row.New!.Contains(Bank.Number(1), StringComparison.Ordinal));
        await bank.IsSoundAsync(report.Posted.Amount, Money.Zero);
    }

    [Theory, OnBothEngines]
    public async Task What_does_not_fit_waits_with_its_reason(Engine engine)
    {
        await using var bank = await Bank.OpenAsync(engine, 9);
        await bank.RegisterAsync("张三", 20);
        var people = await bank.Area.ReadAsync(session => People.FindByNameAsync(session, TestArea.Code, "张三", 9));
        await bank.Area.DoAsync("person.died", act => People.DiedAsync(act, people[2].PersonId, new(2021, 11, 1)));
        await bank.Area.DoAsync("channel.cancel", act => bank.Desk.CancelAsync(
            act, Bank.Code, new("back", TestArea.Year, Due, bank.Area.Clock.GetUtcNow()) { Number = Bank.Number(4), Name = "张三" }));
        var report = await bank.PostAsync(
            Bank.Line("1", 1),
            Bank.Line("c101", 20),
            Bank.Line("c102", 1),
            Bank.Line("c103", 5, time: "2021-10-01 09:00:00"),
            Bank.Line("c104", 6, "320.01"),
            Bank.Line("c106a", 99),
            Bank.Line("c106b", 7, name: "李四"),
            "c106c,,,2022,320.00,2021-11-05 09:00:00",
            Bank.Line("c107", 3),
            Bank.Line("back", 4));
        Assert.Equal(new LineSum(1, Due), report.Posted);
        Assert.Equal(
            ["C101 1 320.00", "C102 1 320.00", "C103 1 320.00", "C104 1 320.01", "C106 3 960.00", "C107 1 320.00", "C111 1 320.00"],
            report.Suspended.Select(one => $"{one.Key} {one.Value.Lines} {one.Value.Amount}"));
        Assert.Empty(report.Faults);
        var notices = (await bank.NoticesAsync()).Where(row => row.Reference != "1").ToList();
        Assert.All(notices, row => Assert.Equal(
            (ChannelNotices.Suspense, row.Reference == "back" ? "C111" : row.Reference[..4].ToUpperInvariant()), (row.State, row.Code)));
        Assert.Equal(9, notices.Count);
        await bank.IsSoundAsync(Due, report.Waiting.Amount);
    }

    [Theory, OnBothEngines]
    public async Task What_cannot_be_read_or_contradicts_comes_back_and_can_be_handed_in_again(Engine engine)
    {
        await using var bank = await Bank.OpenAsync(engine, 9);
        await bank.PostAsync(Bank.Line("1", 1));
        using var rejects = new MemoryStream();
        var file = Bank.Text(
            Bank.Line("1", 1, "100.00"),
            Bank.Line("2", 2, time: "2021-11-05 09:40:00"),
            Bank.Line("3", 3),
            Bank.Line("", 4),
            Bank.Line("5", 5, "-320.00"),
            Bank.Line("6", 6, "32.0.0"),
            Bank.Line("7", 7, time: "昨天"),
            Bank.Line(new string('9', 65), 8),
            Bank.Line("9", 9).Replace(",2022,", ",22,", StringComparison.Ordinal));
        var report = await bank.PostAsync(Encoding.UTF8.GetBytes(file), rejects: rejects);
        Assert.Equal((1, 8), (report.Posted.Lines, report.Refused.Lines));
        Assert.Equal(
            ["2 流水号 C110", "3 缴费时间 C108", "5 流水号 F221", "6 金额 C116", "7 金额 C116", "8 缴费时间 C116", "9 流水号 C116", "10 年度 C116"],
            report.Faults.OrderBy(fault => fault.Line).Select(fault => $"{fault.Line} {fault.Column} {fault.Code}"));
        Assert.All(report.Faults, fault => Assert.DoesNotContain("张三", fault.Reason, StringComparison.Ordinal));
        // Mended where that can be: the clock goes on, an amount and a time are written anew.
        var returned = Encoding.UTF8.GetString(rejects.ToArray());
        Assert.Equal(9, returned.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        bank.Area.Clock.Set("2021-11-06 09:00");
        var mended = await bank.PostAsync(Encoding.UTF8.GetBytes(returned
            .Replace("32.0.0", "320", StringComparison.Ordinal).Replace("昨天", "2021-11-05 8:00", StringComparison.Ordinal)));
        Assert.Equal((3, 5), (mended.Posted.Lines, mended.Refused.Lines));
        await bank.IsSoundAsync(Money.FromFen(5 * 32_000), Money.Zero);
    }

    [Theory, OnBothEngines]
    public async Task A_line_told_twice_counts_once(Engine engine)
    {
        await using var bank = await Bank.OpenAsync(engine, 3);
        var file = Bank.Text(
            Bank.Line("1", 1), Bank.Line("1", 1), Bank.Line("1", 2), Bank.Line("2", 99), Bank.Line("2", 99), Bank.Line("3", 3));
        bool isFirst = true;
        foreach (int part in new[] { 2, 1, 10 })
        {
            var report = await bank.PostAsync(bank.Area.Database, Order(file), part);
            Assert.Equal((1, 6), (report.Refused.Lines, report.All.Lines));
            Assert.Equal(
                isFirst ? (2L, 1L, 2L) : (0L, 0L, 5L), (report.Posted.Lines, report.Waiting.Lines, report.Echoed.Lines));
            isFirst = false;
            Assert.Equal("C110", Assert.Single(report.Faults).Code);
        }

        await bank.IsSoundAsync(Due + Due, Due);
    }

    [Theory, OnBothEngines]
    public async Task A_file_that_was_cut_short_by_a_crash_is_handed_in_again(Engine engine)
    {
        const int Lines = 60, Part = 20;
        await using var bank = await Bank.OpenAsync(engine, Lines);
        var file = Bank.Text([.. Enumerable.Range(1, Lines).Select(at => Bank.Line($"R{at}", at))]);
        var posted = 0L;
        // Each time it dies a little later: between the parts, and at any row within one.
        for (int ticks = 5; posted < Lines; ticks += 29)
        {
            await using var dying = Database.Open(bank.Area.Connection, new DyingClock(bank.Area.Clock, ticks));
            PaymentFileReport? report = null;
            try
            {
                report = await bank.PostAsync(dying, Order(file), Part);
            }
            catch (InsufficientMemoryException)
            {
                Assert.True(ticks < 1000);
            }

            var kept = await bank.NoticesAsync();
            Assert.Equal(0, kept.Count % Part);
            if (report is not null)
                Assert.Equal((Lines - posted, posted), (report.Posted.Lines, report.Echoed.Lines));
            Assert.True(kept.Count >= posted);
            posted = kept.Count;
            await bank.IsSoundAsync(Money.FromFen(posted * 32_000), Money.Zero);
        }

        Assert.Equal(Lines, (await bank.PostAsync(bank.Area.Database, Order(file), Part)).Echoed.Lines);
    }

    [Theory]
    [InlineData("gb18030"), InlineData("utf-8"), InlineData("xlsx")]
    public async Task Files_are_read_as_banks_save_them(string kind)
    {
        await using var bank = await Bank.OpenAsync(Engine.Sqlite, 2);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string[] rows = ["银行代收明细", Bank.Header, Bank.Line("001", 1), Bank.Line("002", 2), "合计,,,2,640.00,"];
        var file = kind == "xlsx"
            ? await File.ReadAllBytesAsync(Workbooks.Write(
                bank.Area.PathOf("pay.xlsx"), string.Concat(rows.Select(row => Workbooks.TextRow(row.Split(','))))))
            : Encoding.GetEncoding(kind).GetBytes(string.Join('\n', rows) + "\n");
        var report = await bank.PostAsync(file, kind == "xlsx" ? "pay.xlsx" : "pay.csv");
        Assert.Equal((2, 2), (report.Posted.Lines, report.All.Lines));
    }

    [Theory, OnBothEngines]
    public async Task A_file_that_is_not_whole_is_refused_whole(Engine engine)
    {
        await using var bank = await Bank.OpenAsync(engine, 3);
        var whole = Bank.Text(Bank.Line("1", 1), Bank.Line("2", 2), Bank.Line("3", 3));
        Assert.Equal("C115", await RefusedAsync(Order(whole[..^3])));
        Assert.Equal("C114", await RefusedAsync(Order(whole) with { Lines = 4 }));
        Assert.Equal("C114", await RefusedAsync(Order(whole[..^20]) with { Lines = 3, Amount = Money.FromFen(90_000) }));
        Assert.Equal("N101", await RefusedAsync(Order(whole) with { Channel = "other" }));
        Assert.Equal("F211", (await Assert.ThrowsAsync<TableFileException>(() => bank.PostAsync(
            bank.Area.Database, Order(whole.Replace("证件号码", "号", StringComparison.Ordinal))))).Code);
        Assert.Equal("F210", (await Assert.ThrowsAsync<TableFileException>(() => bank.PostAsync(
            bank.Area.Database, Order("1,2,3\n")))).Code);
        await bank.IsSoundAsync(Money.Zero, Money.Zero);
        // With the bank's own figures an end without a line break is no doubt.
        var sound = Order(whole.TrimEnd()) with { Lines = 3, Amount = Money.FromFen(96_000) };
        Assert.Equal(3, (await bank.PostAsync(bank.Area.Database, sound)).Posted.Lines);
        await bank.Area.DoAsync("channel.close", act => Channels.CloseAsync(act, Bank.Code));
        Assert.Equal("N101", await RefusedAsync(Order(whole)));

        async Task<string> RefusedAsync(PaymentFileOrder order) => (await Assert.ThrowsAsync<RefusedException>(
            () => bank.PostAsync(bank.Area.Database, order))).Code;
    }

    /// <summary>Whatever stands in a file, each line and each fen is in exactly one place, and the second time nothing moves.</summary>
    [Theory, OnBothEngines]
    public async Task Of_five_thousand_lines_no_fen_is_lost(Engine engine)
    {
        const int Lines = 5000, People = 300;
        await using var bank = await Bank.OpenAsync(engine, People);
        var dice = new Random(2022);
        string Any(params string[] values) => values[dice.Next(values.Length)];
        var lines = new List<string>();
        while (lines.Count < Lines)
            lines.Add(dice.Next(10) == 0 && lines.Count > 0 ? lines[dice.Next(lines.Count)] : Bank.Line(
                $"R{dice.Next(Lines)}", dice.Next(1, People + 30), Any("320.00", "320.00", "320.00", "12.34", "0.01", "", "-5.00"),
                Any("2021-11-05 09:00:00", "2021-11-04 08:00:00", "2021-10-01 08:00:00", "2021-11-05 12:00:00"),
                Any("张三", "张三", "张三", "李四")));
        var sum = lines.Select(line => line.Split(',')[4]).Where(yuan => yuan.Length > 0)
            .Aggregate(Money.Zero, (all, yuan) => all + (Money.TryParseYuan(yuan, out var one) ? one : throw new FormatException(yuan)));
        var order = Order(Bank.Text([.. lines]));
        var report = await bank.PostAsync(bank.Area.Database, order, 700);
        Assert.True(report.Posted.Lines > 50 && report.Suspended.Count >= 4 && report.Echoed.Lines > 5 && report.Refused.Lines > 1000);
        Assert.Equal(Lines, report.All.Lines);
        Assert.Equal(sum, report.All.Amount);
        await bank.IsSoundAsync(report.Posted.Amount, report.Waiting.Amount);
        var again = await bank.PostAsync(bank.Area.Database, order, 1100);
        Assert.Equal((0, 0), (again.Posted.Lines, again.Waiting.Lines));
        Assert.Equal(report.Posted.Lines + report.Waiting.Lines + report.Echoed.Lines, again.Echoed.Lines);
        Assert.Equal((report.Refused, report.All), (again.Refused, again.All));
        await bank.IsSoundAsync(report.Posted.Amount, report.Waiting.Amount);
    }

    static PaymentFileOrder Order(string text) => new(Bank.Code, new("pay.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(text))));

    /// <summary>A clock that ends whatever asks it too often.</summary>
    sealed class DyingClock(TimeProvider clock, int ticks) : TimeProvider
    {
        int left = ticks;

        public override DateTimeOffset GetUtcNow() =>
            Interlocked.Decrement(ref left) < 0 ? throw new InsufficientMemoryException() : clock.GetUtcNow();
    }
}
