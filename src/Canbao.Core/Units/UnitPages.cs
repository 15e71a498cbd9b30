namespace Canbao.Core.Units;

/// <summary>
/// A page of a long list that goes through units in their order: how many rows each unit has tells in which few units the page lies, so
/// that only these are read and sorted, however many people an area has.
/// </summary>
/// <param name="Units">The units' codes, in order.</param>
/// <param name="Skip">How many rows of them come before the page.</param>
public sealed record UnitPages(IReadOnlyList<string> Units, int Skip)
{
    /// <summary>The units of a page.</summary>
    /// <param name="inOrder">Every unit that has rows, in the list's order, with how many.</param>
    /// <param name="skip">How many rows of all come before the page.</param>
    /// <param name="take">How many rows the page has at most.</param>
    public static UnitPages Find(IEnumerable<(string Unit, int Rows)> inOrder, int skip, int take)
    {
        var units = new List<string>();
        int before = skip, found = 0;
        foreach (var (unit, rows) in inOrder)
        {
            if (units.Count == 0 && rows <= before)
            {
                before -= rows;
                continue;
            }

            units.Add(unit);
            found += rows;
            if (found - before >= take)
                break;
        }

        return new(units, before);
    }
}
