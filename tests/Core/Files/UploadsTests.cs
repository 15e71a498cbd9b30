using System.Text;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Core.Secrets;
using Canbao.Core.Tests.Secrets;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using LinqToDB;
using LinqToDB.Async;
using Xunit;

namespace Canbao.Core.Tests.Files;

public class UploadsTests
{
    const int Here = 370613, Elsewhere = 410381;

    static readonly UploadOrder Order = new("roster", "民政局", "C:\\报表/名单.csv");

    readonly Vault vault = Vaults.Fresh();

    [Theory, OnBothEngines]
    public async Task A_file_is_kept_sealed_and_read_again_as_it_was(Engine engine)
    {
        await using var made = await CoreDatabase.CreateAsync(engine, new TestClock("2022-09-01 09:00"));
        var text = IntakeFiles.Header + "\n" + string.Concat(Enumerable.Range(0, 60_000).Select(row =>
             $"张三,9991011990{row:00000000},新增,孤儿\n"));
        var kept = await KeepAsync(made.Database, text);
        Assert.Equal(("名单.csv", 3, UploadState.Staged), (kept.Upload.FileName, kept.Upload.Parts, kept.Upload.State));
        Assert.Null(kept.AppliedBefore);
        await made.Database.ReadAsync(async session =>
        {
            var upload = await Uploads.FindAsync(session, Here, kept.Upload.UploadId);
            Assert.Null(await Uploads.FindAsync(session, Elsewhere, kept.Upload.UploadId));
            using var opened = await new Uploads(vault).OpenAsync(session, upload!);
            using var intake = Intake.Open(opened.File, IntakeFiles.Roster);
            var rows = IntakeFiles.Rows(intake, IntakeFiles.Roster);
            Assert.Equal((60_000, "60001: 张三|999101199000059999||新增||孤儿"), (rows.Count, rows[^1]));
            using var again = new StreamReader(opened.File.Open());
            Assert.Equal(text, await again.ReadToEndAsync());
            var pieces = await session.Table<UploadPartRow>().Where(row => row.Area == Here).ToListAsync();
            Assert.DoesNotContain(pieces, piece => piece.Content.AsSpan().IndexOf("9991011990"u8) >= 0);
            return true;
        });
    }

    [Theory, OnBothEngines]
    public async Task A_workbook_is_read_from_the_database(Engine engine)
    {
        await using var made = await CoreDatabase.CreateAsync(engine, new TestClock("2022-09-01 09:00"));
        var bytes = await File.ReadAllBytesAsync(IntakeFiles.Saved("roster.xlsx").Name);
        var kept = await KeepAsync(made.Database, bytes, Order with { FileName = "roster.xlsx" });
        await made.Database.ReadAsync(async session =>
        {
            using var opened = await new Uploads(vault).OpenAsync(session, kept.Upload);
            Assert.Equal(IntakeFiles.Rows(IntakeFiles.Saved("roster.xlsx")), IntakeFiles.Rows(opened.File));
            return true;
        });
    }

    [Theory, OnBothEngines]
    public async Task The_same_file_is_kept_once_and_told_when_it_was_applied(Engine engine)
    {
        await using var made = await CoreDatabase.CreateAsync(engine, new TestClock("2022-09-01 09:00"));
        var first = await KeepAsync(made.Database, "a");
        Assert.Equal(first.Upload.UploadId, (await KeepAsync(made.Database, "a")).Upload.UploadId);
        Assert.NotEqual(first.Upload.UploadId, (await KeepAsync(made.Database, "a", Order with { Department = "残联" })).Upload.UploadId);
        await MarkAsync(made.Database, first.Upload.UploadId, UploadState.Applied, 10, 2);
        var second = await KeepAsync(made.Database, "a");
        Assert.NotEqual(first.Upload.UploadId, second.Upload.UploadId);
        Assert.Equal((first.Upload.UploadId, 10, 2),
            (second.AppliedBefore!.UploadId, second.AppliedBefore.RowsRead, second.AppliedBefore.RowsRefused));
        await MarkAsync(made.Database, first.Upload.UploadId, UploadState.Undone, 10, 2);
        Assert.Null((await KeepAsync(made.Database, "a")).AppliedBefore);
        Assert.Null((await KeepAsync(made.Database, "b")).AppliedBefore);
    }

    [Theory, OnBothEngines]
    public async Task An_upload_goes_one_way_only(Engine engine)
    {
        await using var made = await CoreDatabase.CreateAsync(engine, new TestClock("2022-09-01 09:00"));
        var id = (await KeepAsync(made.Database, "a")).Upload.UploadId;
        async Task Refused(UploadState state, long upload)
        {
            var fault = await Assert.ThrowsAsync<TableFileException>(() => MarkAsync(made.Database, upload, state, 0, 0));
            Assert.Equal("F114", fault.Code);
        }

        await Refused(UploadState.Undone, id);
        await Refused(UploadState.Staged, id);
        await Refused(UploadState.Applied, id + 1);
        Assert.Equal(UploadState.Applied, (await MarkAsync(made.Database, id, UploadState.Applied, 1, 0)).State);
        await Refused(UploadState.Applied, id);
        await Refused(UploadState.Dropped, id);
        await MarkAsync(made.Database, id, UploadState.Undone, 1, 0);
        await Refused(UploadState.Applied, id);
        var changes = await made.Database.ReadAsync(session =>
            session.Table<ActChangeRow>().Where(row => row.Area == Here).OrderBy(row => row.ActId).Select(row => row.New).ToListAsync());
        Assert.Equal(3, changes.Count);
        Assert.Contains("\"state\":\"applied\"", changes[1], StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task Pieces_that_were_changed_or_whose_salt_is_gone_do_not_open(Engine engine)
    {
        await using var made = await CoreDatabase.CreateAsync(engine, new TestClock("2022-09-01 09:00"));
        var upload = (await KeepAsync(made.Database, "abc")).Upload;
        await Fails(SecretsException.Destroyed, upload with { Salt = new byte[Vault.SaltBytes] });
        // As if the pieces were another upload's.
        await made.Database.WriteAsync(session => session.Table<UploadPartRow>()
            .Where(row => row.Area == Here && row.UploadId == upload.UploadId)
            .Set(row => row.Content, vault.Seal(upload.Salt, "upload.370613.1.0", "abc")).UpdateAsync());
        await Fails(SecretsException.Altered, upload);

        Task<bool> Fails(string code, UploadRow row) => made.Database.ReadAsync(async session =>
        {
            using var opened = await new Uploads(vault).OpenAsync(session, row);
            using var stream = opened.File.Open();
            Assert.Equal(code, Assert.Throws<SecretsException>(() => stream.ReadByte()).Code);
            return true;
        });
    }

    [Theory, OnBothEngines]
    public async Task Nothing_and_too_much_are_refused(Engine engine)
    {
        await using var made = await CoreDatabase.CreateAsync(engine, new TestClock("2022-09-01 09:00"));
        Assert.Equal("F113", (await Assert.ThrowsAsync<TableFileException>(() => KeepAsync(made.Database, ""))).Code);
        using var folder = new TempFolder();
        await using var huge = File.Create(folder["huge"]);
        huge.SetLength(Uploads.MostBytes + 1);
        Assert.Equal("F113", (await Assert.ThrowsAsync<TableFileException>(() => KeepAsync(made.Database, huge, Order))).Code);
    }

    Task<KeptUpload> KeepAsync(Database database, string text, UploadOrder? order = null) =>
        KeepAsync(database, Encoding.UTF8.GetBytes(text), order ?? Order);

    Task<KeptUpload> KeepAsync(Database database, byte[] content, UploadOrder order) =>
        KeepAsync(database, new MemoryStream(content), order);

    Task<KeptUpload> KeepAsync(Database database, Stream content, UploadOrder order) =>
        Act.DoAsync(database, Here, new("agent", "报送"), "upload.keep", act => new Uploads(vault).KeepAsync(act, order, content));

    static Task<UploadRow> MarkAsync(Database database, long id, UploadState state, long rows, long refused) =>
        Act.DoAsync(database, Here, new("agent", "确认"), "upload.mark", act => Uploads.MarkAsync(act, id, state, rows, refused));
}
