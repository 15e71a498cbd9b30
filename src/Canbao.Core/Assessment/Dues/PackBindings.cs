using Canbao.Core.Events;
using Canbao.Core.Units;
using Canbao.Policy.Packs;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Mapping;

namespace Canbao.Core.Assessment.Dues;

/// <summary>Which pack applies to a unit and all below it, for a year, from a day on (decision 35).</summary>
[Table("pack_binding")]
public sealed record PackBindingRow
{
    /// <summary>The tenant.</summary>
    [Column("area"), PrimaryKey(1)]
    public int Area { get; init; }

    /// <summary>The unit.</summary>
    [Column("unit"), PrimaryKey(2)]
    public string Unit { get; init; } = "";

    /// <summary>The insurance year.</summary>
    [Column("insurance_year"), PrimaryKey(3)]
    public int InsuranceYear { get; init; }

    /// <summary>Payments from this day on.</summary>
    [Column("from_day"), PrimaryKey(4)]
    public DateOnly FromDay { get; init; }

    /// <summary>The pack's name.</summary>
    [Column("pack")]
    public string Pack { get; init; } = "";

    /// <summary>The act that wrote the row last.</summary>
    [Column("act_id")]
    public long ActId { get; init; }
}

/// <summary>
/// The packs of an area and year. The nearest unit above a person's that has one decides; there the latest day. A later rule of a higher
/// level replaces a pack from a day on, and amounts already paid stay (decision 31, <c>lingyuan 七</c>).
/// </summary>
public sealed class PackBindings
{
    readonly ILookup<string, PackBindingRow> byUnit;
    readonly Dictionary<string, string> paths;

    /// <param name="paths">The paths of the units that are asked for, by code.</param>
    /// <param name="rows">What is bound, by unit, day and pack.</param>
    internal PackBindings(Dictionary<string, string> paths, IEnumerable<PackBindingRow> rows)
    {
        this.paths = paths;
        byUnit = rows.OrderByDescending(row => row.FromDay).ToLookup(row => row.Unit, StringComparer.Ordinal);
    }

    /// <summary>Reads the bindings of an area and year, for some units or for all.</summary>
    public static async Task<PackBindings> ReadAsync(
        Session session, int area, InsuranceYear year, IReadOnlyCollection<string>? units = null)
    {
        var paths = session.Table<UnitRow>().Where(row => row.Area == area);
        if (units is not null)
            paths = paths.Where(row => units.Contains(row.Code));
        return new(await paths.ToDictionaryAsync(row => row.Code, row => row.Path), await ListAsync(session, area, year));
    }

    /// <summary>What was bound in an area for a year.</summary>
    public static Task<List<PackBindingRow>> ListAsync(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        return session.Table<PackBindingRow>().Where(row => row.Area == area && row.InsuranceYear == number).ToListAsync();
    }

    /// <summary>The packs that are bound in an area, for any year.</summary>
    public static Task<List<string>> PacksAsync(Session session, int area) =>
        session.Table<PackBindingRow>().Where(row => row.Area == area).Select(row => row.Pack).Distinct().ToListAsync();

    /// <summary>The pack, where it may be bound.</summary>
    /// <exception cref="RefusedException">
    /// A102: the unit does not exist. A103: the pack is for another year. A201: it is not filled in.
    /// </exception>
    public static async Task<Pack> RequireAsync(Session session, int area, PackShelf shelf, string unit, InsuranceYear year, string pack)
    {
        if (!await session.Table<UnitRow>().AnyAsync(row => row.Area == area && row.Code == unit))
            throw new RefusedException("A102", $"没有单位“{unit}”；请核对单位代码");
        var found = shelf.Find(pack).Pack;
        if (found.Year != year)
            throw new RefusedException("A103", $"政策包“{pack}”是{found.Year}年度的，不能用于{year}年度");
        if (found.Unfilled is [var first, ..])
            throw new RefusedException("A201", $"政策包“{pack}”有 {found.Unfilled.Length} 处待填（{first.Code} 第 {first.At.Line} 行等）；"
                + $"请按新文件填好，用 canbao policy check {pack} 核对后再绑定");
        return found;
    }

    /// <summary>Binds a pack.</summary>
    /// <exception cref="RefusedException">As of <see cref="RequireAsync"/>.</exception>
    public static async Task BindAsync(Act act, PackShelf shelf, string unit, InsuranceYear year, DateOnly from, string pack)
    {
        await RequireAsync(act.Session, act.Area, shelf, unit, year, pack);
        var row = new PackBindingRow
        {
            Area = act.Area,
            Unit = unit,
            InsuranceYear = year.Year,
            FromDay = from,
            Pack = pack,
            ActId = act.Id,
        };
        var old = await act.Session.Table<PackBindingRow>().FirstOrDefaultAsync(each => each.Area == act.Area && each.Unit == unit
            && each.InsuranceYear == row.InsuranceYear && each.FromDay == from);
        if (!act.Record("pack_binding", unit, "bound", old is null ? null : Fields(old), Fields(row)))
            return;
        await act.Session.Data.InsertOrReplaceAsync(row);
    }

    /// <summary>The pack for a unit and payment day; null where none is bound.</summary>
    public string? Find(string unit, DateOnly day)
    {
        var upwards = paths.GetValueOrDefault(unit, "").Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse();
        return upwards.Select(code => byUnit[code].FirstOrDefault(row => row.FromDay <= day)).OfType<PackBindingRow>()
            .FirstOrDefault()?.Pack;
    }

    static object Fields(PackBindingRow row) => new { row.Unit, Year = row.InsuranceYear, row.FromDay, row.Pack };
}
