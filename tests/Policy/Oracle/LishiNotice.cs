using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>离政办发〔2022〕34号, written out by hand from the notice and the decisions, without the pack.</summary>
static class LishiNotice
{
    // 三(一) to 三(四)
    static readonly ulong FullAid = Lists.Of("extreme_poverty_rural", "extreme_poverty_urban", "orphan", "unattended_child");
    static readonly ulong Pays70 = Lists.Of("minimum_living_rural", "minimum_living_urban", "unstable_alleviated", "marginal_risk");
    static readonly ulong Pays35 = Lists.Of("returned_to_poverty");

    static readonly DateOnly YearStart = new(2023, 1, 1);
    static readonly DateOnly YearEnd = new(2023, 12, 31);

    public static Expected Answer(in PersonFacts person)
    {
        // 一, decision 26; failing_firm goes before employment (contract).
        if (person.OtherCover != OtherCover.None)
            return Expected.Nothing("duplicate_cover");
        if (!IsInScope(person))
            return Expected.Nothing("out_of_scope");

        // 四(一), decisions 10 and 25
        if (person.PaidOn < new DateOnly(2022, 9, 1))
            return Expected.Nothing("not_open");
        if (person.PaidOn > YearEnd)
            return Expected.Nothing("closed");
        return person.PaidOn <= new DateOnly(2022, 12, 25) ? Due(person, YearStart) : After(person);
    }

    static bool IsInScope(in PersonFacts person)
    {
        if (person.ScopeStatus == ScopeStatus.FailingFirm)
            return true;
        if (person.Employment == Employment.Employee)
            return false;
        return person.Residence is Residence.LocalHukou or Residence.ResidencePermit
            || person.Student is Student.Kindergarten or Student.School
            || person.Employment == Employment.Flexible
            || person.ScopeStatus is ScopeStatus.Clergy or ScopeStatus.Inmate or ScopeStatus.Foundling;
    }

    /// <summary>Decision 10, after 12-25; an empty registration counts as the payment day.</summary>
    static Expected After(in PersonFacts person)
    {
        var registered = person.RegisteredOn == PersonFacts.NoDate ? person.PaidOn : person.RegisteredOn;
        if (person.BirthDate >= new DateOnly(2022, 12, 26) && registered.Year == person.BirthDate.Year)
            return Due(person, person.BirthDate);
        if (person.ScopeStatus == ScopeStatus.Foundling)
            return Due(person, person.PaidOn);
        if (person.EmployeeCoverEnded != PersonFacts.NoDate && person.PaidOn.DayNumber - person.EmployeeCoverEnded.DayNumber <= 90)
            return Due(person, person.PaidOn);
        return Expected.Nothing((person.Categories & (FullAid | Pays70 | Pays35)) != 0 ? "policy_pending" : "closed");
    }

    static Expected Due(in PersonFacts person, DateOnly from)
    {
        var (due, funding) = (person.Categories & FullAid) != 0 ? (0, "medical_assistance_fund=350.00")
            : (person.Categories & Pays35) != 0 ? (35_00, "medical_assistance_fund=315.00")
            : (person.Categories & Pays70) != 0 ? (70_00, "medical_assistance_fund=280.00")
            : (350_00, "");
        return new Expected("due", due, funding, 610_00, from < YearStart ? YearStart : from, YearEnd, null);
    }
}
