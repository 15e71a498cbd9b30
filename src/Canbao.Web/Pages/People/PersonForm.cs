using Canbao.Core.Registry;
using Canbao.Vocabulary;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Canbao.Web.Pages;

/// <summary>What a desk writes down of a person. A number tells sex and birth; without one both are asked for.</summary>
sealed class PersonForm
{
    public string Number { get; set; } = "";

    public string Name { get; set; } = "";

    public Sex? Sex { get; set; }

    public DateOnly? BornOn { get; set; }

    public string Phone { get; set; } = "";

    public string Address { get; set; } = "";

    public Relation Relation { get; set; }

    public Residence Residence { get; set; }

    public DateOnly? PermitUntil { get; set; }

    public Employment Employment { get; set; }

    public Student Student { get; set; }

    public ScopeStatus ScopeStatus { get; set; }

    public OtherCover OtherCover { get; set; }

    /// <summary>The person that the form describes; null where a field is wrong, which is then said beside it.</summary>
    public NewPerson? Read(ModelStateDictionary state, string prefix, DateOnly today)
    {
        CitizenNumber? number = null;
        if (Number.Trim() is { Length: > 0 } text && !CitizenNumber.TryParse(text, out number, out var refusal))
            Wrong(nameof(Number), refusal.Text);
        if (!PersonName.TryParse(Name, out var name, out var nameRefusal))
            Wrong(nameof(Name), nameRefusal.Text);
        var phone = Phone.Trim();
        if (phone.Length > 0 && !People.IsPhone(phone))
            Wrong(nameof(Phone), "电话号码应为 7 至 12 位数字");
        if ((number?.Sex ?? Sex) is not { } sex)
            sex = Missing<Sex>(nameof(Sex), "没有证件号码时请选择性别");
        if ((number?.Birth ?? BornOn) is not { } born)
            born = Missing<DateOnly>(nameof(BornOn), "没有证件号码时请填写出生日期");
        else if (born > today)
            Wrong(nameof(BornOn), "出生日期在今天之后；请核对");
        if (number?.Birth is { } told && BornOn is { } written && told != written)
            Wrong(nameof(BornOn), $"与证件号码中的出生日期 {told:yyyy-MM-dd} 不一致；请核对");
        if (Residence == Residence.ResidencePermit && PermitUntil is null)
            Wrong(nameof(PermitUntil), "持居住证的，请填写居住证到期日");
        return state.IsValid ? new(number, name!, sex, born) { Phone = phone.Length == 0 ? null : phone, Status = Status() } : null;

        void Wrong(string field, string says) => state.AddModelError($"{prefix}.{field}", says);

        T Missing<T>(string field, string says)
            where T : struct
        {
            Wrong(field, says);
            return default;
        }
    }

    PersonStatusRow Status() => new()
    {
        Relation = Relation,
        Residence = Residence,
        PermitUntil = Residence == Residence.ResidencePermit ? PermitUntil : null,
        Employment = Employment,
        Student = Student,
        ScopeStatus = ScopeStatus,
        OtherCover = OtherCover,
        Address = Address.Trim(),
    };
}
