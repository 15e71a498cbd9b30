using Canbao.Core.Secrets;
using Canbao.Vocabulary;

namespace Canbao.Core.Registry;

/// <summary>What events say of people: masks, never a number or a phone.</summary>
static class RegistryText
{
    public const string NumberPurpose = "number";
    public const string PhonePurpose = "phone";

    public static object Of(PersonRow person) => new
    {
        Number = person.NumberMask.Length == 0 ? null : person.NumberMask,
        person.Name,
        person.Sex,
        person.BornOn,
        person.DiedOn,
        MergedInto = person.MergedInto?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public static object Of(PersonStatusRow status, string? phoneMask) => new
    {
        status.FromDay,
        status.UntilDay,
        status.Unit,
        Household = status.HouseholdId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        status.Relation,
        status.Residence,
        status.PermitUntil,
        status.Employment,
        status.EmployeeCoverEnded,
        status.Student,
        status.SchoolEntry,
        status.SchoolUnit,
        status.ScopeStatus,
        status.OtherCover,
        status.Address,
        Phone = phoneMask,
    };

    public static object Of(HouseholdRow household) => new
    {
        household.Unit,
        Number = household.Number.Length == 0 ? null : household.Number,
        household.Address,
        household.EndedOn,
    };

    public static object Of(EnrolmentRow enrolment) => new
    {
        Year = enrolment.InsuranceYear,
        enrolment.Unit,
        enrolment.Kind,
        enrolment.RegisteredOn,
        enrolment.Tier,
        enrolment.EndedOn,
        EndReason = enrolment.EndReason.Length == 0 ? null : enrolment.EndReason,
    };

    /// <summary>A phone number as screens show it: <c>100****0001</c>.</summary>
    public static string MaskPhone(string phone) => phone.Length < 7
        ? new string('*', phone.Length)
        : $"{phone[..3]}{new string('*', phone.Length - 7)}{phone[^4..]}";

    public static string? PhoneMask(Vault vault, PersonRow person, PersonStatusRow status) =>
        status.PhoneSealed is null ? null : MaskPhone(vault.OpenText(person.Salt, PhonePurpose, status.PhoneSealed));

    public static RefusedException NotFound() => new("R101", "没有找到此人；可能已被合并或不在本地登记，请用证件号码重新查找");
}
