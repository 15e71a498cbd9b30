using System.Runtime.InteropServices;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Funding;

namespace Canbao.Core.Work.Shadow;

/// <summary>How many people of a unit get which pair of answers; the unit is empty in sums over units.</summary>
/// <param name="Unit">The code of the people's unit.</param>
/// <param name="Now">The answer as it is.</param>
/// <param name="Then">The answer as it would be.</param>
/// <param name="People">How many.</param>
public sealed record ShadowLine(string Unit, DueVerdictRow Now, DueVerdictRow Then, long People)
{
    /// <summary>What becomes of the answer.</summary>
    public ShadowChange Change => ShadowChanges.Of(Now, Then);
}

/// <summary>Who bears a part: in people's stead, or of the subsidy.</summary>
/// <param name="Payer">The code in the pack; <see cref="FunderShares.Subsidy"/> for levels that a notice does not name.</param>
/// <param name="PayerName">As an office says it.</param>
/// <param name="IsSubsidy">Whether it is the subsidy that is given for everybody.</param>
public readonly record struct ShadowFunder(string Payer, string PayerName, bool IsSubsidy)
{
    /// <summary>The funder with what is borne.</summary>
    public string Title => PayerName == FunderShares.SubsidyPayer ? PayerName : $"{PayerName}（{(IsSubsidy ? "财政补助" : "资助参保")}）";
}

/// <summary>What a funder would bear if everybody of a unit settled on the days that are assumed.</summary>
/// <param name="Unit">The code of the people's unit; empty in sums over units.</param>
/// <param name="Funder">Who.</param>
/// <param name="Now">As it is, fen.</param>
/// <param name="Then">As it would be, fen.</param>
/// <param name="PeopleNow">For how many people as it is.</param>
/// <param name="PeopleThen">For how many as it would be.</param>
public sealed record ShadowBill(string Unit, ShadowFunder Funder, long Now, long Then, long PeopleNow, long PeopleThen)
{
    /// <summary>By how much it grows, fen.</summary>
    public long Growth => checked(Then - Now);
}

/// <summary>Sums over some lines.</summary>
/// <param name="People">How many people.</param>
/// <param name="Changes">How many of them by what becomes of their answer.</param>
/// <param name="Now">What residents pay as it is, fen.</param>
/// <param name="Then">What they would pay, fen.</param>
public sealed record ShadowSum(long People, IReadOnlyDictionary<ShadowChange, long> Changes, long Now, long Then)
{
    /// <summary>How many get a change.</summary>
    public long Of(ShadowChange change) => Changes.GetValueOrDefault(change);
}

/// <summary>What a shadow run found. It grows with units and distinct answers, not with people.</summary>
public sealed class ShadowTotals
{
    readonly Dictionary<(string Unit, long Now, long Then), long> people = [];
    readonly Dictionary<long, DueVerdictRow> verdicts = [];
    readonly Dictionary<(string Unit, ShadowFunder Funder), Sums> bills = [];

    /// <summary>People read.</summary>
    public long People { get; private set; }

    /// <summary>How many people of which unit get which pair of answers.</summary>
    public IEnumerable<ShadowLine> Lines =>
        people.Select(pair => new ShadowLine(pair.Key.Unit, verdicts[pair.Key.Now], verdicts[pair.Key.Then], pair.Value));

    /// <summary>What each funder would bear for which unit.</summary>
    public IEnumerable<ShadowBill> Bills => bills.Select(pair => new ShadowBill(
        pair.Key.Unit, pair.Key.Funder, pair.Value.Now, pair.Value.Then, pair.Value.PeopleNow, pair.Value.PeopleThen));

    /// <summary>The pairs of answers of some units, those that change and concern most people first.</summary>
    public IReadOnlyList<ShadowLine> Pairs(Func<string, bool> units) =>
    [
        .. Lines.Where(line => units(line.Unit)).GroupBy(line => (line.Now.VerdictId, line.Then.VerdictId))
            .Select(same => same.First() with { Unit = "", People = same.Sum(line => line.People) })
            .OrderBy(line => line.Change == ShadowChange.Same).ThenByDescending(line => line.People)
            .ThenBy(line => line.Now.VerdictId).ThenBy(line => line.Then.VerdictId),
    ];

    /// <summary>The bills of some units, assistance before the subsidy.</summary>
    public IReadOnlyList<ShadowBill> BillsOf(Func<string, bool> units) =>
    [
        .. Bills.Where(bill => units(bill.Unit)).GroupBy(bill => bill.Funder)
            .Select(same => new ShadowBill(
                "", same.Key, same.Sum(one => one.Now), same.Sum(one => one.Then), same.Sum(one => one.PeopleNow),
                same.Sum(one => one.PeopleThen)))
            .OrderBy(bill => bill.Funder.IsSubsidy).ThenBy(bill => bill.Funder.Payer, StringComparer.Ordinal),
    ];

    /// <summary>The sums of some units.</summary>
    public ShadowSum Sum(Func<string, bool> units)
    {
        var lines = Lines.Where(line => units(line.Unit)).ToList();
        return new(
            lines.Sum(line => line.People),
            lines.GroupBy(line => line.Change).ToDictionary(same => same.Key, same => same.Sum(line => line.People)),
            lines.Sum(line => checked((line.Now.Personal ?? 0) * line.People)),
            lines.Sum(line => checked((line.Then.Personal ?? 0) * line.People)));
    }

    internal void Add(string unit, ShadowAnswer now, ShadowAnswer then)
    {
        People++;
        verdicts.TryAdd(now.Verdict.VerdictId, now.Verdict);
        verdicts.TryAdd(then.Verdict.VerdictId, then.Verdict);
        CollectionsMarshal.GetValueRefOrAddDefault(people, (unit, now.Verdict.VerdictId, then.Verdict.VerdictId), out _)++;
        foreach (var part in now.Parts)
            Bill(unit, part).AddNow(part.Amount.Fen);
        foreach (var part in then.Parts)
            Bill(unit, part).AddThen(part.Amount.Fen);
    }

    ref Sums Bill(string unit, FundedPart part) => ref CollectionsMarshal.GetValueRefOrAddDefault(
        bills, (unit, new(FunderShares.PayerOf(part).Code, FunderShares.PayerOf(part).Chinese, part.Rule is null)), out _);

    record struct Sums(long Now, long Then, long PeopleNow, long PeopleThen)
    {
        public void AddNow(long fen) => (Now, PeopleNow) = (checked(Now + fen), PeopleNow + 1);

        public void AddThen(long fen) => (Then, PeopleThen) = (checked(Then + fen), PeopleThen + 1);
    }
}

/// <summary>What one side answers for somebody.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Parts">What others bear.</param>
readonly record struct ShadowAnswer(DueVerdictRow Verdict, IReadOnlyList<FundedPart> Parts);
