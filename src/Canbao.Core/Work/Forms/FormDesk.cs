using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Registry;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work.Funding;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Forms;

/// <summary>Which form, for whom, for when.</summary>
/// <param name="Form">The form.</param>
/// <param name="Year">The insurance year.</param>
/// <param name="Unit">The code of the unit that fills it in.</param>
/// <param name="Today">The business day.</param>
public sealed record FormOrder(PrescribedForm Form, InsuranceYear Year, string Unit, DateOnly Today)
{
    /// <summary>The day at whose end people are counted; null for now. Figures and lists of people are always those of now.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>What forms are filled from, read once for all units of an area.</summary>
/// <param name="Tree">All units.</param>
/// <param name="Lines">The counts; empty for forms that are filled from something else.</param>
/// <param name="Figures">Targets and figures; empty likewise.</param>
public sealed record FormInputs(UnitTree Tree, IReadOnlyList<TallyLine> Lines, PublishedFigures Figures);

/// <summary>Fills in prescribed forms from what is kept.</summary>
/// <param name="vault">Opens numbers, for the list that finance gets.</param>
public sealed class FormDesk(Vault vault)
{
    /// <summary>The most people of a list; more are to be asked for by unit.</summary>
    public const int Most = 100_000;

    /// <summary>Who sees forms with counts.</summary>
    static readonly Role[] Counted =
        [Role.Agent, Role.Street, Role.Bureau, Role.Tax, Role.Supervisor, Role.Finance, Role.School];

    /// <summary>Who sees for whom funders pay: a list department, for its own categories.</summary>
    static readonly Role[] Funders = [Role.Tax, Role.Bureau, Role.Finance, Role.Supervisor, Role.ListDepartment, Role.Street];

    /// <summary>Who may take that list away with full numbers: whoever confirms it, and who pays by it.</summary>
    static readonly Role[] Takers = [Role.Bureau, Role.Finance, Role.ListDepartment];

    /// <summary>Whether somebody sees a form at all.</summary>
    public static bool Admits(Viewer viewer, PrescribedForm form) =>
        (form.Source == FormSource.Funding ? Funders : Counted).Contains(viewer.Role);

    /// <summary>Whether somebody may keep a form as a workbook.</summary>
    public static bool MayTake(Viewer viewer, PrescribedForm form) =>
        Admits(viewer, form) && (form.Source != FormSource.Funding || Takers.Contains(viewer.Role));

    /// <summary>The form, with numbers masked.</summary>
    /// <exception cref="RefusedException">T311: the unit is not there or not the viewer's. T312: too many people for one list.</exception>
    public async Task<FilledForm> FillAsync(Session session, Viewer viewer, FormOrder order)
    {
        var inputs = await ReadAsync(session, viewer, order);
        return order.Form.Source == FormSource.Funding
            ? order.Form.Fill(FrameOf(inputs.Tree, order), await PeopleAsync(session, viewer, order, inputs.Tree, isFull: false))
            : Fill(inputs, order);
    }

    /// <summary>What forms of one unit and all below it are filled from.</summary>
    /// <exception cref="RefusedException">T311: the unit is not there or not the viewer's.</exception>
    public static async Task<FormInputs> ReadAsync(Session session, Viewer viewer, FormOrder order)
    {
        var tree = await UnitStore.ReadAsync(session, viewer.Area);
        if (tree.Find(order.Unit) is not { } unit || !viewer.Sees(tree.PathOf(unit)))
            throw new RefusedException("T311", $"没有单位 {order.Unit}，或不是本单位及下级；请核对单位代码");
        if (order.Form.Source != FormSource.Tally)
            return new(tree, [], order.Form.Source == FormSource.Figures ? await Figures.PublishedAsync(session, viewer.Area) : new([]));
        var within = new UnitRange(tree.PathOf(unit));
        var lines = order.Until is { } until && until < order.Today
            ? await Tally.ReadAsync(session, viewer.Area, within, order.Year, until)
            : await Tally.ReadAsync(session, viewer.Area, within, order.Year);
        return new(tree, lines, new([]));
    }

    /// <summary>A form of counts or figures, from what was read.</summary>
    public static FilledForm Fill(FormInputs inputs, FormOrder order)
    {
        var frame = FrameOf(inputs.Tree, order);
        return order.Form.Source == FormSource.Tally
            ? order.Form.Fill(frame, inputs.Lines) : order.Form.Fill(frame, inputs.Figures);
    }

    /// <summary>
    /// The list of funded people with full numbers, as the basis of the settlement (<c>baogou 二(五)2</c>): who took it is recorded.
    /// </summary>
    /// <exception cref="RefusedException">T310: for another role. T311, T312 as above. T313: nobody is on it.</exception>
    public async Task ExportListAsync(Act act, Viewer viewer, FormOrder order, Stream stream)
    {
        viewer.Require("T310", Takers);
        var tree = (await ReadAsync(act.Session, viewer, order)).Tree;
        var people = await PeopleAsync(act.Session, viewer, order, tree, isFull: true);
        if (people.Count == 0)
            throw new RefusedException("T313", "名单上没有人，不生成；请先核算资助资金");
        stream.SetLength(0);
        GridWorkbook.Write(order.Form.Fill(FrameOf(tree, order), people).Grid, stream);
        act.Record("form", order.Form.Code, "exported", null, new
        {
            order.Unit,
            Year = order.Year.Year,
            Rows = people.Count,
            Amount = Money.FromFen(people.Sum(one => one.Fen)).ToString(),
        });
    }

    static FormFrame FrameOf(UnitTree tree, FormOrder order) =>
        new(tree, tree.Find(order.Unit)!, order.Year, order.Until ?? order.Today);

    async Task<List<FundedPerson>> PeopleAsync(Session session, Viewer viewer, FormOrder order, UnitTree tree, bool isFull)
    {
        var filter = new BillFilter(order.Year, new(tree.PathOf(tree.Find(order.Unit)!))) { IsAidOnly = true };
        var shares = await FundingBills.PeopleAsync(session, viewer, filter, (0, Most + 1));
        if (shares.Count > Most)
            throw new RefusedException("T312", $"名单超过 {Most} 行，不生成；请选下级单位，分开生成");
        // What was booked and taken back again is owed for nobody.
        var people = shares.GroupBy(share => (share.PersonId, share.Ground.GroundId))
            .Select(same => (First: same.First(), Fen: same.Sum(share => share.Amount))).Where(one => one.Fen != 0).ToList();
        var numbers = isFull ? await NumbersAsync(session, viewer.Area, people.Select(one => one.First.PersonId)) : [];
        return people.ConvertAll(one => new FundedPerson(
            one.First.UnitName, one.First.Name, numbers.GetValueOrDefault(one.First.PersonId, one.First.NumberMask),
            one.First.Ground.Name, one.First.Ground.PayerName, one.Fen));
    }

    async Task<Dictionary<long, string>> NumbersAsync(Session session, int area, IEnumerable<long> people)
    {
        const int MostInList = 500;
        var numbers = new Dictionary<long, string>();
        foreach (var part in people.Distinct().Chunk(MostInList))
        {
            var rows = await session.Table<PersonRow>().Where(row => row.Area == area && row.PersonId.In(part)).ToListAsync();
            foreach (var row in rows)
                if (row.NumberSealed is { } number)
                    numbers.Add(row.PersonId, vault.OpenText(row.Salt, RegistryText.NumberPurpose, number));
        }

        return numbers;
    }
}
