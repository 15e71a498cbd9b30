using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Prove;

/// <summary>
/// Everybody and every day that the vocabulary can express, as far as a plan tells them apart. Days are enumerated one by one, not
/// sampled and not cut by reasoning about the rules: every payment day of the plan with every birth, every end of employee
/// insurance, every school entry and each way of being registered. What the plan answers alike is kept once, with real people as
/// witnesses. Codes and categories are enumerated value by value in the same way.
/// </summary>
sealed class Domain
{
    /// <summary>The earliest birth; nobody older lives, and no question of a notice reaches further back.</summary>
    public static readonly DateOnly FirstBirth = new(1900, 1, 1);

    readonly Plan plan;

    public Domain(Plan plan)
    {
        this.plan = plan;
        FirstDay = plan.Pack.Periods.Min(period => period.Result.Days.From).AddDays(-1);
        var last = plan.Pack.Periods.Max(period => period.Result.Days.To);
        LastDay = (last > plan.Pack.Year.LastDay ? last : plan.Pack.Year.LastDay).AddDays(1);
        SingleCategories = [.. Enumerable.Range(0, plan.Pack.Catalogue.Categories.Length)
            .Select(category => (category, CategoryBits(1UL << category))).Where(single => single.Item2 != 0)];
        Categories = EnumerateCategories();
        Standings = EnumerateStandings();
        Dates = EnumerateDates();
    }

    /// <summary>The day before the first period.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The day after the last period and the insurance year.</summary>
    public DateOnly LastDay { get; }

    /// <summary>Signature bits of sets of categories, each with an example; closed under union.</summary>
    public Dictionary<ulong, ulong> Categories { get; }

    /// <summary>Signature bits of coded facts, each with an example.</summary>
    public Dictionary<ulong, PersonFacts> Standings { get; }

    /// <summary>Signature bits of dates, each with examples.</summary>
    public Dictionary<ulong, DateWitnesses> Dates { get; }

    /// <summary>Bits of the questions that satisfy a test.</summary>
    public ulong Mask(Func<Question, bool> concerned) => plan.Questions
        .Select((question, index) => concerned(question) ? 1UL << index : 0).Aggregate(0UL, (bits, bit) => bits | bit);

    /// <summary>Bits of each category on its own, without those that the plan never asks about.</summary>
    public ImmutableArray<(int Category, ulong Bits)> SingleCategories { get; }

    /// <summary>Puts a person together from the three parts.</summary>
    public static PersonFacts Person(in PersonFacts standing, in PersonFacts dates, ulong categories) => standing with
    {
        BirthDate = dates.BirthDate,
        PaidOn = dates.PaidOn,
        RegisteredOn = dates.RegisteredOn,
        EmployeeCoverEnded = dates.EmployeeCoverEnded,
        SchoolEntryDate = dates.SchoolEntryDate,
        Categories = categories,
    };

    ulong CategoryBits(ulong categories) =>
        plan.Signature(new PersonFacts { BirthDate = FirstBirth, PaidOn = FirstDay, Categories = categories })
        & Mask(question => question is Question.HoldsCategory);

    Dictionary<ulong, ulong> EnumerateCategories()
    {
        var sets = new Dictionary<ulong, ulong> { [0] = 0 };
        foreach (var (category, bits) in SingleCategories)
            foreach (var (known, example) in sets.ToArray())
                sets.TryAdd(known | bits, example | 1UL << category);
        return sets;
    }

    Dictionary<ulong, PersonFacts> EnumerateStandings()
    {
        var mask = Mask(question => question is Question.OneOf);
        var standings = new Dictionary<ulong, PersonFacts>();
        foreach (var residence in Enum.GetValues<Residence>())
            foreach (var employment in Enum.GetValues<Employment>())
                foreach (var student in Enum.GetValues<Student>())
                    foreach (var status in Enum.GetValues<ScopeStatus>())
                        foreach (var other in Enum.GetValues<OtherCover>())
                            for (var rest = 0; rest < 6; rest++)
                            {
                                var facts = new PersonFacts
                                {
                                    BirthDate = FirstBirth,
                                    PaidOn = FirstDay,
                                    Residence = residence,
                                    Employment = employment,
                                    Student = student,
                                    ScopeStatus = status,
                                    OtherCover = other,
                                    Tier = (byte)(rest % 3),
                                    FirstTime = rest >= 3,
                                };
                                standings.TryAdd(plan.Signature(facts) & mask, facts);
                            }
        return standings;
    }

    Dictionary<ulong, DateWitnesses> EnumerateDates()
    {
        var mask = Mask(question => question is not (Question.OneOf or Question.HoldsCategory));
        var asksRegistration = Mask(question => question is Question.IsRegistered or Question.RegisteredInBirthYear) != 0;
        var ofCover = Mask(question => question is Question.PaidAfterEmployeeCover);
        var ofEntry = Mask(question => question is Question.EnteredSchoolIn);
        var all = new Dictionary<ulong, DateWitnesses>();
        for (var paid = FirstDay; paid <= LastDay; paid = paid.AddDays(1))
        {
            var births = EnumerateBirths(paid, asksRegistration, mask);
            var anyone = new PersonFacts { PaidOn = paid, BirthDate = FirstBirth };
            var ends = EnumerateOptional(ofCover, paid, day => anyone with { EmployeeCoverEnded = day });
            var entries = EnumerateOptional(ofEntry, LastDay, day => anyone with { SchoolEntryDate = day });
            foreach (var (birthBits, born) in births)
                foreach (var (endBits, ended) in ends)
                    foreach (var (entryBits, entered) in entries)
                    {
                        var oldest = born.Oldest with { EmployeeCoverEnded = ended, SchoolEntryDate = entered };
                        var youngest = born.Youngest with { EmployeeCoverEnded = ended, SchoolEntryDate = entered };
                        var bits = birthBits | endBits | entryBits;
                        all[bits] = all.TryGetValue(bits, out var known)
                            ? known.With(oldest, youngest)
                            : new DateWitnesses(oldest, youngest, youngest);
                    }
        }

        return all;
    }

    Dictionary<ulong, (PersonFacts Oldest, PersonFacts Youngest)> EnumerateBirths(DateOnly paid, bool asksRegistration, ulong mask)
    {
        var births = new Dictionary<ulong, (PersonFacts Oldest, PersonFacts Youngest)>();
        for (var birth = FirstBirth; birth <= paid; birth = birth.AddDays(1))
        {
            var facts = new PersonFacts { BirthDate = birth, PaidOn = paid };
            Keep(facts);
            if (!asksRegistration)
                continue;
            Keep(facts with { RegisteredOn = birth });
            if (paid.Year > birth.Year)
                Keep(facts with { RegisteredOn = paid });
        }

        return births;

        void Keep(PersonFacts facts)
        {
            var bits = plan.Signature(facts) & mask;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(births, bits, out var exists);
            known = (exists ? known.Oldest : facts, facts);
        }
    }

    Dictionary<ulong, DateOnly> EnumerateOptional(ulong mask, DateOnly last, Func<DateOnly, PersonFacts> factsOf)
    {
        var days = new Dictionary<ulong, DateOnly> { [0] = PersonFacts.NoDate };
        if (mask == 0)
            return days;
        for (var day = FirstBirth; day <= last; day = day.AddDays(1))
            days.TryAdd(plan.Signature(factsOf(day)) & mask, day);
        return days;
    }
}

/// <summary>Real people whose dates answer all questions alike.</summary>
/// <param name="First">The one who pays first, and the oldest of those.</param>
/// <param name="Last">The one who pays last.</param>
/// <param name="Youngest">The one born last.</param>
sealed record DateWitnesses(PersonFacts First, PersonFacts Last, PersonFacts Youngest)
{
    /// <summary>The witnesses with two more, who pay on a later day or the same.</summary>
    public DateWitnesses With(in PersonFacts oldest, in PersonFacts youngest) =>
        new(First, oldest, youngest.BirthDate > Youngest.BirthDate ? youngest : Youngest);
}
