using System.Text;
using Canbao.Core.Files;

namespace Canbao.Core.DemoData;

/// <summary>
/// A CSV file that grows row by row in little memory: UTF-8 with a byte order mark, so that spreadsheets read it as offices open it.
/// The texts of this room need no quotes.
/// </summary>
sealed class CsvTable : IDisposable
{
    /// <summary>Longer than any field of this room in UTF-8.</summary>
    const int Slack = 1024;

    readonly PendingFile file;
    readonly byte[] bytes = new byte[1 << 15];
    int used;
    bool isRowOpen;

    public CsvTable(string path, string header)
    {
        file = new PendingFile(path);
        used = Encoding.UTF8.GetBytes($"\uFEFF{header}\n", bytes);
    }

    /// <summary>Rows behind the header.</summary>
    public int Rows { get; private set; }

    /// <summary>Writes the next field of the row.</summary>
    public CsvTable Add(ReadOnlySpan<char> text)
    {
        Open();
        used += Encoding.UTF8.GetBytes(text, bytes.AsSpan(used));
        return this;
    }

    /// <summary>Writes a number.</summary>
    public CsvTable Add(int number)
    {
        Open();
        number.TryFormat(bytes.AsSpan(used), out var length);
        used += length;
        return this;
    }

    /// <summary>Writes a day; nothing where there is none.</summary>
    public CsvTable Add(DateOnly? day)
    {
        Open();
        if (day is { } known)
        {
            known.TryFormat(bytes.AsSpan(used), out var length, "yyyy-MM-dd");
            used += length;
        }

        return this;
    }

    /// <summary>Ends the row.</summary>
    public void End()
    {
        bytes[used++] = (byte)'\n';
        isRowOpen = false;
        Rows++;
    }

    /// <summary>Writes a whole row.</summary>
    public void Row(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
            Add(field);
        End();
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        Flush();
        file.Commit();
    }

    public void Dispose() => file.Dispose();

    void Open()
    {
        if (used > bytes.Length - Slack)
            Flush();
        if (isRowOpen)
            bytes[used++] = (byte)',';
        isRowOpen = true;
    }

    void Flush()
    {
        file.Stream.Write(bytes, 0, used);
        used = 0;
    }
}
