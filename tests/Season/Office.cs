using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Ledger;
using Canbao.Core.Registry;
using Canbao.Core.Secrets;
using Canbao.Core.Work;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Season.Tests;

/// <summary>The use cases that a season calls, each under the name of the deed, with trouble around it.</summary>
class Office(Town town, Database database, Vault vault, PackShelf shelf, Trouble trouble)
{
    readonly ChannelDesk channels = new(new Dues(shelf, vault), vault);
    readonly CashDesk cash = new(new Dues(shelf, vault));
    readonly Enrolments enrolments = new(vault);

    protected int Area => town.Area;

    protected Database Database => database;

    public virtual Task<IReadOnlyList<ChannelAnswer>> TakeAsync(string id, string channel, IReadOnlyList<ChannelMessage> messages) =>
        DoAsync(id, "@" + channel, "channel.take", act => TakeAsync(act, channel, messages));

    public Task CancelAsync(string id, string channel, ChannelMessage message) =>
        DoAsync(id, "@" + channel, "channel.cancel", act => channels.CancelAsync(act, channel, message));

    public Task<PaymentRow> MatchAsync(string id, string channel, string reference, long person) =>
        DoAsync(id, "desk", "suspense.match", act => channels.MatchAsync(act, channel, reference, person));

    public Task ReturnAsync(string id, string channel, string reference) =>
        DoAsync(id, "desk", "suspense.return", act => ChannelDesk.ReturnAsync(act, channel, reference));

    public Task<IReadOnlyList<PaymentRow>> CashAsync(string id, string agent, IReadOnlyList<CashItem> items) =>
        DoAsync(id, agent, "cash.take", act => cash.TakeAsync(act, TestArea.Year, items));

    public Task HandOnAsync(string id, string agent, string to, long fen) => DoAsync(id, agent, "cash.hand_on", async act =>
    {
        await Transfers.MoveAsync(act, new(to, Accounts.Cash(agent)), Money.FromFen(fen), "handed_on");
        act.Record("cash", agent, "handed_on", null, new { To = to, Amount = Money.FromFen(fen).ToString() });
    });

    public Task ReverseAsync(string id, long payment, string to) => DoAsync(id, "desk", "payment.reverse", async act =>
    {
        await Posting.ReverseAsync(act, payment, to, "refund");
        if (to != Accounts.Refunds)
            return;
        var paid = (await Payments.FindAsync(act.Session, act.Area, payment))!;
        await act.Session.Data.InsertAsync(new RefundRow
        {
            Area = act.Area,
            RefundId = act.Session.NextId(),
            InsuranceYear = paid.InsuranceYear,
            PersonId = paid.PersonId,
            Unit = paid.Unit,
            PaymentId = payment,
            Amount = paid.Amount,
            Reason = Refunds.OfficeError,
            Basis = Refunds.BySupervisor,
            State = Refunds.Approved,
            Salt = Vault.NewSalt(),
            RequestedBy = "desk",
            RequestedOn = act.Today,
            ActId = act.Id,
        });
    });

    public Task DieAsync(string id, int person, DateOnly day) => DoAsync(id, "desk", "person.died",
        act => new LifeEvents(new People(vault), enrolments).DieAsync(act, town.IdOf(person), day));

    public Task RegisterAsync(string id, int person) => DoAsync(id, "desk", "enrol",
        act => enrolments.EnrolAsync(act, TestArea.Year, town.IdOf(person), EnrolmentKinds.New));

    public Task ListAsync(ListStep step) => town.AdjustAsync(database, vault, town.People[step.Person], step.IsAdded, step.Day);

    protected Task<IReadOnlyList<ChannelAnswer>> TakeAsync(Act act, string channel, IReadOnlyList<ChannelMessage> messages) =>
        channels.TakeAsync(act, channel, messages);

    protected Task<T> DoAsync<T>(string id, string account, string kind, Func<Act, Task<T>> work) =>
        trouble.AroundAsync(id, () => Act.DoAsync(database, town.Area, new(account, id), kind, work));

    Task<bool> DoAsync(string id, string account, string kind, Func<Act, Task> work) => DoAsync(id, account, kind, async act =>
    {
        await work(act);
        return true;
    });
}
