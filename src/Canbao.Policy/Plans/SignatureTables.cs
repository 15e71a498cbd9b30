using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Plans;

/// <summary>
/// Answers all questions at once by looking up each fact in a table of the bits that its value answers. Every table is filled by
/// asking <see cref="Question.Holds"/>, so the tables cannot differ from the definitions.
/// </summary>
sealed class SignatureTables
{
    readonly ulong[] homes = new ulong[128];
    readonly ulong[] marks = new ulong[512];
    readonly ulong[] categories = new ulong[64];
    readonly int firstPaidDay;
    readonly ulong[] paidDays;
    readonly int[] birthStarts;
    readonly ulong[] births;
    readonly int[] entryStarts;
    readonly ulong[] entries;
    readonly (TimeLimit Limit, bool AfterBirth, ulong Bit)[] limits;
    readonly ulong registeredInBirthYear;

    public SignatureTables(ImmutableArray<Question> questions, Pack pack)
    {
        FillCodes(questions);
        for (var category = 0; category < categories.Length; category++)
            categories[category] = Bits(
                questions, question => question is Question.HoldsCategory, new PersonFacts { Categories = 1UL << category });

        var paid = questions.OfType<Question.PaidIn>().Select(question => question.Days).Append(pack.Year.Range).ToArray();
        var first = paid.Where(days => days.From != DateOnly.MinValue).Min(days => days.From).AddDays(-1);
        var last = paid.Where(days => days.To != DateOnly.MaxValue).Max(days => days.To).AddDays(1);
        firstPaidDay = first.DayNumber;
        paidDays = new ulong[last.DayNumber - firstPaidDay + 1];
        for (var i = 0; i < paidDays.Length; i++)
            paidDays[i] = Bits(questions, question => question is Question.PaidIn or Question.PaidOnDayOfMonth,
                new PersonFacts { PaidOn = first.AddDays(i) });

        (birthStarts, births) = Bands(questions.OfType<Question.BornIn>().Select(question => question.Days),
            day => Bits(questions, question => question is Question.BornIn, new PersonFacts { BirthDate = day }));
        (entryStarts, entries) = Bands(questions.OfType<Question.EnteredSchoolIn>().Select(question => question.Days),
            day => Bits(questions, question => question is Question.EnteredSchoolIn, new PersonFacts { SchoolEntryDate = day }));
        limits = [.. questions.Select((question, index) => question switch
            {
                Question.PaidAfterBirth q => (q.Limit, true, 1UL << index),
                Question.PaidAfterEmployeeCover q => (q.Limit, false, 1UL << index),
                _ => (default, false, 0UL),
            }).Where(limit => limit.Item3 != 0)];
        registeredInBirthYear = questions.Select((question, index) => question is Question.RegisteredInBirthYear ? 1UL << index : 0)
            .Aggregate(0UL, (bits, bit) => bits | bit);
    }

    /// <summary>Payment days, ascending, on which the bits differ from those of the day before.</summary>
    public IEnumerable<DateOnly> PaidDayChanges => Enumerable.Range(1, paidDays.Length - 1)
        .Where(i => paidDays[i] != paidDays[i - 1]).Select(i => DateOnly.FromDayNumber(firstPaidDay + i));

    public ulong Signature(in PersonFacts facts)
    {
        unchecked
        {
            var signature = homes[(int)facts.Residence | (int)facts.Employment << 2 | (int)facts.Student << 4]
                | marks[MarksIndex(facts)];
            signature |= paidDays[Math.Clamp(facts.PaidOn.DayNumber - firstPaidDay, 0, paidDays.Length - 1)];
            signature |= births[Band(birthStarts, facts.BirthDate.DayNumber)];
            if (facts.SchoolEntryDate != PersonFacts.NoDate)
                signature |= entries[Band(entryStarts, facts.SchoolEntryDate.DayNumber)];
            for (var rest = facts.Categories; rest != 0; rest &= rest - 1)
                signature |= categories[BitOperations.TrailingZeroCount(rest)];
            foreach (var (limit, afterBirth, bit) in limits)
            {
                var start = afterBirth ? facts.BirthDate : facts.EmployeeCoverEnded;
                if (start != PersonFacts.NoDate && limit.Admits(start, facts.PaidOn))
                    signature |= bit;
            }

            if (registeredInBirthYear != 0
                && (facts.RegisteredOn == PersonFacts.NoDate ? facts.PaidOn : facts.RegisteredOn).Year == facts.BirthDate.Year)
                signature |= registeredInBirthYear;
            return signature;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int MarksIndex(in PersonFacts facts) => (int)facts.ScopeStatus | facts.Tier << 3 | (int)facts.OtherCover << 5
        | (facts.FirstTime ? 1 << 7 : 0) | (facts.RegisteredOn != PersonFacts.NoDate ? 1 << 8 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Band(int[] starts, int day)
    {
        var band = 0;
        foreach (var start in starts)
            band += day >= start ? 1 : 0;
        return band;
    }

    static (int[] Starts, ulong[] Bands) Bands(IEnumerable<DateRange> ranges, Func<DateOnly, ulong> bitsOf)
    {
        var starts = ranges
            .SelectMany(days => new[] { days.From, days.To == DateOnly.MaxValue ? DateOnly.MinValue : days.To.AddDays(1) })
            .Where(day => day != DateOnly.MinValue).Distinct().Order().ToArray();
        // The band before the first start is represented by the earliest real day, since DateOnly.MinValue stands for no date.
        var bands = starts.Prepend(PersonFacts.NoDate.AddDays(1)).Select(bitsOf).ToArray();
        return ([.. starts.Select(day => day.DayNumber)], bands);
    }

    void FillCodes(ImmutableArray<Question> questions)
    {
        foreach (var residence in Enum.GetValues<Residence>())
            foreach (var employment in Enum.GetValues<Employment>())
                foreach (var student in Enum.GetValues<Student>())
                    homes[(int)residence | (int)employment << 2 | (int)student << 4] = Bits(questions,
                        question => question is Question.OneOf { Codes.Column: "residence" or "employment" or "student" },
                        new PersonFacts { Residence = residence, Employment = employment, Student = student });
        foreach (var status in Enum.GetValues<ScopeStatus>())
            foreach (var other in Enum.GetValues<OtherCover>())
                for (var rest = 0; rest < 12; rest++)
                {
                    var facts = new PersonFacts
                    {
                        ScopeStatus = status,
                        OtherCover = other,
                        Tier = (byte)(rest % 3),
                        FirstTime = rest / 3 % 2 == 1,
                        RegisteredOn = rest / 6 == 1 ? DateOnly.MaxValue : PersonFacts.NoDate,
                    };
                    marks[MarksIndex(facts)] = Bits(questions,
                        question => question is Question.OneOf { Codes.Column: not ("residence" or "employment" or "student") }
                            or Question.IsRegistered,
                        facts);
                }
    }

    static ulong Bits(ImmutableArray<Question> questions, Func<Question, bool> concerned, PersonFacts facts)
    {
        var bits = 0UL;
        for (var i = 0; i < questions.Length; i++)
            if (concerned(questions[i]) && questions[i].Holds(facts))
                bits |= 1UL << i;
        return bits;
    }
}
