using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Events;
using Canbao.Core.Reporting.HandIns;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reports;

/// <summary>A line of a posting. There is one word for whoever paid and for whom others pay: two would tell who is poor.</summary>
/// <param name="Name">The masked name.</param>
/// <param name="IsSettled">已参保; else 已登记，待缴费.</param>
public sealed record PostedName(string Name, bool IsSettled);

/// <summary>A posting as it was made.</summary>
/// <param name="Row">The posting.</param>
/// <param name="Names">Its lines.</param>
/// <param name="Objections">What was objected, in its order.</param>
public sealed record ReadPosting(PostingRow Row, IReadOnlyList<PostedName> Names, IReadOnlyList<PostingObjectionRow> Objections)
{
    /// <summary>The last day on which objections are taken; null where the holidays of that year are not published yet.</summary>
    public DateOnly? Until => PostingDesk.LastDay(Row);

    /// <summary>How it stands on a day, as an office says it.</summary>
    public string StateOn(DateOnly today)
    {
        int open = Objections.Count(one => one.AnsweredOn is null);
        var period = today < Row.FromDay ? "待公示" : Until is { } last && today > last ? "公示期满" : "公示中";
        return open > 0 ? $"{period}，{open} 件异议未答复"
            : Objections.Count > 0 ? $"{period}，异议已答复"
            : period == "公示期满" ? "公示期满，无异议" : period;
    }

    /// <summary>Whether an objection is taken on a day.</summary>
    public bool IsOpenOn(DateOnly today) => today >= Row.FromDay && (Until is not { } last || today <= last);
}

/// <summary>
/// What a village posts of its enrolment (<c>baogou 三(一)-village</c>, <c>jincheng 七(六)-reports</c>): masked names, no numbers, amounts,
/// categories, addresses or households, and nobody who is not enrolled.
/// </summary>
/// <param name="progress">The people of a unit.</param>
public sealed class PostingDesk(Progress progress)
{
    const int MostPeople = 20_000, LongestText = 1_000, FarthestDays = 30;

    /// <summary>Whether somebody makes postings.</summary>
    public static bool Posts(Viewer viewer) => viewer.Role is Role.Agent or Role.Street;

    /// <summary>Whether somebody reads objections: they may name people.</summary>
    public static bool ReadsObjections(Viewer viewer) => viewer.Role is Role.Agent or Role.Street or Role.Bureau;

    /// <summary>A name with all but its ends hidden: 王*, 王*国, 欧**雪.</summary>
    public static string Masked(string name)
    {
        var letters = name.Trim().EnumerateRunes().ToList();
        if (letters.Count == 0)
            return "*";
        var stars = new string('*', Math.Max(1, letters.Count - 2));
        return letters.Count <= 2 ? $"{letters[0]}*" : $"{letters[0]}{stars}{letters[^1]}";
    }

    /// <summary>The last day of a posting's objection period; null where it runs into a year whose holidays are not published.</summary>
    public static DateOnly? LastDay(PostingRow row)
    {
        try
        {
            return WorkingDays.Published.After(row.FromDay, row.ObjectionDays);
        }
        catch (UnknownYearException)
        {
            return null;
        }
    }

    /// <summary>Makes a posting of a village, as it is at the moment.</summary>
    /// <exception cref="RefusedException">
    /// T430: another role, or not a unit of the viewer's that people belong to. T431: nobody is enrolled, or too many. T432: the day
    /// is over or far away.
    /// </exception>
    public async Task<PostingRow> PostAsync(Act act, Viewer viewer, InsuranceYear year, (string Unit, DateOnly From) which)
    {
        var tree = await UnitStore.ReadAsync(act.Session, act.Area);
        if (!Posts(viewer) || tree.Find(which.Unit) is not { } unit || !viewer.Sees(tree.PathOf(unit)) || tree.ChildrenOf(unit).Any())
            throw new RefusedException("T430", "公示由村社区、乡镇街道为本单位的村社区办理；请选择村、社区");
        if (which.From < act.Today || which.From > act.Today.AddDays(FarthestDays))
            throw new RefusedException("T432", $"公示从今天或以后 {FarthestDays} 天内的一天开始；请改正日期");
        var path = tree.PathOf(unit);
        var people = await progress.PeopleAsync(act.Session, act.Area, new(path), year, (ProgressGroup.Expected, 0, MostPeople + 1));
        if (people.Count > MostPeople)
            throw new RefusedException("T431", $"{unit.Name}超过 {MostPeople} 人，不能一次公示；请联系医保局");
        var names = (from person in people
                     where person.Group != ProgressGroup.LeftOut
                     let line = new PostedName(Masked(person.Name), IsSettled(person))
                     orderby line.Name, line.IsSettled descending
                     select line).ToList();
        if (names.Count == 0)
            throw new RefusedException("T431", $"{unit.Name}还没有人登记参保，没有可公示的内容");
        var text = FrozenGrid.Text(names);
        var row = new PostingRow
        {
            Area = act.Area,
            PostingId = act.Session.NextId(),
            InsuranceYear = year.Year,
            Unit = unit.Code,
            UnitName = unit.Name,
            Path = path,
            FromDay = which.From,
            ObjectionDays = (await ReportCalendar.SettingsAsync(act.Session, act.Area)).ObjectionDays,
            Expected = people.Count,
            Settled = people.Count(IsSettled),
            Lines = text,
            Digest = FrozenGrid.DigestOf(text),
            PostedBy = act.Account,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        act.Record("posting", row.PostingId, "posted", null, new
        {
            row.Unit,
            row.FromDay,
            Days = row.ObjectionDays,
            Rows = names.Count,
            Sha256 = Convert.ToHexStringLower(row.Digest),
        });
        return row;
    }

    /// <summary>The postings of a viewer's units, the newest first, without their lines.</summary>
    public static async Task<List<ReadPosting>> ListAsync(Session session, Viewer viewer, InsuranceYear year)
    {
        int number = year.Year;
        var rows = await session.Table<PostingRow>().Where(row => row.Area == viewer.Area && row.InsuranceYear == number)
            .OrderByDescending(row => row.FromDay).ThenByDescending(row => row.PostingId).ToListAsync();
        var objections = (await (
            from objection in session.Table<PostingObjectionRow>()
            join posting in session.Table<PostingRow>()
                on new { objection.Area, objection.PostingId } equals new { posting.Area, posting.PostingId }
            where objection.Area == viewer.Area && posting.Area == viewer.Area && posting.InsuranceYear == number
            select objection).ToListAsync()).ToLookup(one => one.PostingId);
        return [.. rows.Where(row => Sees(viewer, row)).Select(row => new ReadPosting(row, [], [.. objections[row.PostingId]]))];
    }

    /// <summary>A posting; null where there is none, or it is not the viewer's.</summary>
    /// <exception cref="RefusedException">T411: it is not what its digest says.</exception>
    public static async Task<ReadPosting?> FindAsync(Session session, Viewer viewer, long id)
    {
        int area = viewer.Area;
        var row = await session.Table<PostingRow>().FirstOrDefaultAsync(row => row.Area == area && row.PostingId == id);
        if (row is null || !Sees(viewer, row))
            return null;
        var objections = await session.Table<PostingObjectionRow>().Where(one => one.Area == area && one.PostingId == id)
            .OrderBy(one => one.Place).ToListAsync();
        return new(row, FrozenGrid.Read<List<PostedName>>(row.Lines, row.Digest), objections);
    }

    /// <summary>Notes an objection; whoever raises it may stay unnamed.</summary>
    /// <exception cref="RefusedException">
    /// T430: another role. T433: empty or too long. T434: not within the period. T435: no such posting.
    /// </exception>
    public static async Task ObjectAsync(Act act, Viewer viewer, long id, (string By, string Says) what)
    {
        var posting = await RequireAsync(act, viewer, id);
        if (what.Says.Trim().Length is 0 or > LongestText)
            throw new RefusedException("T433", $"请写明异议内容，不超过 {LongestText} 字");
        if (!posting.IsOpenOn(act.Today))
            throw new RefusedException("T434", $"异议在公示期内提出（{posting.Row.FromDay:yyyy-MM-dd} 至 {posting.Until:yyyy-MM-dd}）；期外请按信访途径反映");
        var row = new PostingObjectionRow
        {
            Area = act.Area,
            PostingId = id,
            Place = posting.Objections.Count + 1,
            RaisedOn = act.Today,
            RaisedBy = LongNumbers.Hidden(what.By.Trim()),
            Says = LongNumbers.Hidden(what.Says.Trim()),
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(row);
        // What was said and by whom may name people, and stays out of the record.
        act.Record("posting", id, "objected", null, new { posting.Row.Unit, Objection = row.Place });
    }

    /// <summary>Answers an objection.</summary>
    /// <exception cref="RefusedException">T430: another role. T433: empty or too long. T435: not there, or answered.</exception>
    public static async Task AnswerAsync(Act act, Viewer viewer, long id, (int Place, string Answer) what)
    {
        var posting = await RequireAsync(act, viewer, id);
        if (what.Answer.Trim().Length is 0 or > LongestText)
            throw new RefusedException("T433", $"请写明答复，不超过 {LongestText} 字");
        if (posting.Objections.FirstOrDefault(one => one.Place == what.Place) is not { AnsweredOn: null } row)
            throw new RefusedException("T435", "没有这件异议，或已经答复；请刷新页面");
        await act.Session.Data.UpdateAsync(row with
        {
            AnsweredOn = act.Today,
            AnsweredBy = act.Account,
            Answer = LongNumbers.Hidden(what.Answer.Trim()),
            ActId = act.Id,
        });
        act.Record("posting", id, "objection_answered", null, new { posting.Row.Unit, Objection = row.Place });
    }

    static async Task<ReadPosting> RequireAsync(Act act, Viewer viewer, long id)
    {
        if (!ReadsObjections(viewer))
            throw new RefusedException("T430", "公示异议由村社区、乡镇街道、医保局办理");
        return await FindAsync(act.Session, viewer, id) ?? throw new RefusedException("T435", "没有这份公示；请刷新页面");
    }

    static bool Sees(Viewer viewer, PostingRow row) => row.Path.Contains($"/{viewer.UnitCode}/", StringComparison.Ordinal);

    static bool IsSettled(ProgressPerson person) => person.Group is ProgressGroup.Paid or ProgressGroup.Free;
}
