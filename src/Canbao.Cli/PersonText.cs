using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Core.Work;
using Canbao.Core.Work.Timelines;
using Canbao.Vocabulary;

namespace Canbao.Cli;

/// <summary>A person as text for a terminal; numbers stay masked.</summary>
sealed class PersonText(TextWriter output, People people, UnitTree tree, CategoryNames categories)
{
    public void Write(PersonFile file, Timeline timeline, InsuranceYear explained)
    {
        WriteIdentity(file);
        WriteYears(file);
        WriteCategories(file);
        foreach (var paper in file.Attachments)
            output.WriteLine($"材料  {PersonAttachments.Chinese(paper.Kind)}  {paper.Name}  "
                + $"{paper.At.ToOffset(BusinessDay.Offset):yyyy-MM-dd}");
        if (file.Open.FirstOrDefault(year => year.Year == explained)?.Quote is { Plan: { } plan, Explanation: { } explanation })
        {
            output.WriteLine();
            ExplanationText.Write(output, plan, explanation);
        }

        output.WriteLine();
        output.WriteLine("经过（新的在前）");
        foreach (var entry in timeline.Entries)
            output.WriteLine($"  {entry.At.ToOffset(BusinessDay.Offset):yyyy-MM-dd HH:mm}  {entry.What}  {entry.Detail}"
                + (entry.Clauses.Length > 0 ? $"（{entry.Clauses}）" : "")
                + (entry.HasTime ? $"  〔{entry.Account}：{entry.Reason}〕" : ""));
    }

    void WriteIdentity(PersonFile file)
    {
        var (person, status, unit) = file.Found;
        output.WriteLine($"{person.Name}  {person.NumberMask}  {RegistryWords.Sexes[person.Sex]}  {Day(person.BornOn)} 出生"
            + (person.DiedOn is { } died ? $"  {Day(died)} 死亡" : ""));
        output.WriteLine($"  单位  {unit.Name}");
        output.WriteLine($"  住址  {status.Address}");
        output.WriteLine($"  电话  {people.PhoneMask(person, status) ?? "—"}");
        foreach (var span in file.Statuses)
            output.WriteLine($"  {Day(span.FromDay)} 至 {Day(span.UntilDay)}  {UnitName(span.Unit)}  "
                + string.Join("，", new[]
                {
                    RegistryWords.Residences[span.Residence], $"就业 {RegistryWords.Employments[span.Employment]}",
                    $"在学 {RegistryWords.Students[span.Student]}", $"外地参保 {RegistryWords.OtherCovers[span.OtherCover]}",
                }));
    }

    void WriteYears(PersonFile file)
    {
        output.WriteLine();
        foreach (var year in file.Years)
        {
            var enrolled = year.Enrolment is not { } row ? "未登记"
                : $"{RegistryWords.Enrolment(row.Kind)} {Day(row.RegisteredOn)}"
                    + (row.EndedOn is { } ended ? $"，{Day(ended)} 注销：{row.EndReason}" : "");
            var due = year.Quote is not { } quote ? ""
                : quote.Personal is { } amount ? $"  应缴 {amount} 元"
                : $"  {DueText.Outcome(quote.Verdict.Outcome)}";
            var paid = year.Payment is not { } payment ? ""
                : $"  已缴 {Money.FromFen(payment.Amount)} 元（{Day(payment.PaidOn)} {ActWords.Channel(payment.Channel)} {payment.ReceiptNo}）";
            var cover = string.Concat(year.Covers.Select(span => $"  待遇 {Day(span.FromDay)} 至 {Day(span.UntilDay)}"));
            output.WriteLine($"{year.Year}年度  {enrolled}{due}{paid}{cover}");
        }
    }

    void WriteCategories(PersonFile file)
    {
        if (file.Categories.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("人员类别");
        foreach (var span in file.Categories)
            output.WriteLine($"  {categories.Chinese(span.Category)}  {Departments.Chinese(span.Department)}  "
                + $"{Day(span.FromDay)} 至 {Day(span.UntilDay)}");
    }

    string UnitName(string code) => tree.Find(code)?.Name ?? code;

    static string Day(DateOnly? day) => day is null ? "今" : $"{day:yyyy-MM-dd}";
}
