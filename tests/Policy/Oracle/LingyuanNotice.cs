using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>晋政灵〔2021〕111号, written out by hand from the notice and the decisions, without the pack.</summary>
static class LingyuanNotice
{
    // 三(二)1, with decision 16
    static readonly ulong FullRelief = Lists.Of("extreme_poverty_rural", "extreme_poverty_urban", "minimum_living_rural",
        "minimum_living_urban", "registered_poor", "orphan", "key_entitled_group", "five_old", "severe_disability", "fp_special_family",
        "sixties_retrenched", "fp_one_daughter", "fp_two_daughters", "disability", "multi_disability_household", "retired_cadre_survivor",
        "moral_model", "fp_daughters_only", "unattended_child");

    static readonly ulong OldAreaVillage = Lists.Of("old_area_village");

    // 三(二)2
    static readonly ulong LowIncome = Lists.Of("low_income_family");
    static readonly ulong OnlySon = Lists.Of("fp_only_son");

    // Decision 15: the marks of categories.yaml.
    static readonly ulong RuralLowIncome = Lists.Of("extreme_poverty_rural", "minimum_living_rural", "minimum_living_marginal",
        "registered_poor", "monitored_household", "unstable_alleviated", "marginal_risk", "sudden_hardship", "returned_to_poverty");

    static readonly DateOnly YearStart = new(2022, 1, 1);
    static readonly DateOnly YearEnd = new(2022, 12, 31);

    public static Expected Answer(in PersonFacts person)
    {
        // 三(一), decisions 26 and 27
        if (person.OtherCover != OtherCover.None)
            return Expected.Nothing("duplicate_cover");
        if (person.Employment == Employment.Employee || !IsInScope(person))
            return Expected.Nothing("out_of_scope");

        // 一(一)-(三), decision 25
        if (person.PaidOn < new DateOnly(2021, 10, 10))
            return Expected.Nothing("not_open");
        if (person.PaidOn > YearEnd)
            return Expected.Nothing("closed");

        // Decision 13: born in the insurance year. Decision 5: within 3 months.
        var isNewborn = person.BirthDate >= YearStart;
        var leftEmployment = person.EmployeeCoverEnded != PersonFacts.NoDate && person.PaidOn <= person.EmployeeCoverEnded.AddMonths(3);
        var (from, to) = Cover(person, isNewborn, leftEmployment);
        if (person.PaidOn >= new DateOnly(2022, 7, 1) && !isNewborn && !leftEmployment)
        {
            // 二 and decision 9; listed means holding a category that the assistance names (decision 6), whatever the age.
            return (person.Categories & (FullRelief | OldAreaVillage | LowIncome | OnlySon)) != 0
                ? Expected.Nothing("policy_pending")
                : new Expected("due", 910_00, "", 0, from, to, null);
        }

        var (due, funding) = Price(person);
        return new Expected("due", due, funding, 580_00, from, to, null);
    }

    static bool IsInScope(in PersonFacts person) =>
        person.Residence is Residence.LocalHukou or Residence.ResidencePermit
        || (person.Residence == Residence.HongKongMacaoTaiwan && person.Employment == Employment.None)
        || person.Student is Student.College or Student.Vocational
        || person.ScopeStatus is ScopeStatus.ArmedPolice or ScopeStatus.MigrantChild;

    static (long Due, string Funding) Price(in PersonFacts person)
    {
        // 四(六): 60 means born before 1962-01-01; decision 7 counts 18 on 2021-12-31.
        var isAged = person.BirthDate < new DateOnly(1962, 1, 1);
        var isMinor = person.BirthDate.AddYears(18) > new DateOnly(2021, 12, 31);
        if ((person.Categories & FullRelief) != 0 || ((person.Categories & OldAreaVillage) != 0 && isAged))
            return (0, "government=330.00");
        if ((person.Categories & LowIncome) != 0 && (isAged || isMinor))
            return (99_00, "local_finance=231.00");
        return (person.Categories & OnlySon) != 0 ? (300_00, "local_finance=30.00") : (330_00, "");
    }

    static (DateOnly? From, DateOnly? To) Cover(in PersonFacts person, bool isNewborn, bool leftEmployment)
    {
        if (person.PaidOn < YearStart)
        {
            // 四(四), decision 14; the notice speaks of this September's entrants, and this year is 2021.
            var isNewStudent = person.Student is Student.College or Student.Vocational
                && person.SchoolEntryDate >= new DateOnly(2021, 9, 1) && person.SchoolEntryDate <= new DateOnly(2021, 12, 31);
            return (!isNewStudent ? YearStart : person.RegisteredOn != PersonFacts.NoDate ? person.RegisteredOn
                : person.SchoolEntryDate, YearEnd);
        }

        if (isNewborn)
            return (person.PaidOn.DayNumber - person.BirthDate.DayNumber <= 90 ? person.BirthDate : person.PaidOn, YearEnd);
        if (person.PaidOn <= new DateOnly(2022, 3, 10) || leftEmployment || (person.Categories & RuralLowIncome) != 0)
            return (person.PaidOn, YearEnd);
        // Decisions 2 and 25: payment day + 61, and none where that outlasts the year.
        var from = person.PaidOn.AddDays(61);
        return from <= YearEnd ? (from, YearEnd) : (null, null);
    }
}
