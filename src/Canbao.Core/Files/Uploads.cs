using System.Security.Cryptography;
using Canbao.Core.Events;
using Canbao.Core.Secrets;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Files;

/// <summary>What an upload is handed in as.</summary>
/// <param name="Kind">Such as <c>people</c>.</param>
/// <param name="Department">Whose it is; empty where that does not matter.</param>
/// <param name="FileName">The file's name; folders are left out, and long numbers in it hidden.</param>
public sealed record UploadOrder(string Kind, string Department, string FileName);

/// <summary>An upload that was kept.</summary>
/// <param name="Upload">The upload; an earlier one where the same file is staged already.</param>
/// <param name="AppliedBefore">The upload by which the same file was applied already; null where it was not.</param>
public sealed record KeptUpload(UploadRow Upload, UploadRow? AppliedBefore);

/// <summary>
/// Keeps uploads as they came, sealed. What an upload would do is worked out from the kept file whenever it is shown and once more within
/// the write that applies it, so that nothing lies about half done. Safe for use by many threads.
/// </summary>
/// <param name="vault">Seals the content.</param>
public sealed class Uploads(Vault vault)
{
    /// <summary>Bytes of a piece, but for the last.</summary>
    public const int PartBytes = 1 << 20;

    /// <summary>The largest file that is taken, in bytes.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>Keeps a file. The same file as one that is staged already, of the same kind and department, is not kept twice.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="order">What it is.</param>
    /// <param name="content">The file; can be positioned, since a write that lost against another one runs again.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="TableFileException">F113: it is too large, or empty.</exception>
    public async Task<KeptUpload> KeepAsync(Act act, UploadOrder order, Stream content, CancellationToken cancel = default)
    {
        if (content.Length is 0 or > MostBytes)
            throw WrongSize();
        content.Position = 0;
        var hash = await SHA256.HashDataAsync(content, cancel);
        var (area, kind, department) = (act.Area, order.Kind, order.Department);
        var same = await act.Session.Table<UploadRow>()
            .Where(row => row.Area == area && row.Kind == kind && row.Department == department && row.Sha256 == hash)
            .OrderByDescending(row => row.UploadId).ToListAsync(cancel);
        var applied = same.Find(row => row.State == UploadState.Applied);
        if (same.Find(row => row.State == UploadState.Staged) is { } staged)
            return new(staged, applied);
        var upload = new UploadRow
        {
            Area = area,
            UploadId = act.Session.NextId(),
            Kind = kind,
            Department = department,
            FileName = LongNumbers.Hidden(order.FileName[(order.FileName.LastIndexOfAny(['/', '\\']) + 1)..]),
            Sha256 = hash,
            Bytes = content.Length,
            Parts = (int)((content.Length + PartBytes - 1) / PartBytes),
            Salt = Vault.NewSalt(),
            KeptAct = act.Id,
            StateAct = act.Id,
        };
        await act.Session.Data.InsertAsync(upload, token: cancel);
        await SealAsync(act.Session, upload, content, cancel);
        act.Record("upload", upload.UploadId, "kept", null, Told(upload));
        return new(upload, applied);
    }

    /// <summary>Begins a file that is made here, or received piece by piece: kept by <see cref="KeepAsync(Act, UploadStream,
    /// CancellationToken)"/> once it is complete, or forgotten.</summary>
    /// <param name="session">Gives it an identifier.</param>
    /// <param name="area">The tenant.</param>
    /// <param name="order">What it is.</param>
    public UploadStream Begin(Session session, int area, UploadOrder order) => new(vault, new UploadRow
    {
        Area = area,
        UploadId = session.NextId(),
        Kind = order.Kind,
        Department = order.Department,
        FileName = LongNumbers.Hidden(order.FileName),
        Salt = Vault.NewSalt(),
        State = UploadState.Applied,
    });

    /// <summary>Keeps a complete file that needs no look before it counts.</summary>
    public static async Task<UploadRow> KeepAsync(Act act, UploadStream spool, CancellationToken cancel = default)
    {
        var upload = spool.Upload with { KeptAct = act.Id, StateAct = act.Id };
        await act.Session.Data.InsertAsync(upload, token: cancel);
        for (var part = 0; part < upload.Parts; part++)
        {
            var row = new UploadPartRow
            {
                Area = upload.Area,
                UploadId = upload.UploadId,
                PartNo = part,
                Content = spool.SealedPiece(part),
            };
            await act.Session.Data.InsertAsync(row, token: cancel);
        }

        act.Record("upload", upload.UploadId, "kept", null, Told(upload));
        return upload;
    }

    /// <summary>An upload; null where there is none of that number.</summary>
    public static Task<UploadRow?> FindAsync(Session session, int area, long id, CancellationToken cancel = default) =>
        session.Table<UploadRow>().Where(row => row.Area == area && row.UploadId == id).FirstOrDefaultAsync(cancel);

    /// <summary>
    /// Opens a kept file for reading. Its pieces lie sealed in a temporary file that goes with it; nothing open comes on disk. Reading it
    /// throws a <see cref="SecretsException"/> where it was changed, or its content destroyed.
    /// </summary>
    public async Task<OpenUpload> OpenAsync(Session session, UploadRow upload, CancellationToken cancel = default)
    {
        var (area, id) = (upload.Area, upload.UploadId);
        var opened = new OpenUpload(vault, upload);
        var isWhole = false;
        try
        {
            for (var part = 0; part < upload.Parts; part++)
            {
                var number = part;
                var piece = await session.Table<UploadPartRow>()
                    .Where(row => row.Area == area && row.UploadId == id && row.PartNo == number).FirstAsync(cancel);
                await opened.AddAsync(piece.Content, cancel);
            }

            isWhole = true;
            return opened;
        }
        finally
        {
            if (!isWhole)
                opened.Dispose();
        }
    }

    /// <summary>Says what has become of an upload: from staged to applied or dropped, from applied to undone.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="id">The upload.</param>
    /// <param name="state">What it becomes.</param>
    /// <param name="rows">Rows read.</param>
    /// <param name="refused">Rows of them refused.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="TableFileException">F114: it is not in the state that comes before, or there is none of that number.</exception>
    public static async Task<UploadRow> MarkAsync(
        Act act, long id, UploadState state, long rows, long refused, CancellationToken cancel = default)
    {
        var old = await FindAsync(act.Session, act.Area, id, cancel);
        var isNext = (old?.State, state) is (UploadState.Staged, UploadState.Applied or UploadState.Dropped)
            or (UploadState.Applied, UploadState.Undone);
        if (old is null || !isNext)
            throw new TableFileException("F114", $"上传 {id} 现在{Chinese(old?.State)}，不能{Chinese(state)}；可能已由他人处理，请刷新后再看");
        var marked = old with { State = state, StateAct = act.Id, RowsRead = rows, RowsRefused = refused };
        var (area, actId) = (act.Area, act.Id);
        await act.Session.Table<UploadRow>().Where(row => row.Area == area && row.UploadId == id)
            .Set(row => row.State, state).Set(row => row.StateAct, actId).Set(row => row.RowsRead, rows)
            .Set(row => row.RowsRefused, refused).UpdateAsync(cancel);
        act.Record("upload", id, "marked", Told(old), Told(marked));
        return marked;
    }

    internal static TableFileException WrongSize() =>
        new("F113", $"文件是空的，或超过 {MostBytes >> 20} MB；请检查文件，或分成几份上传");

    internal static string Purpose(UploadRow upload, int part) =>
        FormattableString.Invariant($"upload.{upload.Area}.{upload.UploadId}.{part}");

    async Task SealAsync(Session session, UploadRow upload, Stream content, CancellationToken cancel)
    {
        content.Position = 0;
        var piece = new byte[PartBytes];
        for (var part = 0; part < upload.Parts; part++)
        {
            var length = await content.ReadAtLeastAsync(piece, PartBytes, throwOnEndOfStream: false, cancel);
            var row = new UploadPartRow
            {
                Area = upload.Area,
                UploadId = upload.UploadId,
                PartNo = part,
                Content = vault.Seal(upload.Salt, Purpose(upload, part), piece.AsSpan(0, length)),
            };
            await session.Data.InsertAsync(row, token: cancel);
        }
    }

    static object Told(UploadRow upload) => new
    {
        upload.Kind,
        upload.Department,
        upload.FileName,
        Sha256 = Convert.ToHexStringLower(upload.Sha256),
        upload.Bytes,
        upload.State,
        upload.RowsRead,
        upload.RowsRefused,
    };

    static string Chinese(UploadState? state) => state switch
    {
        UploadState.Staged => "待确认",
        UploadState.Applied => "已生效",
        UploadState.Undone => "已撤销",
        UploadState.Dropped => "已作废",
        _ => "不存在",
    };
}
