using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Rosters;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Refunding;
using Canbao.TestKit.Databases;

namespace Canbao.TestKit;

/// <summary>Refunds that a site has before its pages are opened.</summary>
public sealed partial class WebSite
{
    /// <summary>The batch of a payment is handed in where it is open, and the village may ask for the payment to go back.</summary>
    /// <returns>The refund; 0 where it does not ask.</returns>
    public async Task<long> AskForRefundAsync(PaymentRow payment, bool ask = true)
    {
        var agent = new Viewer("agent", "王小梅", Role.Agent, Area, "county", "/county/", null);
        var desk = new RefundDesk(new Dues(shelf, vault), vault);
        return await Act.DoAsync(Database, Area, new("agent", "测试"), "refund.request", async act =>
        {
            if (await Batches.FindAsync(act.Session, Area, payment.BatchId!.Value) is { State: Batches.Open } batch)
                await BatchDesk.SubmitAsync(act, agent, batch.BatchId);
            return ask
                ? (await desk.RequestAsync(act, agent, [payment.PaymentId], Refunds.OfficeError, "金额收错",
                    new("王建国", "6228480400000000018")))[0].RefundId
                : 0;
        });
    }

    /// <summary>A list makes people of one day of birth exempt, and what they owe follows.</summary>
    public async Task ExemptAsync(DateOnly born, params int[] sequences)
    {
        var order = new RosterOrder("civil_affairs", RosterKind.Full, new(2021, 11, 5)) { Category = "孤儿" };
        await ApplyAsync(order, "身份证号码\n" + string.Concat(sequences.Select(one => TestArea.Number(born, one).Full + "\n")));
        await MakeDuesAsync();
    }
}
