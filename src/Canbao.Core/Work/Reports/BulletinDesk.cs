using Canbao.Core.Access;
using Canbao.Core.Assessment.Dues;
using Canbao.Core.Events;
using Canbao.Core.Reporting.HandIns;
using Canbao.Policy.Season;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work.Reports;

/// <summary>A bulletin that the plan asks for.</summary>
/// <param name="Bulletin">What, as the plan has it.</param>
/// <param name="DueOn">Its day.</param>
/// <param name="After">The day of the one before; the day before the season's first for the first.</param>
/// <param name="Row">The bulletin; null where it is not drafted.</param>
public sealed record PlannedBulletin(SeasonReport Bulletin, DateOnly DueOn, DateOnly After, BulletinRow? Row);

/// <summary>
/// Bulletins: drafted by the bureau, reviewed by whoever is of the leading group's office (<c>lishi 附件1</c>: a role, not names), published
/// (<c>lishi 七(四)</c>, <c>laishan 六(二)-bulletin</c>, <c>baogou 四(四)</c>, <c>lingyuan 六(三)</c>).
/// </summary>
/// <param name="shelf">The packs.</param>
public sealed class BulletinDesk(PackShelf shelf)
{
    /// <summary>States.</summary>
    public const string Draft = "draft", Waiting = "waiting", Approved = "approved", Published = "published";

    const int LongestText = 8_000;

    /// <summary>A state as an office says it.</summary>
    public static string Word(string state) => state switch
    {
        Draft => "草稿",
        Waiting => "待审阅",
        Approved => "已审定",
        _ => "已发布",
    };

    /// <summary>Whether somebody drafts, edits and publishes bulletins.</summary>
    public static bool Drafts(Viewer viewer) => viewer.Role == Role.Bureau;

    /// <summary>The bulletins that the plan asks for up to a day, the newest first.</summary>
    public async Task<IReadOnlyList<PlannedBulletin>> PlannedAsync(Session session, Viewer viewer, InsuranceYear year, DateOnly until)
    {
        var (area, number, unit) = (viewer.Area, year.Year, viewer.UnitCode);
        var plan = await SeasonProgress.PlanAsync(session, area, shelf, unit, year);
        var rows = (await session.Table<BulletinRow>().Where(row => row.Area == area && row.InsuranceYear == number && row.Unit == unit)
            .ToListAsync()).ToDictionary(row => (row.Title, row.DueOn));
        return
        [
            .. from bulletin in plan.Bulletins
               from due in Days(bulletin)
               where due.On <= until
               orderby due.On descending
               select new PlannedBulletin(bulletin, due.On, due.After, rows.GetValueOrDefault((bulletin.Says, due.On))),
        ];
    }

    /// <summary>What somebody sees: published ones, and the bureau and the supervisors of the unit all of them; the newest first.</summary>
    public static async Task<List<BulletinRow>> ListAsync(Session session, Viewer viewer, InsuranceYear year)
    {
        int number = year.Year;
        var rows = await session.Table<BulletinRow>().Where(row => row.Area == viewer.Area && row.InsuranceYear == number)
            .OrderByDescending(row => row.DueOn).ThenByDescending(row => row.BulletinId).ToListAsync();
        return rows.FindAll(row => Sees(viewer, row));
    }

    /// <summary>A bulletin and its figures; null where there is none, or it is not the viewer's to see.</summary>
    /// <exception cref="RefusedException">T411: the figures are not what their digest says.</exception>
    public static async Task<(BulletinRow Row, BulletinFigures Figures)?> FindAsync(Session session, Viewer viewer, long id)
    {
        int area = viewer.Area;
        var row = await session.Table<BulletinRow>().FirstOrDefaultAsync(row => row.Area == area && row.BulletinId == id);
        return row is null || !Sees(viewer, row) ? null : (row, FrozenGrid.Read<BulletinFigures>(row.Figures, row.Digest));
    }

    /// <summary>Drafts a bulletin, or drafts it anew with the figures of now while it is a draft.</summary>
    /// <exception cref="RefusedException">
    /// T420: another role. T421: none is planned for the day, or the day is yet to come. T422: there is one that is no draft any more.
    /// </exception>
    public async Task<BulletinRow> DraftAsync(Act act, Viewer viewer, InsuranceYear year, (string Title, DateOnly DueOn) which)
    {
        Require(viewer);
        var planned = (await PlannedAsync(act.Session, viewer, year, DateOnly.MaxValue))
            .FirstOrDefault(one => one.Bulletin.Says == which.Title && one.DueOn == which.DueOn)
            ?? throw new RefusedException("T421", $"没有安排在 {which.DueOn:yyyy-MM-dd} 的这份通报；请在通报页选择");
        if (planned.DueOn > act.Today)
            throw new RefusedException("T421", $"这份通报以 {planned.DueOn:yyyy-MM-dd} 的数字起草，到这一天才能起草");
        if (planned.Row is { State: not Draft })
            throw new RefusedException("T422", $"这份通报{Word(planned.Row.State)}，不能重新起草");
        var figures = await BulletinFigures.ReadAsync(act.Session, viewer, shelf, (year, planned.Bulletin, planned.DueOn, planned.After));
        var text = FrozenGrid.Text(figures);
        var row = (planned.Row ?? new()
        {
            Area = act.Area,
            BulletinId = act.Session.NextId(),
            InsuranceYear = year.Year,
            Unit = viewer.UnitCode,
            DueOn = planned.DueOn,
            Title = planned.Bulletin.Says,
            State = Draft,
        }) with
        {
            Figures = text,
            Digest = FrozenGrid.DigestOf(text),
            Words = BulletinWords.Of(figures),
            DraftedBy = act.Account,
            ActId = act.Id,
        };
        await StoreAsync(act, planned.Row, row, "bulletin_drafted");
        return row;
    }

    /// <summary>Edits the text of a draft.</summary>
    /// <exception cref="RefusedException">T420: another role. T423: no draft. T427: empty or too long.</exception>
    public static Task EditAsync(Act act, Viewer viewer, long id, string words)
    {
        Require(viewer);
        if (words.Trim().Length is 0 or > LongestText)
            throw new RefusedException("T427", $"通报正文不能为空，不超过 {LongestText} 字");
        return ChangeAsync(act, viewer, id, Draft, row => row with
        {
            Words = LongNumbers.Hidden(words.Trim().ReplaceLineEndings("\n")),
            DraftedBy = act.Account,
        });
    }

    /// <summary>Hands a draft to the leader.</summary>
    /// <exception cref="RefusedException">T420: another role. T423: no draft.</exception>
    public static Task SubmitAsync(Act act, Viewer viewer, long id)
    {
        Require(viewer);
        return ChangeAsync(act, viewer, id, Draft, row => row with { State = Waiting, Remark = "" });
    }

    /// <summary>The leader approves it, or sends it back.</summary>
    /// <exception cref="RefusedException">
    /// T423: it does not wait. T424: another role. T425: whoever drafted it. T426: sent back without a remark.
    /// </exception>
    public static Task ReviewAsync(Act act, Viewer viewer, long id, bool isApproved, string remark)
    {
        if (viewer.Role != Role.Supervisor)
            throw new RefusedException("T424", "通报由领导组办公室（领导督查岗位）审阅");
        if (!isApproved && remark.Trim().Length == 0)
            throw new RefusedException("T426", "退回须填写意见");
        return ChangeAsync(act, viewer, id, Waiting, row => row.DraftedBy == act.Account
            ? throw new RefusedException("T425", "起草人不能审阅自己起草的通报")
            : row with { State = isApproved ? Approved : Draft, ReviewedBy = act.Account, Remark = LongNumbers.Hidden(remark.Trim()) });
    }

    /// <summary>Publishes what was approved: from now on everybody who signs in sees it.</summary>
    /// <exception cref="RefusedException">T420: another role. T423: it was not approved.</exception>
    public static Task PublishAsync(Act act, Viewer viewer, long id)
    {
        Require(viewer);
        return ChangeAsync(act, viewer, id, Approved, row => row with { State = Published, PublishedOn = act.Today });
    }

    static void Require(Viewer viewer)
    {
        if (!Drafts(viewer))
            throw new RefusedException("T420", "通报由医保局起草、发布");
    }

    static bool Sees(Viewer viewer, BulletinRow row) =>
        row.State == Published || (viewer.Role is Role.Bureau or Role.Supervisor && viewer.UnitCode == row.Unit);

    static async Task ChangeAsync(Act act, Viewer viewer, long id, string from, Func<BulletinRow, BulletinRow> change)
    {
        var row = await act.Session.Table<BulletinRow>().FirstOrDefaultAsync(row => row.Area == act.Area && row.BulletinId == id);
        if (row is null || !Sees(viewer, row))
            throw new RefusedException("T423", "没有这份通报；请刷新页面");
        if (row.State != from || viewer.UnitCode != row.Unit)
            throw new RefusedException("T423", $"这份通报{Word(row.State)}，不能再办这一步；请刷新页面");
        await StoreAsync(act, row, change(row) with { ActId = act.Id }, "bulletin_moved");
    }

    static async Task StoreAsync(Act act, BulletinRow? old, BulletinRow row, string action)
    {
        if (old is null)
            await act.Session.Data.InsertAsync(row);
        else
            await act.Session.Data.UpdateAsync(row);
        act.Record("bulletin", row.BulletinId, action, old is null ? null : Told(old), Told(row));

        static object Told(BulletinRow row) => new
        {
            row.Title,
            Due = row.DueOn,
            row.State,
            row.Remark,
            Sha256 = Convert.ToHexStringLower(row.Digest),
            Text = Convert.ToHexStringLower(FrozenGrid.DigestOf(row.Words)),
        };
    }

    static IEnumerable<(DateOnly On, DateOnly After)> Days(SeasonReport bulletin)
    {
        var after = bulletin.Days.From.AddDays(-1);
        foreach (var day in bulletin.DueDays())
        {
            yield return (day, after);
            after = day;
        }
    }
}
