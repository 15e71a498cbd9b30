using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Rosters;

/// <summary>What a department calls columns and categories, learnt from what it said of its earlier lists.</summary>
/// <param name="Columns">Names of columns, as <see cref="TableShape.Plain"/> gives them, with the name of the shape's column.</param>
/// <param name="Categories">Names of categories, as <see cref="CategoryNames.Plain"/> gives them, with codes.</param>
public sealed record RosterWords(IReadOnlyDictionary<string, string> Columns, IReadOnlyDictionary<string, string> Categories)
{
    const string Column = "column", Category = "category";

    /// <summary>None.</summary>
    public static readonly RosterWords None = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>The words of a department.</summary>
    public static async Task<RosterWords> ReadAsync(Session session, int area, string department)
    {
        var rows = await session.Table<RosterWordRow>().Where(row => row.Area == area && row.Department == department).ToListAsync();
        return new(Of(Column), Of(Category));

        Dictionary<string, string> Of(string kind) => rows.Where(row => row.Kind == kind)
            .ToDictionary(row => row.Word, row => row.Means, StringComparer.Ordinal);
    }

    /// <summary>These words with others, which win.</summary>
    public RosterWords With(RosterWords other) => new(
        Merged(Columns, other.Columns, TableShape.Plain), Merged(Categories, other.Categories, CategoryNames.Plain));

    /// <summary>Keeps words for a department's next lists.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="department">The department.</param>
    /// <param name="names">All categories.</param>
    /// <exception cref="RefusedException">M112: a word stands for no column or category.</exception>
    public async Task LearnAsync(Act act, string department, CategoryNames names)
    {
        var known = await ReadAsync(act.Session, act.Area, department);
        foreach (var (word, means) in Columns)
            await LearnAsync(act, department, (Column, TableShape.Plain(word), means), known.Columns);
        foreach (var (word, means) in Categories)
            await LearnAsync(act, department, (Category, CategoryNames.Plain(word), names.Find(means)!), known.Categories);
    }

    /// <summary>Refuses words that stand for nothing.</summary>
    /// <exception cref="RefusedException">M112: a word stands for no column or category.</exception>
    public void Require(TableShape shape, CategoryNames names)
    {
        if (Columns.Values.FirstOrDefault(name => shape.PlaceOf(name, null) < 0) is { } column)
            throw new RefusedException("M112", $"名单没有列“{column}”；可写：{string.Join("、", shape.Columns.Select(each => each.Name))}");
        if (Categories.Values.FirstOrDefault(name => names.Find(name) is null) is { } category)
            throw new RefusedException("M112", $"没有人员类别“{category}”；请写类别代码或类别表中的名称");
    }

    static async Task LearnAsync(
        Act act, string department, (string Kind, string Word, string Means) word, IReadOnlyDictionary<string, string> known)
    {
        var old = known.GetValueOrDefault(word.Word);
        if (old == word.Means)
            return;
        await act.Session.Data.InsertOrReplaceAsync(new RosterWordRow
        {
            Area = act.Area,
            Department = department,
            Kind = word.Kind,
            Word = word.Word,
            Means = word.Means,
            ActId = act.Id,
        });
        act.Record("roster_word", $"{department} {word.Kind} {word.Word}", "learnt",
            old is null ? null : new { Means = old }, new { word.Means });
    }

    static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> under, IReadOnlyDictionary<string, string> over, Func<string, string> plain)
    {
        var merged = new Dictionary<string, string>(under, StringComparer.Ordinal);
        foreach (var (word, means) in over)
            merged[plain(word)] = means;
        return merged;
    }
}
