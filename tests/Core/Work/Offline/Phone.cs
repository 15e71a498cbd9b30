using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Tests.Work.Collecting;
using Canbao.Core.Work;
using Canbao.Core.Work.Offline;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;

namespace Canbao.Core.Tests.Work.Offline;

/// <summary>A phone that took a bag along: collects by what it was given then, and keeps what it was not told is recorded.</summary>
sealed class Phone
{
    readonly Village village;
    readonly BagSigning signing;
    readonly Dictionary<long, BagQuote> quotes;
    int used;

    Phone(Village village, CollectionBagRow bag, string agent, Dictionary<long, BagQuote> quotes)
    {
        (this.village, Bag, Agent, this.quotes) = (village, bag, agent, quotes);
        signing = new(village.Area.Vault);
    }

    public string Agent { get; }

    public CollectionBagRow Bag { get; }

    /// <summary>What is kept on it.</summary>
    public List<PhoneTaking> Kept { get; } = [];

    /// <summary>What may still be collected.</summary>
    public IEnumerable<long> People => quotes.Keys.Where(person => Kept.TrueForAll(taking => taking.Quote.PersonId != person));

    public bool HasNumbers => used < Bag.Numbers;

    public static async Task<Phone> TakeAsync(Village village, string agent, params long[] people)
    {
        var (area, today) = (village.Area, BusinessDay.Of(village.Area.Clock.Now));
        var owed = await area.ReadAsync(session => area.Dues.QuotesAsync(session, TestArea.Code, TestArea.Year, people, today));
        var bag = await village.AsAsync(agent, (act, _) =>
            BagDesk.IssueAsync(act, TestArea.Year, TestArea.Village, $"phone-{Guid.NewGuid()}", people.Length));
        return new(village, bag, agent, people.ToDictionary(person => person, person => Quote(owed[person], person)));
    }

    static BagQuote Quote(DueQuote quote, long person) => new(person, quote.Personal!.Value.Fen, quote.Verdict.VerdictId);

    public PhoneTaking Collect(long person, string? key = null)
    {
        var quote = quotes[person];
        var taking = new PhoneTaking(key ?? $"{Guid.NewGuid()}", Bag.BagId, ++used, quote)
        {
            Signature = signing.Sign(Bag, quote),
            TakenAt = village.Area.Clock.GetUtcNow(),
        };
        Kept.Add(taking);
        return taking;
    }

    /// <summary>The code that stands on the phone, computed as the phone does it.</summary>
    public string Code(PhoneTaking taking)
    {
        const string letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        var text = FormattableString.Invariant(
            $"{taking.Quote.PersonId}|{Bag.InsuranceYear}|{taking.Quote.Fen}|{Bag.ValidOn:yyyyMMdd}");
        var key = signing.NumberKey(Bags.ReceiptNo(Bag, taking.Line));
        var code = string.Concat(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).Take(8).Select(each => letters[each & 31]));
        return $"{code[..4]}-{code[4..]}";
    }

    public Task<IReadOnlyList<TakingAnswer>> SendAsync(params PhoneTaking[] takings) => SendAsync(village.Area.Database, takings);

    public Task<IReadOnlyList<TakingAnswer>> SendAsync(Database database, params PhoneTaking[] takings) =>
        Desk(village).ReceiveAsync(database, village.Who(Agent), takings);

    /// <summary>Sends everything; what is recorded is kept no longer, unless the answers are lost.</summary>
    public async Task<IReadOnlyList<TakingAnswer>> UploadAsync(bool answersAreLost = false)
    {
        var answers = await SendAsync([.. Kept]);
        if (!answersAreLost)
            Kept.RemoveAll(taking => answers.Single(answer => answer.Key == taking.Key).State
                is Bags.Posted or Bags.Refused or Bags.Void);
        return answers;
    }

    public static TakingDesk Desk(Village village) => new(new CashDesk(village.Area.Dues), new BagSigning(village.Area.Vault));
}
