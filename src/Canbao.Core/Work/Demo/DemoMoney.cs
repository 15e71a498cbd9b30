using System.Globalization;
using System.Text;
using Canbao.Core.Access;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Core.Work.Collecting;
using Canbao.Core.Work.Funding;
using Canbao.Core.Work.Reconciliation;
using Canbao.Core.Work.Refunding;
using Canbao.Core.Work.Residents;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Demo;

/// <summary>The money of an area while its season is played: cash by household, a bank's payments, batches on their way, claims.</summary>
/// <param name="office">The area.</param>
sealed class DemoMoney(DemoOffice office)
{
    const string Bank = "rural-bank";

    /// <summary>So many hundredths of the households that owe have paid at the end.</summary>
    const int PaidPercent = 74;

    /// <summary>Statements are compared up to so many days before the end; the newest day closed is before that.</summary>
    const int ReconciledDays = 12;

    readonly Queue<(string Unit, long[] People)> cash = [], bank = [];
    int collectingDays, refunds, slips;

    /// <summary>People of households that pay nothing while the season is played.</summary>
    public IReadOnlyList<long> Owing { get; private set; } = [];

    /// <summary>Finds who owes, and opens the bank's channel.</summary>
    public async Task OpenAsync()
    {
        var (area, year) = (office.Plan.Area, DemoSeason.Year.Year);
        var channels = new Channels(office.Tools.Vault);
        foreach (var (code, name) in new[] { (Bank, "农商银行"), (PayDesk.Channel, "沙箱收银台") })
            await office.DoAsync(office.Viewer(Role.Bureau), "channel.add", "开通缴费渠道", act => channels.AddAsync(act, code, name));
        var rows = await office.ReadAsync(async session => await (
            from status in session.Table<PersonStatusRow>()
            join enrolment in session.Table<EnrolmentRow>() on status.PersonId equals enrolment.PersonId
            where status.Area == area && enrolment.Area == area && enrolment.InsuranceYear == year && status.UntilDay == null
                && status.HouseholdId != null
            orderby status.HouseholdId
            select new { status.Unit, Household = status.HouseholdId!.Value, status.PersonId }).ToListAsync());
        var villages = office.Villages.Select(village => village.Code).ToHashSet();
        // In an order of its own, so that every village has somebody on every day.
        var households = rows.GroupBy(row => row.Household).OrderBy(household => household.Key % 1009 * 7919 % 1009).ToList();
        int paying = households.Count * PaidPercent / 100;
        Owing = [.. households.Skip(paying).SelectMany(household => household).Select(row => row.PersonId)];
        foreach (var household in households.Take(paying))
            (villages.Contains(household.First().Unit) ? cash : bank).Enqueue(
                (household.First().Unit, [.. household.Select(row => row.PersonId)]));
        for (var day = office.RenewalDay; day < DemoSeason.LastDay; day = day.AddDays(1))
            if (IsCollectingDay(day))
                collectingDays++;
    }

    static bool IsCollectingDay(DateOnly day) => day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Thursday;

    /// <summary>Agents take cash, and the bank tells what it took.</summary>
    public async Task CollectAsync(DateOnly day)
    {
        if (day < office.RenewalDay || collectingDays == 0)
            return;
        foreach (var (unit, people) in Share(cash))
            await TakeCashAsync(office.Agent(office.Tree.Find(unit)!), people, day);
        await TellAsync(day, Share(bank));
        collectingDays--;
    }

    /// <summary>Batches go their way, one desk a week, so that some of each stand at every step; one agent keeps the cash.</summary>
    public async Task HandOnAsync(DateOnly day)
    {
        var area = office.Plan.Area;
        var batches = await office.ReadAsync(session => session.Table<CollectionBatchRow>()
            .Where(row => row.Area == area && row.State != Batches.Settled).OrderBy(row => row.BatchId).ToListAsync());
        bool isSlow = day.AddDays(28) > DemoSeason.LastDay;
        foreach (var batch in batches)
        {
            var village = office.Tree.Find(batch.Unit)!;
            // The last of the agents has not handed anything in for weeks.
            if (!isSlow || village != office.Villages[^1] || batch.State != Batches.Open)
                await StepAsync(batch, village, day);
        }

        await ReconcileAsync(day);
    }

    /// <summary>Shares are booked, one payer's are claimed, and a refund waits for the bureau.</summary>
    public async Task FundAsync(DateOnly day)
    {
        var bureau = office.Viewer(Role.Bureau);
        await office.DoAsync(bureau, "funding.book", "核算资助资金", act => new ShareBooking(office.Dues).BookAsync(act, DemoSeason.Year));
        var bill = await office.ReadAsync(session => FundingBills.BillAsync(session, bureau, new(DemoSeason.Year, bureau.Scope)));
        if (bill.Where(part => part.Open > 0).MinBy(part => part.Ground.Payer) is not { } open)
            return;
        var order = new ClaimOrder(DemoSeason.Year, open.Ground.Payer, bureau.UnitCode, day);
        var seen = await office.ReadAsync(session => FundingBills.CountOpenAsync(session, bureau, order));
        if (seen.Amount > Money.Zero)
            await office.DoAsync(bureau, "claim.submit", "申请资助资金", act => ClaimDesk.SubmitAsync(act, bureau, order, seen));
    }

    IEnumerable<(string Unit, long[] People)> Share(Queue<(string Unit, long[] People)> waiting)
    {
        int today = (waiting.Count + collectingDays - 1) / collectingDays;
        while (today-- > 0 && waiting.TryDequeue(out var household))
            yield return household;
    }

    async Task<Dictionary<long, Money>> OwedAsync(IEnumerable<long> people, DateOnly day) => (await office.ReadAsync(
            session => office.Dues.OffersAsync(session, office.Plan.Area, DemoSeason.Year, [.. people], day)))
        .Where(offer => offer.Value.Personal is { Fen: > 0 }).ToDictionary(offer => offer.Key, offer => offer.Value.Personal!.Value);

    async Task TakeCashAsync(Viewer agent, long[] people, DateOnly day)
    {
        var owed = await OwedAsync(people, day);
        if (owed.Count > 0)
            await office.DoAsync(agent, "cash.take", "入户收款", act => new CashDesk(office.Dues).TakeAsync(
                act, DemoSeason.Year, [.. owed.Select(one => new CashItem(one.Key, one.Value))]));
    }

    /// <summary>What the bank took on a day; of one payer in each area it has the name wrong.</summary>
    async Task TellAsync(DateOnly day, IEnumerable<(string Unit, long[] People)> households)
    {
        var area = office.Plan.Area;
        long[] people = [.. households.SelectMany(household => household.People)];
        var owed = await OwedAsync(people, day);
        var rows = await office.ReadAsync(session => session.Table<PersonRow>()
            .Where(row => row.Area == area && people.Contains(row.PersonId)).ToListAsync());
        var register = new People(office.Tools.Vault);
        var messages = new List<ChannelMessage>();
        foreach (var row in rows.Where(row => row.NumberHash is not null && owed.ContainsKey(row.PersonId)))
            messages.Add(new(
                FormattableString.Invariant($"NS{day:yyyyMMdd}{messages.Count + 1:0000}"), DemoSeason.Year, owed[row.PersonId],
                new DateTimeOffset(day, new(8, messages.Count % 60), BusinessDay.Offset))
            {
                Number = register.OpenNumber(row)!,
                Name = messages.Count == 2 && IsOddDay(day) ? "某" + row.Name[1..] : row.Name,
                HasMoved = true,
            });
        if (messages.Count > 0)
            await office.DoAsync(
                new("@" + Bank, Bank, Role.Tax, area, "", "", null), "channel.take", "农商银行代收",
                act => new ChannelDesk(office.Dues, office.Tools.Vault).TakeAsync(act, Bank, messages));
    }

    /// <summary>Days on which the bank has something wrong.</summary>
    static bool IsOddDay(DateOnly day) => day.Day % 10 == 8;

    async Task StepAsync(CollectionBatchRow batch, Unit village, DateOnly day)
    {
        var (agent, tax) = (office.Agent(village), office.Viewer(Role.Tax));
        var street = office.Viewer(Role.Street, office.Township(village), $"{office.Plan.Prefix}street");
        var count = await office.ReadAsync(session => Batches.CountAsync(session, batch));
        var (id, number) = (batch.BatchId, FormattableString.Invariant($"{day:yyyyMMdd}{++slips:00}"));
        switch (batch.State)
        {
            case Batches.Open when count.People > 0:
                await office.DoAsync(agent, "batch.submitted", "报送", act => BatchDesk.SubmitAsync(act, agent, id));
                break;
            case Batches.Submitted:
                await office.DoAsync(street, "batch.checked", "清点", act => BatchDesk.CheckAsync(act, street, id, count, false));
                break;
            case Batches.Checked:
                await office.DoAsync(tax, "batch.declared", "申报", act => BatchDesk.DeclareAsync(act, tax, id, count, $"SB{number}"));
                break;
            case Batches.Declared:
                await office.DoAsync(street, "batch.deposited", "缴存", act => BatchDesk.DepositAsync(
                    act, street, id, count.Amount, new("农商银行", $"JK{number}", day)));
                break;
            case Batches.Deposited:
                await office.DoAsync(tax, "batch.settled", "入库", act => BatchDesk.SettleAsync(act, tax, id, count.Amount, $"RK{number}"));
                await AskRefundAsync(agent, id);
                break;
            default:
                break;
        }
    }

    /// <summary>Once in an area somebody asks for money back.</summary>
    async Task AskRefundAsync(Viewer agent, long batch)
    {
        if (refunds++ > 0)
            return;
        var line = (await office.ReadAsync(session => Batches.LinesAsync(session, office.Plan.Area, batch)))[0];
        await office.DoAsync(agent, "refund.request", "群众申请", act => new RefundDesk(office.Dues, office.Tools.Vault).RequestAsync(
            act, agent, [line.PaymentId], Refunds.OfficeError, "群众反映当日经办录错人员", new("", "")));
    }

    /// <summary>Tax compares the bank's days of the week; one payment is not on the statement of an odd day.</summary>
    async Task ReconcileAsync(DateOnly friday)
    {
        if (friday.AddDays(ReconciledDays) > DemoSeason.LastDay)
            return;
        var (area, tax) = (office.Plan.Area, office.Viewer(Role.Tax));
        var reconciler = new Reconciler(new(office.Dues, office.Tools.Vault), office.Tools.Vault);
        for (var day = friday.AddDays(-6); day <= friday; day = day.AddDays(1))
        {
            var told = await office.ReadAsync(session => session.Table<ChannelNoticeRow>()
                .Where(row => row.Area == area && row.Channel == Bank && row.PaidOn == day).ToListAsync());
            if (told.Count == 0)
                continue;
            var text = new StringBuilder("流水号,金额,缴费时间\n");
            foreach (var row in told.Skip(IsOddDay(day) ? 1 : 0))
                text.AppendLine(CultureInfo.InvariantCulture, $"{row.Reference},{Money.FromFen(row.Amount)},{day:yyyy-MM-dd} 08:30:00");
            await office.DoAsync(tax, "statement.import", "导入对账单", act => reconciler.ImportAsync(act, new(
                Bank, day, DemoSeason.Year, $"{day:yyyyMMdd}.csv", new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())))));
            await office.DoAsync(tax, "deposit.enter", "登记缴入国库", act => DayDesk.DepositAsync(
                act, Bank, day, Money.FromFen(told.Sum(row => row.Amount)), $"GK{day:yyyyMMdd}"));
            if (!IsOddDay(day))
                await office.DoAsync(tax with { Login = tax.Login + "-2" }, "day.close", "日结", act => DayDesk.CloseAsync(act, Bank, day));
        }
    }
}
