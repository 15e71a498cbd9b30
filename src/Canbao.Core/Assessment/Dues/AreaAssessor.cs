using Canbao.Core.Secrets;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Dues;

/// <summary>Assesses people of one area and year by the packs that are bound there. For one thread.</summary>
sealed class AreaAssessor
{
    readonly int area;
    readonly PackShelf shelf;
    readonly Vault vault;
    readonly PackBindings bindings;
    readonly Dictionary<string, string?> packOfUnit = new(StringComparer.Ordinal);
    readonly Dictionary<string, PackOnDay> packs = new(StringComparer.Ordinal);

    AreaAssessor(int area, PackShelf shelf, Vault vault, PackBindings bindings, DateOnly day)
    {
        (this.area, this.shelf, this.vault, this.bindings) = (area, shelf, vault, bindings);
        Day = day;
    }

    public DateOnly Day { get; }

    public static async Task<AreaAssessor> ForAsync(
        Session session, int area, (PackShelf Shelf, Vault Vault) with, InsuranceYear year, DateOnly day) =>
        new(area, with.Shelf, with.Vault, await PackBindings.ReadAsync(session, area, year), day);

    /// <summary>Loads the categories that everybody holds, or some people, for every pack that may be asked.</summary>
    public async Task LoadCategoriesAsync(Session session, IEnumerable<string> units, IReadOnlyCollection<long>? people = null)
    {
        foreach (var pack in units.Select(PackOf).OfType<string>().Distinct().Where(pack => !packs.ContainsKey(pack)).ToList())
        {
            var plan = shelf.Find(pack);
            packs.Add(pack, new(
                plan,
                new(plan, verdict => Verdicts.Of(area, plan.Pack, verdict)),
                await DueReader.CategoriesAsync(session, area, Day, plan.Pack.Catalogue, people)));
        }
    }

    /// <summary>The plan for a person, with all facts; null where no pack is bound.</summary>
    public (Plan Plan, PersonFacts Facts)? PlanFor(DuePerson person) => PackOf(person.Unit) is { } pack
        ? (packs[pack].Plan, packs[pack].Complete(person))
        : null;

    /// <summary>What is answered for a person, with the row to keep.</summary>
    public (DueVerdictRow Verdict, DueRow Row) Assess(DuePerson person, InsuranceYear year, long act)
    {
        var facts = person.Facts;
        var row = new DueRow
        {
            Area = area,
            InsuranceYear = year.Year,
            PersonId = person.PersonId,
            Unit = person.Unit,
            AsOf = Day,
            ActId = act,
        };
        if (PackOf(person.Unit) is not { } name)
            return Kept(Verdicts.Other(area, OtherOutcomes.NoPolicy), row, "");
        var pack = packs[name];
        facts = pack.Complete(person);
        var line = KeptFacts.Write(facts, pack.Plan.Pack.Catalogue);
        if (person.IsMerged)
            return Kept(Verdicts.Other(area, OtherOutcomes.Merged), row, line);
        if (person.DiedOn < year.FirstDay)
            return Kept(Verdicts.Other(area, OtherOutcomes.Dead), row, line);
        if (facts.FindContradiction() is { } fault)
            return Kept(Verdicts.Other(area, OtherOutcomes.Contradictory, fault.Column), row, line);
        var entry = pack.Cache.Find(facts);
        var answer = pack.Plan.Complete(entry.Verdict, facts);
        return Kept(entry.Extra, row with { CoverFrom = Optional(answer.CoverFrom), CoverUntil = Optional(answer.CoverTo) }, line);
    }

    /// <summary>Adds the sealed facts to a row that is to be written.</summary>
    public DueRow Sealed(DueRow row, DuePerson person)
    {
        var line = PackOf(person.Unit) is { } pack ? KeptFacts.Write(packs[pack].Complete(person), packs[pack].Plan.Pack.Catalogue) : "";
        return row with { Facts = vault.Seal(person.Salt, "facts", line) };
    }

    (DueVerdictRow Verdict, DueRow Row) Kept(DueVerdictRow verdict, DueRow row, string line) =>
        (verdict, row with { VerdictId = verdict.VerdictId, FactsHash = vault.Hash(line) });

    string? PackOf(string unit)
    {
        if (!packOfUnit.TryGetValue(unit, out var pack))
            packOfUnit.Add(unit, pack = bindings.Find(unit, Day));
        return pack;
    }

    static DateOnly? Optional(DateOnly day) => day == PersonFacts.NoDate ? null : day;

    sealed record PackOnDay(Plan Plan, VerdictCache<DueVerdictRow> Cache, Dictionary<long, ulong> Categories)
    {
        public PersonFacts Complete(DuePerson person) =>
            person.Facts with { Categories = Categories.GetValueOrDefault(person.PersonId) };
    }
}
