using Canbao.Core.Events;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Exchange;

/// <summary>A set of outside codes.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Chinese">What it is.</param>
/// <param name="Column">The column of files in which its words stand.</param>
public sealed record OutsideCodeSet(string Code, string Chinese, string Column);

/// <summary>A word that nobody has translated, with the message in which it came first.</summary>
/// <param name="Row">The word.</param>
/// <param name="Partner">The partner whose message it was.</param>
/// <param name="Number">The message's number.</param>
public sealed record UnmappedWord(UnmappedWordRow Row, string Partner, long? Number);

/// <summary>What the codes of other offices mean here; they live nowhere else.</summary>
public static class OutsideCodes
{
    const int MostLetters = 40;

    /// <summary>The sets.</summary>
    public static IReadOnlyList<OutsideCodeSet> Sets { get; } =
    [
        new("national_insurance_kind", "国家险种代码", "险种"), new("person_type", "人员类别代码", "人员类别"),
        new("certificate_type", "证件类型代码", "证件类型"),
    ];

    /// <summary>The set of a code; null where there is none.</summary>
    public static OutsideCodeSet? Find(string code) => Sets.FirstOrDefault(set => set.Code == code);

    /// <summary>A word as it is kept and compared.</summary>
    public static string Plain(string word) => LongNumbers.Hidden(word.Trim()) is var plain && plain.Length > MostLetters
        ? plain[..MostLetters] : plain;

    /// <summary>All translations, by set and word.</summary>
    public static Task<List<OutsideCodeRow>> ListAsync(Session session, int area) =>
        session.Table<OutsideCodeRow>().Where(row => row.Area == area).OrderBy(row => row.Set).ThenBy(row => row.Outside).ToListAsync();

    /// <summary>The translations of a set.</summary>
    public static Task<Dictionary<string, string>> OfSetAsync(Session session, int area, string set) =>
        session.Table<OutsideCodeRow>().Where(row => row.Area == area && row.Set == set)
            .ToDictionaryAsync(row => row.Outside, row => row.Ours);

    /// <summary>The words that nobody has translated, the oldest first.</summary>
    public static Task<List<UnmappedWord>> UnmappedAsync(Session session, int area) => (
        from row in session.Table<UnmappedWordRow>()
        join message in session.Table<ExchangeMessageRow>()
            on new { row.Area, row.MessageId } equals new { message.Area, message.MessageId }
        where row.Area == area && message.Area == area && row.MappedBy == null
        orderby row.MessageId, row.Line
        select new UnmappedWord(row, message.Partner, message.Number)).ToListAsync();

    /// <summary>Says what a word means.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="set">The set's code.</param>
    /// <param name="outside">The word.</param>
    /// <param name="ours">What it means here.</param>
    /// <param name="known">What words of the set may mean.</param>
    /// <exception cref="RefusedException">X122: no such set, an empty word, or a meaning that is none of ours.</exception>
    public static async Task MapAsync(Act act, string set, string outside, string ours, IReadOnlyCollection<string> known)
    {
        var word = Plain(outside);
        if (Find(set) is null || word.Length == 0)
            throw new RefusedException("X122", "请选择代码集，并填写外部代码");
        if (!known.Contains(ours))
            throw new RefusedException("X122", "这个代码集没有这个本地用语；请从列出的用语中选择");
        var area = act.Area;
        var old = await act.Session.Table<OutsideCodeRow>()
            .FirstOrDefaultAsync(row => row.Area == area && row.Set == set && row.Outside == word);
        if (old?.Ours == ours)
            return;
        await act.Session.Data.InsertOrReplaceAsync(
            new OutsideCodeRow { Area = area, Set = set, Outside = word, Ours = ours, ActId = act.Id });
        var id = act.Id;
        await act.Session.Table<UnmappedWordRow>()
            .Where(row => row.Area == area && row.Set == set && row.Outside == word && row.MappedBy == null)
            .Set(row => row.MappedBy, id).UpdateAsync();
        act.Record("exchange_code", $"{set}/{word}", "set", old is null ? null : new { Means = old.Ours }, new { Means = ours });
    }

    /// <summary>Puts words on the desk: each once, with where it came first.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="message">The message.</param>
    /// <param name="words">Set, word, first line and rows.</param>
    public static async Task NoteAsync(
        Act act, ExchangeMessageRow message, IEnumerable<(string Set, string Word, long Line, long Times)> words)
    {
        var area = act.Area;
        foreach (var (set, outside, line, times) in words)
        {
            var word = Plain(outside);
            var old = await act.Session.Table<UnmappedWordRow>()
                .FirstOrDefaultAsync(row => row.Area == area && row.Set == set && row.Outside == word);
            // The same message run again says nothing new.
            if (old is not null && old.MessageId == message.MessageId && old.MappedBy is null)
                continue;
            var row = old is { MappedBy: null }
                ? old with { Times = old.Times + times, ActId = act.Id }
                : new()
                {
                    Area = area,
                    Set = set,
                    Outside = word,
                    MessageId = message.MessageId,
                    Line = line,
                    Times = times,
                    ActId = act.Id,
                };
            await act.Session.Data.InsertOrReplaceAsync(row);
        }
    }
}
