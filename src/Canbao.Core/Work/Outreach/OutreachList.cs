using System.Data.Common;
using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Work.Outreach;

/// <summary>Which cases are looked for; what is null or empty is not asked.</summary>
/// <param name="Year">The year.</param>
/// <param name="Within">A unit and all below it.</param>
public sealed record OutreachFilter(InsuranceYear Year, UnitRange Within)
{
    /// <summary>Stands for cases without an owner.</summary>
    public const string Nobody = "-";

    /// <summary>Why they were opened.</summary>
    public OutreachGround? Ground { get; init; }

    /// <summary>How they stand.</summary>
    public OutreachState? State { get; init; } = OutreachState.Open;

    /// <summary>An outcome's code.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The owner's login, or <see cref="Nobody"/>.</summary>
    public string Owner { get; init; } = "";

    /// <summary>A category or mark that the person holds today.</summary>
    public string Category { get; init; } = "";

    /// <summary>Only those whose next visit was due before today.</summary>
    public bool IsOverdue { get; init; }
}

/// <summary>A case with whom it is about.</summary>
/// <param name="Row">The case.</param>
/// <param name="Name">The name.</param>
/// <param name="NumberMask">The masked number.</param>
/// <param name="UnitName">The unit.</param>
/// <param name="Address">Where the person lives.</param>
/// <param name="HouseholdId">The household, or null.</param>
/// <param name="Household">Its number; empty where it has none.</param>
/// <param name="Category">A category or mark that the person holds today, or null; the first by code.</param>
/// <param name="DueOutcome">What was assessed last; null where nothing was.</param>
/// <param name="Personal">What the resident pays, as assessed last, or null.</param>
/// <param name="Standard">The personal standard that it comes from, or null.</param>
public sealed record OutreachLine(
    OutreachCaseRow Row, string Name, string NumberMask, string UnitName, string Address, long? HouseholdId, string Household,
    string? Category, string? DueOutcome, Money? Personal, Money? Standard)
{
    /// <summary>What is owed and why, in one line; for whoever is closed, by what.</summary>
    public string Why(Func<string, string> categoryName)
    {
        var category = Category is { } code ? $"，{categoryName(code)}" : "";
        if (Row.State == OutreachState.Closed)
            return OutreachOutcome.Find(Row.Outcome)?.Chinese ?? Row.Outcome;
        var ground = Row.Ground == OutreachGround.Unregistered ? "未登记" : "已登记";
        return Personal is { } personal
            ? $"{ground}，应缴 {personal} 元{(Standard is { } standard && standard != personal ? $"（标准 {standard} 元{category}）" : category)}"
            : Row.Ground == OutreachGround.Unregistered || DueOutcome is null ? $"{ground}{category}"
            : $"{ground}，{DueText.Outcome(DueOutcome)}{category}";
    }
}

/// <summary>A case with everything of it.</summary>
/// <param name="Line">The case.</param>
/// <param name="PhoneMask">The masked phone; null where there is none.</param>
/// <param name="Contacts">Newest first.</param>
/// <param name="ClosedBy">The act that closed it; null while it is open.</param>
/// <param name="History">What was done to it, newest first.</param>
public sealed record OutreachFile(
    OutreachLine Line, string? PhoneMask, IReadOnlyList<OutreachContactRow> Contacts, ActRow? ClosedBy,
    IReadOnlyList<LoggedChange> History);

/// <summary>Looks cases up.</summary>
/// <param name="people">Opens phones.</param>
public sealed class OutreachList(People people)
{
    const int MostInList = 1000, MostChanges = 100;

    const string Round = "q.place, q.household, q.household_id, q.address, q.name, q.person_id";

    const string Lines = """
        select * from (
            select c.person_id, c.unit, c.ground, c.state, c.outcome, c.owner, c.last_contact, c.next_visit, c.opened_on, c.closed_on,
                c.proof_kind, c.proof, c.remark, c.act_id, p.name, p.number_mask, u.name as unit_name, u.place, s.address, s.household_id,
                h.number as household, v.outcome as due_outcome, v.personal, v.standard,
                (select min(k.category) from category_span k where k.area = @area and k.person_id = c.person_id and k.voided_by is null
                    and k.from_day <= @today and (k.until_day is null or k.until_day >= @today)) as category
            from outreach_case c
            join unit u on u.area = @area and u.area = c.area and u.code = c.unit
            join person p on p.area = @area and p.area = c.area and p.person_id = c.person_id
            left join person_status s on s.area = @area and s.area = c.area and s.person_id = c.person_id and s.until_day is null
            left join household h on h.area = @area and h.area = s.area and h.household_id = s.household_id
            left join due d on d.area = @area and d.area = c.area and d.insurance_year = @year and d.person_id = c.person_id
            left join due_verdict v on v.area = @area and v.area = d.area and v.verdict_id = d.verdict_id
            where c.area = @area and c.insurance_year = @year and u.path >= @first and u.path < @end
                and (@ground = 0 or c.ground = @ground) and (@state < 0 or c.state = @state) and (@outcome = '' or c.outcome = @outcome)
                and (@owner = '' or c.owner = case when @owner = '-' then '' else @owner end)
                and (@overdue = 0 or c.next_visit < @today) and (@person = 0 or c.person_id = @person)
                and (@category = '' or exists (select 1 from category_span k where k.area = @area and k.person_id = c.person_id
                    and k.category = @category and k.voided_by is null and k.from_day <= @today
                    and (k.until_day is null or k.until_day >= @today)))
        ) q
        """;

    /// <summary>One page of cases: people of categories first, then by unit and name.</summary>
    public static Task<List<OutreachLine>> ListAsync(
        Session session, int area, OutreachFilter filter, DateOnly today, (int Skip, int Take) part) => ReadAsync(
            session, area, filter, today, "case when q.category is null then 1 else 0 end, q.place, q.name, q.person_id", part);

    /// <summary>
    /// Cases in the order of a round of visits, by village and household, with masked phones (<c>baogou 三(一)-village</c>).
    /// </summary>
    public async Task<List<(OutreachLine Line, string? PhoneMask)>> VisitsAsync(
        Session session, int area, OutreachFilter filter, DateOnly today, int limit)
    {
        var lines = await ReadAsync(session, area, filter, today, Round, (0, limit));
        var phones = await PhonesAsync(session, area, [.. lines.Select(line => line.Row.PersonId)]);
        return [.. lines.Select(line => (line, phones.GetValueOrDefault(line.Row.PersonId)))];
    }

    /// <summary>How many cases a filter finds.</summary>
    public static async Task<int> CountAsync(Session session, int area, OutreachFilter filter, DateOnly today) =>
        await session.Data.ExecuteAsync<int>($"select cast(count(*) as integer) from ({Lines}) n", Given(area, filter, today, 0));

    /// <summary>All cases of a filter, in the order of a round of visits.</summary>
    internal static Task<List<OutreachLine>> AllAsync(Session session, int area, OutreachFilter filter, DateOnly today) =>
        ReadAsync(session, area, filter, today, Round, (0, int.MaxValue));

    /// <summary>A case of a viewer's units; null where there is none.</summary>
    public async Task<OutreachFile?> FindAsync(Session session, Viewer viewer, InsuranceYear year, long person, DateOnly today)
    {
        var (area, number) = (viewer.Area, year.Year);
        var filter = new OutreachFilter(year, viewer.Scope) { State = null };
        var found = await ReadAsync(session, area, filter, today, "q.person_id", (0, 1), person);
        if (found.Count == 0)
            return null;
        var contacts = await session.Table<OutreachContactRow>()
            .Where(row => row.Area == area && row.InsuranceYear == number && row.PersonId == person)
            .OrderByDescending(row => row.Day).ThenByDescending(row => row.ContactId).ToListAsync();
        var row = found[0].Row;
        return new(
            found[0], (await PhonesAsync(session, area, [person])).GetValueOrDefault(person), contacts,
            row.State == OutreachState.Closed ? await ActLog.FindAsync(session, area, row.ActId) : null,
            await ActLog.OfAsync(session, area, "outreach_case", [OutreachDesk.Id(row)], MostChanges));
    }

    async Task<Dictionary<long, string?>> PhonesAsync(Session session, int area, long[] ids)
    {
        var phones = new Dictionary<long, string?>();
        foreach (var part in ids.Chunk(MostInList))
        {
            var found = await (
                from person in session.Table<PersonRow>()
                join status in session.Table<PersonStatusRow>()
                    on new { person.Area, person.PersonId } equals new { status.Area, status.PersonId }
                where person.Area == area && status.Area == area && status.UntilDay == null && status.PhoneSealed != null
                    && part.Contains(person.PersonId)
                select new { person, status }).ToListAsync();
            foreach (var one in found)
                phones[one.person.PersonId] = people.PhoneMask(one.person, one.status);
        }

        return phones;
    }

    static async Task<List<OutreachLine>> ReadAsync(
        Session session, int area, OutreachFilter filter, DateOnly today, string order, (int Skip, int Take) part, long person = 0)
    {
        var lines = new List<OutreachLine>();
        var page = string.Create(CultureInfo.InvariantCulture, $" limit {part.Take} offset {part.Skip}");
        await using var reader = await session.Data.ExecuteReaderAsync(
            $"{Lines} order by {order}{page}", Given(area, filter, today, person));
        while (await reader.Reader!.ReadAsync())
            lines.Add(Line(reader.Reader, area, filter.Year));
        return lines;
    }

    static DataParameter[] Given(int area, OutreachFilter filter, DateOnly today, long person) =>
    [
        new("area", area, DataType.Int32), new("year", filter.Year.Year, DataType.Int32),
        new("first", filter.Within.First, DataType.Text), new("end", filter.Within.End, DataType.Text),
        new("today", today, DataType.Date), new("ground", (int)(filter.Ground ?? 0), DataType.Int32),
        new("state", (int?)filter.State ?? -1, DataType.Int32), new("outcome", filter.Outcome, DataType.NVarChar),
        new("owner", filter.Owner, DataType.NVarChar), new("category", filter.Category, DataType.NVarChar),
        new("overdue", filter.IsOverdue ? 1 : 0, DataType.Int32), new("person", person, DataType.Int64),
    ];

    static OutreachLine Line(DbDataReader row, int area, InsuranceYear year)
    {
        var held = new OutreachCaseRow
        {
            Area = area,
            InsuranceYear = year.Year,
            PersonId = row.GetInt64(0),
            Unit = row.GetString(1),
            Ground = (OutreachGround)row.GetInt32(2),
            State = (OutreachState)row.GetInt32(3),
            Outcome = row.GetString(4),
            Owner = row.GetString(5),
            LastContact = row.OptionalDay(6),
            NextVisit = row.OptionalDay(7),
            OpenedOn = row.Day(8),
            ClosedOn = row.OptionalDay(9),
            ProofKind = row.GetString(10),
            Proof = row.GetString(11),
            Remark = row.GetString(12),
            ActId = row.GetInt64(13),
        };
        return new(
            held, row.GetString(14), row.GetString(15), row.GetString(16), Text(18) ?? "", row.IsDBNull(19) ? null : row.GetInt64(19),
            Text(20) ?? "", Text(24), Text(21), Fen(22), Fen(23));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        Money? Fen(int column) => row.IsDBNull(column) ? null : Money.FromFen(row.GetInt64(column));
    }
}
