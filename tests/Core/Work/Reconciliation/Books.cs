using System.Globalization;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Reconciliation;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.Reconciliation;

/// <summary>An area with a bank, whose notices and statements a test writes.</summary>
sealed class Books : IAsyncDisposable
{
    public const string Bank = "bank", Header = "流水号,金额,缴费时间,状态,姓名,证件号码";

    /// <summary>The day that most tests reconcile.</summary>
    public static readonly DateOnly Day = new(2021, 11, 5);

    static readonly DateOnly Born = new(1985, 3, 20);

    readonly TestArea area;
    readonly Reconciler reconciler;

    Books(TestArea area)
    {
        this.area = area;
        reconciler = new(new(area.Dues, area.Vault), area.Vault);
    }

    public TestArea Area => area;

    public static async Task<Books> OpenAsync(Engine engine)
    {
        var books = new Books(await TestArea.CreateAsync(engine));
        await books.area.DoAsync("channel.add", act => new Channels(books.area.Vault).AddAsync(act, Bank, "农商银行"));
        return books;
    }

    /// <summary>A line of a statement at nine in the morning.</summary>
    public static string Line(string reference, int fen = 32_000, int person = 0, string state = "", DateOnly? on = null)
    {
        var who = person == 0 ? "," : $"张三,{TestArea.Number(Born, person).Full}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{reference},{Money.FromFen(fen)},{on ?? Day:yyyy-MM-dd} 09:00:00,{state},{who}");
    }

    /// <summary>Registers and enrols people, by their sequence numbers.</summary>
    public async Task EnrolAsync(params int[] sequences)
    {
        foreach (int sequence in sequences)
        {
            var person = await area.RegisterAsync("张三", Born, sequence);
            await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New));
        }
    }

    /// <summary>The bank tells of money of somebody, at nine in the morning.</summary>
    public async Task<ChannelAnswer> TellAsync(string reference, int person, int fen = 32_000, DateOnly? on = null) =>
        (await area.DoAsync("channel.take", act => Desk.TakeAsync(act, Bank, [Message(reference, person, fen, on)]), "@bank"))[0];

    public Task CancelAsync(string reference, int person, DateOnly? on = null) =>
        area.DoAsync("channel.cancel", act => Desk.CancelAsync(act, Bank, Message(reference, person, 32_000, on)), "@bank");

    public Task<(StatementRow Statement, bool IsNew)> ImportAsync(DateOnly day, params string[] lines) =>
        ImportAsync(day, "tax1", Encoding.UTF8.GetBytes($"{Header}\n{string.Join('\n', lines)}\n"));

    public Task<(StatementRow Statement, bool IsNew)> ImportAsync(DateOnly day, string account, byte[] file, string name = "s.csv") =>
        area.DoAsync(
            "statement.import",
            act => reconciler.ImportAsync(act, new(Bank, day, TestArea.Year, name, new MemoryStream(file))), account);

    public Task<IReadOnlyList<KindSum>> RunAsync(DateOnly day) =>
        area.DoAsync("reconcile", act => reconciler.RunAsync(act, Bank, day), "tax1");

    public Task<DiscrepancyRow> DecideAsync(string reference, int occurrence, string decision, DateOnly? day = null) => area.DoAsync(
        "discrepancy.decide",
        act => new ReconciliationDesk(reconciler).DecideAsync(act, new(Bank, day ?? Day, reference, occurrence), decision, "与银行核对"),
        "tax1");

    public Task<DepositRow> DepositAsync(long fen, string slip, DateOnly? day = null) => area.DoAsync(
        "deposit.enter", act => DayDesk.DepositAsync(act, Bank, day ?? Day, Money.FromFen(fen), slip), "tax1");

    public Task<DayCloseRow> CloseAsync(string account, DateOnly? day = null) =>
        area.DoAsync("day.close", act => DayDesk.CloseAsync(act, Bank, day ?? Day), account);

    public Task ReopenAsync(string account, DateOnly? day = null) =>
        area.DoAsync("day.reopen", act => DayDesk.ReopenAsync(act, Bank, day ?? Day), account);

    /// <summary>The discrepancies of a day, one a line, in the order of numbers.</summary>
    public async Task<string[]> TableAsync(DateOnly? day = null)
    {
        var rows = await area.ReadAsync(session => Discrepancies.ListAsync(session, TestArea.Code, (Bank, day ?? Day), "", (0, 1000)));
        return
        [
            .. from row in rows
               orderby row.Reference, row.Occurrence
               select $"{row.Reference} {row.Occurrence} {row.Kind} {row.State} {row.Decision} {row.Code}".TrimEnd(),
        ];
    }

    public static async Task RefusedAsync(string code, Func<Task> deed) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(deed)).Code);

    /// <summary>The ledger is sound, and accounts have these balances, fen.</summary>
    public async Task IsSoundAsync(params (string Account, long Fen)[] balances)
    {
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
        var kept = await area.ReadAsync(session => Transfers.BalancesAsync(session, TestArea.Code));
        Assert.Equal(balances, balances.Select(one => (one.Account, kept.GetValueOrDefault(one.Account))));
    }

    public ValueTask DisposeAsync() => area.DisposeAsync();

    ChannelDesk Desk => new(area.Dues, area.Vault);

    static ChannelMessage Message(string reference, int person, int fen, DateOnly? on) =>
        new(reference, TestArea.Year, Money.FromFen(fen), new(on ?? Day, new(9, 0), BusinessDay.Offset))
        {
            Number = TestArea.Number(Born, person).Full,
            Name = "张三",
            HasMoved = true,
        };
}
