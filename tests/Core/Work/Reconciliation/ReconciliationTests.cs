using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.Core.Work.Reconciliation;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Xunit;
using static Canbao.Core.Tests.Work.Reconciliation.Books;

namespace Canbao.Core.Tests.Work.Reconciliation;

public class ReconciliationTests
{
    static readonly DateOnly Before = Day.AddDays(-1), After = Day.AddDays(1);

    [Theory, OnBothEngines, Clause("lishi 六(三)"), Clause("laishan 二(三)")]
    public async Task Every_kind_is_found_and_the_clear_ones_are_settled(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        await SeasonAsync(books);
        Assert.Equal(
            [
                "R02 1 late settled rule", "R03 1 only_there settled posted", "R04 1 only_there settled suspense C106",
                "R05 1 only_there settled suspense C104", "R06 0 only_here open", "R07 1 amount open", "R08 2 doubled settled rule",
                "R09 2 odd_copy open", "R10 1 reversed settled rule", "R10 2 reversed settled rule", "R11 1 other_day open",
                "R12 1 only_there settled suspense C111", "R13 1 doubled settled rule",
            ],
            await books.TableAsync());
        Assert.Equal(["R02 0 late settled rule"], await books.TableAsync(Before));
        var sums = await books.Area.ReadAsync(session => DayDesk.SumsAsync(session, TestArea.Code, Bank, Day));
        // R10 and the second R08, R09 and R13 are no money.
        Assert.Equal(32_000 * 8 + 32_100 * 2, sums.Statement);
        await books.IsSoundAsync((Accounts.Suspense, -32_000 * 2 - 32_100));
        // Nothing changes by matching again, but that what was taken is no difference any more.
        var table = await books.TableAsync();
        await books.RunAsync(Day);
        Assert.Equal(table, await books.TableAsync());
    }

    [Theory, OnBothEngines, Clause("lishi 六(三)")]
    public async Task What_is_not_clear_is_decided_one_by_one_and_the_day_closed_by_another(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        await SeasonAsync(books);
        await RefusedAsync("C155", () => books.DecideAsync("R06", 0, ReconciliationDesk.Accept));
        await RefusedAsync("C155", () => books.DecideAsync("R07", 1, ReconciliationDesk.Accept));
        await RefusedAsync("C154", () => books.DecideAsync("R03", 1, ReconciliationDesk.Accept));
        await books.DecideAsync("R06", 0, ReconciliationDesk.Ask);
        await RefusedAsync("C156", () => books.CloseAsync("tax2"));
        await books.DecideAsync("R06", 0, ReconciliationDesk.Reverse);
        await books.DecideAsync("R07", 1, ReconciliationDesk.TakeTheirs);
        await books.DecideAsync("R09", 2, ReconciliationDesk.Accept);
        await books.DecideAsync("R11", 1, ReconciliationDesk.Accept);
        await books.RunAsync(Day);
        Assert.DoesNotContain(await books.TableAsync(), line => line.Contains(" open", StringComparison.Ordinal));
        const long Total = 32_000 * 8 + 32_100 * 2;
        await books.DepositAsync(Total - 100, "D1");
        await RefusedAsync("C157", () => books.CloseAsync("tax2"));
        await RefusedAsync("C160", () => books.DepositAsync(100, "D1"));
        await RefusedAsync("C160", () => books.DepositAsync(0, "D2"));
        await books.DepositAsync(100, "D2");
        await RefusedAsync("C158", () => books.CloseAsync("tax1"));
        Assert.Equal(Total, (await books.CloseAsync("tax2")).Amount);
        await books.IsSoundAsync((Accounts.Treasury, Total), (Accounts.Tax, 0), (Accounts.Suspense, -32_000 * 2 - 32_100 * 2));
    }

    [Theory, OnBothEngines]
    public async Task Nothing_is_written_after_the_close_until_somebody_else_opens_the_day(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        await books.EnrolAsync(1, 3, 5);
        await books.TellAsync("R1", 1);
        await RefusedAsync("C150", () => books.CloseAsync("tax2"));
        await books.ImportAsync(Day, Line("R1"));
        await RefusedAsync("C159", () => books.ReopenAsync("tax3"));
        await books.DepositAsync(32_000, "D1");
        await books.CloseAsync("tax2");
        Assert.False((await books.ImportAsync(Day, Line("R1"))).IsNew);
        await RefusedAsync("C151", () => books.ImportAsync(Day, Line("R1"), Line("R2")));
        await RefusedAsync("C151", () => books.RunAsync(Day));
        await RefusedAsync("C151", () => books.DepositAsync(100, "D2"));
        await RefusedAsync("C151", () => books.DecideAsync("R1", 0, ReconciliationDesk.Ask));
        await RefusedAsync("C151", () => books.CancelAsync("R9", 5));
        await RefusedAsync("C151", () => books.CloseAsync("tax3"));
        // Money that is told of late is money all the same: booked today, and shown in the next day's reconciliation.
        books.Area.Clock.Set("2021-11-06 09:30");
        Assert.Equal(ChannelNotices.Posted, (await books.TellAsync("R3", 3)).State);
        await books.ImportAsync(After);
        Assert.Equal(["R3 0 late_notice open"], await books.TableAsync(After));
        await books.DecideAsync("R3", 0, ReconciliationDesk.Reverse, After);
        await books.CloseAsync("tax2", After);
        await RefusedAsync("C158", () => books.ReopenAsync("tax2"));
        await books.ReopenAsync("tax3");
        Assert.True((await books.ImportAsync(Day, Line("R1"), Line("R2"))).IsNew);
        await books.IsSoundAsync((Accounts.Treasury, 32_000), (Accounts.Channel(Bank), 32_000), (Accounts.Suspense, -32_000));
    }

    [Theory, OnBothEngines]
    public async Task A_statement_that_takes_the_place_of_another_settles_what_it_mends(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        await books.EnrolAsync(1, 3, 5);
        await books.TellAsync("R1", 1);
        await books.TellAsync("R3", 3);
        Assert.True((await books.ImportAsync(Day, Line("R1", 32_100))).IsNew);
        Assert.False((await books.ImportAsync(Day, Line("R1", 32_100))).IsNew);
        Assert.Equal(["R1 1 amount open", "R3 0 only_here open"], await books.TableAsync());
        await books.DecideAsync("R1", 1, ReconciliationDesk.Ask);
        await books.ImportAsync(Day, Line("R1"), Line("R3"), Line("R5", person: 5));
        Assert.Equal(
            ["R1 1 amount settled cleared", "R3 0 only_here settled cleared", "R5 1 only_there settled posted"], await books.TableAsync());
        var history = await books.Area.ReadAsync(session => Statements.HistoryAsync(session, TestArea.Code, Bank, Day));
        Assert.Equal([(3, false), (1, true)], history.Select(row => (row.Lines, row.ReplacedBy is not null)));
        await books.IsSoundAsync((Accounts.Suspense, 0), (Accounts.Channel(Bank), 96_000));
        // The bank takes R5 out of its statement again: now only we have it.
        await books.ImportAsync(Day, Line("R1"), Line("R3"));
        Assert.Contains("R5 0 only_here open", await books.TableAsync());
    }

    [Theory, OnBothEngines]
    public async Task A_withdrawn_deposit_goes_back_the_whole_way(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        var deposit = await books.DepositAsync(32_000, "D1");
        await books.IsSoundAsync((Accounts.Channel(Bank), -32_000), (Accounts.Tax, 0), (Accounts.Treasury, 32_000));
        await books.Area.DoAsync("deposit.void", act => DayDesk.VoidAsync(act, deposit.DepositId));
        await RefusedAsync("C160", () => books.Area.DoAsync("deposit.void", act => DayDesk.VoidAsync(act, deposit.DepositId)));
        await books.IsSoundAsync((Accounts.Channel(Bank), 0), (Accounts.Tax, 0), (Accounts.Treasury, 0));
        await books.DepositAsync(32_000, "D1");
    }

    /// <summary>A day with one case of each kind.</summary>
    static async Task SeasonAsync(Books books)
    {
        books.Area.Clock.Set("2021-11-01 09:30");
        await books.EnrolAsync(1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13);
        books.Area.Clock.Set("2021-11-05 09:30");
        await books.TellAsync("R01", 1);
        await books.TellAsync("R02", 2, on: Before);
        await books.TellAsync("R06", 6);
        await books.TellAsync("R07", 7);
        await books.TellAsync("R08", 8);
        await books.TellAsync("R09", 9);
        await books.TellAsync("R11", 11, on: Day.AddDays(-3));
        await books.CancelAsync("R12", 12);
        await books.TellAsync("R13", 13, on: Before);
        await books.ImportAsync(Before, Line("R13", on: Before));
        Assert.Equal(["R02 0 only_here open"], await books.TableAsync(Before));
        await books.ImportAsync(
            Day, Line("R01"), Line("R02"), Line("R03", person: 3), Line("R04"), Line("R05", 32_100, 5), Line("R07", 32_100), Line("R08"),
            Line("R08"), Line("R09"), Line("R09", 10_000), Line("R10"), Line("R10", state: "已撤销"), Line("R11"), Line("R12", person: 12),
            Line("R13"));
    }
}
