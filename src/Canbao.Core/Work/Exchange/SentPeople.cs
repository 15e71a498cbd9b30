using System.Data.Common;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Exchange;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Secrets;
using Canbao.Policy;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Data;

namespace Canbao.Core.Work.Exchange;

/// <summary>Somebody whose standing is told to another office.</summary>
sealed class SentPerson
{
    public required long PersonId { get; init; }

    public required PersonRow Person { get; init; }

    public required string UnitName { get; init; }

    /// <summary>Day of registration; null for whoever never was registered for the year.</summary>
    public required DateOnly? RegisteredOn { get; init; }

    /// <summary>Whether the registration ended.</summary>
    public required bool IsCancelled { get; init; }

    public required DateOnly? PaidOn { get; init; }

    /// <summary>What was paid, fen; null where nothing was.</summary>
    public required long? Paid { get; init; }

    /// <summary>What was answered last; empty for whoever was never assessed.</summary>
    public required string Outcome { get; init; }

    /// <summary>What the resident owes, fen; null where nothing can be told.</summary>
    public required long? Due { get; init; }

    /// <summary>The phone, sealed; null where there is none.</summary>
    public byte[]? Phone { get; init; }

    /// <summary>The categories held, with the departments that say so.</summary>
    public IReadOnlyList<(string Department, string Category)> Held { get; init; } = [];

    public bool IsActive => RegisteredOn is not null && !IsCancelled;

    /// <summary>Whether the person is registered, owes something and has not paid.</summary>
    public bool IsOwing => IsActive && PaidOn is null && Due > 0 && Outcome == Policy.Outcome.Due.Code();

    public string Registration => IsCancelled ? "已注销" : RegisteredOn is null ? "未登记" : "已登记";

    public string Standing => !IsActive ? Registration
        : PaidOn is not null ? "已缴费"
        : (Outcome, Due) switch
        {
            ("", _) => "待核定",
            (_, 0) when Outcome == Policy.Outcome.Due.Code() => "无需缴费",
            _ when IsOwing => "未缴费",
            _ => DueText.Outcome(Outcome),
        };
}

/// <summary>Reads people unit by unit, so that memory holds one unit's at most.</summary>
/// <param name="session">Where.</param>
/// <param name="area">The tenant.</param>
/// <param name="year">The insurance year.</param>
/// <param name="day">Who holds a category on this day.</param>
sealed class SentPeople(Session session, int area, InsuranceYear year, DateOnly day)
{
    const string People = """
        select p.person_id, p.name, p.number_mask, p.number_sealed, p.salt, e.registered_on, e.ended_on, y.paid_on, y.amount,
            v.outcome, v.personal, p.died_on, s.phone_sealed
        from person_status s
        join person p on p.area = @area and p.area = s.area and p.person_id = s.person_id
        left join enrolment e on e.area = @area and e.area = s.area and e.insurance_year = @year and e.person_id = s.person_id
        left join payment y on y.area = @area and y.area = s.area and y.insurance_year = @year and y.person_id = s.person_id
            and y.reversed_by is null
        left join due d on d.area = @area and d.area = s.area and d.insurance_year = @year and d.person_id = s.person_id
        left join due_verdict v on v.area = @area and v.area = d.area and v.verdict_id = d.verdict_id
        where s.area = @area and s.unit = @unit and s.until_day is null and p.merged_into is null
        order by p.person_id
        """;

    const string Categories = """
        select c.person_id, c.department, c.category
        from person_status s
        join category_span c on c.area = @area and c.area = s.area and c.person_id = s.person_id
        where s.area = @area and s.unit = @unit and s.until_day is null
            and c.voided_by is null and c.from_day <= @day and (c.until_day is null or c.until_day >= @day)
        order by c.person_id, c.department, c.category
        """;

    /// <summary>Goes over the people of a unit itself, without those below it, in the order of their identifiers.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <param name="name">Its name.</param>
    /// <param name="withDead">Whether the dead are among them.</param>
    /// <param name="take">What is done with each.</param>
    public async Task ForEachAsync(string unit, string name, bool withDead, Action<SentPerson> take)
    {
        var held = await HeldAsync(unit);
        await using var rows = await session.Data.ExecuteReaderAsync(People, Given(unit));
        while (await rows.Reader!.ReadAsync())
            if (withDead || rows.Reader.IsDBNull(11))
                take(Read(rows.Reader, name, held));
    }

    async Task<Dictionary<long, List<(string, string)>>> HeldAsync(string unit)
    {
        var held = new Dictionary<long, List<(string, string)>>();
        await using var rows = await session.Data.ExecuteReaderAsync(Categories, Given(unit));
        while (await rows.Reader!.ReadAsync())
        {
            long person = rows.Reader.GetInt64(0);
            if (!held.TryGetValue(person, out var list))
                held.Add(person, list = []);
            list.Add((rows.Reader.GetString(1), rows.Reader.GetString(2)));
        }

        return held;
    }

    static SentPerson Read(DbDataReader row, string unit, Dictionary<long, List<(string, string)>> held) => new()
    {
        PersonId = row.GetInt64(0),
        Person = new()
        {
            Name = row.GetString(1),
            NumberMask = row.GetString(2),
            NumberSealed = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
            Salt = row.GetFieldValue<byte[]>(4),
        },
        UnitName = unit,
        RegisteredOn = row.OptionalDay(5),
        IsCancelled = !row.IsDBNull(6),
        PaidOn = row.OptionalDay(7),
        Paid = row.IsDBNull(8) ? null : row.GetInt64(8),
        Outcome = row.IsDBNull(9) ? "" : row.GetString(9),
        Due = row.IsDBNull(10) ? null : row.GetInt64(10),
        Phone = row.IsDBNull(12) ? null : row.GetFieldValue<byte[]>(12),
        Held = held.GetValueOrDefault(row.GetInt64(0)) ?? [],
    };

    DataParameter[] Given(string unit) =>
    [
        new("area", area, DataType.Int32), new("year", year.Year, DataType.Int32), new("day", day, DataType.Date),
        new("unit", unit, DataType.NVarChar),
    ];
}

/// <summary>Says what stands in a column of somebody's row.</summary>
/// <param name="people">Opens numbers.</param>
/// <param name="names">Names categories.</param>
/// <param name="year">The insurance year.</param>
sealed class SentCells(People people, CategoryNames names, InsuranceYear year)
{
    /// <summary>What an office that gets a column reads in it.</summary>
    /// <param name="person">Whose row.</param>
    /// <param name="column">The column.</param>
    /// <param name="held">Which of the categories the receiver may see.</param>
    public string Of(SentPerson person, SentColumn column, Func<(string Department, string Category), bool> held) => column switch
    {
        SentColumn.Unit => person.UnitName,
        SentColumn.Name => person.Person.Name,
        // Of whoever's key was destroyed nothing but the mask is left.
        SentColumn.Number => Vault.IsDestroyed(person.Person.Salt) ? person.Person.NumberMask : people.OpenNumber(person.Person) ?? "",
        SentColumn.MaskedNumber => person.Person.NumberMask,
        SentColumn.Year => $"{year}",
        SentColumn.Registration => person.Registration,
        SentColumn.RegisteredOn => Day(person.RegisteredOn),
        SentColumn.Categories => string.Join('、', person.Held.Where(held).Select(one => names.Chinese(one.Category)).Distinct()),
        SentColumn.Standing => person.Standing,
        SentColumn.Due => person is { IsActive: true, Due: { } fen } ? Money.FromFen(fen).ToString() : "",
        SentColumn.PaidOn => Day(person.PaidOn),
        SentColumn.Paid => person.Paid is { } paid ? Money.FromFen(paid).ToString() : "",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Not a column of people."),
    };

    static string Day(DateOnly? day) => day is null ? "" : $"{day:yyyy-MM-dd}";
}
