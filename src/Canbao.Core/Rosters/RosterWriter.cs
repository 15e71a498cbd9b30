using Canbao.Core.Access;
using Canbao.Core.Events;
using Canbao.Core.Files;
using Canbao.Storage;
using Canbao.Vocabulary;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace Canbao.Core.Rosters;

/// <summary>Writes what came of a list, and takes it back. All in the caller's transaction.</summary>
/// <param name="act">The deed.</param>
/// <param name="names">All categories.</param>
sealed class RosterWriter(Act act, CategoryNames names)
{
    const int ChunkChanges = 10_000;

    /// <summary>Writes a version with its entries and spans.</summary>
    public async Task<RosterVersionRow> WriteAsync(RosterOrder order, UploadRow upload, RosterOutcome outcome)
    {
        var version = new RosterVersionRow
        {
            Area = act.Area,
            VersionId = act.Session.NextId(),
            Department = order.Department,
            Kind = order.Kind == RosterKind.Full ? "full" : "adjustment",
            HandedInOn = order.HandedInOn ?? await HandedInOnAsync(upload),
            FirstDay = outcome.Changes.Min(change => change.Day),
            EffectiveOn = outcome.Changes.Max(change => change.Day),
            UploadId = upload.UploadId,
            Added = outcome.Added,
            Removed = outcome.Removed,
            Changed = outcome.Changed,
            Unchanged = outcome.Unchanged,
            Rejected = outcome.Rejected,
            HeldBack = outcome.HeldBack.Count,
            ActId = act.Id,
        };
        await act.Session.Data.InsertAsync(version);
        act.Record("roster", version.VersionId, "applied", null, Told(version));
        await act.Session.BulkWriteAsync(outcome.Changes.Select((change, place) => Entry(version, change, place + 1)), OnConflict.Refuse);
        await act.Session.BulkWriteAsync(outcome.Spans.Select(span => Written(span, version.VersionId)), OnConflict.Update);
        if (outcome.Changes.Count > ChunkChanges)
            await act.Session.RefreshStatisticsAsync("category_span", "roster_entry");
        foreach (var part in outcome.Changes.Chunk(ChunkChanges))
        {
            foreach (var change in part)
                Record(version.Department, change);
            await act.FlushAsync();
        }

        return version;
    }

    /// <summary>Takes a version back.</summary>
    public async Task UndoAsync(RosterVersionRow version)
    {
        var (area, id) = (act.Area, version.VersionId);
        var entries = await RosterDesk.EntriesAsync(act.Session, area, id);
        var given = new[] { new DataParameter("area", area, DataType.Int32), new DataParameter("version", id, DataType.Int64) };
        // First what it began, so that no two open spans of one category meet.
        await act.Session.Data.ExecuteAsync(
            "update category_span set voided_by = @version where area = @area and opened_by = @version and voided_by is null", given);
        await act.Session.Data.ExecuteAsync(
            """
            update category_span set until_day = null, closed_by = null, voided_by = null
            where area = @area and closed_by = @version and opened_by <> @version
            """,
            given);
        await act.Session.Table<RosterVersionRow>().Where(row => row.Area == area && row.VersionId == id)
            .Set(row => row.UndoneBy, act.Id).UpdateAsync();
        act.Record("roster", id, "undone", Told(version), null);
        if (version.UploadId is { } upload && await Uploads.FindAsync(act.Session, area, upload) is { } kept)
            await Uploads.MarkAsync(act, upload, UploadState.Undone, kept.RowsRead, kept.RowsRefused);
        foreach (var part in entries.Chunk(ChunkChanges))
        {
            foreach (var entry in part)
                act.Record("person", entry.PersonId, entry.Action == "added" ? "category_addition_undone" : "category_removal_undone",
                    Told(version.Department, entry.Category, entry.Day), null);
            await act.FlushAsync();
        }
    }

    static long? Named(long? by, long version) => by == SpanBook.ThisVersion ? version : by;

    static CategorySpanRow Written(CategorySpanRow span, long version) => span with
    {
        OpenedBy = Named(span.OpenedBy, version)!.Value,
        ClosedBy = Named(span.ClosedBy, version),
        VoidedBy = Named(span.VoidedBy, version),
    };

    static RosterEntryRow Entry(RosterVersionRow version, RosterChange change, int number) => new()
    {
        Area = version.Area,
        VersionId = version.VersionId,
        EntryNo = number,
        PersonId = change.Person.PersonId,
        Category = change.Category,
        Action = change.IsAddition ? "added" : "removed",
        Day = change.Day,
        Line = change.Line,
    };

    async Task<DateOnly> HandedInOnAsync(UploadRow upload)
    {
        var (area, id) = (act.Area, upload.KeptAct);
        var kept = await act.Session.Table<ActRow>().FirstOrDefaultAsync(row => row.Area == area && row.ActId == id);
        // A file that is kept by the same deed is handed in now.
        return kept is null ? act.Today : BusinessDay.Of(kept.At);
    }

    void Record(string department, RosterChange change)
    {
        var told = Told(department, change.Category, change.Day);
        if (change.IsAddition)
            act.Record("person", change.Person.PersonId, "category_added", null, told);
        else
            act.Record("person", change.Person.PersonId, "category_removed", told, null);
    }

    object Told(string department, string category, DateOnly day) =>
        new { Category = names.Chinese(category), Department = Departments.Chinese(department), Day = day };

    static object Told(RosterVersionRow version) => new
    {
        Department = Departments.Chinese(version.Department),
        version.Kind,
        version.HandedInOn,
        version.FirstDay,
        version.EffectiveOn,
        version.Added,
        version.Removed,
        version.Changed,
        version.Unchanged,
        version.Rejected,
        version.HeldBack,
    };
}
