using System.Collections.Immutable;
using Canbao.Policy.Facts;
using Canbao.Policy.Plans;
using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>The notice that a pack puts into rules.</summary>
/// <param name="Number">The document number, such as <c>鲍政发〔2021〕21号</c>.</param>
/// <param name="Title">The title.</param>
/// <param name="Issuer">The issuing office.</param>
public sealed record Notice(string Number, string Title, string Issuer);

/// <summary>One who bears a part of the personal standard.</summary>
/// <param name="Code">The contract's code.</param>
/// <param name="Chinese">The name shown.</param>
public sealed record Payer(string Code, string Chinese);

/// <summary>A clause and what it says in a line.</summary>
/// <param name="Id">The id without the notice's prefix.</param>
/// <param name="Gist">What it says.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record Clause(string Id, string Gist, SourcePlace At);

/// <summary>A reading where the notice is silent or unclear.</summary>
/// <param name="Number">The decision's number.</param>
/// <param name="Says">How the pack reads it.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record Assumption(int Number, string Says, SourcePlace At);

/// <summary>What is cited when more than one ground of assistance fits.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Assumes">Numbers of assumptions.</param>
public sealed record SeveralGrounds(string? Clause, ImmutableArray<int> Assumes);

/// <summary>
/// One place's rules for one insurance year, as read from a pack folder: complete and well-formed, not yet proved. Lists of rules
/// are in file order, which is the order in which they are tried.
/// </summary>
public sealed record Pack
{
    /// <summary>The pack's name, such as <c>baogou-2022</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The place.</summary>
    public required string Place { get; init; }

    /// <summary>What stands before clause ids in <c>clauses.yaml</c>.</summary>
    public required string ClausePrefix { get; init; }

    /// <summary>The year of cover.</summary>
    public required InsuranceYear Year { get; init; }

    /// <summary>The day on which ages are counted (decision 7).</summary>
    public required DateOnly AgeCountedOn { get; init; }

    /// <summary>The notice.</summary>
    public required Notice Notice { get; init; }

    /// <summary>Who may bear a part, in the order in which the remainder of rounding is passed on.</summary>
    public required ImmutableArray<Payer> Payers { get; init; }

    /// <summary>The clauses that rules cite.</summary>
    public required ImmutableArray<Clause> Clauses { get; init; }

    /// <summary>The readings that rules rest on.</summary>
    public required ImmutableArray<Assumption> Assumptions { get; init; }

    /// <summary>Personal standards by name.</summary>
    public required ImmutableArray<Standard> Standards { get; init; }

    /// <summary>The fiscal subsidy per person and year.</summary>
    public required Money Subsidy { get; init; }

    /// <summary>What some payers bear of the subsidy, where the notice says so; the rest is not divided in it.</summary>
    public ImmutableArray<FundingPart> SubsidyParts { get; init; } = [];

    /// <summary>Where the subsidy's amount comes from.</summary>
    public required RuleHead SubsidySource { get; init; }

    /// <summary>Who is in the scheme: null is in scope; else duplicate cover or out of scope.</summary>
    public required ImmutableArray<Rule<Outcome?>> Scope { get; init; }

    /// <summary>Who has to be registered before paying.</summary>
    public required ImmutableArray<Rule<Outcome>> Registration { get; init; }

    /// <summary>What each day answers.</summary>
    public required ImmutableArray<Rule<PeriodResult>> Periods { get; init; }

    /// <summary>The personal standard of each person.</summary>
    public required ImmutableArray<Rule<StandardResult>> PersonalStandard { get; init; }

    /// <summary>What the resident pays in each period.</summary>
    public required ImmutableArray<Rule<PaymentResult>> Payment { get; init; }

    /// <summary>Grounds of assistance, in clause order.</summary>
    public required ImmutableArray<Rule<AssistanceResult>> Assistance { get; init; }

    /// <summary>What is cited when several grounds fit.</summary>
    public required SeveralGrounds SeveralGrounds { get; init; }

    /// <summary>When cover begins.</summary>
    public required ImmutableArray<Rule<CoverResult>> Cover { get; init; }

    /// <summary>The last day on which a payment can be refunded.</summary>
    public required ImmutableArray<Rule<DateOnly>> Refunds { get; init; }

    /// <summary>Who gets back what was paid before a list took it off them; null where the notice does not say.</summary>
    public NewlyExemptRefund? NewlyExempt { get; init; }

    /// <summary>The categories known to the pack.</summary>
    public required CategoryCatalogue Catalogue { get; init; }

    /// <summary>The file the pack was read from.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the pack's file and the catalogue's, in lower-case hex: with the facts it replays an answer.</summary>
    public required string Hash { get; init; }

    /// <summary>What has to be filled in before the pack may be bound (P421): a clone names no notice yet.</summary>
    public ImmutableArray<Finding> Unfilled { get; init; } = [];

    /// <summary>A clause id with the notice's prefix, as <c>clauses.yaml</c> has it.</summary>
    public string Cite(string clause) => $"{ClausePrefix} {clause}";
}
