namespace Canbao.Core.Rosters;

/// <summary>What came of one change.</summary>
enum SpanAnswer
{
    /// <summary>The spans changed.</summary>
    Done,

    /// <summary>It was so already.</summary>
    WasSo,

    /// <summary>The category ended on a later day already, which the change would contradict.</summary>
    EndedAlready,

    /// <summary>The category begins on a later day only.</summary>
    BeginsLater,
}

/// <summary>
/// The spans of a department's categories in memory, and how changes fall on them. Spans that begin with this list have version 0 until it
/// is written; so does what this list ended.
/// </summary>
sealed class SpanBook
{
    public const long ThisVersion = 0;

    readonly Dictionary<(long Person, string Category), List<CategorySpanRow>> spans = [];
    readonly HashSet<(long Person, string Category)> touched = [];

    /// <summary>Takes spans as they are, and those that ended on the day on which they began.</summary>
    public SpanBook(IEnumerable<CategorySpanRow> rows)
    {
        foreach (var row in rows)
            Of(row.PersonId, row.Category).Add(row);
    }

    /// <summary>All spans that are or were written.</summary>
    public IEnumerable<CategorySpanRow> All => spans.Values.SelectMany(list => list);

    /// <summary>The spans that this list opened or ended.</summary>
    public IEnumerable<CategorySpanRow> Touched => touched.SelectMany(key => spans[key])
        .Where(span => span.OpenedBy == ThisVersion || span.ClosedBy == ThisVersion);

    /// <summary>
    /// The person holds the category from a day on, until the day before the next span, which somebody told already, begins.
    /// </summary>
    public SpanAnswer Add(CategorySpanRow fresh)
    {
        var list = Of(fresh.PersonId, fresh.Category);
        if (list.Exists(span => span.IsOn(fresh.FromDay)))
            return SpanAnswer.WasSo;
        var next = list.Where(span => span.VoidedBy is null && span.FromDay > fresh.FromDay).Min(span => (DateOnly?)span.FromDay);
        list.Add(fresh with { UntilDay = next?.AddDays(-1), ClosedBy = next is null ? null : ThisVersion, OpenedBy = ThisVersion });
        touched.Add((fresh.PersonId, fresh.Category));
        return SpanAnswer.Done;
    }

    /// <summary>The person holds the category no longer from a day on.</summary>
    public SpanAnswer Remove(long person, string category, DateOnly day)
    {
        var list = Of(person, category);
        int place = list.FindIndex(span => span.IsOn(day));
        if (place < 0)
        {
            // Told once already: a span ended on the day before, or on the day on which it began.
            var isTold = list.Exists(span => span.VoidedBy is null ? span.UntilDay == day.AddDays(-1) : span.FromDay == day);
            return isTold || !list.Exists(span => span.VoidedBy is null && span.FromDay > day) ? SpanAnswer.WasSo : SpanAnswer.BeginsLater;
        }

        var held = list[place];
        if (held.UntilDay is not null)
            return SpanAnswer.EndedAlready;
        list[place] = held.FromDay < day
            ? held with { UntilDay = day.AddDays(-1), ClosedBy = ThisVersion }
            : held with { ClosedBy = ThisVersion, VoidedBy = ThisVersion };
        touched.Add((person, category));
        return SpanAnswer.Done;
    }

    List<CategorySpanRow> Of(long person, string category)
    {
        if (!spans.TryGetValue((person, category), out var list))
            spans.Add((person, category), list = []);
        return list;
    }
}
