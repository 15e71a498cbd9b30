using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Vocabulary;

namespace Canbao.Policy.Cases;

/// <summary>Reads <c>cases.yaml</c>.</summary>
public static class CaseReader
{
    /// <summary>The file beside a pack's <c>policy.yaml</c>.</summary>
    public const string CaseFile = "cases.yaml";

    static readonly string[] PersonKeys =
    [
        "birth_date", "paid_on", "registered_on", "employee_cover_ended", "school_entry_date", "categories",
        .. CodeSet.All.Select(codes => codes.Column),
    ];

    static readonly string[] AnswerKeys =
    [
        "outcome", "personal_due", "funding", "subsidy", "coverage_from", "coverage_to", "refundable_until",
        PolicyCase.Deciding, PolicyCase.Refused,
    ];

    /// <summary>Reads the cases' text; what is wrong is added to the findings.</summary>
    public static ImmutableArray<PolicyCase> Read(string text, string file, CategoryCatalogue catalogue, List<Finding> findings)
    {
        if (YamlField.Read(text, file, findings) is not { } root)
            return [];
        if (!root.IsList)
            root.Fault("P401", "文件应为案例的列表，每条以“- case:”开头");
        return [.. root.Items().Where(item => item.IsMapping).Select(item => ReadCase(item, catalogue))];
    }

    static PolicyCase ReadCase(YamlField item, CategoryCatalogue catalogue)
    {
        var fields = item.Fields("case", "clauses", "person", "answer", PolicyCase.Deciding);
        var answer = fields["answer"].Fields(AnswerKeys).Where(entry => entry.Value.IsGiven)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.IsList
                ? string.Join(';', entry.Value.Items().Select(part => part.Text()))
                : entry.Value.Text());
        if (fields[PolicyCase.Deciding].IsGiven)
            answer = answer.Add(PolicyCase.Deciding, string.Join(';', fields[PolicyCase.Deciding].Items().Select(part => part.Text())));
        var clauses = fields["clauses"].Items().Select(clause => clause.Text()).ToImmutableArray();
        if (clauses.IsEmpty)
            fields["clauses"].Fault("P402", "案例没有注明所证明的条款；请补写 clauses");
        return new PolicyCase(fields["case"].Text(), clauses, ReadPerson(fields["person"], catalogue), answer, item.At);
    }

    static PersonFacts ReadPerson(YamlField person, CategoryCatalogue catalogue)
    {
        var fields = person.Fields(PersonKeys);
        var categories = 0UL;
        foreach (var code in fields["categories"].Items())
        {
            var index = catalogue.IndexOf(code.Text());
            if (index >= 0)
                categories |= 1UL << index;
            else
                code.Fault("P201", "人员类别代码不在 categories.yaml 中；请核对");
        }

        var facts = new PersonFacts
        {
            BirthDate = fields["birth_date"].Day(),
            PaidOn = fields["paid_on"].Day(),
            RegisteredOn = OptionalDay("registered_on"),
            EmployeeCoverEnded = OptionalDay("employee_cover_ended"),
            SchoolEntryDate = OptionalDay("school_entry_date"),
            Residence = (Residence)Coded(CodeSet.Residence),
            Employment = (Employment)Coded(CodeSet.Employment),
            Student = (Student)Coded(CodeSet.Student),
            ScopeStatus = (ScopeStatus)Coded(CodeSet.ScopeStatus),
            OtherCover = (OtherCover)Coded(CodeSet.OtherCover),
            Tier = (byte)Coded(CodeSet.Tier),
            FirstTime = Coded(CodeSet.FirstTime) == 1,
            Categories = categories,
        };
        if (facts.FindContradiction() is { } fault)
            person.Fault("P403", fault.Reason);
        return facts;

        DateOnly OptionalDay(string key) => fields[key].IsGiven ? fields[key].Day() : PersonFacts.NoDate;

        int Coded(CodeSet codes) => !fields[codes.Column].IsGiven
            ? 0
            : fields[codes.Column].OneOf(string.Join("、", codes.Values.Select((_, i) => codes.PackText(i))),
                text => codes.IndexInPack(text) is >= 0 and var index ? (int?)index : null);
    }
}
