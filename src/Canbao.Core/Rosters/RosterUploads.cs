using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;

namespace Canbao.Core.Rosters;

/// <summary>A list that was handed in, with who did and how it is read.</summary>
/// <param name="Upload">The file.</param>
/// <param name="Kept">Who handed it in, and when.</param>
/// <param name="Order">How whoever dealt with it last had it read.</param>
public sealed record StagedRoster(UploadRow Upload, ActRow Kept, RosterOrder Order);

/// <summary>Lists that wait: each with the way in which it is to be read, so that somebody else finds what the first one saw.</summary>
public static class RosterUploads
{
    const string Subject = "upload", Action = "read_as";

    // Readable in the audit as well.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The uploads of a department that wait, newest first; of all departments where it is empty.</summary>
    public static Task<List<StagedRoster>> StagedAsync(Session session, int area, string department) =>
        ListAsync(session, area, department, UploadState.Staged);

    /// <summary>The full lists of a department that were handed in on a day or later and count, newest first.</summary>
    public static async Task<List<StagedRoster>> AppliedSinceAsync(Session session, int area, string department, DateOnly since) =>
        (await ListAsync(session, area, department, UploadState.Applied))
            .FindAll(list => KindOf(list.Upload) == RosterKind.Full && BusinessDay.Of(list.Kept.At) >= since);

    static async Task<List<StagedRoster>> ListAsync(Session session, int area, string department, UploadState state)
    {
        var rows = await session.Table<UploadRow>()
            .Where(row => row.Area == area && row.State == state && (department == "" || row.Department == department)
                && (row.Kind == RosterOrder.FullUpload || row.Kind == RosterOrder.AdjustmentUpload))
            .OrderByDescending(row => row.UploadId).ToListAsync();
        var listed = new List<StagedRoster>();
        foreach (var row in rows)
            if (await ActLog.FindAsync(session, area, row.KeptAct) is { } kept)
                listed.Add(new(row, kept, await OrderAsync(session, row)));
        return listed;
    }

    /// <summary>A list of an area that was handed in, whatever has become of it; null where there is none.</summary>
    public static async Task<UploadRow?> FindAsync(Session session, int area, long id) =>
        await Uploads.FindAsync(session, area, id) is { Kind: RosterOrder.FullUpload or RosterOrder.AdjustmentUpload } row ? row : null;

    /// <summary>What a list is, by its upload.</summary>
    public static RosterKind KindOf(UploadRow upload) =>
        upload.Kind == RosterOrder.FullUpload ? RosterKind.Full : RosterKind.Adjustment;

    /// <summary>Who agreed to an outcome of an upload.</summary>
    public static Task<List<string>> ConfirmedByAsync(Session session, int area, long upload, string digest) =>
        session.Table<RosterConfirmationRow>().Where(row => row.Area == area && row.UploadId == upload && row.Digest == digest)
            .OrderBy(row => row.ActId).Select(row => row.Account).ToListAsync();

    /// <summary>Withdraws a list that was not applied.</summary>
    /// <exception cref="TableFileException">F114: it was applied or withdrawn meanwhile.</exception>
    public static Task DropAsync(Act act, long upload) => Uploads.MarkAsync(act, upload, UploadState.Dropped, 0, 0);

    internal static void NoteReading(Act act, long upload, RosterOrder order) =>
        act.Record(Subject, upload, Action, null, new { Reading = JsonSerializer.Serialize(Reading.Of(order), Plain) });

    static async Task<RosterOrder> OrderAsync(Session session, UploadRow upload)
    {
        var (area, id) = (upload.Area, FormattableString.Invariant($"{upload.UploadId}"));
        var change = await session.Table<ActChangeRow>()
            .Where(row => row.Area == area && row.Subject == Subject && row.SubjectId == id && row.Action == Action)
            .OrderByDescending(row => row.ActId).FirstOrDefaultAsync();
        var text = change?.New is { } told ? $"{JsonNode.Parse(told)?["reading"]}" : "{}";
        return (JsonSerializer.Deserialize<Reading>(text) ?? new()).Order(upload);
    }

    /// <summary>How a list is to be read, as the log keeps it.</summary>
    sealed record Reading
    {
        public string Category { get; init; } = "";

        public DateOnly? From { get; init; }

        public DateOnly? HandedIn { get; init; }

        public Dictionary<string, string> Columns { get; init; } = [];

        public Dictionary<string, string> Words { get; init; } = [];

        public static Reading Of(RosterOrder order) => new()
        {
            Category = order.Category,
            From = order.EffectiveOn,
            HandedIn = order.HandedInOn,
            Columns = new(order.Words.Columns),
            Words = new(order.Words.Categories),
        };

        public RosterOrder Order(UploadRow upload) => new(upload.Department, KindOf(upload), From ?? default)
        {
            Category = Category,
            HandedInOn = HandedIn,
            Words = new(Columns, Words),
        };
    }
}
