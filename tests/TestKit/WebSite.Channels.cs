using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Work;
using Canbao.Core.Work.Reconciliation;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;

namespace Canbao.TestKit;

/// <summary>A bank, the money that it told of, and its statements.</summary>
public sealed partial class WebSite
{
    /// <summary>The bank's code.</summary>
    public const string Bank = "rural-bank";

    static readonly DateOnly PayerBorn = new(1985, 3, 20);

    /// <summary>Adds the bank, and people who are enrolled and may pay through it, by their sequence numbers.</summary>
    public async Task OpenBankAsync(string unit, long household, params (string Name, int Sequence)[] payers)
    {
        await Act.DoAsync(Database, Area, Setup, "channel.add", act => new Channels(vault).AddAsync(act, Bank, "农商银行"));
        foreach (var (name, sequence) in payers)
        {
            var person = await RegisterAsync(name, PayerBorn, sequence, (unit, household), Relation.OtherRelative);
            await Act.DoAsync(Database, Area, Setup, "enrol",
                act => new Enrolments(vault).EnrolAsync(act, PackYear, person.PersonId, EnrolmentKinds.New));
        }
    }

    /// <summary>The bank tells of money that moved today at half past eight, for somebody.</summary>
    public Task<IReadOnlyList<ChannelAnswer>> TellAsync(string reference, (string Name, int Sequence) payer, long fen = 32_000) =>
        Act.DoAsync(Database, Area, new("@bank", "测试"), "channel.take", act =>
        {
            var message = new ChannelMessage(reference, PackYear, Money.FromFen(fen), new(act.Today, new(8, 30), BusinessDay.Offset))
            {
                Number = TestArea.Number(PayerBorn, payer.Sequence).Full,
                Name = payer.Name,
                HasMoved = true,
            };
            return new ChannelDesk(new Dues(shelf, vault), vault).TakeAsync(act, Bank, [message]);
        });

    /// <summary>Imports a statement of the bank's, as tax.</summary>
    public Task ImportStatementAsync(DateOnly day, string text) => Act.DoAsync(
        Database, Area, new("tax", "测试"), "statement.import",
        act => new Reconciler(new(new Dues(shelf, vault), vault), vault).ImportAsync(
            act, new(Bank, day, PackYear, "对账单.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)))));

    /// <summary>The number of a payer.</summary>
    public static string PayerNumber(int sequence) => TestArea.Number(PayerBorn, sequence).Full;
}
