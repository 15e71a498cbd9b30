using System.Runtime.InteropServices;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Funding;
using Canbao.Core.Ledger;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Funding;

/// <summary>What a booking found.</summary>
/// <param name="People">How many people's shares changed.</param>
/// <param name="Added">What funders owe more.</param>
/// <param name="TakenBack">What is taken back.</param>
/// <param name="Overpaid">People who have paid more than is due by now, for whom nobody owes anything until it is refunded.</param>
/// <param name="Underpaid">People who have paid less than is due by now.</param>
public sealed record ShareBooked(int People, Money Added, Money TakenBack, int Overpaid, int Underpaid);

/// <summary>
/// Books what funders owe by what is known now and was not booked yet, and takes back what they do not owe any more
/// (<c>baogou 二(二)-budget</c>, <c>laishan 二(一)</c>). A second time books nothing.
/// </summary>
/// <param name="dues">What people owe, and who bears the rest.</param>
public sealed class ShareBooking(Dues dues)
{
    const int ChunkPeople = 5000;

    /// <summary>Books a year.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="progress">Told how many of how many settled people are done.</param>
    public async Task<ShareBooked> BookAsync(Act act, InsuranceYear year, IProgress<(long Done, long All)>? progress = null)
    {
        var settled = await Settlements.ReadAsync(act, year);
        var run = new Run(act, year, await FundingBills.GroundsAsync(act.Session, act.Area));
        long done = 0;
        foreach (var day in settled.GroupBy(one => one.Day).OrderBy(same => same.Key))
        {
            foreach (var some in day.Chunk(ChunkPeople))
            {
                var people = Array.ConvertAll(some, one => one.PersonId);
                var owed = await dues.FundedAsync(act.Session, act.Area, year, people, day.Key);
                var booked = await BookedAsync(Shares(act, year).Where(row => people.Contains(row.PersonId)));
                foreach (var one in some)
                    run.Compare(one, owed.GetValueOrDefault(one.PersonId), booked[one.PersonId]);
                await run.WriteAsync();
                progress?.Report((done += some.Length, settled.Count));
            }
        }

        foreach (var left in await BookedAsync(Settlements.Unsettled(act, year, Shares(act, year))))
            run.TakeBack(left.Key, left);
        await run.WriteAsync();
        return await run.EndAsync();
    }

    static IQueryable<FunderShareRow> Shares(Act act, InsuranceYear year)
    {
        int number = year.Year;
        return act.Session.Table<FunderShareRow>().Where(row => row.Area == act.Area && row.InsuranceYear == number);
    }

    static async Task<ILookup<long, BookedShare>> BookedAsync(IQueryable<FunderShareRow> shares) => (await (
        from row in shares
        group row by new { row.PersonId, row.Unit, row.GroundId } into same
        where same.Sum(row => row.Amount) != 0
        select new { same.Key.PersonId, same.Key.Unit, same.Key.GroundId, Fen = same.Sum(row => row.Amount) }).ToListAsync())
        .ToLookup(one => one.PersonId, one => new BookedShare(one.Unit, one.GroundId, one.Fen));

    readonly record struct BookedShare(string Unit, long GroundId, long Fen);

    /// <summary>One booking: rows that wait to be written, and sums.</summary>
    sealed class Run(Act act, InsuranceYear year, Dictionary<long, FunderGroundRow> grounds)
    {
        readonly Dictionary<FundedPart, FunderGroundRow> known = [];
        readonly Dictionary<string, (long Added, long Back)> byAccount = new(StringComparer.Ordinal);
        readonly List<FunderShareRow> rows = [];
        readonly List<FunderGroundRow> newGrounds = [];
        int people, overpaid, underpaid;

        public void Compare(Settled one, FundedDue? due, IEnumerable<BookedShare> booked)
        {
            // Of whoever was erased nothing can be told any more: what was booked stays.
            if (due is null)
                return;
            var left = booked.ToDictionary(share => (share.Unit, share.GroundId), share => -share.Fen);
            overpaid += due.Personal < one.Paid ? 1 : 0;
            underpaid += due.Personal > one.Paid ? 1 : 0;
            // Nobody pays twice for one person: what the resident has paid too much goes back first.
            if (one.Paid <= due.Personal)
                foreach (var part in due.Parts)
                    CollectionsMarshal.GetValueRefOrAddDefault(left, (one.Unit, GroundOf(part).GroundId), out _) += part.Amount.Fen;
            Add(one.PersonId, left, one.Day);
        }

        public void TakeBack(long person, IEnumerable<BookedShare> booked) =>
            Add(person, booked.ToDictionary(share => (share.Unit, share.GroundId), share => -share.Fen), act.Today);

        public async Task WriteAsync()
        {
            if (newGrounds.Count > 0)
                await act.Session.BulkWriteAsync(newGrounds, OnConflict.Keep);
            newGrounds.Clear();
            await act.Session.WriteAsync(rows);
            rows.Clear();
        }

        public async Task<ShareBooked> EndAsync()
        {
            var assistance = Accounts.Assistance(year);
            foreach (var (account, (added, back)) in byAccount.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                if (added > 0)
                    await Transfers.MoveAsync(act, new(account, assistance), Money.FromFen(added), FunderShares.Booked);
                if (back > 0)
                    await Transfers.MoveAsync(act, new(assistance, account), Money.FromFen(back), FunderShares.TakenBack);
            }

            var sum = new ShareBooked(
                people, Money.FromFen(byAccount.Values.Sum(one => one.Added)), Money.FromFen(byAccount.Values.Sum(one => one.Back)),
                overpaid, underpaid);
            if (people > 0)
                act.Record("funding", year, "shares_booked", null, new
                {
                    sum.People,
                    Amount = sum.Added.ToString(),
                    TakenBack = sum.TakenBack.ToString(),
                });
            return sum;
        }

        void Add(long person, Dictionary<(string Unit, long GroundId), long> changes, DateOnly day)
        {
            int before = rows.Count;
            foreach (var ((unit, ground), fen) in changes.Where(change => change.Value != 0))
            {
                rows.Add(new()
                {
                    Area = act.Area,
                    ShareId = act.Session.NextId(),
                    InsuranceYear = year.Year,
                    PersonId = person,
                    Unit = unit,
                    GroundId = ground,
                    Amount = fen,
                    Day = fen > 0 ? day : act.Today,
                    ActId = act.Id,
                });
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(byAccount, grounds[ground].Account, out _);
                sum = fen > 0 ? (checked(sum.Added + fen), sum.Back) : (sum.Added, checked(sum.Back - fen));
            }

            people += rows.Count > before ? 1 : 0;
        }

        FunderGroundRow GroundOf(FundedPart part)
        {
            ref var ground = ref CollectionsMarshal.GetValueRefOrAddDefault(known, part, out _);
            ground ??= FunderShares.GroundOf(act.Area, part);
            if (grounds.TryAdd(ground.GroundId, ground))
                newGrounds.Add(ground);
            return ground;
        }
    }
}
