using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Packs;

/// <summary>
/// One yes-or-no question about a person and a payment: the closed vocabulary of conditions. Packs cannot say anything else, which
/// is what lets a pack be proved over its whole domain. Two questions that ask the same are equal.
/// </summary>
public abstract record Question
{
    Question()
    {
    }

    /// <summary>The question as a Chinese clause that is true of the people it takes in.</summary>
    public abstract string Chinese(CategoryCatalogue catalogue);

    /// <summary>Whether the answer is yes. The compiled plan answers by tables; this is the definition they are made from.</summary>
    public abstract bool Holds(in PersonFacts facts);

    /// <summary>Is a coded fact one of some values?</summary>
    /// <param name="Codes">The fact.</param>
    /// <param name="Set">Bit <c>i</c> is set where value <c>i</c> answers yes.</param>
    public sealed record OneOf(CodeSet Codes, uint Set) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => Codes == CodeSet.FirstTime && Set == 2
            ? "首次参保"
            : $"{Codes.Chinese}为{string.Join('、', Codes.Values.Where((_, index) => (Set >> index & 1) != 0).Select(code => code.Chinese))}";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => (Set >> ValueOf(facts) & 1) != 0;

        int ValueOf(in PersonFacts facts) => Codes.Column switch
        {
            "residence" => (int)facts.Residence,
            "employment" => (int)facts.Employment,
            "student" => (int)facts.Student,
            "scope_status" => (int)facts.ScopeStatus,
            "tier" => facts.Tier,
            "other_cover" => (int)facts.OtherCover,
            "first_time" => facts.FirstTime ? 1 : 0,
            _ => throw new InvalidOperationException($"No fact is called {Codes.Column}."),
        };
    }

    /// <summary>Does the person hold any of some assisted categories?</summary>
    /// <param name="Set">The categories.</param>
    /// <param name="IsListed">Whether they are given as all those that the pack's assistance names (decision 6).</param>
    public sealed record HoldsCategory(ulong Set, bool IsListed = false) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => IsListed
            ? "属于资助条款所列人员"
            : $"属于{catalogue.Groups.FirstOrDefault(group => group.Set == Set)?.Chinese ?? catalogue.NamesOf(Set)}";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => (facts.Categories & Set) != 0;
    }

    /// <summary>Was the person born within these days, both inclusive? Ages are asked this way too.</summary>
    /// <param name="Days">The births.</param>
    public sealed record BornIn(DateRange Days) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => $"{ChineseDates.Range(Days)}出生";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => Days.Contains(facts.BirthDate);
    }

    /// <summary>Is the payment day within these days, both inclusive?</summary>
    /// <param name="Days">The payment days.</param>
    public sealed record PaidIn(DateRange Days) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => $"{ChineseDates.Range(Days)}缴费";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => Days.Contains(facts.PaidOn);
    }

    /// <summary>Is the payment day one of these days of its month, both inclusive?</summary>
    /// <param name="From">First day of the month, 1 to 31.</param>
    /// <param name="To">Last day of the month, 1 to 31.</param>
    public sealed record PaidOnDayOfMonth(int From, int To) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => $"每月{From}日至{To}日缴费";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => facts.PaidOn.Day >= From && facts.PaidOn.Day <= To;
    }

    /// <summary>Is the payment day within a time after birth, its last day included (decision 5's way of counting)?</summary>
    /// <param name="Limit">The time.</param>
    public sealed record PaidAfterBirth(TimeLimit Limit) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => $"出生后{Limit}内缴费";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => Limit.Admits(facts.BirthDate, facts.PaidOn);
    }

    /// <summary>Is the payment day within a time after the last day of employee insurance, its last day included (decision 5)?</summary>
    /// <param name="Limit">The time.</param>
    public sealed record PaidAfterEmployeeCover(TimeLimit Limit) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => $"职工医保停保后{Limit}内缴费";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) =>
            facts.EmployeeCoverEnded != PersonFacts.NoDate && Limit.Admits(facts.EmployeeCoverEnded, facts.PaidOn);
    }

    /// <summary>Did the person enter school within these days, both inclusive?</summary>
    /// <param name="Days">The days of entry.</param>
    public sealed record EnteredSchoolIn(DateRange Days) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => $"{ChineseDates.Range(Days)}入学";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) =>
            facts.SchoolEntryDate != PersonFacts.NoDate && Days.Contains(facts.SchoolEntryDate);
    }

    /// <summary>Is enrolment registered, or is it not?</summary>
    /// <param name="Yes">The answer asked for.</param>
    public sealed record IsRegistered(bool Yes) : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => Yes ? "已办理参保登记" : "未办理参保登记";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) => facts.RegisteredOn != PersonFacts.NoDate == Yes;
    }

    /// <summary>Was enrolment registered in the calendar year of birth? No registration counts as the payment day (decision 10).</summary>
    public sealed record RegisteredInBirthYear : Question
    {
        /// <inheritdoc/>
        public override string Chinese(CategoryCatalogue catalogue) => "在出生当年登记";

        /// <inheritdoc/>
        public override bool Holds(in PersonFacts facts) =>
            (facts.RegisteredOn == PersonFacts.NoDate ? facts.PaidOn : facts.RegisteredOn).Year == facts.BirthDate.Year;
    }
}
