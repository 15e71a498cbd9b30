using System.Text;

namespace Canbao.Policy.Facts;

/// <summary>Facts as people read them.</summary>
public static class FactsText
{
    /// <summary>A person and a payment in Chinese words, leaving out what is empty.</summary>
    public static string Chinese(in PersonFacts facts, CategoryCatalogue catalogue)
    {
        var parts = new List<string> { $"{facts.BirthDate:yyyy-MM-dd}出生" };
        foreach (var (codes, value) in Coded(facts))
            if (codes == CodeSet.Residence || value != 0)
                parts.Add(codes == CodeSet.FirstTime ? codes.Chinese : codes.Values[value].Chinese);
        if (facts.Categories != 0)
            parts.Add(catalogue.NamesOf(facts.Categories));
        AddDay("入学", facts.SchoolEntryDate);
        AddDay("职工医保停保", facts.EmployeeCoverEnded);
        AddDay("登记", facts.RegisteredOn);
        AddDay("缴费", facts.PaidOn);
        return string.Join('，', parts);

        void AddDay(string what, DateOnly day)
        {
            if (day != PersonFacts.NoDate)
                parts.Add($"{day:yyyy-MM-dd}{what}");
        }
    }

    /// <summary>The options of <c>canbao explain</c> that give these facts.</summary>
    public static string Options(in PersonFacts facts, CategoryCatalogue catalogue)
    {
        var text = new StringBuilder();
        Add("birth_date", Day(facts.BirthDate));
        foreach (var (codes, value) in Coded(facts))
            if (value != 0)
                Add(codes.Column, codes.Values[value].Text);
        Add("categories", facts.Categories == 0 ? "" : $"'{catalogue.CodesOf(facts.Categories)}'");
        Add("school_entry_date", Day(facts.SchoolEntryDate));
        Add("employee_cover_ended", Day(facts.EmployeeCoverEnded));
        Add("registered_on", Day(facts.RegisteredOn));
        Add("paid_on", Day(facts.PaidOn));
        return text.ToString().TrimEnd();

        void Add(string column, string value)
        {
            if (value.Length > 0)
                text.Append($"--{column.Replace('_', '-')} {value} ");
        }
    }

    static string Day(DateOnly day) => day == PersonFacts.NoDate ? "" : day.ToString("yyyy-MM-dd");

    static (CodeSet Codes, int Value)[] Coded(in PersonFacts facts) =>
    [
        (CodeSet.Residence, (int)facts.Residence), (CodeSet.Employment, (int)facts.Employment), (CodeSet.Student, (int)facts.Student),
        (CodeSet.ScopeStatus, (int)facts.ScopeStatus), (CodeSet.Tier, facts.Tier), (CodeSet.OtherCover, (int)facts.OtherCover),
        (CodeSet.FirstTime, facts.FirstTime ? 1 : 0),
    ];
}
