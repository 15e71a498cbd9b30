using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Core.Tests.Rosters;
using Canbao.Core.Work;
using Canbao.Core.Work.Changes;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;

namespace Canbao.Core.Tests.Work.Changes;

/// <summary>Changes of a town in tests: looked at, applied, and told line by line as an office would read them.</summary>
sealed class Told(Refunding.Refunding town)
{
    public static readonly Viewer Bureau = Refunding.Refunding.Who(Role.Bureau);

    readonly Lists lists = new(town.Area);

    public ChangeDesk Desk { get; } = new(town.Area.Dues, town.Area.Shelf, town.Area.Vault);

    TestArea Area => town.Area;

    public Task<ChangeEffects> PreviewAsync(ChangeOrder order, Viewer? viewer = null) =>
        Desk.PreviewAsync(Area.Database, viewer ?? Bureau, order);

    public Task<ChangeEffects> ApplyAsync(ChangeOrder order, string digest, Viewer? viewer = null) => Area.DoAsync(
        "person.change", act => Desk.ApplyAsync(act, viewer ?? Bureau, order, digest), (viewer ?? Bureau).Login);

    /// <summary>Looks at a change and applies it; what was shown is what was done.</summary>
    public async Task<string[]> DoAsync(ChangeOrder order, Viewer? viewer = null)
    {
        var shown = await PreviewAsync(order, viewer);
        return Lines(await ApplyAsync(order, shown.Digest, viewer));
    }

    /// <summary>A list of the civil affairs that is handed in today.</summary>
    public async Task<ChangeOrder> ListAsync(string text, RosterOrder order, bool isTrial = false)
    {
        var upload = await lists.KeepAsync(order, text);
        var outcome = await Area.ReadAsync(session => lists.Desk.TryAsync(session, TestArea.Code, upload, order));
        return new ListDesk(lists.Desk, Area.Dues).Change(upload, order, outcome.Digest, isTrial, town.Year);
    }

    /// <summary>Adjustments of people by their numbers in the test.</summary>
    public Task<ChangeOrder> AdjustAsync(params (int Person, string Change, string Category, string Day)[] rows) =>
        ListAsync(Lists.Changes(rows), Lists.Adjustment(on: BusinessDay.Of(Area.Clock.GetUtcNow())));

    public ChangeOrder Death(long person, DateOnly day) => Person(
        person, $"died {person} {day:yyyy-MM-dd}", act => new LifeEvents(Area.People, Area.Enrolments).DieAsync(act, person, day));

    public ChangeOrder Person(long person, string text, Func<Act, Task> change) => ChangeOrder.Of([person], [town.Year], text, change);

    public ChangeOrder Status(long person, DateOnly from, Func<PersonStatusRow, PersonStatusRow> change) =>
        Person(person, $"status {person} {from:yyyy-MM-dd}", act => Area.People.ChangeAsync(act, person, from, change));

    /// <summary>Effects as lines: the people, then the payers.</summary>
    public static string[] Lines(ChangeEffects effects) =>
    [
        .. effects.People.Select(Line),
        .. effects.Payers.Select(payer => $"{payer.Name} {payer.Before} > {payer.After}"),
    ];

    static string Line(PersonEffect one) => string.Join("; ", new[]
    {
        $"{Due(one.Before)} > {Due(one.After)}",
        one.Payment is { } paid ? $"paid {paid.Amount}, {Paid(paid)}" : "",
        string.Join(", ", one.Cover.Select(span => $"{span.Fate} {span.From:MM-dd}..{span.Until:MM-dd}")),
    }.Where(part => part.Length > 0));

    static string Due(DueEffect? due) => due?.Personal is { } amount ? $"{amount}" : due?.Outcome ?? "none";

    static string Paid(PaymentEffect paid) =>
        paid.Lacking > Money.Zero ? $"lacks {paid.Lacking}"
        : paid.Reason.Length == 0 ? "stays"
        : paid.Answer.Basis is { } basis
            ? $"{paid.Reason} by {(basis.Clause.Length > 0 ? basis.Clause : basis.Basis)}{(paid.MayRequest ? "" : ", not asked")}"
        : $"{paid.Reason} {paid.Answer.Code}";
}
