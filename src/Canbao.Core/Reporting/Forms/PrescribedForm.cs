using System.Collections.Immutable;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Reporting.Forms;

/// <summary>What a form is filled from.</summary>
public enum FormSource
{
    /// <summary>Figures that notices publish or offices enter.</summary>
    Figures,

    /// <summary>The kept counts of people.</summary>
    Tally,

    /// <summary>People for whom funders pay.</summary>
    Funding,
}

/// <summary>A form that a notice prescribes.</summary>
/// <param name="Code">Its name in addresses and commands, such as <c>lishi-5</c>.</param>
/// <param name="Name">What offices call it.</param>
/// <param name="Clause">The annex of the notice, as in <c>docs/clauses.yaml</c>.</param>
/// <param name="Source">What it is filled from.</param>
public sealed record PrescribedForm(string Code, string Name, string Clause, FormSource Source)
{
    /// <summary>The place whose notice has it, by the code of its top unit.</summary>
    public string Place => Code[..Code.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The place as offices say it.</summary>
    public required string PlaceName { get; init; }

    /// <summary>The equations that it is held to.</summary>
    public IReadOnlyList<FormEquation> Equations { get; init; } = [];

    /// <summary>Fills it with figures.</summary>
    internal FigureTable? Figures { get; init; }

    /// <summary>Fills it with counts.</summary>
    internal Func<FormFrame, IReadOnlyList<TallyLine>, FormGrid>? Tally { get; init; }

    /// <summary>Fills it with people.</summary>
    internal Func<FormFrame, IReadOnlyList<FundedPerson>, FormGrid>? Funding { get; init; }

    /// <summary>The form with counts, and what is wrong with it.</summary>
    /// <exception cref="InvalidOperationException">It is filled from something else.</exception>
    public FilledForm Fill(FormFrame frame, IReadOnlyList<TallyLine> lines) =>
        Checked((Tally ?? throw Other())(frame, frame.Within(lines)), []);

    /// <summary>The form with figures, and what is wrong with it.</summary>
    /// <exception cref="InvalidOperationException">It is filled from something else.</exception>
    public FilledForm Fill(FormFrame frame, PublishedFigures figures)
    {
        var (grid, problems) = (Figures ?? throw Other()).Fill(frame, figures);
        return Checked(grid, problems);
    }

    /// <summary>The form with people.</summary>
    /// <exception cref="InvalidOperationException">It is filled from something else.</exception>
    public FilledForm Fill(FormFrame frame, IReadOnlyList<FundedPerson> people) =>
        Checked((Funding ?? throw Other())(frame, people), []);

    FilledForm Checked(FormGrid grid, IEnumerable<FormProblem> more) => new(this, grid, [.. FormCheck.Run(grid, Equations), .. more]);

    InvalidOperationException Other() => new($"{Code} is filled from {Source}.");
}

/// <summary>A form, filled in and checked.</summary>
/// <param name="Form">Which.</param>
/// <param name="Grid">What stands in it.</param>
/// <param name="Problems">What is wrong with it, errors first.</param>
public sealed record FilledForm(PrescribedForm Form, FormGrid Grid, ImmutableArray<FormProblem> Problems);

/// <summary>For whom, which year and which day a form is filled in.</summary>
/// <param name="Tree">All units.</param>
/// <param name="Unit">The unit that fills it in: its rows are the units directly below it, or itself where none are.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Day">The day up to which it tells.</param>
public sealed record FormFrame(UnitTree Tree, Unit Unit, InsuranceYear Year, DateOnly Day)
{
    /// <summary>What stands before the year in titles: the shortest name of the place.</summary>
    public string Place => ShortName(Unit);

    /// <summary>Whether the rows are villages, schools and the like.</summary>
    public bool IsTownship => Unit.Kind is UnitKind.Township or UnitKind.Branch or UnitKind.Village;

    /// <summary>The units of the rows.</summary>
    public IEnumerable<Unit> Rows => Tree.ChildrenOf(Unit).Any() ? Tree.ChildrenOf(Unit) : [Unit];

    /// <summary>The lines of the unit and of all below it.</summary>
    internal IReadOnlyList<TallyLine> Within(IReadOnlyList<TallyLine> lines)
    {
        var codes = Tree.Subtree(Unit).Select(unit => unit.Code).ToHashSet(StringComparer.Ordinal);
        return [.. lines.Where(line => codes.Contains(line.Unit))];
    }

    /// <summary>
    /// The lines of each row in their order: what stands below a unit counts to it. People of the shown unit itself come last.
    /// </summary>
    public IEnumerable<(Unit Unit, bool IsOwn, IReadOnlyList<TallyLine> Lines)> Rolled(IReadOnlyList<TallyLine> lines)
    {
        var byUnit = lines.ToLookup(line => line.Unit, StringComparer.Ordinal);
        foreach (var unit in Rows)
            yield return (unit, false, [.. Tree.Subtree(unit).SelectMany(each => byUnit[each.Code])]);
        if (Tree.ChildrenOf(Unit).Any() && byUnit.Contains(Unit.Code))
            yield return (Unit, true, [.. byUnit[Unit.Code]]);
    }

    /// <summary>A unit's other name, which is mostly the shorter one; its name where it has no other.</summary>
    public static string ShortName(Unit unit) => unit.Aliases.Append(unit.Name).MinBy(name => name.Length)!;
}

/// <summary>All forms.</summary>
public static class PrescribedForms
{
    /// <summary>All of them, place by place.</summary>
    public static IReadOnlyList<PrescribedForm> All { get; } =
    [
        WeeklyForm.Form, CanvassForm.Form, .. TargetForms.All, FundedList.Form,
    ];

    /// <summary>A form by its code; null where there is none.</summary>
    public static PrescribedForm? Find(string code) => All.FirstOrDefault(form => form.Code == code);

    /// <summary>All of them, those of a place first.</summary>
    public static IEnumerable<PrescribedForm> For(UnitTree tree) => All.OrderByDescending(form => form.Place == tree.Root.Code);
}
