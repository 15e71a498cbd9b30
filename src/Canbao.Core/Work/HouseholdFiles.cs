using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Coverage;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace Canbao.Core.Work;

/// <summary>A member of a household with everything of one insurance year.</summary>
/// <param name="Member">The person.</param>
/// <param name="Quote">What is owed if paid today; null where the person is not here today.</param>
/// <param name="Payment">What was paid, or null.</param>
/// <param name="Cover">The first span of cover, or null.</param>
public sealed record MemberFile(Member Member, DueQuote? Quote, PaymentRow? Payment, CoverSpanRow? Cover)
{
    /// <summary>What can be taken from the person today; null where nothing can or need be.</summary>
    public Money? Owes => Member is { IsEnrolled: true, Counts: true } && Payment is null && Quote?.Personal is { } due && due > Money.Zero
        ? due
        : null;

    /// <summary>Whether the amount cannot be told before the person chooses a tier (<c>laishan 一(一)-tiers</c>).</summary>
    public bool NeedsTier => Quote?.Answer?.Verdict.Needs is not null;

    /// <summary>Whether the person is enrolled and others bear everything.</summary>
    public bool IsFree => Member.IsEnrolled && Payment is null && Quote?.Personal == Money.Zero;
}

/// <summary>A household with everything of one insurance year.</summary>
/// <param name="View">The household.</param>
/// <param name="Members">In the order of the household.</param>
public sealed record HouseholdFile(HouseholdView View, IReadOnlyList<MemberFile> Members)
{
    /// <summary>What can be taken from all of them today.</summary>
    public Money Owes => Members.Aggregate(Money.Zero, (sum, member) => sum + (member.Owes ?? Money.Zero));

    /// <summary>What was paid for all of them.</summary>
    public Money Paid => Members.Aggregate(Money.Zero, (sum, member) => sum + Money.FromFen(member.Payment?.Amount ?? 0));
}

/// <summary>Households as a desk sees them: members, dues, payments and cover, in a few statements however many they are.</summary>
/// <param name="dues">What people owe.</param>
public sealed class HouseholdFiles(Dues dues)
{
    const string IsYear = "insurance_year = @year";

    /// <summary>One page of the households that are looked for.</summary>
    public async Task<List<HouseholdFile>> ListAsync(
        Session session, int area, HouseholdSearch search, DateOnly today, (int Skip, int Take) part) =>
        await FilesAsync(session, area, search.Year, today, await Households.ListAsync(session, area, search, part));

    /// <summary>A household of a unit or below it; null where there is none.</summary>
    public async Task<HouseholdFile?> FindAsync(
        Session session, int area, UnitRange within, (long Id, InsuranceYear Year) which, DateOnly today) =>
        await Households.FindWithinAsync(session, area, within, which.Id, which.Year) is { } view
            ? (await FilesAsync(session, area, which.Year, today, [view]))[0]
            : null;

    /// <summary>A household that was read already, with what was paid for its members for the year: only what is owed is read.</summary>
    public async Task<HouseholdFile> OfAsync(
        Session session, int area, InsuranceYear year, DateOnly today, HouseholdView view, HouseholdPaid paid) =>
        Files([view], await dues.QuotesAsync(session, area, year, Ids([view]), today), paid)[0];

    async Task<List<HouseholdFile>> FilesAsync(
        Session session, int area, InsuranceYear year, DateOnly today, IReadOnlyCollection<HouseholdView> views)
    {
        var people = Ids(views);
        if (people.Length == 0)
            return [.. from view in views select new HouseholdFile(view, [])];
        var quotes = await dues.QuotesAsync(session, area, year, people, today);
        var (isPerson, given) = session.OneOf("person_id", "p", people);
        var paid = await session.Data.QueryMultipleAsync<HouseholdPaid>(
            $"{Payments.Statement(IsYear, isPerson)};\n{Covers.Statement(IsYear, isPerson)}",
            [new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), .. given]);
        return Files(views, quotes, paid);
    }

    static long[] Ids(IEnumerable<HouseholdView> views) =>
        [.. views.SelectMany(view => view.Members).Select(member => member.Person.PersonId)];

    static List<HouseholdFile> Files(
        IEnumerable<HouseholdView> views, IReadOnlyDictionary<long, DueQuote> quotes, HouseholdPaid paid)
    {
        var payments = paid.Payments.ToDictionary(payment => payment.PersonId);
        var covers = paid.Covers.ToLookup(cover => cover.PersonId);
        return [.. from view in views select new HouseholdFile(view, [.. view.Members.Select(File)])];

        MemberFile File(Member member)
        {
            long id = member.Person.PersonId;
            return new(member, quotes.GetValueOrDefault(id), payments.GetValueOrDefault(id), covers[id].FirstOrDefault());
        }
    }
}

/// <summary>What was paid for some people for one insurance year, and their cover.</summary>
public sealed class HouseholdPaid
{
    /// <summary>The payments that were not reversed.</summary>
    [ResultSetIndex(0)]
    public List<PaymentRow> Payments { get; set; } = [];

    /// <summary>The standing spans.</summary>
    [ResultSetIndex(1)]
    public List<CoverSpanRow> Covers { get; set; } = [];
}
