using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Collection;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Collecting;

/// <summary>A line of a batch.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Name">Whose contribution it is.</param>
/// <param name="NumberMask">The number as screens show it.</param>
/// <param name="Returned">That another desk gave it back last; null where none did.</param>
public sealed record BatchLine(PaymentRow Payment, string Name, string NumberMask, ReturnedLineRow? Returned)
{
    /// <summary>Whether it was given back and waits for the agent.</summary>
    public bool Waits => Returned is { Answer: null } && Payment.VoidReason is null;
}

/// <summary>Somebody on the list of a group payment whose money is not posted.</summary>
/// <param name="Row">The line.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The number as screens show it.</param>
public sealed record PlannedLine(GroupLineRow Row, string Name, string NumberMask);

/// <summary>A batch as lists show it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="UnitName">The name of its unit.</param>
/// <param name="Agent">The name of whoever collects.</param>
/// <param name="Count">What stands in it; for a notice the people registered.</param>
public sealed record ListedBatch(CollectionBatchRow Batch, string UnitName, string Agent, BatchCount Count);

/// <summary>A batch with all that belongs to it.</summary>
/// <param name="Listed">The batch.</param>
/// <param name="Steps">What was done.</param>
/// <param name="Lines">Its lines, void ones too.</param>
/// <param name="Left">The lines that left it.</param>
public sealed record BatchFile(
    ListedBatch Listed, IReadOnlyList<CollectionStepRow> Steps, IReadOnlyList<BatchLine> Lines, IReadOnlyList<BatchLine> Left)
{
    /// <summary>The names of accounts, by login.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>The list of a group payment, while nothing of it is posted.</summary>
    public IReadOnlyList<PlannedLine> Planned { get; init; } = [];

    /// <summary>The clock of its deposit or notice.</summary>
    public Clock? Clock { get; init; }
}

/// <summary>Which batches are looked for.</summary>
/// <param name="Within">Of which units.</param>
/// <param name="Year">Of which insurance year.</param>
public sealed record BatchSearch(UnitRange Within, InsuranceYear Year)
{
    /// <summary>Only this state; empty for all.</summary>
    public string State { get; init; } = "";

    /// <summary>Only those that are not at their end.</summary>
    public bool OnlyUnfinished { get; init; }

    /// <summary>Only what somebody collects; empty for all.</summary>
    public string Agent { get; init; } = "";
}

/// <summary>Reads batches as the desks see them.</summary>
public static class BatchFiles
{
    static readonly string[] Ended = [Batches.Settled, Batches.Returned, Batches.Notified];

    /// <summary>The batches that are looked for, newest first: one page of them.</summary>
    public static async Task<List<ListedBatch>> ListAsync(Session session, int area, BatchSearch search, (int Skip, int Take) part)
    {
        var (first, end, year, state, agent) = (search.Within.First, search.Within.End, search.Year.Year, search.State, search.Agent);
        bool unfinished = search.OnlyUnfinished;
        var rows = await (
            from batch in session.Table<CollectionBatchRow>()
            join unit in session.Table<UnitRow>() on new { batch.Area, Code = batch.Unit } equals new { unit.Area, unit.Code }
            where batch.Area == area && unit.Area == area && batch.InsuranceYear == year
                && (!unfinished || !Ended.Contains(batch.State))
                && (state == "" || batch.State == state) && (agent == "" || batch.Agent == agent)
                && string.CompareOrdinal(unit.Path, first) >= 0 && string.CompareOrdinal(unit.Path, end) < 0
            orderby batch.BatchId descending
            select new { Batch = batch, Unit = unit.Name }).Skip(part.Skip).Take(part.Take).ToListAsync();
        if (rows.Count == 0)
            return [];
        var names = await NamesAsync(session, area, rows.Select(row => row.Batch.Agent));
        var counts = await CountsAsync(session, area, [.. rows.Select(row => row.Batch.BatchId)]);
        return rows.ConvertAll(row => new ListedBatch(
            row.Batch, row.Unit, Name(names, row.Batch.Agent), counts.GetValueOrDefault(row.Batch.BatchId)));
    }

    /// <summary>A batch within some units; null where there is none.</summary>
    public static async Task<BatchFile?> FindAsync(Session session, int area, UnitRange within, long id, DateOnly today)
    {
        if (await Batches.FindAsync(session, area, id) is not { } batch
            || await session.Table<UnitRow>().FirstOrDefaultAsync(row => row.Area == area && row.Code == batch.Unit) is not { } unit
            || !within.Contains(unit.Path))
        {
            return null;
        }

        var steps = await Batches.StepsAsync(session, area, id);
        var lines = await LinesAsync(session, area, await Batches.LinesAsync(session, area, id), null);
        var left = await session.Table<ReturnedLineRow>().Where(row => row.Area == area && row.BatchId == id)
            .Select(row => row.PaymentId).ToListAsync();
        var gone = left.Count == 0 ? [] : await LinesAsync(session, area, await session.Table<PaymentRow>()
            .Where(row => row.Area == area && left.Contains(row.PaymentId)).OrderBy(row => row.PaymentId).ToListAsync(), id);
        var names = await NamesAsync(session, area, [.. steps.Select(step => step.Account), batch.Agent, batch.Holder,
            .. lines.Concat(gone).Select(line => line.Returned?.Account ?? "")]);
        var counts = await CountsAsync(session, area, [id]);
        return new(new(batch, unit.Name, Name(names, batch.Agent), counts.GetValueOrDefault(id)), steps, lines, gone)
        {
            Names = names,
            Planned = Groups.IsPlanned(batch) ? await PlannedAsync(session, area, id) : [],
            Clock = batch.ClockId is { } clock ? await Clocks.Published.FindAsync(session, area, clock, today) : null,
        };
    }

    /// <summary>The name of a login; the login where there is none.</summary>
    public static string Name(IReadOnlyDictionary<string, string> names, string login) => names.GetValueOrDefault(login, login);

    /// <summary>The names of accounts, by login.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(Session session, int area, IEnumerable<string> logins)
    {
        string[] asked = [.. logins.Distinct(StringComparer.Ordinal)];
        return await session.Table<AccountRow>().Where(row => row.Area == area && asked.Contains(row.Login))
            .ToDictionaryAsync(row => row.Login, row => row.Name, StringComparer.Ordinal);
    }

    static async Task<Dictionary<long, BatchCount>> CountsAsync(Session session, int area, long[] ids)
    {
        var lines = await (
            from row in session.Table<PaymentRow>()
            where row.Area == area && row.VoidReason == null && row.BatchId != null && ids.Contains(row.BatchId.Value)
            group row by row.BatchId!.Value into same
            select new { Id = same.Key, People = same.Count(), Sum = same.Sum(row => row.Amount) }).ToListAsync();
        // A notice has no money, and a group payment none that is posted from the beginning: their first steps say how many.
        var counts = await (
            from step in session.Table<CollectionStepRow>()
            join batch in session.Table<CollectionBatchRow>() on new { step.Area, step.BatchId } equals new { batch.Area, batch.BatchId }
            where step.Area == area && batch.Area == area && ids.Contains(step.BatchId)
                && (step.Step == Batches.Registered || step.Step == Batches.Submitted && batch.Kind == Batches.Group)
            select step).ToDictionaryAsync(row => row.BatchId, row => new BatchCount(row.People, Money.FromFen(row.Amount)));
        foreach (var one in lines)
            counts[one.Id] = new(one.People, Money.FromFen(one.Sum));
        return counts;
    }

    static async Task<IReadOnlyList<PlannedLine>> PlannedAsync(Session session, int area, long id)
    {
        var lines = await Groups.LinesAsync(session, area, id);
        var people = await ListedPeople.ByIdAsync(session, area, lines.Select(line => line.PersonId));
        return lines.ConvertAll(line => new PlannedLine(line, people[line.PersonId].Name, people[line.PersonId].Mask));
    }

    static async Task<IReadOnlyList<BatchLine>> LinesAsync(Session session, int area, List<PaymentRow> payments, long? from)
    {
        if (payments.Count == 0)
            return [];
        long[] ids = [.. payments.Select(row => row.PaymentId)], who = [.. payments.Select(row => row.PersonId).Distinct()];
        var people = await session.Table<PersonRow>().Where(row => row.Area == area && who.Contains(row.PersonId))
            .ToDictionaryAsync(row => row.PersonId, row => (row.Name, row.NumberMask));
        var returned = (await session.Table<ReturnedLineRow>()
            .Where(row => row.Area == area && ids.Contains(row.PaymentId)).OrderBy(row => row.ActId).ToListAsync())
            .Where(row => from is null || row.BatchId == from).ToLookup(row => row.PaymentId);
        return payments.ConvertAll(payment => new BatchLine(
            payment, people[payment.PersonId].Name, people[payment.PersonId].NumberMask, returned[payment.PaymentId].LastOrDefault()));
    }
}
