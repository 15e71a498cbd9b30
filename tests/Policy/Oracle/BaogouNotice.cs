using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>鲍政发〔2021〕21号, written out by hand from the notice and the decisions, without the pack.</summary>
static class BaogouNotice
{
    // 二(二)1
    static readonly ulong Poor = Lists.Of("poverty_alleviated", "monitored_household", "minimum_living_rural", "minimum_living_urban",
        "extreme_poverty_rural", "extreme_poverty_urban", "orphan", "unattended_child", "key_hardship_child");

    // 二(二)3
    static readonly ulong FamilyPlanning = Lists.Of("fp_one_daughter", "fp_two_daughters", "fp_only_child_harmed");

    // 二(二)4 and 5
    static readonly ulong SeverelyDisabled = Lists.Of("severe_disability");
    static readonly ulong Entitled = Lists.Of("entitled_group");

    public static Expected Answer(in PersonFacts person)
    {
        // 二(四), decision 26
        if (person.OtherCover != OtherCover.None)
            return Expected.Nothing("duplicate_cover");
        if (person.Employment == Employment.Employee || !IsInScope(person))
            return Expected.Nothing("out_of_scope");

        // Decision 17: a newborn (birth within 12 months before the payment day) or a first-timer registers first.
        var isNewborn = person.PaidOn <= person.BirthDate.AddMonths(12);
        if (person.RegisteredOn == PersonFacts.NoDate && (isNewborn || person.FirstTime))
            return Expected.Nothing("not_registered");

        // 二(三), decision 25
        if (person.PaidOn < new DateOnly(2021, 10, 26))
            return Expected.Nothing("not_open");
        if (person.PaidOn > new DateOnly(2022, 12, 31))
            return Expected.Nothing("closed");
        if (person.PaidOn > new DateOnly(2021, 12, 10))
        {
            // Decisions 2, 9 and 25: 900.00 in full, nobody aided, cover on payment day + 31.
            var from = person.PaidOn.AddDays(31);
            return from.Year > 2022
                ? new Expected("due", 900_00, "", 0, null, null, null)
                : new Expected("due", 900_00, "", 0, from, new DateOnly(2022, 12, 31), null);
        }

        var (due, funding) = Price(person);
        return new Expected("due", due, funding, 580_00, new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), null);
    }

    static bool IsInScope(in PersonFacts person) =>
        person.Residence is Residence.LocalHukou or Residence.ResidencePermit
        || person.Student is Student.College or Student.Vocational
        || person.ScopeStatus == ScopeStatus.MigrantChild;

    /// <summary>The least to pay; on equal amounts the earlier clause (decision 6).</summary>
    static (long Due, string Funding) Price(in PersonFacts person)
    {
        if ((person.Categories & Poor) != 0 || person.BirthDate <= new DateOnly(1951, 12, 31))
            return (0, "city_finance=320.00");
        if ((person.Categories & FamilyPlanning) != 0)
            return (0, "city_finance=160.00;town_finance=160.00");
        if ((person.Categories & (SeverelyDisabled | Entitled)) != 0)
            return (0, "city_finance=320.00");
        return person.BirthDate <= new DateOnly(1961, 12, 31) ? (160_00, "city_finance=160.00") : (320_00, "");
    }
}
