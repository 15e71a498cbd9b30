using Canbao.Core.Collection;
using Canbao.Storage;
using Canbao.TestKit.Databases;
using CsCheck;
using LinqToDB.Async;
using Xunit;
using static Canbao.Core.Tests.Work.Reconciliation.Books;

namespace Canbao.Core.Tests.Work.Reconciliation;

public class MatchingTests
{
    /// <summary>What a statement has of a number: amounts of its lines, and whether the last takes it back; what we were told.</summary>
    sealed record Case(int[] Lines, bool IsBack, int? Notice, int NoticeDays, bool IsInDayBefore);

    static readonly Gen<Case> Cases = Gen.Select(
        Gen.Int[1, 2].Select(one => one * 100).Array[0, 3], Gen.Bool, Gen.Int[0, 2], Gen.Int[-3, 1], Gen.Int[0, 5],
        (lines, back, notice, days, before) => new Case(
            lines, back && lines.Length > 0, notice == 0 ? null : notice * 100, days, before == 0 && lines.Length > 0));

    [Theory, OnBothEngines]
    public async Task Every_line_and_notice_falls_into_one_kind_and_the_sums_add_up(Engine engine)
    {
        await using var books = await OpenAsync(engine);
        var rounds = new List<Case[]>();
        Cases.Array[0, 30].Sample(rounds.Add, iter: 12, threads: 1);
        var day = Day;
        foreach (var cases in rounds)
        {
            // Days that are no neighbours of those before.
            day = day.AddDays(10);
            books.Area.Clock.Set($"{day.AddDays(1):yyyy-MM-dd} 21:30");
            await RoundAsync(books, day, cases);
        }
    }

    static async Task RoundAsync(Books books, DateOnly day, Case[] cases)
    {
        var named = cases.Select((one, at) => (Name: $"{day:MMdd}-{at:00}", Case: one)).ToList();
        foreach (var (name, one) in named.Where(pair => pair.Case.Notice is not null))
            await books.TellAsync(name, 1, one.Notice!.Value, day.AddDays(one.NoticeDays));
        var before = named.Where(pair => pair.Case.IsInDayBefore).Select(pair => Line(pair.Name, pair.Case.Lines[0], on: day.AddDays(-1)));
        await books.ImportAsync(day.AddDays(-1), [.. before]);
        // What the rules take is told to us by then.
        var told = await NoticesAsync(books, day);
        var (statement, _) = await books.ImportAsync(day, [.. named.SelectMany(pair => Lines(day, pair.Name, pair.Case))]);
        var rows = await books.Area.ReadAsync(
            session => Discrepancies.ListAsync(session, TestArea.Code, (Bank, day), "", (0, 1000)));
        Assert.Equal(
            named.SelectMany(pair => Expected(pair.Name, pair.Case, told.GetValueOrDefault(pair.Name), day)).Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Reference} {row.Occurrence} {row.Kind}").Order(StringComparer.Ordinal));
        long matched = named.Where(pair => IsMatched(pair.Case, told.GetValueOrDefault(pair.Name), day)).Sum(pair => pair.Case.Lines[0]);
        long lines = rows.Where(row => row.Occurrence == 1 && row.Kind != Discrepancies.Reversed).Sum(row => row.LineAmount);
        Assert.Equal(statement.Amount, matched + lines);
        long here = told.Values.Where(notice => notice.PaidOn == day).Sum(notice => notice.Amount);
        Assert.Equal(here, matched + rows.Where(row => row.NoticeOn == day).Sum(row => row.NoticeAmount));
        await books.IsSoundAsync();
    }

    static async Task<Dictionary<string, ChannelNoticeRow>> NoticesAsync(Books books, DateOnly day)
    {
        var prefix = $"{day:MMdd}-";
        return (await books.Area.ReadAsync(session => session.Table<ChannelNoticeRow>()
            .Where(row => row.Area == TestArea.Code && row.Reference.StartsWith(prefix)).ToListAsync()))
            .ToDictionary(row => row.Reference, StringComparer.Ordinal);
    }

    static IEnumerable<string> Lines(DateOnly day, string name, Case one) => one.Lines.Select((fen, at) =>
        Line(name, fen, state: one.IsBack && at == one.Lines.Length - 1 ? "冲正" : "", on: day));

    static bool IsMatched(Case one, ChannelNoticeRow? notice, DateOnly day) =>
        one is { Lines: [var fen, ..], IsBack: false, IsInDayBefore: false } && notice?.Amount == fen && notice.PaidOn == day;

    /// <summary>The rule in other words: one by one, from the case.</summary>
    static IEnumerable<string> Expected(string name, Case one, ChannelNoticeRow? notice, DateOnly day)
    {
        int away = notice is null ? 0 : notice.PaidOn.DayNumber - day.DayNumber;
        for (int at = 0; at < one.Lines.Length; at++)
        {
            var kind = one.IsBack ? "reversed"
                : at > 0 ? one.Lines[at] == one.Lines[0] ? "doubled" : "odd_copy"
                : one.IsInDayBefore ? "doubled"
                : notice is null ? "only_there"
                : notice.Amount != one.Lines[0] ? "amount"
                : away == 0 ? ""
                : Math.Abs(away) == 1 ? "late" : "other_day";
            if (kind.Length > 0)
                yield return $"{name} {at + 1} {kind}";
        }

        if (notice is not null && away == 0 && (one.Lines.Length == 0 || one.IsBack))
            yield return $"{name} 0 {(one.IsInDayBefore ? "late" : "only_here")}";
    }
}
