using System.Text;

namespace Canbao.Core.Files;

/// <summary>Where the columns of a shape stand in a table, and what stands above its rows.</summary>
sealed class IntakeHeader
{
    /// <summary>Filled rows among which the header must end.</summary>
    const int MostRows = 10;

    readonly int[] places;
    readonly (int Column, int First, int Second)? doubled;

    IntakeHeader(string[] names, int[] places, (int Column, int First, int Second)? doubled)
    {
        Names = names;
        this.places = places;
        this.doubled = doubled;
        Known = places.Count(place => place >= 0);
        ReasonPlace = Array.FindLastIndex(names, name => TableShape.Plain(name) == TableShape.ReasonColumn);
    }

    /// <summary>The names of the table's columns, blank ones at the end left out.</summary>
    public string[] Names { get; }

    /// <summary>How many columns of the shape were found.</summary>
    public int Known { get; }

    /// <summary>The place of the column with the reasons of an earlier refusal, or -1.</summary>
    public int ReasonPlace { get; }

    /// <summary>Titles and header rows as they are, for tables of refused rows.</summary>
    public IReadOnlyList<string[]> Rows { get; private set; } = [];

    /// <summary>The place in the table of a column of the shape, or -1.</summary>
    public int this[int column] => places[column];

    /// <summary>
    /// Finds the header in the first block of a table and puts the cursor behind it. A header of two rows is one whose second row completes
    /// the first: it names the parts of merged cells, and is empty where a cell reaches over both.
    /// </summary>
    /// <returns>The header; or the nearest to one, which lacks required columns and has no rows.</returns>
    /// <exception cref="TableFileException">F213: two columns of the table are the same column of the shape.</exception>
    public static IntakeHeader Find(RecordCursor cursor, TableShape shape, IReadOnlyDictionary<string, string>? learnt)
    {
        var rows = Read(cursor);
        var candidates = new List<(IntakeHeader Header, int Last)>();
        for (var at = 0; at < rows.Count; at++)
        {
            // The parts of merged cells may be all that is required: the row above still names the other columns.
            var alone = Match(null, rows[at].Fields, shape, learnt);
            var above = at > 0 ? Match(rows[at - 1].Fields, rows[at].Fields, shape, learnt) : null;
            candidates.Add((above is not null && above.Known > alone.Known && above.IsWhole(shape) ? above : alone, at));
        }

        for (var at = 1; at < rows.Count; at++)
            candidates.Add((Match(rows[at - 1].Fields, rows[at].Fields, shape, learnt), at));
        var found = candidates.FirstOrDefault(candidate => candidate.Header.IsWhole(shape));
        if (found.Header is null)
            return candidates.Select(candidate => candidate.Header)
                .Append(new IntakeHeader([], [], null)).MaxBy(header => header.Known)!;
        if (found.Last + 1 < rows.Count && Completes(found.Header, rows[found.Last].Fields, rows[found.Last + 1].Fields))
        {
            var both = Match(rows[found.Last].Fields, rows[found.Last + 1].Fields, shape, learnt);
            if (both.IsWhole(shape))
                found = (both, found.Last + 1);
        }

        if (found.Header.doubled is var (column, first, second))
            throw new TableFileException("F213",
                $"表头第 {first + 1} 列和第 {second + 1} 列都是“{shape.Columns[column].Name}”；请只留一列，或把另一列改名");
        found.Header.Rows = [.. rows.Take(found.Last + 1).Select(row => row.Fields)];
        cursor.Return(rows[found.Last].End, rows[found.Last].NextLine);
        return found.Header;
    }

    /// <summary>The names of required columns that the table lacks.</summary>
    public IEnumerable<string> Missing(TableShape shape) =>
        from pair in shape.Columns.Index()
        where pair.Item.IsRequired && (places.Length == 0 || places[pair.Index] < 0)
        select pair.Item.Name;

    public bool IsWhole(TableShape shape) => !Missing(shape).Any();

    static List<(string[] Fields, int End, long NextLine)> Read(RecordCursor cursor)
    {
        var rows = new List<(string[] Fields, int End, long NextLine)>();
        while (rows.Count <= MostRows && cursor.NextInBlock())
        {
            if (!cursor.IsSplit)
                continue;
            var record = cursor.Record;
            var fields = new string[record.Count];
            for (var field = 0; field < fields.Length; field++)
                fields[field] = Encoding.UTF8.GetString(record[field]);
            if (fields.Any(field => !IsBlank(field)))
                rows.Add((fields, cursor.End, cursor.NextLine));
        }

        return rows;
    }

    static IntakeHeader Match(string[]? above, string[] row, TableShape shape, IReadOnlyDictionary<string, string>? learnt)
    {
        var width = Math.Max(Width(row), Width(above ?? []));
        var names = new string[width];
        // 姓名 below 监护人 counts only where no other column is the name.
        var (strong, weak) = (new List<(int Column, int At)>(), new List<(int Column, int At)>());
        var group = "";
        for (var at = 0; at < width; at++)
        {
            var upper = At(above, at);
            group = IsBlank(upper) ? group : upper;
            var isPart = !IsBlank(At(row, at));
            names[at] = isPart ? At(row, at) : upper;
            var grouped = isPart && above is not null ? shape.PlaceOf(group + names[at], learnt) : -1;
            var column = grouped >= 0 ? grouped : shape.PlaceOf(names[at], learnt);
            if (column >= 0)
                (isPart && above is not null && grouped < 0 && !IsBlank(group) ? weak : strong).Add((column, at));
        }

        var found = strong.Concat(weak.Where(pair => strong.All(other => other.Column != pair.Column)))
            .ToLookup(pair => pair.Column, pair => pair.At);
        var places = Enumerable.Range(0, shape.Columns.Length).Select(column => found[column].DefaultIfEmpty(-1).First()).ToArray();
        var twice = found.FirstOrDefault(ats => ats.Count() > 1);
        return new IntakeHeader(names, places, twice is null ? null : (twice.Key, twice.First(), twice.ElementAt(1)));
    }

    /// <summary>Whether a row below a header names parts of its merged cells and is no row of the table yet.</summary>
    static bool Completes(IntakeHeader header, string[] row, string[] below)
    {
        var isPart = false;
        for (var at = 0; at < below.Length; at++)
        {
            if (IsBlank(below[at]))
                continue;
            if (header.places.Contains(at))
                return false;
            isPart |= IsBlank(At(row, at));
        }

        return isPart && !FooterRows.Begins(below.First(field => !IsBlank(field)));
    }

    static string At(string[]? row, int place) => row is not null && place < row.Length ? row[place] : "";

    static int Width(string[] row) => 1 + Array.FindLastIndex(row, name => !IsBlank(name));

    static bool IsBlank(string name) => CellText.Clean(name, ColumnKind.Text).Length == 0;
}
