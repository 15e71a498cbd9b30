using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Work.Changes;
using Canbao.Policy.Packs;
using Canbao.Policy.Prove;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Policies;

/// <summary>A pack for a unit and all below it.</summary>
/// <param name="Year">The insurance year.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="From">Payments from this day on.</param>
/// <param name="Pack">The pack's name.</param>
public sealed record PolicyOrder(InsuranceYear Year, string Unit, DateOnly From, string Pack);

/// <summary>
/// How a pack comes into force: drafted as files, proved over every person and day, proposed by one person of the bureau, put in force by a
/// second one who sees the same effects. What is in force is never altered: another edition has another digest and goes the same way.
/// </summary>
/// <param name="shelf">The packs.</param>
/// <param name="changes">Tries what a pack would do, and does it.</param>
public sealed class PolicyDesk(PackShelf shelf, ChangeDesk changes)
{
    /// <summary>The states.</summary>
    public const string Waiting = "waiting", InForce = "in_force", Refused = "refused", Withdrawn = "withdrawn";

    /// <summary>A state in Chinese.</summary>
    public static string Chinese(string state) => state switch
    {
        Waiting => "待第二人核准",
        InForce => "已核准生效",
        Refused => "不同意",
        _ => "已撤回",
    };

    /// <summary>The change that an order is.</summary>
    public ChangeOrder Change(PolicyOrder order) => ChangeOrder.Pack(shelf, order.Unit, order.Year, order.From, order.Pack);

    /// <summary>The kept proof of a pack as it is now; null where there is none.</summary>
    public static Task<PolicyProofRow?> ProofAsync(Session session, int area, Pack pack)
    {
        var (name, hash) = (pack.Id, pack.Hash);
        return session.Table<PolicyProofRow>().FirstOrDefaultAsync(row => row.Area == area && row.Pack == name && row.Hash == hash);
    }

    /// <summary>Proves a pack over every person and every day of it (takes seconds), and keeps what came out.</summary>
    /// <exception cref="RefusedException">A101: there is no such pack. A210: another role.</exception>
    public async Task<PolicyProofRow> ProveAsync(Database database, Viewer viewer, string pack, CancellationToken cancel)
    {
        viewer.Require("A210", Role.Bureau);
        var plan = shelf.Find(pack);
        var report = Prover.Prove(plan);
        return await Act.DoAsync(database, viewer.Area, new(viewer.Login, "证明政策包"), "policy.prove", async act =>
        {
            var row = new PolicyProofRow
            {
                Area = act.Area,
                Pack = plan.Pack.Id,
                Hash = plan.Pack.Hash,
                ProvedOn = act.Today,
                ProvedBy = act.Account,
                IsProved = report.IsProved,
                Situations = report.Situations,
                Rules = report.Rules,
                Failures = string.Join('\n', report.Failures.Select(failure => $"{failure.Finding.Code} {failure.Finding.Text}")),
                ActId = act.Id,
            };
            act.Record("policy_proof", row.Pack, "proved", null, new { row.Pack, Result = row.IsProved ? "通过" : "未通过" });
            await act.Session.Data.InsertOrReplaceAsync(row);
            return row;
        }, cancel);
    }

    /// <summary>What was proposed for a year, newest first.</summary>
    public static Task<List<PolicyProposalRow>> ListAsync(Session session, int area, InsuranceYear year)
    {
        int number = year.Year;
        return session.Table<PolicyProposalRow>().Where(row => row.Area == area && row.InsuranceYear == number)
            .OrderByDescending(row => row.ProposalId).ToListAsync();
    }

    /// <summary>A proposal; null where there is none.</summary>
    public static Task<PolicyProposalRow?> FindAsync(Session session, int area, long id) =>
        session.Table<PolicyProposalRow>().FirstOrDefaultAsync(row => row.Area == area && row.ProposalId == id);

    /// <summary>Proposes a pack; the act's reason says why.</summary>
    /// <exception cref="RefusedException">
    /// A102, A103, A201: as of binding. A210: another role. A211: not proved as it is now. A212: the same waits already.
    /// </exception>
    public async Task<PolicyProposalRow> ProposeAsync(Act act, Viewer viewer, PolicyOrder order)
    {
        viewer.Require("A210", Role.Bureau);
        var pack = await PackBindings.RequireAsync(act.Session, act.Area, shelf, order.Unit, order.Year, order.Pack);
        await RequireProofAsync(act, pack);
        if ((await ListAsync(act.Session, act.Area, order.Year)).Any(row => row.State == Waiting && row.Unit == order.Unit))
            throw new RefusedException("A212", "这个单位已有政策包待核准；请先办结那一项");
        var row = new PolicyProposalRow
        {
            Area = act.Area,
            ProposalId = act.Session.NextId(),
            InsuranceYear = order.Year.Year,
            Unit = order.Unit,
            FromDay = order.From,
            Pack = pack.Id,
            Hash = pack.Hash,
            Reason = LongNumbers.Hidden(act.Reason),
            State = Waiting,
            ProposedBy = act.Account,
            ProposedOn = act.Today,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        act.Record("policy_proposal", row.ProposalId, "proposed", null, new { row.Unit, row.Pack, Day = row.FromDay });
        return row;
    }

    /// <summary>A second person puts it in force, with the effects that were shown.</summary>
    /// <exception cref="RefusedException">
    /// A210: another role. A211: not proved. A213: it does not wait any more, or the pack is another by now. A214: by whoever proposed it.
    /// C200: the effects are others than were shown.
    /// </exception>
    public async Task<ChangeEffects> AgreeAsync(Act act, Viewer viewer, long id, string digest, bool asksForRefunds)
    {
        var row = await RequireAsync(act, viewer, id);
        if (row.ProposedBy == viewer.Login)
            throw new RefusedException("A214", "提出的人不能自己核准；请由另一位医保经办核准");
        var order = OrderOf(row);
        var pack = await PackBindings.RequireAsync(act.Session, act.Area, shelf, order.Unit, order.Year, order.Pack);
        if (pack.Hash != row.Hash)
            throw new RefusedException("A213", "政策包在提出以后改过，不能核准；请撤回，证明后重新提出");
        await RequireProofAsync(act, pack);
        var effects = await changes.ApplyAsync(act, viewer, Change(order) with { AsksForRefunds = asksForRefunds }, digest);
        await DecideAsync(act, row, InForce);
        return effects;
    }

    /// <summary>Is not put in force: refused by a second person, withdrawn by whoever proposed it; the act's reason says why.</summary>
    /// <exception cref="RefusedException">A210: another role. A213: it does not wait any more.</exception>
    public static async Task<PolicyProposalRow> DropAsync(Act act, Viewer viewer, long id)
    {
        var row = await RequireAsync(act, viewer, id);
        return await DecideAsync(act, row, row.ProposedBy == viewer.Login ? Withdrawn : Refused);
    }

    /// <summary>What a proposal asks for.</summary>
    public static PolicyOrder OrderOf(PolicyProposalRow row) => new(new(row.InsuranceYear), row.Unit, row.FromDay, row.Pack);

    static async Task<PolicyProposalRow> RequireAsync(Act act, Viewer viewer, long id)
    {
        viewer.Require("A210", Role.Bureau);
        return await FindAsync(act.Session, act.Area, id) is { State: Waiting } row
            ? row
            : throw new RefusedException("A213", "这一项已经办结；请刷新页面");
    }

    static async Task RequireProofAsync(Act act, Pack pack)
    {
        if (await ProofAsync(act.Session, act.Area, pack) is not { IsProved: true })
            throw new RefusedException("A211", $"政策包“{pack.Id}”还没有证明通过；请先在政策包页面证明");
    }

    static async Task<PolicyProposalRow> DecideAsync(Act act, PolicyProposalRow row, string state)
    {
        var decided = row with
        {
            State = state,
            DecidedBy = act.Account,
            DecidedOn = act.Today,
            Decision = LongNumbers.Hidden(act.Reason),
            ActId = act.Id,
        };
        await act.Session.Data.UpdateAsync(decided);
        act.Record("policy_proposal", row.ProposalId, "decided", null, new { State = Chinese(state) });
        return decided;
    }
}
