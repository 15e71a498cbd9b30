namespace Canbao.Core.Tests.Rosters;

/// <summary>
/// What lists mean, said as plainly as can be: each person's category is a set of intervals of days, each version is a copy of them all.
/// </summary>
sealed class PlainRoster
{
    public static readonly string[] Codes = ["orphan", "minimum_living_rural"];

    public static readonly string[] Names = ["孤儿", "农村低保"];

    const int Open = 1000;

    readonly Stack<Dictionary<(int Person, int Category), List<(int From, int Until)>>> past = [];
    Dictionary<(int Person, int Category), List<(int From, int Until)>> now = [];

    public static DateOnly Date(int day) => new DateOnly(2021, 10, 20).AddDays(day);

    /// <summary>Who holds what on a day.</summary>
    public IEnumerable<(int Person, int Category)> On(int day) =>
        from pair in now
        where pair.Value.Exists(span => span.From <= day && day <= span.Until)
        select pair.Key;

    /// <summary>Whether nothing of the listed categories changes on the day of a full list or later.</summary>
    public bool CanTake(HashSet<(int Person, int Category)> listed, int day) => !(
        from pair in now
        where listed.Any(each => each.Category == pair.Key.Category)
        from span in pair.Value
        where span.From > day || span.Until != Open && span.Until >= day
        select span).Any();

    /// <summary>A full list; false where it changes nothing.</summary>
    public bool Full(HashSet<(int Person, int Category)> listed, int day)
    {
        var before = Copy();
        var changed = false;
        foreach (var key in listed)
            changed |= Add(key, day);
        foreach (var key in before.Keys.Where(key => !listed.Contains(key) && listed.Any(each => each.Category == key.Category)))
            changed |= Remove(key, day);
        return Keep(before, changed);
    }

    /// <summary>Adjustments in the order of their days; false where they change nothing.</summary>
    public bool Adjust(IEnumerable<(int Person, bool Adds, int Category, int Day)> rows)
    {
        var before = Copy();
        var changed = false;
        foreach (var row in rows.OrderBy(row => row.Day))
            changed |= row.Adds ? Add((row.Person, row.Category), row.Day) : Remove((row.Person, row.Category), row.Day);
        return Keep(before, changed);
    }

    public void Undo() => now = past.Pop();

    bool Keep(Dictionary<(int Person, int Category), List<(int From, int Until)>> before, bool changed)
    {
        if (changed)
            past.Push(before);
        return changed;
    }

    bool Add((int Person, int Category) key, int day)
    {
        if (!now.TryGetValue(key, out var spans))
            now.Add(key, spans = []);
        if (spans.Exists(span => span.From <= day && day <= span.Until))
            return false;
        spans.Add((day, spans.Where(span => span.From > day).Select(span => span.From - 1).DefaultIfEmpty(Open).Min()));
        return true;
    }

    bool Remove((int Person, int Category) key, int day)
    {
        if (!now.TryGetValue(key, out var spans))
            return false;
        int place = spans.FindIndex(span => span.From <= day && span.Until == Open);
        if (place < 0)
            return false;
        var held = spans[place];
        spans.RemoveAt(place);
        if (held.From < day)
            spans.Add((held.From, day - 1));
        return true;
    }

    Dictionary<(int Person, int Category), List<(int From, int Until)>> Copy() =>
        now.ToDictionary(pair => pair.Key, pair => pair.Value.ToList());
}
