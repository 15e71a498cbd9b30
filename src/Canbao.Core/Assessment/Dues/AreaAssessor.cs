using Canbao.Core.Secrets;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Storage;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Dues;

/// <summary>What is answered for somebody.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="CoverFrom">First day of cover, or null.</param>
/// <param name="CoverUntil">Last day of cover, inclusive, or null.</param>
/// <param name="Facts">The facts used as they are to be kept; none where no pack was asked.</param>
/// <param name="Catalogue">The categories of the pack that was asked.</param>
readonly record struct DueAnswer(
    DueVerdictRow Verdict, DateOnly? CoverFrom, DateOnly? CoverUntil, byte[] Facts, CategoryCatalogue? Catalogue);

/// <summary>What is answered for somebody beside what was answered last.</summary>
/// <param name="Person">Whom.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="IsSame">Whether answer and facts are those of the last time.</param>
/// <param name="FactsDiffer">Whether the facts are others, or the first.</param>
/// <param name="Row">The row to write, its facts sealed; null where nothing changed or no row is wanted.</param>
sealed record DueStep(DuePerson Person, DueVerdictRow Verdict, bool IsSame, bool FactsDiffer, DueRow? Row);

/// <summary>Assesses people of one area and year by the packs that are bound there. For one thread.</summary>
sealed class AreaAssessor
{
    /// <summary>For what facts are sealed.</summary>
    public const string Purpose = "facts";

    readonly int area;
    readonly PackShelf shelf;
    readonly Vault vault;
    readonly PackBindings? bindings;
    readonly string? only;
    readonly Dictionary<(string Unit, DateOnly Day), string?> packOfUnit = [];
    readonly Dictionary<string, PackOnDay> packs = new(StringComparer.Ordinal);

    AreaAssessor(int area, PackShelf shelf, Vault vault, PackBindings? bindings, string? only = null) =>
        (this.area, this.shelf, this.vault, this.bindings, this.only) = (area, shelf, vault, bindings, only);

    public static async Task<AreaAssessor> ForAsync(
        Session session, int area, (PackShelf Shelf, Vault Vault) with, InsuranceYear year) =>
        Of(area, with, await PackBindings.ReadAsync(session, area, year));

    /// <summary>Assesses people by the packs that are bound above them.</summary>
    public static AreaAssessor Of(int area, (PackShelf Shelf, Vault Vault) with, PackBindings bindings) =>
        new(area, with.Shelf, with.Vault, bindings);

    /// <summary>Assesses everybody by one pack, whether or not it is bound.</summary>
    public static AreaAssessor Of(int area, (PackShelf Shelf, Vault Vault) with, string pack) =>
        new(area, with.Shelf, with.Vault, null, pack);

    /// <summary>Loads the categories that everybody holds for every pack that may be asked and is not loaded yet.</summary>
    public async Task LoadCategoriesAsync(DueReader reader, IEnumerable<(string Unit, DateOnly Day)> asked)
    {
        var needed = Needed(asked);
        if (needed.Count > 0)
            Load(needed, await reader.HeldAsync());
    }

    /// <summary>Loads categories for every pack that may be asked and is not loaded yet.</summary>
    public void LoadCategories(IEnumerable<(long Person, string Category)> held, IEnumerable<(string Unit, DateOnly Day)> asked) =>
        Load(Needed(asked), held);

    List<string> Needed(IEnumerable<(string Unit, DateOnly Day)> asked) =>
        [.. asked.Select(one => PackOf(one.Unit, one.Day)).OfType<string>().Distinct().Where(pack => !packs.ContainsKey(pack))];

    void Load(List<string> needed, IEnumerable<(long Person, string Category)> held)
    {
        foreach (var pack in needed)
        {
            var plan = shelf.Find(pack);
            packs.Add(pack, new(plan, new(plan, verdict => Verdicts.Of(area, plan.Pack, verdict)), Sets(plan.Pack.Catalogue, held)));
        }
    }

    /// <summary>What everybody holds as a set; marks that the catalogue does not know are no grounds.</summary>
    static Dictionary<long, ulong> Sets(CategoryCatalogue catalogue, IEnumerable<(long Person, string Category)> held)
    {
        var sets = new Dictionary<long, ulong>();
        foreach (var (person, category) in held)
            if (catalogue.IndexOf(category) is >= 0 and var index)
                sets[person] = sets.GetValueOrDefault(person) | 1UL << index;
        return sets;
    }

    /// <summary>The plan for a person, with all facts; null where no pack is bound.</summary>
    public (Plan Plan, PersonFacts Facts)? PlanFor(DuePerson person) => PackOf(person.Unit, person.Facts.PaidOn) is { } pack
        ? (packs[pack].Plan, packs[pack].Complete(person))
        : null;

    /// <summary>What is answered for a person.</summary>
    public DueAnswer Assess(DuePerson person, InsuranceYear year)
    {
        if (PackOf(person.Unit, person.Facts.PaidOn) is not { } name)
            return new(Verdicts.Other(area, OtherOutcomes.NoPolicy), null, null, [], null);
        var pack = packs[name];
        var facts = pack.Complete(person);
        var (catalogue, kept) = (pack.Plan.Pack.Catalogue, KeptFacts.Write(facts, pack.Plan.Pack.Catalogue));
        if (Unasked(person, facts, year) is { } other)
            return new(other, null, null, kept, catalogue);
        var entry = pack.Cache.Find(facts);
        var answer = pack.Plan.Complete(entry.Verdict, facts);
        return new(entry.Extra, Optional(answer.CoverFrom), Optional(answer.CoverTo), kept, catalogue);
    }

    /// <summary>Who bears what for a person.</summary>
    public FundedDue Funded(DuePerson person, InsuranceYear year)
    {
        if (PackOf(person.Unit, person.Facts.PaidOn) is not { } name)
            return FundedDue.None;
        var pack = packs[name];
        var facts = pack.Complete(person);
        return Unasked(person, facts, year) is null
            ? FundedParts.Of(pack.Plan, pack.Cache.Find(facts).Verdict, facts.Categories)
            : FundedDue.None;
    }

    /// <summary>What is answered where the pack is not asked at all.</summary>
    DueVerdictRow? Unasked(DuePerson person, in PersonFacts facts, InsuranceYear year) =>
        person.IsMerged ? Verdicts.Other(area, OtherOutcomes.Merged)
        : person.DiedOn < year.FirstDay ? Verdicts.Other(area, OtherOutcomes.Dead)
        : facts.FindContradiction() is { } fault ? Verdicts.Other(area, OtherOutcomes.Contradictory, fault.Column)
        : null;

    /// <summary>What is answered for a person, beside what was answered last.</summary>
    /// <param name="person">The person.</param>
    /// <param name="year">The insurance year.</param>
    /// <param name="act">The act that is to write the row; null where no row is wanted.</param>
    /// <exception cref="SecretsException">What was kept cannot be opened.</exception>
    public DueStep Step(DuePerson person, InsuranceYear year, long? act)
    {
        var now = Assess(person, year);
        var old = person.Kept;
        var factsDiffer = old is null || !KeptFacts.AreSame(vault.Open(person.Salt, Purpose, old.Facts), now.Facts, now.Catalogue);
        var isSame = !factsDiffer && old!.VerdictId == now.Verdict.VerdictId && old.Unit == person.Unit
            && old.CoverFrom == now.CoverFrom && old.CoverUntil == now.CoverUntil;
        return new(person, now.Verdict, isSame, factsDiffer, isSame || act is null ? null : new DueRow
        {
            Area = area,
            InsuranceYear = year.Year,
            PersonId = person.PersonId,
            Unit = person.Unit,
            VerdictId = now.Verdict.VerdictId,
            AsOf = person.Facts.PaidOn,
            CoverFrom = now.CoverFrom,
            CoverUntil = now.CoverUntil,
            Facts = vault.Seal(person.Salt, Purpose, now.Facts),
            ActId = act.Value,
        });
    }

    string? PackOf(string unit, DateOnly day)
    {
        if (bindings is null)
            return only;
        if (!packOfUnit.TryGetValue((unit, day), out var pack))
            packOfUnit.Add((unit, day), pack = bindings.Find(unit, day));
        return pack;
    }

    static DateOnly? Optional(DateOnly day) => day == PersonFacts.NoDate ? null : day;

    sealed record PackOnDay(Plan Plan, VerdictCache<DueVerdictRow> Cache, Dictionary<long, ulong> Categories)
    {
        public PersonFacts Complete(DuePerson person) =>
            person.Facts with { Categories = Categories.GetValueOrDefault(person.PersonId) };
    }
}
