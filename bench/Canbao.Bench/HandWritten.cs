using static Canbao.Bench.Baogou;

namespace Canbao.Bench;

/// <summary>Baogou's rules for 2022 as one C# method, the way an engineer writes them for one policy and one year.</summary>
static class HandWritten
{
    public static Decision Assess(in Facts facts)
    {
        if (facts.OtherCover != OtherCover.None) return Nothing(Outcome.DuplicateCover, Duplicate);
        if (!InScope(in facts)) return Nothing(Outcome.OutOfScope, Scope);
        var paid = facts.PaidOn;
        if (facts.RegisteredOn is null && (facts.FirstTime || IsNewborn(facts.BirthDate, paid)))
            return Nothing(Outcome.NotRegistered, First);
        if (paid < Opens) return Nothing(Outcome.NotOpen, Period);
        if (paid > YearEnds) return Nothing(Outcome.Closed, Period);
        return paid <= CentralEnds ? Central(in facts) : Late(paid);
    }

    /// <summary>二(四): local hukou, a residence permit or a parent's, or study at a college or vocational school; no employees.</summary>
    static bool InScope(in Facts facts) =>
        facts.Employment != Employment.Employee
        && (facts.Residence <= Residence.ResidencePermit || facts.Student >= Student.College
            || facts.ScopeStatus == ScopeStatus.MigrantChild);

    /// <summary>A birth within the 12 months before the payment day.</summary>
    static bool IsNewborn(DateOnly birth, DateOnly paid) =>
        paid.DayNumber - birth.DayNumber <= 366 && paid <= birth.AddMonths(12);

    static Decision Nothing(Outcome outcome, string clause) => new(outcome, 0, 0, 0, 0, null, null, clause);

    /// <summary>二(三): the whole price without any aid, cover 30 days after the payment, none if that outlasts the year.</summary>
    static Decision Late(DateOnly paid)
    {
        var from = paid.AddDays(LateCoverAfter);
        return from <= YearEnds
            ? new(Outcome.Due, LatePrice, 0, 0, 0, from, YearEnds, Plain)
            : new(Outcome.Due, LatePrice, 0, 0, 0, null, null, Plain);
    }

    /// <summary>二(二): of the grounds that fit, the one that leaves the least to pay, the earlier clause where they are equal.</summary>
    static Decision Central(in Facts facts)
    {
        var listed = facts.Categories & Listed;
        var aged = facts.BirthDate <= SixtyBy;
        if (listed == 0 && !aged) return Paid(Personal, 0, 0, Plain);
        var poor = (listed & Poor) != 0;
        var family = (listed & Family) != 0;
        var disabled = (listed & Disabled) != 0;
        var entitled = (listed & Entitled) != 0;
        var several = (poor ? 1 : 0) + (aged ? 1 : 0) + (family ? 1 : 0) + (disabled ? 1 : 0) + (entitled ? 1 : 0) > 1;
        if (poor) return Paid(0, Personal, 0, several ? Aid1Highest : Aid1);
        if (facts.BirthDate <= SeventyBy) return Paid(0, Personal, 0, several ? Aid2Highest : Aid2);
        if (family) return Paid(0, HalfPersonal, Personal - HalfPersonal, several ? Aid3Highest : Aid3);
        if (disabled) return Paid(0, Personal, 0, several ? Aid4Highest : Aid4);
        if (entitled) return Paid(0, Personal, 0, several ? Aid5Highest : Aid5);
        return Paid(HalfPersonal, Personal - HalfPersonal, 0, Aid2);
    }

    static Decision Paid(long personal, long city, long town, string clauses) =>
        new(Outcome.Due, personal, city, town, Subsidy, YearBegins, YearEnds, clauses);
}
