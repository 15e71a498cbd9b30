using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>晋市医保发〔2021〕20号, written out by hand from the notice and the decisions, without the pack.</summary>
static class JinchengNotice
{
    // Decision 12
    static readonly ulong Listed = Lists.Of("extreme_poverty_rural", "extreme_poverty_urban", "minimum_living_rural",
        "minimum_living_urban", "minimum_living_marginal", "orphan", "unattended_child", "monitored_household", "unstable_alleviated",
        "marginal_risk", "sudden_hardship", "returned_to_poverty");

    public static Expected Answer(in PersonFacts person)
    {
        // 二, 五(一), decisions 26 and 27
        if (person.OtherCover != OtherCover.None)
            return Expected.Nothing("duplicate_cover");
        if (person.Employment == Employment.Employee || !IsInScope(person))
            return Expected.Nothing("out_of_scope");

        // 四, decisions 11 and 25
        if (person.PaidOn < new DateOnly(2021, 9, 1))
            return Expected.Nothing("not_open");
        if (person.PaidOn > new DateOnly(2022, 12, 31))
            return Expected.Nothing("closed");
        if (person.PaidOn > new DateOnly(2021, 12, 25))
            return Expected.Nothing(person.BirthDate >= new DateOnly(2021, 12, 26) ? "policy_pending" : "closed");
        if (person.PaidOn.Day > 25)
            return Expected.Nothing("not_open");

        // 三, 六, decisions 4, 8 and 12
        return (person.Categories & Listed) != 0
            ? Expected.Nothing("policy_pending")
            : new Expected("due", 320_00, "", 580_00, new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), null);
    }

    static bool IsInScope(in PersonFacts person) =>
        person.Residence is Residence.LocalHukou or Residence.ResidencePermit
        || person.Student is Student.College or Student.Vocational
        || person.ScopeStatus is ScopeStatus.Clergy or ScopeStatus.Inmate or ScopeStatus.ArmedPolice
        || person.Employment == Employment.Flexible;
}
