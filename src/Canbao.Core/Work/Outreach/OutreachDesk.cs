using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Outreach;
using Canbao.Core.Units;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Outreach;

/// <summary>A visit, call or message to be recorded.</summary>
/// <param name="Day">When.</param>
/// <param name="Way">One of <see cref="OutreachWords.Ways"/>.</param>
/// <param name="Result">One of <see cref="OutreachWords.Results"/>.</param>
/// <param name="Remark">What else is to be known; may be empty.</param>
/// <param name="NextVisit">When somebody goes there next; null where that is open.</param>
public sealed record NewContact(DateOnly Day, string Way, string Result, string Remark, DateOnly? NextVisit = null);

/// <summary>By what a case is to be closed.</summary>
/// <param name="Outcome">The code of one of <see cref="OutreachOutcome.Given"/>.</param>
/// <param name="ProofKind">One of <see cref="OutreachWords.Proofs"/>; empty where no proof is needed.</param>
/// <param name="Proof">What it says, such as where and since when; empty where no proof is needed.</param>
/// <param name="Remark">What else is to be known; may be empty.</param>
public sealed record NewOutcome(string Outcome, string ProofKind = "", string Proof = "", string Remark = "");

/// <summary>
/// The ledger of those who should be insured and are not (<c>laishan 六(二)-expansion</c>): opened by comparison, worked contact by
/// contact, closed by payment or with an outcome.
/// </summary>
public static class OutreachDesk
{
    static readonly Role[] Workers = [Role.Agent, Role.Street, Role.Bureau];

    /// <summary>Whether somebody works cases.</summary>
    public static bool Works(Viewer viewer) => Workers.Contains(viewer.Role);

    /// <summary>Whether somebody opens the ledger of the own units and assigns cases.</summary>
    public static bool Leads(Viewer viewer) => viewer.Role is Role.Street or Role.Bureau;

    /// <summary>
    /// Opens a case for everybody of a range who should be insured for a year and is not, and has none; closes those that are settled
    /// since, and reopens those whose settlement was taken back.
    /// </summary>
    public static async Task<OutreachRun> OpenAsync(Act act, InsuranceYear year, UnitRange within)
    {
        var run = await CaseComparison.AllAsync(act, year, within);
        CaseComparison.Record(act, year, run);
        return run;
    }

    /// <summary>Opens the ledger of the viewer's own units.</summary>
    /// <exception cref="RefusedException">O103: another role.</exception>
    public static Task<OutreachRun> OpenAsync(Act act, Viewer viewer, InsuranceYear year)
    {
        viewer.Require("O103", Role.Street, Role.Bureau);
        return OpenAsync(act, year, viewer.Scope);
    }

    /// <summary>Records a contact.</summary>
    /// <exception cref="RefusedException">O101 to O105, O108.</exception>
    public static async Task<OutreachContactRow> ContactAsync(
        Act act, Viewer viewer, (InsuranceYear Year, long Person) which, NewContact wish)
    {
        var row = await RequireAsync(act, viewer, which, OutreachState.Open);
        RequireWord(OutreachWords.Ways, wish.Way, "联系方式");
        RequireWord(OutreachWords.Results, wish.Result, "联系结果");
        if (wish.Day > act.Today || wish.Day < row.OpenedOn)
            throw new RefusedException("O105", $"联系日期须在立项日{row.OpenedOn:yyyy-MM-dd}到今天之间；请核对日期");
        if (wish.NextVisit < act.Today)
            throw new RefusedException("O105", "下次走访日期在今天以前；请改为今天或以后");
        if (wish.Result == "other" && wish.Remark.Trim().Length == 0)
            throw new RefusedException("O108", "结果是“其他”的，请在备注中写明");
        var contact = new OutreachContactRow
        {
            Area = act.Area,
            ContactId = act.Session.NextId(),
            InsuranceYear = row.InsuranceYear,
            PersonId = row.PersonId,
            Day = wish.Day,
            Way = wish.Way,
            Result = wish.Result,
            Remark = LongNumbers.Hidden(wish.Remark.Trim()),
            Account = act.Account,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(contact);
        var last = row.LastContact > contact.Day ? row.LastContact : contact.Day;
        await act.Session.Data.UpdateAsync(row with { LastContact = last, NextVisit = wish.NextVisit });
        act.Record("outreach_case", Id(row), "contacted", null, new
        {
            contact.Day,
            Way = OutreachWords.Of(OutreachWords.Ways, contact.Way),
            Result = OutreachWords.Of(OutreachWords.Results, contact.Result),
            wish.NextVisit,
        });
        return contact;
    }

    /// <summary>Closes a case with an outcome. The register stays as it is.</summary>
    /// <exception cref="RefusedException">O101 to O104, O106: no such outcome. O107: the proof is missing.</exception>
    public static async Task<OutreachCaseRow> CloseAsync(Act act, Viewer viewer, (InsuranceYear Year, long Person) which, NewOutcome wish)
    {
        var row = await RequireAsync(act, viewer, which, OutreachState.Open);
        if (OutreachOutcome.Find(wish.Outcome) is not { IsByItself: false } outcome)
            throw new RefusedException("O106", "请选择结案原因；缴费的不用登记，到账后自动结案");
        if (outcome.NeedsProof && (wish.ProofKind.Length == 0 || wish.Proof.Trim().Length == 0))
            throw new RefusedException("O107", $"“{outcome.Chinese}”须有依据：请选择材料种类，并写明在哪里、从何时起参保");
        if (wish.ProofKind.Length > 0)
            RequireWord(OutreachWords.Proofs, wish.ProofKind, "材料种类");
        var closed = row with
        {
            State = OutreachState.Closed,
            Outcome = outcome.Code,
            ProofKind = wish.ProofKind,
            Proof = LongNumbers.Hidden(wish.Proof.Trim()),
            Remark = LongNumbers.Hidden(wish.Remark.Trim()),
            ClosedOn = act.Today,
            NextVisit = null,
            ActId = act.Id,
        };
        await act.Session.Data.UpdateAsync(closed);
        act.Record("outreach_case", Id(row), "case_closed", null, new
        {
            EndReason = outcome.Chinese,
            Proof = outcome.NeedsProof ? OutreachWords.Of(OutreachWords.Proofs, wish.ProofKind) : null,
        });
        return closed;
    }

    /// <summary>Opens a case again that was closed with an outcome; the act's reason tells why.</summary>
    /// <exception cref="RefusedException">O101 to O103. O102 also where it closed by itself: it reopens by itself.</exception>
    public static async Task<OutreachCaseRow> ReopenAsync(Act act, Viewer viewer, (InsuranceYear Year, long Person) which)
    {
        var row = await RequireAsync(act, viewer, which, OutreachState.Closed);
        if (OutreachOutcome.Find(row.Outcome) is { IsByItself: true } outcome)
            throw new RefusedException("O102", $"此人{outcome.Chinese}，自动结案；缴费冲销或登记变更后会自动恢复");
        var open = row with
        {
            State = OutreachState.Open,
            Outcome = "",
            ProofKind = "",
            Proof = "",
            Remark = "",
            ClosedOn = null,
            ActId = act.Id,
        };
        await act.Session.Data.UpdateAsync(open);
        act.Record("outreach_case", Id(row), "case_reopened", new { EndReason = OutreachOutcome.Find(row.Outcome)!.Chinese }, null);
        // What the register says meanwhile holds at once.
        CaseComparison.Record(act, which.Year, await CaseComparison.SomeAsync(act, which.Year, [which.Person]));
        return open;
    }

    /// <summary>How a case is named in acts: year and person.</summary>
    public static string Id(OutreachCaseRow row) => FormattableString.Invariant($"{row.InsuranceYear}/{row.PersonId}");

    static async Task<OutreachCaseRow> RequireAsync(
        Act act, Viewer viewer, (InsuranceYear Year, long Person) which, OutreachState state)
    {
        viewer.Require("O103", Workers);
        int year = which.Year.Year;
        var row = await act.Session.Table<OutreachCaseRow>().FirstOrDefaultAsync(
            one => one.Area == act.Area && one.InsuranceYear == year && one.PersonId == which.Person);
        if (row is null || !await viewer.SeesUnitAsync(act.Session, row.Unit))
            throw new RefusedException("O101", "没有找到这个扩面对象，或不归您管理");
        if (row.State != state)
            throw new RefusedException("O102", state == OutreachState.Open ? "这个对象已经结案；请刷新页面" : "这个对象没有结案；请刷新页面");
        return row;
    }

    static void RequireWord(IEnumerable<(string Code, string Chinese)> words, string code, string what)
    {
        if (words.All(word => word.Code != code))
            throw new RefusedException("O104", $"请选择{what}：{string.Join('、', words.Select(word => word.Chinese))}");
    }
}
