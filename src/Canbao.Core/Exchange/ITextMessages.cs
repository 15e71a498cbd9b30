namespace Canbao.Core.Exchange;

/// <summary>A text message.</summary>
/// <param name="Id">The same message has the same one, however often it is handed over: it is sent once.</param>
/// <param name="Phone">To which number.</param>
/// <param name="Text">What it says; names and numbers in it are masked.</param>
public sealed record ShortMessage(string Id, string Phone, string Text);

/// <summary>Sends text messages.</summary>
public interface ITextMessages
{
    /// <summary>Hands messages over.</summary>
    /// <returns>How many were new.</returns>
    Task<int> SendAsync(IReadOnlyCollection<ShortMessage> messages, CancellationToken cancel = default);
}

/// <summary>Sends nothing: writes what would be sent into a file, a line each, with the phone masked.</summary>
/// <param name="path">The file.</param>
public sealed class TextMessageOutbox(string path) : ITextMessages
{
    /// <inheritdoc/>
    public async Task<int> SendAsync(IReadOnlyCollection<ShortMessage> messages, CancellationToken cancel = default)
    {
        var known = File.Exists(path)
            ? (await File.ReadAllLinesAsync(path, cancel)).Select(line => line.Split('\t')[0]).ToHashSet(StringComparer.Ordinal) : [];
        var added = messages.Where(message => known.Add(message.Id)).ToList();
        await File.AppendAllLinesAsync(path, added.Select(message => $"{message.Id}\t{Masked(message.Phone)}\t{message.Text}"), cancel);
        return added.Count;
    }

    static string Masked(string phone) =>
        phone.Length < 7 ? new string('*', phone.Length) : $"{phone[..3]}{new string('*', phone.Length - 7)}{phone[^4..]}";
}
