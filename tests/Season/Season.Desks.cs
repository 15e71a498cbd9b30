using Canbao.Core.Collection;
using Canbao.Core.Ledger;
using LinqToDB.Async;

namespace Canbao.Season.Tests;

/// <summary>The desks: they look at what there is, and choose by chance.</summary>
sealed partial class Season
{
    async Task ReverseAsync(ReverseStep step)
    {
        var standing = await database.LookAsync(session => session.Table<PaymentRow>()
            .Where(row => row.Area == town.Area && row.ReversedBy == null).OrderBy(row => row.PersonId).ToListAsync());
        if (standing.Count == 0)
            return;
        var payment = standing[step.Chance % standing.Count];
        var to = payment.Account.StartsWith("agent", StringComparison.Ordinal) && step.Chance % 2 == 0
            ? Accounts.Cash(payment.Account)
            : Accounts.Refunds;
        // The same step may find another payment when a killed season goes on.
        var id = $"{step.Id}:{town.IndexOf(payment.PersonId)}.{payment.PaymentId % 1_000_000}";
        await AskAsync(
            id,
            [new Word(Word.Reverse, id) { Receipt = payment.ReceiptNo, Fen = payment.Amount, To = to }],
            () => office.ReverseAsync(id, payment.PaymentId, to));
    }

    async Task DecideAsync(DecideStep step)
    {
        var waiting = await database.LookAsync(session => session.Table<ChannelNoticeRow>()
            .Where(row => row.Area == town.Area && row.State == ChannelNotices.Suspense)
            .OrderBy(row => row.Channel).ThenBy(row => row.Reference).ToListAsync());
        if (waiting.Count == 0)
            return;
        var row = waiting[step.Chance % waiting.Count];
        var id = $"{step.Id}:{row.Reference}";
        var word = new Word(step.IsReturned ? Word.Return : Word.Match, id)
        {
            Channel = row.Channel,
            Reference = row.Reference,
            Fen = row.Amount,
            Day = row.PaidOn,
        };
        if (step.IsReturned)
        {
            await AskAsync(id, [word], () => office.ReturnAsync(id, row.Channel, row.Reference));
            return;
        }

        long person = row.PersonId ?? town.IdOf(SomebodyWhoOwes(row.Amount, row.PaidOn, step.Chance));
        await AskAsync(id, [word with { Person = person }], () => office.MatchAsync(id, row.Channel, row.Reference, person));
    }

    int SomebodyWhoOwes(long fen, DateOnly day, int chance)
    {
        for (int nth = 0; nth < town.People.Count; nth++)
            if ((chance + nth) % town.People.Count is var person && DueOf(person, day) == fen)
                return person;
        return chance % town.People.Count;
    }

    long? DueOf(int person, DateOnly day) => Price.Of(town.People[person].Born, town.People[person].IsListed, day);
}
