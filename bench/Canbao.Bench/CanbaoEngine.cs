using System.Numerics;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;

namespace Canbao.Bench;

/// <summary>The product's own engine with the Baogou pack, as <c>canbao assess</c> uses it.</summary>
static class CanbaoEngine
{
    /// <summary>Loads the pack and returns a round over these people; every answer is stored.</summary>
    public static Func<long> Prepare(Facts[] people)
    {
        var plan = Load();
        var facts = people.Select(person => Convert(person, plan)).ToArray();
        var verdicts = new VerdictCache<object?>(plan, _ => null);
        var answers = new Answer[1024];
        return () =>
        {
            var dues = 0L;
            for (var at = 0; at < facts.Length; at++)
            {
                ref var answer = ref answers[at & 1023];
                answer = plan.Complete(verdicts.Find(in facts[at]).Verdict, in facts[at]);
                dues += answer.Verdict.PersonalDue.Fen;
            }

            return dues;
        };
    }

    static Plan Load()
    {
        var findings = new List<Finding>();
        var library = new PackLibrary(Path.Combine(AppContext.BaseDirectory, "policies"));
        return library.Load("baogou-2022", findings) ?? throw new InvalidDataException(string.Join('\n', findings));
    }

    static PersonFacts Convert(Facts facts, Plan plan)
    {
        var categories = 0UL;
        for (var rest = facts.Categories; rest != 0; rest &= rest - 1)
            categories |= 1UL << plan.Pack.Catalogue.IndexOf(Codes.Categories[BitOperations.TrailingZeroCount(rest)]);
        return new PersonFacts
        {
            BirthDate = facts.BirthDate,
            PaidOn = facts.PaidOn,
            RegisteredOn = facts.RegisteredOn ?? PersonFacts.NoDate,
            EmployeeCoverEnded = facts.EmployeeCoverEnded ?? PersonFacts.NoDate,
            SchoolEntryDate = facts.SchoolEntryDate ?? PersonFacts.NoDate,
            Residence = (Vocabulary.Residence)facts.Residence,
            Employment = (Vocabulary.Employment)facts.Employment,
            Student = (Vocabulary.Student)facts.Student,
            ScopeStatus = (Vocabulary.ScopeStatus)facts.ScopeStatus,
            OtherCover = (Vocabulary.OtherCover)facts.OtherCover,
            Tier = facts.Tier,
            FirstTime = facts.FirstTime,
            Categories = categories,
        };
    }
}
