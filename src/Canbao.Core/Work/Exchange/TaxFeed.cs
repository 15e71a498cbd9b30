using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Exchange;
using Canbao.Core.Rosters;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Work.Exchange;

/// <summary>
/// Registrations, identity flags and dues for tax (<c>lishi 五(六)</c>, <c>lishi 六(十三)</c>, <c>lingyuan 四(六)-lists</c>): the first
/// message tells of everybody, each later one of whoever was changed by an act that was sealed since.
/// </summary>
/// <param name="tools">What it works with.</param>
public sealed class TaxFeed(ExchangeTools tools)
{
    /// <summary>More changed people than this are not told apart: then the message tells of everybody again.</summary>
    internal int MostChanged { get; init; } = 200_000;

    /// <summary>Makes a message for every partner that gets registrations, where anything changed.</summary>
    /// <returns>How many messages were made, and their rows; known: partners for whom nothing changed.</returns>
    /// <exception cref="RefusedException">X113: no partner gets them. X114: somebody else made one meanwhile.</exception>
    public async Task<MadeLists> MakeAsync(int area, Doer doer, InsuranceYear year, CancellationToken cancel = default)
    {
        await new AuditChain(tools.Vault).SealAsync(tools.Database, area, cancel);
        var partners = await tools.Database.ReadAsync(
            session => Partners.ReceiversAsync(session, area, ExchangeKind.Registrations), cancel);
        if (partners.Count == 0)
            throw new RefusedException("X113", "没有接收参保登记和应缴的单位；请先用 canbao exchange partner add 登记税务部门");
        var made = default(MadeLists);
        foreach (var partner in partners)
        {
            var one = await MakeAsync(partner, doer, year, cancel);
            made = new(made.Messages + one.Messages, made.Rows + one.Rows, made.Known + one.Known);
        }

        return made;
    }

    async Task<MadeLists> MakeAsync(ExchangePartnerRow partner, Doer doer, InsuranceYear year, CancellationToken cancel)
    {
        MessageDraft? draft = null;
        try
        {
            var (before, now) = await tools.Database.ReadAsync(
                async session =>
                {
                    draft?.Dispose();
                    (draft, var from, var to) = await ReadAsync(session, partner, year);
                    return (from, to);
                },
                cancel);
            if (draft!.Table.Rows == 0)
                return new(0, 0, 1);
            var row = await Act.DoAsync(
                tools.Database, partner.Area, doer, "exchange.registrations",
                async act =>
                {
                    await MoveAsync(act, partner, year, before, now);
                    return await Outbox.AddAsync(act, draft);
                },
                cancel);
            return row is null ? new(0, 0, 1) : new(1, row.RowsTold, 0);
        }
        finally
        {
            draft?.Dispose();
        }
    }

    /// <summary>Notes that tax has the flags of newly listed people (<c>lishi 七(二)-5days</c>), once its receipt says so.</summary>
    internal static async Task NoteAcceptedAsync(Act act, ExchangeMessageRow message)
    {
        if (message.Kind != ExchangeKind.Registrations.Code)
            return;
        var (area, kind, made) = (act.Area, ClockKind.FlagsToTax.Code, message.MessageId);
        // Acts and messages have identifiers that grow together: what a clock was opened for was there when the message was made.
        var running = await act.Session.Table<ClockRow>()
            .Where(row => row.Area == area && row.Kind == kind && row.DoneOn == null && row.OpenedAct < made).ToListAsync();
        foreach (var clock in running)
            await Clocks.DoneAsync(act, clock.ClockId, message.SentAt is { } at ? BusinessDay.Of(at) : act.Today);
    }

    async Task<(MessageDraft Draft, long From, long To)> ReadAsync(Session session, ExchangePartnerRow partner, InsuranceYear year)
    {
        long from = await CursorAsync(session, partner, year) ?? 0;
        long to = (await AuditChain.HeadAsync(session, partner.Area)).SealNo;
        var changed = from == 0 ? null : await ChangedAsync(session, partner.Area, year, (from, to));
        var today = BusinessDay.Of(session.Now);
        var draft = Outbox.Begin(
            tools, session, partner, ExchangeKind.Registrations, ($"registrations {year} {to}", today), year);
        var tree = await UnitStore.ReadAsync(session, partner.Area);
        var people = new SentPeople(session, partner.Area, year, today);
        var cells = new SentCells(tools.People, tools.Names, year);
        if (changed is not { Count: 0 })
            foreach (var unit in tree.Subtree(tree.Find(partner.Unit)!))
                await people.ForEachAsync(unit.Code, unit.Name, withDead: true, Take);
        draft.Table.Complete();
        return (draft, from, to);

        void Take(SentPerson person)
        {
            if (changed is null ? person.IsActive : person.RegisteredOn is not null && changed.Contains(person.PersonId))
                draft.Table.Add(column => cells.Of(person, column, held => !CategoryNames.IsMark(held.Category)));
        }
    }

    /// <summary>Whom the acts behind some seals changed; null where they are too many to be told apart.</summary>
    async Task<HashSet<long>?> ChangedAsync(Session session, int area, InsuranceYear year, (long From, long To) seals)
    {
        // Who was changed one by one stands in the log; who was changed in bulk, in the rows that the act wrote.
        const string Sealed = "s.area = @area and s.seal_no > @from and s.seal_no <= @to";
        string statement = $"""
            select cast(c.subject_id as bigint) from act_seal s
            join act_change c on c.area = @area and c.area = s.area and c.act_id = s.act_id
            where {Sealed} and c.subject = 'person'
            union select e.person_id from enrolment e join act_seal s on s.act_id = e.act_id
            where e.area = @area and e.insurance_year = @year and {Sealed}
            union select d.person_id from due d join act_seal s on s.act_id = d.act_id
            where d.area = @area and d.insurance_year = @year and {Sealed}
            union select t.person_id from person_status t join act_seal s on s.act_id = t.act_id where t.area = @area and {Sealed}
            limit @most
            """;
        var changed = new HashSet<long>();
        await using var rows = await session.Data.ExecuteReaderAsync(
            statement,
            new DataParameter("area", area, DataType.Int32), new DataParameter("year", year.Year, DataType.Int32),
            new DataParameter("from", seals.From, DataType.Int64), new DataParameter("to", seals.To, DataType.Int64),
            new DataParameter("most", MostChanged + 1, DataType.Int32));
        while (await rows.Reader!.ReadAsync())
            changed.Add(rows.Reader.GetInt64(0));
        return changed.Count > MostChanged ? null : changed;
    }

    static async Task<long?> CursorAsync(Session session, ExchangePartnerRow partner, InsuranceYear year)
    {
        var (area, code, kind, number) = (partner.Area, partner.Partner, ExchangeKind.Registrations.Code, year.Year);
        return (await session.Table<ExchangeCursorRow>().FirstOrDefaultAsync(
            row => row.Area == area && row.Partner == code && row.Kind == kind && row.InsuranceYear == number))?.SealNo;
    }

    static async Task MoveAsync(Act act, ExchangePartnerRow partner, InsuranceYear year, long before, long now)
    {
        if ((await CursorAsync(act.Session, partner, year) ?? 0) != before)
            throw new RefusedException("X114", "别处刚刚生成了发往税务的数据；请刷新后再看是否还有变动");
        await act.Session.Data.InsertOrReplaceAsync(new ExchangeCursorRow
        {
            Area = act.Area,
            Partner = partner.Partner,
            Kind = ExchangeKind.Registrations.Code,
            InsuranceYear = year.Year,
            SealNo = now,
            ActId = act.Id,
        });
    }
}
