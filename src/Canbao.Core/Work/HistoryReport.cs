using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Work;

/// <summary>What an import of history found, or did.</summary>
public sealed class HistoryReport
{
    /// <summary>Rows read.</summary>
    public long Rows { get; internal set; }

    /// <summary>Enrolments taken over.</summary>
    public long Enrolments { get; internal set; }

    /// <summary>Payments taken over.</summary>
    public long Payments { get; internal set; }

    /// <summary>Their sum.</summary>
    public Money Sum { get; internal set; } = Money.Zero;

    /// <summary>Rows that say what is stored already.</summary>
    public long Unchanged { get; internal set; }

    /// <summary>Rows refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>The first faults.</summary>
    public List<IntakeFault> Faults { get; } = [];

    /// <summary>What whoever imports should know of the file.</summary>
    public IReadOnlyList<string> Notes { get; internal set; } = [];

    internal void Add(IEnumerable<HistoryRow> rows)
    {
        foreach (var row in rows)
        {
            Enrolments += row.Kept.IsEnrolled ? 0 : 1;
            Unchanged += row.Kept.IsEnrolled && !row.Pays ? 1 : 0;
            if (!row.Pays)
                continue;
            Payments++;
            Sum += row.Draft.Amount;
        }
    }
}

/// <summary>A row of the file with what is stored already.</summary>
readonly record struct HistoryRow(long Person, HistoryDraft Draft, KeptYear Kept)
{
    /// <summary>Whether its payment is new.</summary>
    public bool Pays => Kept.Paid is null && Draft.Amount > Money.Zero;
}
