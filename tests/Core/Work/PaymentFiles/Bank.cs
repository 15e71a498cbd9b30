using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.PaymentFiles;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Work.PaymentFiles;

/// <summary>An area with a bank that hands in files of payments.</summary>
sealed class Bank(TestArea area) : IAsyncDisposable
{
    public const string Code = "bank", Header = "流水号,证件号码,姓名,年度,金额,缴费时间";

    static readonly DateOnly Born = new(1985, 3, 20);

    public TestArea Area => area;

    public ChannelDesk Desk { get; } = new(area.Dues, area.Vault);

    /// <summary>Opens one with so many people who are enrolled, by their sequence numbers from 1 on.</summary>
    public static async Task<Bank> OpenAsync(Engine engine, int people)
    {
        var bank = new Bank(await TestArea.CreateAsync(engine));
        await bank.Area.DoAsync("channel.add", act => new Channels(bank.Area.Vault).AddAsync(act, Code, "农商银行"));
        await bank.Area.DoAsync("enrol", async act =>
        {
            for (int sequence = 1; sequence <= people; sequence++)
            {
                var person = await bank.Area.RegisterAsync(act, "张三", Born, (sequence, null));
                await bank.Area.Enrolments.EnrolAsync(act, TestArea.Year, person.PersonId, EnrolmentKinds.New);
            }
        });
        return bank;
    }

    public static string Number(int sequence) => TestArea.Number(Born, sequence).Full;

    /// <summary>A line of somebody, paid at nine in the morning unless it says otherwise.</summary>
    public static string Line(
        string reference, int sequence, string yuan = "320.00", string time = "2021-11-05 09:00:00", string name = "张三") =>
        $"{reference},{Number(sequence)},{name},2022,{yuan},{time}";

    public static string Text(params string[] lines) => $"{Header}\n{string.Join('\n', lines)}\n";

    public Task<PersonRow> RegisterAsync(string name, int sequence) => area.RegisterAsync(name, Born, sequence);

    public Task<PaymentFileReport> PostAsync(params string[] lines) => PostAsync(Encoding.UTF8.GetBytes(Text(lines)));

    public Task<PaymentFileReport> PostAsync(byte[] file, string name = "pay.csv", Stream? rejects = null) =>
        PostAsync(area.Database, new(Code, new(name, () => new MemoryStream(file))) { Rejects = rejects });

    public Task<PaymentFileReport> PostAsync(Database database, PaymentFileOrder order, int part = 10_000) =>
        new PaymentFileDesk(database, Desk) { PartLines = part }.RunAsync(TestArea.Code, new Doer("tax1", "缴费文件"), order);

    public Task<List<ChannelNoticeRow>> NoticesAsync() => area.ReadAsync(async session =>
        (await ChannelNotices.OfDayAsync(session, TestArea.Code, Code, new(2021, 11, 5)))
            .Concat(await ChannelNotices.OfDayAsync(session, TestArea.Code, Code, new(2021, 10, 1))).ToList());

    /// <summary>Holds all money against itself, and some balances against what they should be.</summary>
    public async Task IsSoundAsync(Money posted, Money waiting)
    {
        Assert.Empty(await area.ReadAsync(session => MoneyCheck.RunAsync(session, TestArea.Code)));
        var kept = await area.ReadAsync(session => Transfers.BalancesAsync(session, TestArea.Code));
        Assert.Equal(-posted.Fen, kept.GetValueOrDefault(Accounts.Dues(TestArea.Year)));
        Assert.Equal(-waiting.Fen, kept.GetValueOrDefault(Accounts.Suspense));
        Assert.Equal((posted + waiting).Fen, kept.GetValueOrDefault(Accounts.Channel(Code)));
    }

    public ValueTask DisposeAsync() => area.DisposeAsync();
}
