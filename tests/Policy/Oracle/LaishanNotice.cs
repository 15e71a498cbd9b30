using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>烟莱政办发〔2021〕17号, written out by hand from the notice and the decisions, without the pack.</summary>
static class LaishanNotice
{
    // 一(一)
    static readonly ulong Special = Lists.Of("orphan", "extreme_poverty_rural", "extreme_poverty_urban", "minimum_living_rural",
        "minimum_living_urban", "sixties_retrenched", "severe_disability", "registered_poor");

    public static Expected Answer(in PersonFacts person)
    {
        // Decision 26: the notice names no scope.
        if (person.OtherCover != OtherCover.None)
            return Expected.Nothing("duplicate_cover");
        if (person.Employment == Employment.Employee)
            return Expected.Nothing("out_of_scope");
        if (person.Residence is not (Residence.LocalHukou or Residence.ResidencePermit) && person.Student == Student.None)
            return Expected.Nothing("out_of_scope");

        // 五(二), decisions 11 and 25
        if (person.PaidOn < new DateOnly(2021, 9, 1))
            return Expected.Nothing("not_open");
        if (person.PaidOn > new DateOnly(2022, 12, 31))
            return Expected.Nothing("closed");
        var isLate = person.PaidOn > new DateOnly(2021, 12, 31);

        if ((person.Categories & Special) != 0)
            return isLate ? Expected.Nothing("policy_pending") : Central(0, "finance=520.00");
        if (Standard(person) is not { } standard)
            return Expected.Nothing("refused:tier");

        // 一(二), decisions 3, 8 and 9: personal part and subsidy, cover from the payment day.
        return isLate
            ? new Expected("due", standard + 580_00, "", 0, person.PaidOn, new DateOnly(2022, 12, 31), null)
            : Central(standard, "");
    }

    // Decisions 4 and 18
    static Expected Central(long due, string funding) =>
        new("due", due, funding, 580_00, new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), new DateOnly(2021, 12, 31));

    /// <summary>一(一): students 170.00; kindergarten children (decision 28) and other minors 370.00; adults by tier.</summary>
    static long? Standard(in PersonFacts person)
    {
        if (person.Student is Student.School or Student.College or Student.Vocational)
            return 170_00;
        // Decision 7: a minor is not yet 18 on 2021-12-31.
        if (person.Student == Student.Kindergarten || person.BirthDate.AddYears(18) > new DateOnly(2021, 12, 31))
            return 370_00;
        return person.Tier switch { 1 => 370_00, 2 => 520_00, _ => null };
    }
}
