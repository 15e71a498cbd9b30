using System.Text;
using Canbao.Core.Exchange;
using Canbao.Core.Files;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Storage;

namespace Canbao.Core.Work.Exchange;

/// <summary>What words of outside codes may mean here.</summary>
public static class OurWords
{
    /// <summary>The certificate by which people are known here.</summary>
    public const string IdentityCard = "居民身份证";

    static readonly string[] Certificates =
        [IdentityCard, "居民户口簿", "出生医学证明", "居住证", "港澳台居民居住证", "外国人永久居留身份证", "护照"];

    /// <summary>The words of a set, as forms list them.</summary>
    public static IReadOnlyList<string> Of(string set, CategoryNames names) => set switch
    {
        "national_insurance_kind" => [.. RegistryWords.OtherCovers.All.Where(one => one.Word != "无").Select(one => one.Word)],
        "person_type" => [.. names.All.Select(name => name.Chinese)],
        _ => Certificates,
    };

    /// <summary>Whether a word needs no translation.</summary>
    internal static bool IsOurs(string set, string word, CategoryNames names) => set switch
    {
        "national_insurance_kind" => RegistryWords.OtherCovers.TryRead(word, out _),
        "person_type" => names.Find(word) is not null,
        _ => word == "身份证" || Certificates.Contains(word),
    };
}

/// <summary>
/// An incoming file with the outside codes in its columns 险种, 人员类别 and 证件类型 put into our words. Rows with a word that nobody has
/// translated are left out and told, but those of a list: whoever fell out of it would lose the category.
/// </summary>
sealed class CodedFile : IDisposable
{
    static readonly TableShape Shape = new(
    [
        new("证件号码", ColumnKind.Digits, true, "身份证号码", "身份证号", "公民身份号码", "身份证件号码", "公民身份证号码", "证件号", "身份证"),
        .. OutsideCodes.Sets.Select(set => new ShapeColumn(set.Column, ColumnKind.Text, false)),
    ]);

    readonly UploadStream? spool;
    readonly List<(long Made, long Came)> lines = [];
    readonly Dictionary<(string Set, string Word), (long Line, long Times)> unmapped = [];

    CodedFile(TableFile file, UploadStream? spool) => (File, this.spool) = (file, spool);

    /// <summary>The file to be read.</summary>
    public TableFile File { get; private set; }

    /// <summary>Rows that were left out.</summary>
    public List<ReceiptLine> Refused { get; } = [];

    /// <summary>How many rows were left out.</summary>
    public long RefusedRows { get; private set; }

    /// <summary>Words without translation.</summary>
    public IEnumerable<(string Set, string Word, long Line, long Times)> Unmapped =>
        unmapped.Select(pair => (pair.Key.Set, pair.Key.Word, pair.Value.Line, pair.Value.Times));

    /// <summary>Translates a file.</summary>
    /// <param name="tools">What it works with.</param>
    /// <param name="session">Where translations are.</param>
    /// <param name="message">The message.</param>
    /// <param name="file">Its file.</param>
    public static async Task<CodedFile> ReadAsync(ExchangeTools tools, Session session, ExchangeMessageRow message, TableFile file)
    {
        // Money that came is never refused for a word beside it.
        if (message.Kind == ExchangeKind.Payments.Code || Open(file) is not { } opened)
            return new(file, null);
        using var intake = opened;
        var places = OutsideCodes.Sets.Select((set, at) => (Set: set.Code, Column: at + 1))
            .Where(one => intake.Header[one.Column] >= 0).ToList();
        if (places.Count == 0)
            return new(file, null);
        var maps = new Dictionary<string, Dictionary<string, string>>();
        foreach (var (set, _) in places)
            maps.Add(set, await OutsideCodes.OfSetAsync(session, message.Area, set));
        var name = Path.ChangeExtension(Path.GetFileName(file.Name), ".csv");
        var coded = new CodedFile(file, tools.Uploads.Begin(session, message.Area, new("exchange.coded", "", name)));
        coded.Translate(intake, places, (set, word) => OurWords.IsOurs(set, word, tools.Names) ? word
            : maps[set].GetValueOrDefault(OutsideCodes.Plain(word)), IsList(message));
        return coded;
    }

    /// <summary>Whether a message is a list.</summary>
    public static bool IsList(ExchangeMessageRow message) =>
        message.Kind == ExchangeKind.Roster.Code || message.Kind == ExchangeKind.RosterAdjustment.Code;

    /// <summary>A fault of the file that was read, by the line of the one that came.</summary>
    public ReceiptLine Told(IntakeFault fault) => new(LineOf(fault.Line), fault.Column, fault.Code, fault.Reason);

    public void Dispose() => spool?.Dispose();

    static Intake? Open(TableFile file)
    {
        try
        {
            return Intake.Open(file, Shape);
        }
        catch (TableFileException)
        {
            // Whatever is wrong with it, the desk that reads it says so.
            return null;
        }
    }

    void Translate(Intake intake, List<(string Set, int Column)> places, Func<string, string, string?> ours, bool isList)
    {
        long line = 1;
        Write(intake.Header.Rows, null, ref line);
        while (intake.Read())
        {
            var (cells, row) = (intake.Row.Cells.ToArray(), intake.Row);
            bool isWhole = true;
            foreach (var (set, column) in places)
            {
                var word = row.Text(column);
                if (word.Length == 0)
                    continue;
                if (ours(set, word) is { } known)
                {
                    cells[intake.Header[column]] = known;
                    continue;
                }

                Note(set, word, row.Line);
                if (isList)
                    continue;
                isWhole = false;
                if (Refused.Count < Receipts.MostRows)
                    Refused.Add(new(row.Line, Shape.Columns[column].Name, "X120", "外部代码还没有对应；请医保经办机构补充对应后再办"));
            }

            if (isWhole)
                Write([cells], row.Line, ref line);
            else
                RefusedRows++;
        }

        spool!.Complete();
        File = spool.File;
    }

    void Note(string set, string word, long line)
    {
        var seen = unmapped.GetValueOrDefault((set, word), (line, 0));
        unmapped[(set, word)] = (seen.Line, seen.Times + 1);
    }

    void Write(IEnumerable<IReadOnlyList<string>> rows, long? came, ref long line)
    {
        foreach (var row in rows)
        {
            var text = string.Join(',', row.Select(CsvText.Field)) + "\n";
            if (came is { } from)
                lines.Add((line, from));
            line += text.Count(letter => letter == '\n');
            spool!.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    long LineOf(long made)
    {
        if (spool is null)
            return made;
        int at = lines.BinarySearch((made, 0), Comparer<(long Made, long Came)>.Create((one, other) => one.Made.CompareTo(other.Made)));
        return at >= 0 ? lines[at].Came : made;
    }
}
