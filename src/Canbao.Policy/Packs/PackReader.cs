using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>Reads a pack's YAML into a <see cref="Pack"/>, or says everything that is wrong with it.</summary>
public sealed class PackReader
{
    static readonly string[] TopKeys =
    [
        "policy", "place", "clause_prefix", "insurance_year", "age_counted_on", "notice", "payers", "clauses", "assumptions",
        "standards", "subsidy", "scope", "registration", "periods", "personal_standard", "payment", "assistance",
        "several_grounds", "cover", "refunds", "newly_exempt",
    ];

    readonly Dictionary<string, YamlField> fields;
    readonly RuleReader rules;
    readonly ConditionReader conditions;
    readonly CategoryCatalogue catalogue;
    readonly ImmutableArray<Payer> payers;
    readonly ImmutableArray<Standard> standards;
    readonly InsuranceYear year;
    readonly bool isYearKnown;
    readonly DateOnly ageCountedOn;
    readonly string file;

    PackReader(YamlField root, CategoryCatalogue catalogue, string file)
    {
        fields = root.Fields(TopKeys);
        this.file = file;
        this.catalogue = catalogue;
        var before = root.Findings.Count;
        year = new InsuranceYear(fields["insurance_year"].Number(2000, 2199));
        isYearKnown = root.Findings.Count == before;
        ageCountedOn = ReadAgeCountedOn(fields["age_counted_on"]);
        conditions = new ConditionReader(catalogue, ageCountedOn);
        rules = new RuleReader(fields["clauses"], fields["assumptions"], conditions);
        payers = [.. fields["payers"].Fields([]).Select(entry => new Payer(entry.Key, entry.Value.Text()))];
        standards = [.. fields["standards"].Fields([]).Select(entry => ReadStandard(entry.Key, entry.Value))];
    }

    /// <summary>Reads a pack; null where there are findings.</summary>
    /// <param name="text">The pack's text.</param>
    /// <param name="file">Its file, for findings.</param>
    /// <param name="catalogue">The categories.</param>
    /// <param name="catalogueText">The catalogue's text, which counts in the pack's hash.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static Pack? Read(string text, string file, CategoryCatalogue catalogue, string catalogueText, List<Finding> findings)
    {
        var before = findings.Count;
        if (YamlField.Read(text, file, findings) is not { } root)
            return null;
        var pack = new PackReader(root, catalogue, file).ReadPack(Hash(text, catalogueText));
        if (findings.Count == before)
            PackReferences.Check(pack, findings);
        return findings.Count > before ? null : pack;
    }

    static string Hash(string text, string catalogueText)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(catalogueText)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    Pack ReadPack(string hash)
    {
        // Assistance first: `listed` in other conditions stands for the categories that its rules name.
        var assistance = rules.List(fields["assistance"], ["resident_pays", "aid", "funders", "answer"], ReadAssistance, required: false);
        conditions.ListedCategories = assistance.SelectMany(rule => rule.Head.When).OfType<Question.HoldsCategory>()
            .Aggregate(0UL, (set, question) => set | question.Set);
        var notice = fields["notice"].Fields("number", "title", "issuer");
        var subsidy = fields["subsidy"].Fields("amount", "of_which", "says", "clause", "assumes");
        return new Pack
        {
            Id = fields["policy"].Text(),
            Place = fields["place"].Text(),
            ClausePrefix = fields["clause_prefix"].Text(),
            Year = year,
            AgeCountedOn = ageCountedOn,
            Notice = new Notice(notice["number"].Text(), notice["title"].Text(), notice["issuer"].Text()),
            Unfilled = [.. notice.Values.Where(IsUnfilled).Select(Unfilled)],
            Payers = payers,
            Clauses = rules.Clauses,
            Assumptions = rules.Assumptions,
            Standards = standards,
            Subsidy = subsidy["amount"].Amount(),
            SubsidyParts = ReadSubsidyParts(subsidy["of_which"], subsidy["amount"].Amount()),
            SubsidySource = rules.Source(fields["subsidy"], subsidy),
            Scope = rules.List(fields["scope"], ["answer"], ReadScope, byPeriod: false),
            Registration = rules.List(fields["registration"], [], _ => Outcome.NotRegistered, required: false, byPeriod: false),
            Periods = rules.List(fields["periods"], ["days", "answer"], rule => ReadPeriod(rule), byPeriod: false),
            PersonalStandard = rules.List(fields["personal_standard"], ["standard", "needs"], ReadPersonalStandard),
            Payment = rules.List(fields["payment"], ["resident_pays", "assistance", "answer"], ReadPayment),
            Assistance = assistance,
            SeveralGrounds = ReadSeveralGrounds(),
            Cover = rules.List(fields["cover"], ["from", "waiting_days", "not_before_year"], ReadCover),
            Refunds = rules.List(fields["refunds"], ["until"], ReadRefund, required: false),
            NewlyExempt = ReadNewlyExempt(),
            Catalogue = catalogue,
            File = file,
            Hash = hash,
        };
    }

    NewlyExemptRefund? ReadNewlyExempt()
    {
        if (!fields["newly_exempt"].IsGiven)
            return null;
        var given = fields["newly_exempt"].Fields("listed", "says", "clause", "assumes");
        return new(given["listed"].Days(), rules.Source(fields["newly_exempt"], given));
    }

    DateOnly ReadAgeCountedOn(YamlField field)
    {
        var before = field.Findings.Count;
        var day = field.Day();
        if (field.Findings.Count == before && Math.Abs(day.Year - year.Year) <= 1)
            return day;
        if (field.Findings.Count == before && isYearKnown)
            field.Fault("P115", $"周岁计算日 {day:yyyy-MM-dd} 与保险年度 {year.Year} 相差过远；请核对年份");
        return year.FirstDay.AddDays(-1);
    }

    static bool IsUnfilled(YamlField field) => field.IsGiven && !field.IsMapping && !field.IsList
        && field.Text().StartsWith(PackClone.Unfilled, StringComparison.Ordinal);

    Finding Unfilled(YamlField field) =>
        new("P421", file, field.At, $"notice 的“{field.Name}”还是“{PackClone.Unfilled}”；请按新文件填写，填写前不能绑定");

    static Standard ReadStandard(string id, YamlField field)
    {
        var standard = field.Fields("amount", "says");
        return new Standard(id, standard["says"].Text(), standard["amount"].Amount());
    }

    SeveralGrounds ReadSeveralGrounds()
    {
        if (!fields["several_grounds"].IsGiven)
            return new SeveralGrounds(null, []);
        var several = fields["several_grounds"].Fields("clause", "assumes");
        return new SeveralGrounds(several["clause"].IsGiven ? rules.Cited(several["clause"]) : null, rules.Assumed(several["assumes"]));
    }

    static Outcome? ReadScope(Dictionary<string, YamlField> rule) => !rule["answer"].IsGiven
        ? null
        : rule["answer"].OneOf("duplicate_cover、out_of_scope", text => text switch
        {
            "duplicate_cover" => Outcome.DuplicateCover,
            "out_of_scope" => (Outcome?)Outcome.OutOfScope,
            _ => null,
        });

    PeriodResult ReadPeriod(Dictionary<string, YamlField> rule)
    {
        var before = rule["days"].Findings.Count;
        var days = rule["days"].Days();
        if (isYearKnown && rule["days"].Findings.Count == before
            && (days.From < year.FirstDay.AddYears(-1) || days.To > year.LastDay.AddYears(1)))
            rule["days"].Fault("P115", $"缴费期 {days} 应有起止日，且在保险年度 {year.Year} 及其前后一年之内；请核对年份");
        return new PeriodResult(days, ReadPeriodAnswer(rule));
    }

    DateOnly ReadRefund(Dictionary<string, YamlField> rule)
    {
        var before = rule["until"].Findings.Count;
        var day = rule["until"].Day();
        if (isYearKnown && rule["until"].Findings.Count == before && Math.Abs(day.Year - year.Year) > 1)
            rule["until"].Fault("P115", $"退费截止日 {day:yyyy-MM-dd} 与保险年度 {year.Year} 相差过远；请核对年份");
        return day;
    }

    static Outcome ReadPeriodAnswer(Dictionary<string, YamlField> rule) =>
        !rule["answer"].IsGiven ? Outcome.Due : rule["answer"].OneOf("not_open、closed、policy_pending", text => text switch
        {
            "not_open" => Outcome.NotOpen,
            "closed" => Outcome.Closed,
            "policy_pending" => (Outcome?)Outcome.PolicyPending,
            _ => null,
        });

    StandardResult ReadPersonalStandard(Dictionary<string, YamlField> rule)
    {
        RefuseBeside(rule, "needs", "standard");
        if (rule["needs"].IsGiven)
            return new StandardResult(null, rule["needs"].OneOf("tier", text => text == "tier" ? (int?)1 : null) == 1 ? "tier" : null);
        var id = rule["standard"].Text();
        var standard = standards.FirstOrDefault(candidate => candidate.Id == id);
        if (standard is null && id.Length > 0)
            rule["standard"].Fault("P202", $"缴费标准“{id}”没有写在 standards 中；可写：{string.Join("、", standards.Select(known => known.Id))}");
        return new StandardResult(standard, null);
    }

    static PaymentResult ReadPayment(Dictionary<string, YamlField> rule)
    {
        RefuseBeside(rule, "answer", "resident_pays", "assistance");
        if (rule["answer"].IsGiven)
            return new PaymentResult(ReadPending(rule["answer"]), false, false);
        var both = rule["resident_pays"].OneOf("personal_part、personal_part_and_subsidy",
            text => text switch { "personal_part" => (bool?)false, "personal_part_and_subsidy" => true, _ => null });
        var assisted = !rule["assistance"].IsGiven
            || rule["assistance"].OneOf("applies、none", text => text switch { "applies" => (bool?)true, "none" => false, _ => null });
        return new PaymentResult(false, both, assisted);
    }

    AssistanceResult ReadAssistance(Dictionary<string, YamlField> rule)
    {
        RefuseBeside(rule, "answer", "resident_pays", "aid", "funders");
        if (!rule["answer"].IsGiven)
            return new AssistanceResult(ReadResidentPart(rule), ReadFunders(rule["funders"]));
        ReadPending(rule["answer"]);
        return new AssistanceResult(null, []);
    }

    /// <summary>A key that says all there is to say leaves no room for others.</summary>
    static void RefuseBeside(Dictionary<string, YamlField> rule, string key, params ReadOnlySpan<string> others)
    {
        foreach (var other in others)
            if (rule[key].IsGiven && rule[other].IsGiven)
                rule[other].Fault("P116", $"写了“{key}”就不能再写“{other}”；请只留一个");
    }

    static bool ReadPending(YamlField answer) =>
        answer.OneOf("policy_pending", text => text == "policy_pending" ? (bool?)true : null);

    static ResidentPart ReadResidentPart(Dictionary<string, YamlField> rule)
    {
        Money? aid = rule["aid"].IsGiven ? rule["aid"].Amount() : null;
        if (!rule["resident_pays"].IsGiven && aid is { } fixedAid)
            return new ResidentPart(ResidentPartKind.FixedAid, fixedAid, 0, null);
        if (rule["resident_pays"].IsGiven && rule["resident_pays"].Text().EndsWith('%'))
            return new ResidentPart(ResidentPartKind.Share, Money.Zero, rule["resident_pays"].Percent(), aid);
        return new ResidentPart(ResidentPartKind.FixedPay, rule["resident_pays"].Amount("；按比例的写百分比，如 40%"), 0, aid);
    }

    ImmutableArray<FunderShare> ReadFunders(YamlField field)
    {
        if (!field.IsMapping)
            return [new FunderShare(PayerIndex(field, field.Text()), 100)];
        var shares = field.Fields([]).Select(entry => new FunderShare(PayerIndex(entry.Value, entry.Key), entry.Value.Percent()))
            .OrderBy(share => share.Payer).ToImmutableArray();
        var total = shares.Sum(share => share.Percent);
        if (total != 100)
            field.Fault("P112", $"各方承担比例合计应为 100%，现为 {total}%");
        return shares;
    }

    ImmutableArray<FundingPart> ReadSubsidyParts(YamlField field, Money subsidy)
    {
        if (!field.IsGiven)
            return [];
        ImmutableArray<FundingPart> parts =
            [.. field.Fields([]).Select(entry => new FundingPart(
                payers.ElementAtOrDefault(PayerIndex(entry.Value, entry.Key)) ?? new("", ""), entry.Value.Amount()))];
        var stated = parts.Aggregate(Money.Zero, (sum, part) => sum + part.Amount);
        if (stated > subsidy)
            field.Fault("P118", $"of_which 各方合计 {stated} 元，超过财政补助标准 {subsidy} 元；请核对文件");
        return parts;
    }

    int PayerIndex(YamlField field, string code)
    {
        var index = payers.Select(payer => payer.Code).ToList().IndexOf(code);
        if (index < 0 && code.Length > 0)
            field.Fault("P203", $"承担方“{code}”没有写在 payers 中；可写：{string.Join("、", payers.Select(payer => payer.Code))}");
        return Math.Max(index, 0);
    }

    static CoverResult ReadCover(Dictionary<string, YamlField> rule) => new(
        rule["from"].OneOf("year_start、payment_day、birth、registration_or_school_entry", text => text switch
        {
            "year_start" => CoverStart.YearStart,
            "payment_day" => CoverStart.PaymentDay,
            "birth" => CoverStart.Birth,
            "registration_or_school_entry" => (CoverStart?)CoverStart.RegistrationOrSchoolEntry,
            _ => null,
        }),
        rule["waiting_days"].IsGiven ? rule["waiting_days"].Number(1, 366) : null,
        rule["not_before_year"].IsGiven && rule["not_before_year"].YesOrNo());
}
