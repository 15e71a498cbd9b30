using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Assessment.Dues;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Core.Work.Changes;

/// <summary>What one payer bears before and after a change, over all whom it concerns.</summary>
/// <param name="Code">The payer's code in its pack; empty for the subsidy.</param>
/// <param name="Name">The payer.</param>
/// <param name="People">For how many people it becomes another amount.</param>
/// <param name="Before">The sum before.</param>
/// <param name="After">The sum after.</param>
public sealed record PayerEffect(string Code, string Name, int People, Money Before, Money After)
{
    /// <summary>How much more; less where it is negative.</summary>
    public Money More => After - Before;
}

/// <summary>What a change does to the people of one unit.</summary>
/// <param name="Unit">The unit's name.</param>
/// <param name="People">People who are concerned.</param>
/// <param name="Personal">How much more residents owe; less where it is negative.</param>
/// <param name="Funded">How much more payers bear, the subsidy included; less where it is negative.</param>
public sealed record UnitEffect(string Unit, int People, Money Personal, Money Funded);

/// <summary>People and their money.</summary>
/// <param name="People">How many.</param>
/// <param name="Amount">Their sum.</param>
public readonly record struct EffectCount(int People, Money Amount);

/// <summary>
/// What a change does, read off what it did. Only people of whom something becomes different are in it, in the order of units and names.
/// </summary>
public sealed class ChangeEffects
{
    const int DigestLetters = 32;
    const string SubsidyName = "财政补助";

    readonly List<(PersonEffect Of, Dictionary<(string Code, string Name), (Money Before, Money After)> Payers)> funded;

    internal ChangeEffects(string text, IReadOnlyList<PersonEffect> people, int looked, Func<string, string, string> payerName)
    {
        (People, Looked) = (people, looked);
        funded = [.. people.Select(one => (one, Funding(one, payerName)))];
        Payers = [.. Sums()];
        Digest = DigestOf(text, people);
    }

    /// <summary>People of whom something becomes different; one who does in two years stands here twice.</summary>
    public IReadOnlyList<PersonEffect> People { get; }

    /// <summary>How many people were looked at.</summary>
    public int Looked { get; }

    /// <summary>Whether nothing at all becomes different for due, payment, funder and cover.</summary>
    public bool IsEmpty => People.Count == 0;

    /// <summary>What each payer bears more or less, the subsidy last.</summary>
    public IReadOnlyList<PayerEffect> Payers { get; }

    /// <summary>Tells these effects from any others. It rests on no moment and no identifier that the change makes.</summary>
    public string Digest { get; }

    /// <summary>What each unit's people and payers bear more or less.</summary>
    public IEnumerable<UnitEffect> Units => funded.GroupBy(one => one.Of.UnitName).Select(same => new UnitEffect(
        same.Key,
        same.Select(one => one.Of.PersonId).Distinct().Count(),
        Sum(same.Select(one => one.Of.PersonalMore)),
        Sum(same.SelectMany(one => one.Payers.Values).Select(part => part.After - part.Before))));

    /// <summary>People who owe more.</summary>
    public EffectCount More => Count(one => one.PersonalMore > Money.Zero, one => one.PersonalMore);

    /// <summary>People who owe less; the amount is positive.</summary>
    public EffectCount Less => Count(one => one.PersonalMore < Money.Zero, one => -one.PersonalMore);

    /// <summary>Payments that the change may ask to go back.</summary>
    public EffectCount Refunds => Count(one => one.Payment is { MayRequest: true }, one => one.Payment!.Amount);

    /// <summary>Payments that may go back and that somebody else asks for.</summary>
    public EffectCount Refundable => Count(
        one => one.Payment is { MayRequest: false, Reason.Length: > 0, Answer.Basis: not null }, one => one.Payment!.Amount);

    /// <summary>Payments that are too much by now and that the pack's rule keeps.</summary>
    public EffectCount Kept => Count(
        one => one.Payment is { Reason.Length: > 0, Answer.Basis: null }, one => one.Payment!.Amount);

    /// <summary>Payments that were too little; the amount is what lacks.</summary>
    public EffectCount Lacking => Count(one => one.Payment?.Lacking > Money.Zero, one => one.Payment!.Lacking);

    /// <summary>How many spans of cover have a fate.</summary>
    public int Spans(CoverFate fate) => People.Sum(one => one.Cover.Count(span => span.Fate == fate));

    EffectCount Count(Func<PersonEffect, bool> which, Func<PersonEffect, Money> amount)
    {
        var found = People.Where(which).ToList();
        return new(found.Count, Sum(found.Select(amount)));
    }

    IEnumerable<PayerEffect> Sums() =>
        from part in funded.SelectMany(one => one.Payers)
        group part.Value by part.Key into same
        orderby same.Key.Code.Length == 0, same.Key.Code, same.Key.Name
        let changed = same.Count(part => part.Before != part.After)
        where changed > 0
        select new PayerEffect(
            same.Key.Code, same.Key.Name, changed, Sum(same.Select(part => part.Before)), Sum(same.Select(part => part.After)));

    static Dictionary<(string, string), (Money Before, Money After)> Funding(PersonEffect one, Func<string, string, string> payerName)
    {
        var parts = new Dictionary<(string, string), (Money Before, Money After)>();
        // What goes back leaves the enrolment to be settled anew, by what is owed now.
        bool goesBack = one.Payment is { Reason.Length: > 0, Answer.Basis: not null };
        foreach (var (payer, amount) in Parts(one.Before, one.IsEnrolled.Before, one.Borne.Before))
            parts[payer] = (parts.GetValueOrDefault(payer).Before + amount, Money.Zero);
        foreach (var (payer, amount) in Parts(one.After, one.IsEnrolled.After, goesBack ? null : one.Borne.After))
            parts[payer] = (parts.GetValueOrDefault(payer).Before, parts.GetValueOrDefault(payer).After + amount);
        return parts;

        IEnumerable<((string, string), Money)> Parts(DueEffect? due, bool isEnrolled, IReadOnlyList<FundedPart>? borne)
        {
            if (borne is not null)
            {
                foreach (var part in borne)
                    yield return (part is { Rule: not null, Payer: { } who } ? (who.Code, who.Chinese) : ("", SubsidyName), part.Amount);
                yield break;
            }

            if (due is null || !isEnrolled)
                yield break;
            foreach (var (payer, amount) in AnswerText.ReadFunding(due.Funding))
                yield return ((payer, payerName(due.Pack, payer)), amount);
            if (due.Subsidy is { } subsidy)
                yield return (("", SubsidyName), subsidy);
        }
    }

    static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    static string DigestOf(string text, IEnumerable<PersonEffect> people)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(text);
        foreach (var one in people.OrderBy(one => one.Year.Year).ThenBy(one => one.PersonId))
        {
            Add(FormattableString.Invariant($"{one.PersonId} {one.Year} {one.Unit} {one.IsEnrolled} {one.Before} {one.After}"));
            if (one.Payment is { } paid)
                Add(FormattableString.Invariant($"{paid.Payment.PaymentId} {paid.Amount} {paid.OwedBefore} {paid.OwedAfter} {Text(paid)}"));
            foreach (var span in one.Cover)
                Add(FormattableString.Invariant($"{span.Fate} {span.From:yyyy-MM-dd} {span.Until:yyyy-MM-dd} {span.Before:yyyy-MM-dd}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestLetters];

        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

        static string Text(PaymentEffect paid) =>
            $"{paid.Reason} {paid.MayRequest} {paid.Answer.Basis?.Basis} {paid.Answer.Basis?.Clause}";
    }
}
