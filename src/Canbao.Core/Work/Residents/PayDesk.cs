using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Residents;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Residents;

/// <summary>One person of an order, and what has become of it.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name as it is posted in public.</param>
/// <param name="Amount">What was due when the order was made.</param>
/// <param name="Payment">What it became; null while it is not paid.</param>
public sealed record OrderLine(long PersonId, string Name, Money Amount, PaymentRow? Payment);

/// <summary>What a resident pays in one go.</summary>
/// <param name="Order">The order.</param>
/// <param name="Lines">For whom.</param>
public sealed record OrderFile(ResidentOrderRow Order, IReadOnlyList<OrderLine> Lines)
{
    /// <summary>All lines together.</summary>
    public Money Sum => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    /// <summary>What was paid of it.</summary>
    public Money Paid => Lines.Where(line => line.Payment is not null).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    /// <summary>Whether all of it is paid.</summary>
    public bool IsPaid => Lines.All(line => line.Payment is not null);

    /// <summary>Whether it can be confirmed: something is open, and its time is not over or it was confirmed before.</summary>
    public bool IsOpenAt(DateTimeOffset now) => !IsPaid && (Order.PaidAt is not null || now <= Order.MadeAt + Orders.Holds);
}

/// <summary>
/// Payments of residents through the sandbox gateway: a channel like any other, which plays a cashier without money. What it is told to
/// pay goes the road of all channels, by declaration and request (<c>docs/rooms/channels.md</c>); nothing is posted here.
/// </summary>
/// <param name="declarations">Makes and reads the payment notices.</param>
/// <param name="intake">Takes the requests.</param>
public sealed class PayDesk(DeclarationNumber declarations, ChannelIntake intake)
{
    /// <summary>The code by which the channel of the sandbox gateway is added. Never in earnest: it takes no money.</summary>
    public const string Channel = "sandbox-pay";

    /// <summary>Who orders and confirms: people without an account.</summary>
    public static readonly Doer Resident = new("@resident", "居民自助缴费");

    /// <summary>Whether the gateway is there; where not, pages say where else to pay.</summary>
    public static async Task<bool> IsOpenAsync(Session session, int area) =>
        await Channels.FindAsync(session, area, Channel) is { ClosedBy: null };

    /// <summary>Makes an order for some of those whom a resident may pay for.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="file">What the resident sees today.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="chosen">For whom.</param>
    /// <returns>The order's code.</returns>
    /// <exception cref="RefusedException">
    /// W123: nobody was chosen. W124: somebody of them owes nothing, is paid, or is not of the household. W125: there is no gateway.
    /// </exception>
    public static async Task<string> OrderAsync(Act act, ResidentFile file, InsuranceYear year, IReadOnlyCollection<long> chosen)
    {
        if (chosen.Count == 0)
            throw new RefusedException("W123", "没有勾选任何人；请勾选要缴费的人");
        if (!await IsOpenAsync(act.Session, act.Area))
            throw NoGateway();
        var owing = file.Owing.ToDictionary(one => one.File.Member.Person.PersonId, one => one.File.Owes!.Value);
        if (chosen.Any(person => !owing.ContainsKey(person)))
            throw new RefusedException("W124", "所选的人中有人不需要缴费，或刚刚已经缴费；请刷新页面重新勾选");
        var order = new ResidentOrderRow
        {
            Area = act.Area,
            OrderId = act.Session.NextId(),
            Code = LetterCodes.ByChance(),
            PersonId = file.Person.PersonId,
            InsuranceYear = year.Year,
            MadeAt = act.At,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(order);
        await act.Session.WriteAsync([.. owing.Where(one => chosen.Contains(one.Key)).Select((one, at) => new ResidentOrderLineRow
        {
            Area = act.Area,
            OrderId = order.OrderId,
            Line = at + 1,
            PersonId = one.Key,
            Amount = one.Value.Fen,
        })]);
        act.Record("resident_order", order.OrderId, "ordered", null, new { Year = year.Year, People = chosen.Distinct().Count() });
        return order.Code;
    }

    /// <summary>An order with what has become of it; null where there is none of that code.</summary>
    public static async Task<OrderFile?> FindAsync(Session session, int area, string code)
    {
        if (await Orders.FindAsync(session, area, code) is not var (order, lines))
            return null;
        long[] ids = [.. lines.Select(line => line.PersonId)];
        var names = await session.Table<PersonRow>().Where(row => row.Area == area && ids.Contains(row.PersonId))
            .ToDictionaryAsync(row => row.PersonId, row => row.Name);
        string[] references = [.. lines.Select(line => Orders.Reference(order, line))];
        var payments = await session.Table<PaymentRow>()
            .Where(row => row.Area == area && row.Channel == Channel && references.Contains(row.Reference) && row.ReversedBy == null)
            .ToDictionaryAsync(row => row.PersonId);
        return new(order, [.. lines.Select(line => new OrderLine(
            line.PersonId, ResidentDesk.Masked(names[line.PersonId]), Money.FromFen(line.Amount),
            payments.GetValueOrDefault(line.PersonId)))]);
    }

    /// <summary>
    /// Confirms an order at the gateway: one request for each line, under a number of its own that is the same however often it is
    /// confirmed, and with the time of the first confirmation. So a second one, another tab or another server gets the first one's answers.
    /// </summary>
    /// <param name="database">Where.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="code">The order.</param>
    /// <param name="cancel">Ends it before anything is asked for.</param>
    /// <returns>Why lines were not taken, by their people; empty where all were. No name stands in it.</returns>
    /// <exception cref="RefusedException">W125: there is no gateway. W126: its time is over. W127: there is no such order.</exception>
    /// <exception cref="Canbao.Storage.Faults.StorageException">Unknown: it may be confirmed again.</exception>
    public async Task<IReadOnlyDictionary<long, string>> ConfirmAsync(
        Database database, int area, string code, CancellationToken cancel = default)
    {
        var (order, lines) = await Act.DoAsync(database, area, Resident, "resident.confirm", act => StartAsync(act, code), cancel);
        var made = BusinessDay.Of(order.MadeAt);
        var year = new InsuranceYear(order.InsuranceYear);
        var paidAt = order.PaidAt!.Value;
        var answers = await Task.WhenAll(lines.Select(line =>
        {
            var notice = declarations.Make(area, year, line.PersonId, made);
            var (insured, person) = declarations.Read(area, notice, BusinessDay.Of(paidAt));
            var message = new ChannelMessage(Orders.Reference(order, line), insured, Money.FromFen(line.Amount), paidAt)
            {
                PersonId = person,
            };
            return intake.SendAsync(area, new(Channel, Guid.NewGuid().ToString("N"), message));
        }));
        return lines.Zip(answers).Where(one => one.Second!.IsRefused)
            .ToDictionary(one => one.First.PersonId, one => $"{Told(one.Second!.Code)}（{one.Second.Code}）");
    }

    // The channel's own text has the whole name, which whoever has the order's address need not know.
    static string Told(string code) => code switch
    {
        "C102" => "已经缴过费，没有再次扣款",
        "C104" or "C113" => "应缴金额或时间已有变化，没有扣款；请重新下单",
        _ => "现在不能缴费，没有扣款；请到所在村（社区）询问",
    };

    /// <summary>W125: there is no gateway.</summary>
    public static RefusedException NoGateway() => new("W125", "现在不能在网上缴费；请按页面上写的其他方式缴费");

    static async Task<(ResidentOrderRow Order, List<ResidentOrderLineRow> Lines)> StartAsync(Act act, string code)
    {
        if (await Orders.FindAsync(act.Session, act.Area, code) is not var (order, lines))
            throw new RefusedException("W127", "没有这笔订单；请重新下单");
        if (!await IsOpenAsync(act.Session, act.Area))
            throw NoGateway();
        if (order.PaidAt is not null)
            return (order, lines);
        if (act.At > order.MadeAt + Orders.Holds)
            throw new RefusedException("W126", $"订单超过 {Orders.Holds.TotalMinutes} 分钟没有付款，已经失效；请重新下单");
        var started = order with { PaidAt = act.At, ActId = act.Id };
        await act.Session.Data.UpdateAsync(started);
        act.Record("resident_order", order.OrderId, "confirmed_at_gateway", new { order.PaidAt }, new { started.PaidAt });
        return (started, lines);
    }
}
