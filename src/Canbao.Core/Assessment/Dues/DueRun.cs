namespace Canbao.Core.Assessment.Dues;

/// <summary>Whose answer a run would change, or did.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Unit">The person's unit.</param>
/// <param name="Old">What was answered before; null for whoever was never assessed.</param>
/// <param name="New">What is answered now.</param>
/// <param name="FactsDiffer">Whether the facts changed; else the day or the pack did.</param>
public sealed record DueChange(long PersonId, string Unit, DueVerdictRow? Old, DueVerdictRow New, bool FactsDiffer);

/// <summary>What a run over everybody found.</summary>
public sealed class DueRun
{
    /// <summary>How many changes are listed one by one; the counts hold all.</summary>
    public const int MostListed = 1000;

    readonly Dictionary<string, long> byOutcome = new(StringComparer.Ordinal);
    readonly List<DueChange> changes = [];

    /// <summary>People looked at.</summary>
    public long Seen { get; private set; }

    /// <summary>People assessed for the first time.</summary>
    public long Added { get; private set; }

    /// <summary>People whose answer or facts changed.</summary>
    public long Changed { get; private set; }

    /// <summary>People who are answered as before.</summary>
    public long Unchanged => Seen - Added - Changed;

    /// <summary>How many people got each outcome.</summary>
    public IReadOnlyDictionary<string, long> ByOutcome => byOutcome;

    /// <summary>The first people whose answer changed.</summary>
    public IReadOnlyList<DueChange> Changes => changes;

    internal void Count(DueVerdictRow verdict)
    {
        Seen++;
        byOutcome[verdict.Outcome] = byOutcome.GetValueOrDefault(verdict.Outcome) + 1;
    }

    internal void Note(DueChange change, bool isNew)
    {
        if (isNew)
            Added++;
        else
            Changed++;
        if (!isNew && changes.Count < MostListed)
            changes.Add(change);
    }
}
