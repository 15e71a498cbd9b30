using System.Security.Cryptography;
using System.Text;

namespace Canbao.Core.Rosters;

/// <summary>Tells one outcome from another, so that nothing else is applied than what was looked at.</summary>
static class OutcomeDigest
{
    const int Letters = 32;

    public static string Of(RosterOrder order, RosterOutcome outcome)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{order.Department} {order.Kind} {outcome.NeedsSecond}");
        foreach (var stop in outcome.Stops)
            Add(stop);
        foreach (var change in outcome.Changes)
            Add(Text(change));
        foreach (var change in outcome.HeldBack)
            Add($"held back {Text(change)}");
        foreach (var conflict in outcome.Conflicts)
            Add(Text(conflict));
        foreach (var fault in outcome.Faults)
            Add(FormattableString.Invariant($"{fault.Line} {fault.Code}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Letters];

        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
    }

    static string Text(RosterChange change) => FormattableString.Invariant(
        $"{change.Person.PersonId} {change.Category} {change.IsAddition} {change.Day:yyyy-MM-dd} {change.Line}");

    static string Text(RosterConflict other) => FormattableString.Invariant(
        $"{other.Person.PersonId} {other.Category} {other.IsRemoved} {other.OtherDepartment} {other.OtherCategory}");
}
