using Canbao.Policy.Facts;
using Canbao.Policy.Packs;
using Canbao.Policy.Plans;
using Canbao.Policy.Prove;
using Canbao.TestKit;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>Packs that the reader or the prover once misjudged.</summary>
public class MisjudgedPackTests
{
    [Fact]
    public void An_unclosed_brace_is_a_finding()
    {
        var (plan, findings) = Change("laishan-2022", "funders: finance", "funders: {finance: 100%");
        Assert.Null(plan);
        Assert.Equal("P101", Assert.Single(findings).Code);
    }

    [Fact]
    public void An_empty_key_is_a_finding()
    {
        var (plan, findings) = Change("baogou-2022", "  2: 缴费后满30日享受待遇", "  : 缴费后满30日享受待遇");
        Assert.Null(plan);
        Assert.Equal("P101", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_tab_is_found_in_its_line()
    {
        var (_, findings) = Change("baogou-2022", "  personal: {amount: 320.00", "\tpersonal: {amount: 320.00");
        Assert.InRange(Assert.Single(findings).At.Line, 40, 60);
    }

    [Fact]
    public void A_text_cut_short_is_wrong_within_its_lines()
    {
        var text = Packs.Text("laishan-2022")[..1021];
        var findings = new List<Finding>();
        Packs.Compile(text, "laishan-2022", findings);
        Assert.All(findings, finding => Assert.InRange(finding.At.Line, 1, text.Split('\n').Length));
    }

    [Theory]
    [InlineData("days: 2021-12-11..2022-12-31", "days: 2021-12-11..")]
    [InlineData("days: 2021-10-26..2021-12-10", "days: ..2021-12-10")]
    [InlineData("days: 2021-12-11..2022-12-31", "days: 2021-12-11..9022-12-31")]
    [InlineData("days: 2021-10-26..2021-12-10", "days: 0021-10-26..2021-12-10")]
    public void A_period_has_two_ends_about_its_year(string right, string wrong)
    {
        var (plan, findings) = Change("baogou-2022", right, wrong);
        Assert.Null(plan);
        Assert.NotEmpty(findings);
    }

    [Fact]
    public void Ages_are_counted_about_the_year()
    {
        var (plan, findings) = Change("lingyuan-2022", "age_counted_on: 2021-12-31", "age_counted_on: 0021-12-31");
        Assert.Null(plan);
        Assert.NotEmpty(findings);
    }

    [Theory]
    [InlineData("baogou-2022", "when: {first_time: yes, registered: no}", "when: {first_time: yes, registered: no}\n    answer: closed")]
    [InlineData("baogou-2022", "when: {scope_status: migrant_child}", "when: {scope_status: migrant_child}\n    during: [late]")]
    [InlineData("baogou-2022", "days: 2021-10-26..2021-12-10", "days: 2021-10-26..2021-12-10\n    during: [late]")]
    [InlineData("baogou-2022", "resident_pays: personal_part\n", "resident_pays: personal_part\n    answer: policy_pending\n")]
    [InlineData("laishan-2022", "needs: tier", "needs: tier\n    standard: tier_1")]
    [InlineData("lishi-2023", "aid: 315.00", "aid: 315.00\n    answer: policy_pending")]
    [InlineData("baogou-2022", "during: [central]\n    resident_pays", "during: []\n    resident_pays")]
    public void What_is_written_is_used_or_found(string pack, string right, string wrong)
    {
        var (plan, findings) = Change(pack, right, wrong);
        Assert.Null(plan);
        Assert.NotEmpty(findings);
    }

    [Fact]
    public void A_fault_is_found_once()
    {
        var (_, findings) = Change("baogou-2022", "subsidy: {amount: 580.00", "subsidy: {sum: 1, amount: 580.00");
        Assert.Single(findings);
    }

    [Fact]
    public void A_missing_list_is_named()
    {
        var text = Packs.Text("jincheng-2022");
        var findings = new List<Finding>();
        Packs.Compile(text[..text.IndexOf("\ncover:", StringComparison.Ordinal)] + "\n", "jincheng-2022", findings);
        Assert.Contains(findings, finding => finding.Text.Contains("cover", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mark_of_a_category_is_yes_or_true()
    {
        var text = File.ReadAllText(Repository.Path("policies", "categories.yaml"))
            .Replace("rural_low_income: true", "rural_low_income: yes");
        var findings = new List<Finding>();
        var catalogue = CatalogueReader.Read(text, "categories.yaml", findings);
        Assert.True(findings.Count > 0
            || catalogue!.SetOf("rural_low_income") == Packs.Load("baogou-2022").Pack.Catalogue.SetOf("rural_low_income"));
    }

    const string TwoWaysIn = """
          - id: resident
            says: 具有本地户籍的孤儿
            when: {residence: local_hukou, category: orphan}
            clause: 二(六)
            assumes: [26, 27]
          - id: permit
            says: 具有居住证的居民
            when: {residence: residence_permit}
        """;

    /// <summary>Two ways in, one of them only for orphans: who came in without being one has to be looked at too.</summary>
    [Fact]
    public void Everybody_admitted_is_proved_where_scope_asks_for_a_category()
    {
        var text = Packs.Text("laishan-2022");
        var from = text.IndexOf("  - id: resident\n", StringComparison.Ordinal);
        var to = text.IndexOf("    clause: 二(六)", from, StringComparison.Ordinal);
        text = $"{text[..from]}{TwoWaysIn}\n{text[to..]}";
        var plan = Packs.Compile(text, "laishan-2022", [])!;
        Assert.Empty(Prover.Prove(plan).Failures);
    }

    [Fact]
    public void A_gap_is_found_where_scope_asks_for_a_category()
    {
        var text = Packs.Text("laishan-2022");
        var from = text.IndexOf("  - id: resident\n", StringComparison.Ordinal);
        var to = text.IndexOf("    clause: 二(六)", from, StringComparison.Ordinal);
        text = $"{text[..from]}{TwoWaysIn}\n{text[to..]}".Replace("age: ..17", "age: ..16", StringComparison.Ordinal);
        var plan = Packs.Compile(text, "laishan-2022", [])!;
        var unclear = new PersonFacts { BirthDate = new(2004, 5, 1), PaidOn = new(2021, 10, 1), Residence = Residence.ResidencePermit };
        Assert.Throws<PolicyGapException>(() => plan.Assess(unclear));
        Assert.Contains(Prover.Prove(plan).Failures, failure => failure.Finding.Code == "P301");
    }

    [Fact]
    public void Cover_from_an_empty_day_is_found_though_it_is_not_before_the_year()
    {
        var (plan, _) = Change("laishan-2022", "from: year_start", "from: registration_or_school_entry\n    not_before_year: yes");
        Assert.Contains(Prover.Prove(plan!).Failures, failure => failure.Finding.Code == "P307");
    }

    [Fact]
    public void A_gap_does_not_make_the_rules_before_it_unreachable()
    {
        var (plan, _) = Change("laishan-2022",
            "    during: late\n    from: payment_day", "    during: late\n    when: {born: 2023-01-01..}\n    from: payment_day");
        Assert.DoesNotContain(Prover.Prove(plan!).Failures,
            failure => failure.Finding.Code == "P306" && failure.Finding.Text.Contains("payment", StringComparison.Ordinal));
    }

    static (Plan? Plan, List<Finding> Findings) Change(string pack, string right, string wrong)
    {
        var text = Packs.Text(pack);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at > 0, right);
        var findings = new List<Finding>();
        return (Packs.Compile(string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length)), pack, findings), findings);
    }
}
