using System.Globalization;
using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Reporting;
using Canbao.Core.Secrets;
using Canbao.Core.Units;
using Canbao.Core.Work.Registrations;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Work;

/// <summary>What a file of figures is about where its rows do not say it themselves.</summary>
/// <param name="Measure">One of <see cref="Measures"/>; empty where each row names its own.</param>
/// <param name="Day">As of which day; null where each row tells it.</param>
/// <param name="Source">Where the figures come from, such as an office.</param>
public sealed record FigureOrder(string Measure, DateOnly? Day, string Source);

/// <summary>What a file of figures would note.</summary>
/// <param name="Rows">The figures, in the file's order.</param>
/// <param name="Faults">What is wrong with the refused rows; not more than are looked at.</param>
/// <param name="Read">How many rows were read.</param>
/// <param name="Refused">How many of them are refused.</param>
/// <param name="Notes">What whoever uploads should know of the file.</param>
public sealed record FigureOutcome(
    IReadOnlyList<FigureRow> Rows, IReadOnlyList<IntakeFault> Faults, long Read, long Refused, IReadOnlyList<string> Notes);

/// <summary>
/// Figures from outside by unit: activated credentials (<c>lingyuan 附件2</c>), populations and permits (<c>lingyuan 附件1</c>), employees
/// insured (<c>laishan 五(一)</c>). Whoever answers for units notes theirs.
/// </summary>
/// <param name="vault">Seals kept files.</param>
public sealed class FigureFiles(Vault vault)
{
    /// <summary>The kind of kept files.</summary>
    public const string UploadKind = "figures";

    /// <summary>The most faults that are told one by one.</summary>
    public const int MostFaults = 200;

    const int UnitName = 0, Measure = 1, Day = 2, People = 3;

    static readonly Role[] Roles = [Role.Bureau, Role.Street];

    static readonly TableShape Shape = new(
        new("单位", ColumnKind.Text, true, "单位名称", "社区", "村", "村（社区）", "村社区", "乡镇", "街道", "乡镇街道", "县区", "单位代码"),
        new("指标", ColumnKind.Text, false, "项目", "指标名称"),
        new("日期", ColumnKind.Date, false, "统计日期", "截止日期", "截至日期"),
        new("人数", ColumnKind.Digits, true, "数量", "数字", "已激活人数", "户籍人口数", "有效居住证数", "参保人数"));

    readonly Uploads uploads = new(vault);

    /// <summary>Whether somebody notes figures.</summary>
    public static bool MayNote(Viewer viewer) => Roles.Contains(viewer.Role);

    /// <summary>Keeps a file, to be tried.</summary>
    /// <exception cref="RefusedException">T506: not this role.</exception>
    public Task<KeptUpload> KeepAsync(Act act, Viewer viewer, string name, Stream content)
    {
        viewer.Require("T506", Roles);
        return uploads.KeepAsync(act, new(UploadKind, viewer.UnitCode, name), content);
    }

    /// <summary>A kept file; null where it is not there, or of another unit.</summary>
    public static async Task<UploadRow?> FindAsync(Session session, Viewer viewer, long id) =>
        await Uploads.FindAsync(session, viewer.Area, id) is { Kind: UploadKind } upload
            && await viewer.SeesUnitAsync(session, upload.Department) ? upload : null;

    /// <summary>The files of the viewer's units that wait to be noted, the last first.</summary>
    public static async Task<List<UploadRow>> WaitingAsync(Session session, Viewer viewer, UnitTree tree)
    {
        int area = viewer.Area;
        var rows = await session.Table<UploadRow>()
            .Where(row => row.Area == area && row.Kind == UploadKind && row.State == UploadState.Staged)
            .OrderByDescending(row => row.UploadId).ToListAsync();
        return rows.FindAll(row => tree.Find(row.Department) is { } unit && viewer.Sees(tree.PathOf(unit)));
    }

    /// <summary>
    /// What a kept file would note; refused rows go in the file's own layout, each with its reason, where they are asked for.
    /// </summary>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public async Task<FigureOutcome> TryAsync(Session session, UploadRow upload, FigureOrder order, DateOnly today, Stream? refused = null)
    {
        var tree = await UnitStore.ReadAsync(session, upload.Area);
        using var opened = await uploads.OpenAsync(session, upload);
        refused?.SetLength(0);
        // Its rows are of the unit that handed it in, whoever looks at it.
        return Read(opened.File, (tree, tree.PathOf(tree.Find(upload.Department)!)), order, today, refused);
    }

    /// <summary>Notes what a kept file tells; refused rows are left out.</summary>
    /// <returns>What was read, and how many figures are new or changed.</returns>
    /// <exception cref="RefusedException">
    /// T506: not this role. T507: not there, done before, or no row is sound. T508: nobody says where it comes from.
    /// </exception>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public async Task<(FigureOutcome Outcome, int Changed)> ApplyAsync(Act act, Viewer viewer, long id, FigureOrder order)
    {
        viewer.Require("T506", Roles);
        if (await FindAsync(act.Session, viewer, id) is not { State: UploadState.Staged } upload)
            throw new RefusedException("T507", "没有这份待导入的文件，或已经导入；请重新上传");
        if (order.Source.Trim().Length == 0)
            throw new RefusedException("T508", "请写明数字的来源，如文件、附件或提供的部门");
        var outcome = await TryAsync(act.Session, upload, order, act.Today);
        int changed = await NoteAsync(act, outcome);
        await Uploads.MarkAsync(act, id, UploadState.Applied, outcome.Read, outcome.Refused);
        return (outcome, changed);
    }

    /// <summary>Notes the figures of an outcome.</summary>
    /// <returns>How many are new or changed.</returns>
    /// <exception cref="RefusedException">T507: no row is sound.</exception>
    public static Task<int> NoteAsync(Act act, FigureOutcome outcome) => outcome.Rows.Count > 0
        ? Figures.NoteAsync(act, outcome.Rows)
        : throw new RefusedException("T507", "文件中没有可以导入的行；请按退回原因更正后重新上传");

    /// <summary>Reads a file of figures.</summary>
    /// <param name="file">The file.</param>
    /// <param name="units">The units, and the path below which they may be named.</param>
    /// <param name="order">What rows do not say themselves.</param>
    /// <param name="today">The business day; figures of later days are refused.</param>
    /// <param name="refused">Takes the refused rows; may be null.</param>
    /// <exception cref="TableFileException">The file cannot be read.</exception>
    public static FigureOutcome Read(
        TableFile file, (UnitTree Tree, string Path) units, FigureOrder order, DateOnly today, Stream? refused = null)
    {
        using var intake = Intake.Open(file, Shape);
        using var table = refused is null ? null : new RejectsTable(refused, intake);
        var names = new UnitNames(units.Tree, new(units.Path));
        var (rows, faults, count) = (new List<FigureRow>(), new List<IntakeFault>(), 0L);
        var seen = new HashSet<(string, string, DateOnly)>();
        while (intake.Read())
        {
            if (Row(intake.Row, names, order, today) is { } row)
            {
                if (seen.Add((row.Measure, row.Unit, row.Day)))
                {
                    rows.Add(row);
                    continue;
                }

                intake.Row.Refuse(UnitName, "T505", "同一单位、指标、日期的数字写了两次；请只留一个");
            }

            count++;
            faults.AddRange(intake.Row.Faults.Take(Math.Max(0, MostFaults - faults.Count)));
            table?.Add();
        }

        table?.Complete();
        return new(rows, faults, intake.Rows, count, intake.Notes);
    }

    static FigureRow? Row(IntakeRow row, UnitNames names, FigureOrder order, DateOnly today)
    {
        if (!row.IsGood)
            return null;
        var (unit, wrong) = names.Named(row.Text(UnitName));
        if (unit is null)
            row.Refuse(UnitName, "T501", wrong);
        var measure = row.Text(Measure) is { Length: > 0 } told ? Measures.Find(told) : Measures.Find(order.Measure);
        if (measure is null)
            row.Refuse(Measure, "T502", $"没有写明指标，或不是这些之一：{string.Join("、", Measures.All.Select(one => one.Chinese))}");
        var day = row.Date(Day) ?? order.Day;
        if (day is null || day > today)
            row.Refuse(Day, "T503", day is null ? "没有写明日期；请补上，或在上传时选定日期" : "日期在今天之后；请核对");
        if (!long.TryParse(row.Text(People), NumberStyles.None, CultureInfo.InvariantCulture, out long people))
            row.Refuse(People, "T504", "人数应为不带逗号的整数");
        return !row.IsGood ? null : new()
        {
            Measure = measure!,
            Unit = unit!.Code,
            Day = day!.Value,
            People = people,
            Source = LongNumbers.Hidden(order.Source.Trim()),
        };
    }
}
