using Canbao.Core.Files;

namespace Canbao.Core.Assessment.Batch;

/// <summary>
/// Refused rows in the layout of the input, with line, column and reason behind: to be corrected and given back. The file is there
/// only if a row was refused; one of an earlier run is removed, since it would speak of other rows.
/// </summary>
sealed class RejectsFile(string path, InputHeader header) : IDisposable
{
    PendingFile? pending;
    BufferedStream? stream;

    /// <summary>The rejects file's path for an output's: <c>out.csv</c> has <c>out.rejects.csv</c>.</summary>
    public static string PathFor(string outputPath) => Path.ChangeExtension(outputPath, ".rejects.csv");

    /// <summary>Adds a row.</summary>
    public void Add(IEnumerable<string> fields, in RefusedRow row)
    {
        if (stream is null)
        {
            pending = new PendingFile(path);
            stream = new BufferedStream(pending.Stream, 1 << 16);
            stream.Write(CsvText.ForeignLine([.. header.Columns.Where(IsKept), .. InputHeader.RejectColumns]));
        }

        // A row with too few fields is filled up, so that the reason stands in its column; of one with too many the reason tells the rest.
        var kept = fields.Concat(Enumerable.Repeat("", header.Columns.Length)).Zip(header.Columns).Where(pair => IsKept(pair.Second));
        stream.Write(CsvText.ForeignLine(
            [.. kept.Select(pair => pair.First), row.Line.ToString(), row.Fault.Column, row.Fault.Reason]));
    }

    /// <summary>Writes out what is still to be written, so that a full disk is noticed before any file gets its name.</summary>
    public void Complete() => stream?.Flush();

    /// <summary>Gives the file its name; null where no row was refused.</summary>
    public string? Commit()
    {
        if (stream is null)
        {
            File.Delete(path);
            return null;
        }

        pending!.Commit();
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => pending?.Dispose();

    static bool IsKept(string column) => !InputHeader.RejectColumns.Contains(column);
}
