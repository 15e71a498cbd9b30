using Canbao.Core.Assessment.Dues;
using Canbao.Core.Work;
using Canbao.Core.Work.Residents;
using Canbao.Policy;
using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;
using Canbao.Web.Pieces;

namespace Canbao.Web.Pages;

/// <summary>How a resident reads what is owed for a year.</summary>
/// <param name="File">What the resident sees.</param>
/// <param name="Year">The year.</param>
sealed record MyDueModel(ResidentFile File, InsuranceYear Year)
{
    DueQuote? Quote => File.Own.Quote;

    /// <summary>Whether nothing is left to be told of the amount: it is paid.</summary>
    public bool IsSettled => File.Own.Payment is not null;

    /// <summary>The answer in a few words.</summary>
    public string Headline => File.Own switch
    {
        { Payment: { } paid } => $"已缴 {Money.FromFen(paid.Amount)} 元（{Shown.Day(paid.PaidOn)}）",
        { Member.IsEnrolled: false } => $"还没有登记 {Year} 年度参保；请先到所在村（社区）登记",
        { NeedsTier: true } => "还没有选缴费档次；请先到所在村（社区）选档",
        { Owes: { } due } => $"应缴 {due} 元",
        { IsFree: true } => "个人不用缴费，由他方全额承担",
        _ => Quote is { } quote ? DueText.Outcome(quote.Verdict.Outcome) : "暂时不能核定；请到所在村（社区）询问",
    };

    /// <summary>The sentence of the pack.</summary>
    public string Sentence => Quote?.Explanation?.Sentence ?? Headline;

    /// <summary>The last payment day, inclusive, before something changes; null where nothing does.</summary>
    public DateOnly? Until => Quote?.Explanation?.ByDay is [{ From: { } from }, ..] ? from.AddDays(-1) : null;

    /// <summary>What later payment days would mean.</summary>
    public IReadOnlyList<(string Says, string Then)> ByDay =>
        [.. (Quote?.Explanation?.ByDay ?? []).Select(other => (other.Says, Then(other.Answer)))];

    /// <summary>The days of cover, both inclusive, if it is paid today; null where there are none.</summary>
    public (DateOnly From, DateOnly Until)? CoverIfPaid =>
        File.Own.Owes is not null && Quote?.Answer is { } answer && answer.CoverFrom != PersonFacts.NoDate
            ? (answer.CoverFrom, answer.CoverTo)
            : null;

    /// <summary>A clause as the notice numbers it, without the prefix that tells notices apart here.</summary>
    public static string Clause(FundedPart part) => part.Clause[(part.Clause.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>The notice.</summary>
    public string Notice => Quote?.Plan is { } plan ? $"{plan.Pack.Notice.Title}（{plan.Pack.Notice.Number}）" : "";

    /// <summary>The clauses that decided.</summary>
    public IReadOnlyList<Clause> Clauses => Quote is { Plan: { } plan, Explanation: { } why }
        ? [.. plan.Pack.Clauses.Where(clause => why.Answer.Verdict.Clauses.Contains(plan.Pack.Cite(clause.Id)))]
        : [];

    /// <summary>What a family member owes, and no reason.</summary>
    public static string Short(MemberFile one) => one switch
    {
        { Payment: { } paid } => $"已缴 {Money.FromFen(paid.Amount)} 元",
        { Member.IsEnrolled: false } => "未登记",
        { Owes: { } due } => $"应缴 {due} 元",
        { IsFree: true } => "不用缴费",
        _ => "暂不能缴",
    };

    static string Then(Answer answer) =>
        answer.Verdict.Needs is not null || answer.Verdict.Outcome != Outcome.Due ? answer.Verdict.Outcome.Chinese()
        : (answer.Verdict.PersonalDue == Money.Zero ? "本人不用缴" : $"应缴 {answer.Verdict.PersonalDue} 元")
            + (answer.CoverFrom == PersonFacts.NoDate ? "，本年度没有待遇" : $"，待遇自 {Shown.Day(answer.CoverFrom)} 起");
}
