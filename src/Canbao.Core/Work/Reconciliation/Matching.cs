using Canbao.Core.Collection;
using Canbao.Core.Events;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work.Reconciliation;

/// <summary>
/// Holds the lines of a statement and the notices of its day against each other by statements over sets, and keeps what has no exact
/// counterpart. Each line and each notice falls into exactly one kind.
/// </summary>
static class Matching
{
    /// <summary>Days within which a notice that comes after the close of its day is looked for.</summary>
    public const int LateDays = 7;

    /// <summary>Lines that the statement of a neighbouring day has counted already.</summary>
    const string Again = """
        select l.reference, l.occurrence, 'doubled' as kind, l.amount as line_amount, coalesce(n.amount, 0) as notice_amount,
            n.paid_on as notice_on
        from statement_line l
        left join channel_notice n on n.area = @area and n.channel = @channel and n.reference = l.reference and n.state <> 'cancelled'
        where l.area = @area and l.statement_id = @statement and l.role = 'money' and exists (
            select 1 from statement_line p where p.area = @area and p.statement_id in (@previous, @counted) and p.reference = l.reference
                and p.occurrence = 1 and p.role = 'money')
        """;

    const string Lines = """
        select l.reference, l.occurrence,
            case l.role when 'reversed' then 'reversed' when 'copy' then 'doubled' when 'odd' then 'odd_copy' else
                case when n.reference is null then 'only_there' when n.amount <> l.amount then 'amount'
                    when n.paid_on in (@before, @after) then 'late' else 'other_day' end end as kind,
            l.amount as line_amount, coalesce(n.amount, 0) as notice_amount, n.paid_on as notice_on
        from statement_line l
        left join channel_notice n on n.area = @area and n.channel = @channel and n.reference = l.reference and n.state <> 'cancelled'
            and l.role = 'money'
        where l.area = @area and l.statement_id = @statement
            and (n.reference is null or n.amount <> l.amount or n.paid_on <> @day)
        """;

    const string Notices = """
        select n.reference, 0 as occurrence,
            case when exists (
                select 1 from statement_line a where a.area = @area and a.statement_id in (@previous, @next) and a.reference = n.reference
                    and a.occurrence = 1 and a.role = 'money') then 'late' else 'only_here' end as kind,
            0 as line_amount, n.amount as notice_amount, n.paid_on as notice_on
        from channel_notice n
        where n.area = @area and n.channel = @channel and n.paid_on = @day and n.state <> 'cancelled' and not exists (
            select 1 from statement_line l where l.area = @area and l.statement_id = @statement and l.reference = n.reference
                and l.occurrence = 1 and l.role = 'money')
        """;

    // SQLite keeps to the order of cross joins; left to itself it reads all lines for each notice.
    const string LateNotices = """
        select n.reference, 0 as occurrence, 'late_notice' as kind, 0 as line_amount, n.amount as notice_amount, n.paid_on as notice_on
        from channel_notice n
        where n.area = @area and n.channel = @channel and n.paid_on = @closed and n.act_id > @close and n.state <> 'cancelled'
            and not exists (
                select 1 from statement s cross join statement_line l
                where s.area = @area and s.channel = @channel and s.day >= @first and s.replaced_by is null
                    and l.area = @area and l.statement_id = s.statement_id and l.reference = n.reference and l.occurrence = 1
                    and l.role = 'money')
            and not exists (
                select 1 from discrepancy d where d.area = @area and d.channel = @channel and d.reference = n.reference
                    and d.kind = 'late_notice' and d.day < @day)
        """;

    /// <summary>Matches a day that is open.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="statement">The day's statement.</param>
    /// <param name="previous">The statement of the day before; null where there is none.</param>
    /// <param name="next">That of the day after, and whether that day is closed.</param>
    public static async Task RunAsync(Act act, StatementRow statement, StatementRow? previous, (StatementRow? Row, bool IsClosed) next)
    {
        DataParameter[] given =
        [
            new("area", act.Area, DataType.Int32), new("channel", statement.Channel, DataType.Text),
            new("day", statement.Day, DataType.Date), new("before", statement.Day.AddDays(-1), DataType.Date),
            new("after", statement.Day.AddDays(1), DataType.Date), new("first", statement.Day.AddDays(-LateDays), DataType.Date),
            new("statement", statement.StatementId, DataType.Int64), new("previous", previous?.StatementId ?? 0, DataType.Int64),
            new("next", next.Row?.StatementId ?? 0, DataType.Int64),
            new("counted", next.IsClosed ? next.Row!.StatementId : 0, DataType.Int64), new("act", act.Id, DataType.Int64),
        ];
        if (previous is not null || next.IsClosed)
            await KeepAsync(Again);
        await KeepAsync(Lines);
        await KeepAsync(Notices);
        var (area, channel, day, id) = (act.Area, statement.Channel, statement.Day, act.Id);
        var closes = await ChannelDays.ClosesAsync(act.Session, area, day.AddDays(-LateDays), day.AddDays(-1));
        foreach (var close in closes.Where(close => close.Channel == channel))
            await KeepAsync(LateNotices, new("closed", close.Day, DataType.Date), new("close", close.ActId, DataType.Int64));
        await act.Session.Table<DiscrepancyRow>()
            .Where(row => row.Area == area && row.Channel == channel && row.Day == day && row.State == Discrepancies.Open
                && row.SeenBy != id)
            .Set(row => row.State, Discrepancies.Settled).Set(row => row.Decision, Discrepancies.Cleared).Set(row => row.ActId, id)
            .UpdateAsync();

        async Task KeepAsync(string found, params DataParameter[] more)
        {
            // PostgreSQL reads with all its cores into a table of its own, and with one where it inserts.
            await DoAsync($"create temp table found_now as {found}", more);
            await DoAsync(Upsert, more);
            await DoAsync("drop table found_now", more);
        }

        Task DoAsync(string sql, DataParameter[] more) => act.Session.Data.ExecuteAsync(
            sql, [.. given.Concat(more).Where(one => sql.Contains($"@{one.Name}", StringComparison.Ordinal))]);
    }

    /// <summary>
    /// Keeps what was found. What somebody agreed to stays so while nothing about it changes; everything else is open again, and a question
    /// to the channel stays asked.
    /// </summary>
    const string Upsert = $"""
        insert into discrepancy (area, channel, day, reference, occurrence, kind, line_amount, notice_amount, notice_on, state, decision,
            code, reason, account, seen_by, act_id)
        select @area, @channel, @day, f.reference, f.occurrence, f.kind, f.line_amount, f.notice_amount, f.notice_on,
            case when f.kind in ('late', 'doubled', 'reversed') then 'settled' else 'open' end,
            case when f.kind in ('late', 'doubled', 'reversed') then 'rule' else '' end, '', '', '', @act, @act
        from found_now f
        where 1 = 1
        on conflict (area, channel, day, reference, occurrence) do update set
            state = case when {Same} and excluded.kind in ('other_day', 'odd_copy', 'late_notice') then discrepancy.state
                else excluded.state end,
            decision = case when {Same} then discrepancy.decision else excluded.decision end,
            reason = case when {Same} then discrepancy.reason else excluded.reason end,
            account = case when {Same} then discrepancy.account else excluded.account end,
            code = excluded.code, kind = excluded.kind, line_amount = excluded.line_amount, notice_amount = excluded.notice_amount,
            notice_on = excluded.notice_on, seen_by = excluded.seen_by, act_id = excluded.act_id
        where discrepancy.seen_by <> excluded.seen_by
        """;

    const string Same = "(discrepancy.kind = excluded.kind and discrepancy.line_amount = excluded.line_amount "
        + "and discrepancy.notice_amount = excluded.notice_amount and discrepancy.decision <> 'cleared')";
}
