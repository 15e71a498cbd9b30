using Canbao.Core.Assessment.Dues;
using Canbao.Core.Collection;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using LinqToDB.Async;

namespace Canbao.Core.Work.Changes;

/// <summary>What is to be changed after the fact, however many it concerns.</summary>
/// <param name="Text">Tells this change from any other, so that nothing else is applied than what was shown.</param>
/// <param name="Years">The years in which people are assessed anew.</param>
/// <param name="WhoAsync">Whom it concerns, asked before anything is changed.</param>
/// <param name="DoAsync">The change itself, by the room that owns it; dues and cover follow by themselves.</param>
public sealed record ChangeOrder(
    string Text, IReadOnlyList<InsuranceYear> Years, Func<Act, Task<IReadOnlyCollection<long>>> WhoAsync, Func<Act, Task> DoAsync)
{
    /// <summary>Whether money that may go back is asked for in the same deed.</summary>
    public bool AsksForRefunds { get; init; } = true;

    /// <summary>
    /// For which reason money goes back that is more than is owed: a list exempts from its day on (<c>lingyuan 四(六)-new</c>), anything
    /// else says that another amount was owed on the payment day already.
    /// </summary>
    public string RefundReason { get; init; } = Refunds.OfficeError;

    /// <summary>A change of some people that are known.</summary>
    public static ChangeOrder Of(
        IReadOnlyCollection<long> people, IReadOnlyList<InsuranceYear> years, string text, Func<Act, Task> change) =>
        new(text, years, _ => Task.FromResult(people), change);

    /// <summary>A person's number is corrected, and the birth with it; where another record has it, both are concerned.</summary>
    public static ChangeOrder Number(
        (People People, LifeEvents Events) rooms, long person, IReadOnlyList<InsuranceYear> years, CitizenNumber number) => new(
            $"number {person} {number.Full}",
            years,
            async act => await rooms.People.FindByNumberAsync(act.Session, act.Area, number) is { } other && other.PersonId != person
                ? [person, other.PersonId] : [person],
            act => rooms.Events.CorrectNumberAsync(act, person, number));

    /// <summary>Another pack for a unit and all below it, or another edition: for everybody who belongs to them today.</summary>
    public static ChangeOrder Pack(PackShelf shelf, string unit, InsuranceYear year, DateOnly from, string pack) => new(
        FormattableString.Invariant($"pack {unit} {year} {from:yyyy-MM-dd} {pack} {shelf.Find(pack).Pack.Hash}"),
        [year],
        act => OfUnitAsync(act, unit),
        act => PackBindings.BindAsync(act, shelf, unit, year, from, pack));

    /// <summary>Everybody who belongs to a unit or one below it today.</summary>
    static async Task<IReadOnlyCollection<long>> OfUnitAsync(Act act, string unit)
    {
        var (area, today) = (act.Area, act.Today);
        if (await act.Session.Table<UnitRow>().FirstOrDefaultAsync(row => row.Area == area && row.Code == unit) is not { } row)
            throw new RefusedException("A102", $"没有单位“{unit}”；请核对单位代码");
        var within = new UnitRange(row.Path);
        var (first, end) = (within.First, within.End);
        return await (
            from status in act.Session.Table<PersonStatusRow>()
            join below in act.Session.Table<UnitRow>() on new { status.Area, Code = status.Unit } equals new { below.Area, below.Code }
            where status.Area == area && below.Area == area && status.FromDay <= today
                && (status.UntilDay == null || status.UntilDay >= today)
                && string.CompareOrdinal(below.Path, first) >= 0 && string.CompareOrdinal(below.Path, end) < 0
            select status.PersonId).ToListAsync();
    }
}
