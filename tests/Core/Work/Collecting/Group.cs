using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Work.Collecting;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Tests.Work.Collecting;

/// <summary>A village in which somebody pays for listed people.</summary>
sealed class Group : IAsyncDisposable
{
    Group(Village village) => (Village, Desk, Trial) = (
        village, new(village.Area.Dues, village.Area.Vault), new(village.Area.Dues, village.Area.Vault));

    public Village Village { get; }

    public GroupDesk Desk { get; }

    public GroupTrial Trial { get; }

    public static async Task<Group> OpenAsync(Engine engine) => new(await Village.OpenAsync(engine));

    /// <summary>A row of a file.</summary>
    public string Row(PersonRow person, string? name = null, string amount = "") =>
        $"{Village.Area.People.OpenNumber(person)},{name ?? person.Name},{amount}\n";

    /// <summary>Keeps a file, and looks at what it would do.</summary>
    public async Task<(GroupOrder Order, GroupOutcome Outcome)> TryAsync(string login, params string[] rows)
    {
        var bytes = Encoding.UTF8.GetBytes("身份证号码,姓名,金额\n" + string.Concat(rows));
        var kept = await Village.AsAsync(login, (act, viewer) => Desk.KeepAsync(act, viewer, "名单.csv", new MemoryStream(bytes)));
        var order = new GroupOrder(TestArea.Year) { Upload = kept.Upload.UploadId };
        return (order, await LookAsync(login, order));
    }

    public Task<GroupOutcome> LookAsync(string login, GroupOrder order) => Village.Area.ReadAsync(
        session => Trial.TryAsync(session, Village.Who(login), order, BusinessDay.Of(Village.Area.Clock.GetUtcNow())));

    /// <summary>A list that is confirmed.</summary>
    public async Task<long> ConfirmedAsync(string login, params PersonRow[] people)
    {
        var (order, outcome) = await TryAsync(login, [.. people.Select(person => Row(person))]);
        var kind = login.StartsWith("civil", StringComparison.Ordinal) ? Groups.ByDepartment : Groups.ByDonor;
        return (await Village.AsAsync(login, (act, viewer) =>
            Desk.ConfirmAsync(act, viewer, order, ("清河慈善会", kind), outcome.Digest))).BatchId;
    }

    /// <summary>A list that tax has declared.</summary>
    public async Task<long> DeclaredAsync(string login, params PersonRow[] people)
    {
        long id = await ConfirmedAsync(login, people);
        await Village.AsAsync("tax1", (act, viewer) => BatchDesk.DeclareAsync(
            act, viewer, id, new(people.Length, Money.FromFen(people.Length * Village.Standard)), $"TZ-{id}"));
        return id;
    }

    public Task<CollectionBatchRow> DepositAsync(string login, long id, long fen, string reason = "", DepositSlip? slip = null) =>
        Village.AsAsync(login, (act, viewer) =>
            Desk.DepositAsync(act, viewer, id, Money.FromFen(fen), slip ?? Village.Slip($"JK-{id}"), reason));

    public Task<List<PaymentRow>> PaymentsAsync(long id) => Village.Area.ReadAsync(
        session => Batches.LinesAsync(session, TestArea.Code, id));

    public Task<RefundRow> RefundAsync() => Village.Area.ReadAsync(
        session => session.Table<RefundRow>().SingleAsync(row => row.Area == TestArea.Code));

    public ValueTask DisposeAsync() => Village.DisposeAsync();
}
