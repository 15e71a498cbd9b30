namespace Canbao.Core.Registry;

/// <summary>Changes what is so of a person from a day on, keeping what was so before.</summary>
static class StatusSpans
{
    /// <summary>
    /// The spans with a change applied from a day on. The span that holds the day is split there; later spans, which somebody entered
    /// already, take the change too, so that a move that is told late does not undo what was told meanwhile.
    /// </summary>
    /// <param name="spans">All spans of one person, in order, without gaps.</param>
    /// <param name="from">The first day of the change; not before the first span's.</param>
    /// <param name="change">The change; it leaves the days alone.</param>
    public static IReadOnlyList<PersonStatusRow> Apply(
        IReadOnlyList<PersonStatusRow> spans, DateOnly from, Func<PersonStatusRow, PersonStatusRow> change)
    {
        var result = new List<PersonStatusRow>(spans.Count + 1);
        foreach (var span in spans)
        {
            if (span.UntilDay < from)
            {
                result.Add(span);
                continue;
            }

            var changed = change(span);
            if (span.FromDay >= from)
            {
                result.Add(changed);
            }
            else if (changed == span)
            {
                result.Add(span);
            }
            else
            {
                result.Add(span with { UntilDay = from.AddDays(-1) });
                result.Add(changed with { FromDay = from });
            }
        }

        return result;
    }
}
