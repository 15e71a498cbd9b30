using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Units;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Registry.Comparison;

/// <summary>A file that another office handed in to be compared.</summary>
/// <param name="Department">The office, where it did so itself; empty for the bureau.</param>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its content; can be positioned.</param>
public sealed record HandedIn(string Department, string Name, Stream Content);

/// <summary>A comparison with its file, and who made it.</summary>
/// <param name="Row">The comparison.</param>
/// <param name="Upload">The file as it was kept; null for old ones, of which none was.</param>
/// <param name="Act">Who compared, and when.</param>
public sealed record ComparedFile(ComparisonRow Row, UploadRow? Upload, ActRow Act);

public sealed partial class Comparisons
{
    readonly Uploads uploads = new(vault);

    /// <summary>Keeps a file sealed and compares it, in one deed.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<ComparisonReport> HandInAsync(
        Act act, ComparisonSource source, InsuranceYear year, HandedIn file, Stream? rejects = null, IProgress<double>? progress = null)
    {
        var kept = (await uploads.KeepAsync(act, new(source.UploadKind, file.Department, file.Name), file.Content)).Upload;
        using var opened = await uploads.OpenAsync(act.Session, kept);
        var report = await RunAsync(act, source, year, opened.File, rejects, progress);
        await Uploads.MarkAsync(
            act, kept.UploadId, UploadState.Applied, report.Comparison.RowsRead, report.Comparison.RowsRefused);
        return report;
    }

    /// <summary>The comparisons of a department, newest first; of all where it is empty: one page of them.</summary>
    public static async Task<List<ComparedFile>> FilesAsync(Session session, int area, string department, (int Skip, int Take) part) =>
        await Files(session, area, department).OrderByDescending(file => file.Row.ComparisonId).Skip(part.Skip).Take(part.Take)
            .ToListAsync();

    /// <summary>A comparison of a department, or of anybody where that is empty; null where there is none.</summary>
    public static Task<ComparedFile?> FileAsync(Session session, int area, string department, long id) =>
        Files(session, area, department).FirstOrDefaultAsync(file => file.Row.ComparisonId == id);

    /// <summary>
    /// Writes a comparison's refused rows in the file's own layout, read from the kept file; that somebody did is recorded.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="file">The comparison.</param>
    /// <param name="rejects">Takes them; written anew where the act runs again.</param>
    /// <returns>How many rows.</returns>
    /// <exception cref="RefusedException">R144: its file was not kept.</exception>
    public async Task<long> RefusedAsync(Act act, ComparedFile file, Stream rejects)
    {
        if (file.Upload is not { } upload)
            throw new RefusedException("R144", "这次比对没有保存来文，取不到退回的行；请重新上传来文");
        rejects.SetLength(0);
        var source = ComparisonSource.Find(file.Row.Source)!;
        using var opened = await uploads.OpenAsync(act.Session, upload);
        using var intake = Intake.Open(opened.File, source.Shape);
        using var returned = new RejectsTable(rejects, intake);
        var reader = new ComparisonFile(source, intake, await UnitStore.ReadAsync(act.Session, act.Area));
        while (intake.Read())
            if (reader.Read() is null)
                returned.Add();
        returned.Complete();
        if (returned.Rows > 0)
            act.Record("upload", upload.UploadId, "refused_taken", null, new { returned.Rows });
        return returned.Rows;
    }

    // One deed keeps a file and compares it.
    static IQueryable<ComparedFile> Files(Session session, int area, string department) =>
        from row in session.Table<ComparisonRow>()
        join act in session.Table<ActRow>() on new { row.Area, row.ActId } equals new { act.Area, act.ActId }
        join kept in session.Table<UploadRow>()
            on new { row.Area, row.ActId } equals new { kept.Area, ActId = kept.KeptAct } into files
        from file in files.DefaultIfEmpty()
        where row.Area == area && act.Area == area && (file == null || file.Area == area)
            && (department == "" || file.Department == department)
        select new ComparedFile(row, file, act);
}
