using System.Text;
using System.Text.Unicode;
using Canbao.Core.Assessment.Batch;
using Canbao.Core.Files;
using Canbao.Core.Tests.Assessment;
using Canbao.Core.Tests.Files;
using Xunit;

namespace Canbao.Core.Tests.Fuzz;

/// <summary>Files with damaged rows: every record is answered or refused, and rows that are whole are answered as ever.</summary>
public class RowFuzzTests
{
    const int RowsPerFile = 2_000;

    static readonly int MutatedRows = Environment.GetEnvironmentVariable("CANBAO_LONG") == "1" ? 1_000_000 : 100_000;
    static readonly byte[] Header = Encoding.UTF8.GetBytes(Baogou.Header.TrimEnd() + ",note\n");
    static readonly int Columns = InputHeader.Names.Length + 1;

    /// <summary>Whole rows without line ends, each with a key of its own, and their answers.</summary>
    static readonly Lazy<(byte[][] Rows, string[] Answers)> Whole = new(() =>
    {
        var rows = Enumerable.Range(0, RowsPerFile).Select(WholeRow).ToArray();
        using var run = Run.Of(Encoding.UTF8.GetString(Header) + string.Join('\n', rows));
        Assert.Empty(run.Refusals);
        return ([.. rows.Select(Encoding.UTF8.GetBytes)], run.Output.Split('\n')[1..^1]);
    });

    [Theory]
    [InlineData(1, TextEncoding.Utf8)]
    [InlineData(2, TextEncoding.Gb18030)]
    public void Damaged_rows_never_disturb_the_others(int seed, TextEncoding encoding)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random);
        using var run = new Run();
        for (var mutated = 0; mutated < MutatedRows / 2;)
        {
            using var file = new MemoryStream();
            file.Write(Header);
            var untouched = new Dictionary<string, int>();
            for (var i = 0; i < RowsPerFile; i++)
            {
                var row = Encoded(Whole.Value.Rows[i], encoding);
                if (random.Next(2) == 0)
                    untouched.Add(Encoding.Latin1.GetString(row) + "\n", i);
                else
                    row = mutator.Damaged(row);
                file.Write(row);
                file.WriteByte((byte)'\n');
            }

            mutated += RowsPerFile - untouched.Count;
            run.Folder.Write("in.csv", file.ToArray());
            run.Assess("in.csv", threads: 2);
            AssertComplete(run, CsvReference.Parse(file.ToArray(), CsvFileSource.BlockBytes)[1..], untouched, encoding);
        }
    }

    [Fact]
    public void A_damaged_header_is_refused_or_read()
    {
        var random = new Random(3);
        var mutator = new Mutator(random);
        using var run = new Run();
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
        {
            run.Folder.Write("in.csv", [.. mutator.Damaged(Header), .. Whole.Value.Rows[i]]);
            try
            {
                run.Assess("in.csv");
            }
            catch (TableFileException fault)
            {
                Assert.StartsWith("F", fault.Code, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1_990);
    }

    static void AssertComplete(Run run, List<ReferenceRecord> records, Dictionary<string, int> untouched, TextEncoding encoding)
    {
        records.RemoveAll(record => record.Raw.All(value => value is (byte)'\r' or (byte)'\n'));
        Assert.Equal(records.Count, run.Result.Answered + run.Result.Refused);
        var answers = CsvReference.Parse(File.ReadAllBytes(run.Folder["out.csv"]))[1..];
        Assert.Equal(run.Result.Answered, answers.Count);
        Assert.All(answers, answer =>
        {
            Assert.Equal(9, answer.Fields!.Count);
            Assert.False(answer.Fields[0] is [(byte)'=' or (byte)'+' or (byte)'-' or (byte)'@', ..]);
        });
        AssertRejects(run);
        var lines = answers.ToDictionary(
            answer => Encoding.UTF8.GetString(answer.Fields![0]), answer => Encoding.UTF8.GetString(answer.Raw));
        var seen = new HashSet<string>();
        foreach (var record in records.Where(record => record.Fields?.Count == Columns))
        {
            var isWhole = untouched.TryGetValue(Encoding.Latin1.GetString(record.Raw), out var row);
            if (!isWhole && !IsText(record.Raw, encoding))
                continue;
            var key = Decoded(record.Fields![0], encoding);
            if (seen.Add(key) && isWhole)
                Assert.Equal(Whole.Value.Answers[row] + "\n", lines[key]);
        }
    }

    static void AssertRejects(Run run)
    {
        var rejects = CsvReference.Parse(File.ReadAllBytes(run.Folder["out.rejects.csv"]))[1..];
        Assert.Equal(run.Result.Refused, rejects.Count);
        Assert.All(rejects.Zip(run.Refusals), pair =>
        {
            var fields = pair.First.Fields!.Select(Encoding.UTF8.GetString).ToList();
            Assert.Equal(Columns + 3, fields.Count);
            Assert.Equal(pair.Second, $"{fields[^3]} {fields[^2]}：{fields[^1]}");
            Assert.Contains(fields[^2], (IEnumerable<string>)[.. InputHeader.Names, "note"]);
            Assert.NotEmpty(fields[^1]);
            Assert.DoesNotContain(fields, field => field is ['=' or '+' or '-' or '@', ..]);
        });
    }

    static string WholeRow(int i)
    {
        string[] births = ["1985-03-20", "1950-01-01", "1960-06-30", "2015-09-01", "2021-10-30"];
        string[] categories = ["", "orphan", "minimum_living_rural;severe_disability", "fp_two_daughters"];
        string[] notes = ["", "说明", "\"引“用,\"\"话\"", "\"两\n行\"", "plain"];
        string[] days = ["2021-10-25", "2021-11-05", "2021-12-11", "2022-12-20"];
        var day = days[i % days.Length];
        return $"人k{i},{(day[3] == '1' && day[5..] == "10-25" ? "1985-03-20" : births[i % births.Length])},local_hukou,none,none,,,"
            + $"{categories[i % 7 % categories.Length]},,,{(i % 11 == 0 ? "employee_elsewhere" : "none")},,,"
            + $"{day},{notes[i % notes.Length]}";
    }

    static byte[] Encoded(byte[] utf8, TextEncoding encoding) =>
        encoding == TextEncoding.Utf8 ? utf8 : TextEncodings.StrictGb18030.GetBytes(Encoding.UTF8.GetString(utf8));

    static bool IsText(byte[] raw, TextEncoding encoding)
    {
        if (encoding == TextEncoding.Utf8)
            return Utf8.IsValid(raw);
        try
        {
            TextEncodings.StrictGb18030.GetString(raw);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    static string Decoded(byte[] field, TextEncoding encoding) => encoding == TextEncoding.Utf8
        ? Encoding.UTF8.GetString(field)
        : Canbao.Vocabulary.PrivateUseHan.Standardise(TextEncodings.StrictGb18030.GetString(field));
}
