using System.Security.Cryptography;
using System.Text;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>What a channel hands in for a day.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Day">The day.</param>
/// <param name="Year">The insurance year for which money was paid of which we were not told.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Content">The file; can be positioned.</param>
public sealed record StatementOrder(string Channel, DateOnly Day, InsuranceYear Year, string FileName, Stream Content);

/// <summary>
/// Takes statements and holds them against what channels told us (<c>lishi 六(三)</c>); settles by rule what is clear. All in the caller's
/// transaction. Safe for use by many threads.
/// </summary>
/// <param name="desk">Takes money of which we were not told.</param>
/// <param name="vault">Seals whom a statement names.</param>
public sealed class Reconciler(ChannelDesk desk, Vault vault)
{
    const int Chunk = 1000;

    readonly Uploads uploads = new(vault);

    /// <summary>
    /// Keeps a statement and matches its day, and the neighbouring ones, whose late lines it may explain. The same file again changes
    /// nothing; another file takes the place of the one before.
    /// </summary>
    /// <returns>The statement, and whether it is a new one.</returns>
    /// <exception cref="RefusedException">C150, C151, C152, C153.</exception>
    /// <exception cref="TableFileException">The file cannot be read; F103: its encoding is foreign.</exception>
    public async Task<(StatementRow Statement, bool IsNew)> ImportAsync(Act act, StatementOrder order)
    {
        if (await Channels.FindAsync(act.Session, act.Area, order.Channel) is null)
            throw new RefusedException("C150", $"没有渠道“{order.Channel}”；请核对渠道代码");
        if (order.Day > act.Today)
            throw new RefusedException("C153", "对账日期晚于今天；请核对");
        order.Content.Position = 0;
        var hash = await SHA256.HashDataAsync(order.Content);
        var old = await Statements.FindAsync(act.Session, act.Area, order.Channel, order.Day);
        if (old is not null && old.Sha256.AsSpan().SequenceEqual(hash))
            return (old, false);
        await ChannelDays.RequireOpenAsync(act.Session, act.Area, order.Channel, order.Day);
        var kept = (await uploads.KeepAsync(
            act, new(Statements.UploadKind, $"{order.Channel}/{order.Day:yyyy-MM-dd}", order.FileName), order.Content)).Upload;
        using var opened = await uploads.OpenAsync(act.Session, kept);
        var statement = New(act, order, hash, kept);
        var lines = StatementFile.Read(opened.File, statement, vault);
        statement = statement with
        {
            Lines = lines.Count,
            Amount = lines.Where(line => line.Role == Statements.Money).Sum(line => line.Amount),
        };
        if (old is not null)
            await act.Session.Data.UpdateAsync(old with { ReplacedBy = act.Id });
        await act.Session.Data.InsertAsync(statement);
        await act.Session.BulkWriteAsync(lines, OnConflict.Refuse);
        if (lines.Count > Chunk)
            await act.Session.RefreshStatisticsAsync("statement_line");
        await Uploads.MarkAsync(act, kept.UploadId, UploadState.Applied, lines.Count, 0);
        act.Record(
            "statement", $"{order.Channel}/{order.Day:yyyy-MM-dd}", old is null ? "imported" : "replaced", Told(old), Told(statement));
        await RunAsync(act, order.Channel, order.Day);
        foreach (int days in new[] { -1, 1 })
        {
            var day = order.Day.AddDays(days);
            if (await Statements.FindAsync(act.Session, act.Area, order.Channel, day) is not null
                && await ChannelDays.CloseAsync(act.Session, act.Area, order.Channel, day) is null)
                await RunAsync(act, order.Channel, day);
        }

        return ((await Statements.FindAsync(act.Session, act.Area, order.Channel, order.Day))!, true);
    }

    /// <summary>Matches a day that has a statement, and settles what is clear.</summary>
    /// <exception cref="RefusedException">C150: there is no statement. C151: the day is closed.</exception>
    public async Task<IReadOnlyList<KindSum>> RunAsync(Act act, string channel, DateOnly day)
    {
        var (session, area) = (act.Session, act.Area);
        await ChannelDays.RequireOpenAsync(session, area, channel, day);
        var statement = await RequireAsync(session, area, channel, day);
        var after = day.AddDays(1);
        await Matching.RunAsync(
            act, statement, await Statements.FindAsync(session, area, channel, day.AddDays(-1)),
            (await Statements.FindAsync(session, area, channel, after),
                await ChannelDays.CloseAsync(session, area, channel, after) is not null));
        statement = statement with { RunAct = act.Id };
        await session.Data.UpdateAsync(statement);
        await TakeAsync(act, statement);
        var sums = await Discrepancies.SumsAsync(session, statement);
        act.Record("reconciliation", $"{channel}/{day:yyyy-MM-dd}", "matched", null,
            new { Lines = statement.Lines, Differing = sums.Sum(sum => sum.Count), Open = sums.Sum(sum => sum.Open) });
        return sums;
    }

    /// <summary>The statement that stands for a day.</summary>
    /// <exception cref="RefusedException">C150: there is none.</exception>
    internal static async Task<StatementRow> RequireAsync(Session session, int area, string channel, DateOnly day) =>
        await Statements.FindAsync(session, area, channel, day)
            ?? throw new RefusedException("C150", $"渠道{channel} {day:yyyy-MM-dd} 还没有对账单；请先导入");

    /// <summary>
    /// Takes lines of which we were not told as notices of money that has moved: what fits is posted, the rest waits in suspense.
    /// </summary>
    /// <returns>The rows with what became of each.</returns>
    internal async Task<List<DiscrepancyRow>> TakeAsync(
        Act act, StatementRow statement, IReadOnlyList<DiscrepancyRow> rows, (string Reason, string Account) why)
    {
        List<string> references = [.. rows.Select(row => row.Reference)];
        var (area, channel) = (act.Area, statement.Channel);
        var lines = (await Statements.LinesAsync(act.Session, statement, references))
            .ToDictionary(line => line.Reference, StringComparer.Ordinal);
        // By its statement the channel has kept what it once took back out of suspense.
        await act.Session.Table<ChannelNoticeRow>()
            .Where(row => row.Area == area && row.Channel == channel && row.State == ChannelNotices.Cancelled
                && references.Contains(row.Reference))
            .Set(row => row.TransferId, (long?)null).UpdateAsync();
        var answers = await desk.TakeAsync(act, channel, [.. rows.Select(row => Message(statement, lines[row.Reference]))]);
        var taken = rows.Zip(answers, (row, answer) => row with
        {
            State = answer.IsRefused ? Discrepancies.Open : Discrepancies.Settled,
            Decision = answer.State,
            Code = answer.Code,
            Reason = why.Reason,
            Account = why.Account,
            ActId = act.Id,
        }).ToList();
        await act.Session.BulkWriteAsync(taken, OnConflict.Update);
        return taken;
    }

    async Task TakeAsync(Act act, StatementRow statement)
    {
        var (area, channel, day) = (act.Area, statement.Channel, statement.Day);
        var rows = await act.Session.Table<DiscrepancyRow>()
            .Where(row => row.Area == area && row.Channel == channel && row.Day == day && row.State == Discrepancies.Open
                && row.Kind == Discrepancies.OnlyThere)
            .OrderBy(row => row.Reference).ToListAsync();
        foreach (var part in rows.Chunk(Chunk))
            await TakeAsync(act, statement, part, ("", ""));
    }

    ChannelMessage Message(StatementRow statement, StatementLineRow line)
    {
        string[] told = line.Told is { } bytes
            ? Encoding.UTF8.GetString(vault.Open(statement.Salt, Statements.ToldPurpose, bytes)).Split('\n') : ["", ""];
        return new(line.Reference, new(statement.InsuranceYear), Money.FromFen(line.Amount), line.PaidAt)
        {
            Name = told[0],
            Number = told[1],
            HasMoved = true,
        };
    }

    static StatementRow New(Act act, StatementOrder order, byte[] hash, UploadRow kept) => new()
    {
        Area = act.Area,
        StatementId = act.Session.NextId(),
        Channel = order.Channel,
        Day = order.Day,
        InsuranceYear = order.Year.Year,
        FileName = kept.FileName,
        Sha256 = hash,
        Salt = Vault.NewSalt(),
        UploadId = kept.UploadId,
        Account = act.Account,
        RunAct = act.Id,
        ActId = act.Id,
    };

    static object? Told(StatementRow? row) => row is null ? null : new
    {
        File = row.FileName,
        row.Lines,
        Amount = Money.FromFen(row.Amount).ToString(),
        Sha256 = Convert.ToHexStringLower(row.Sha256),
    };
}
