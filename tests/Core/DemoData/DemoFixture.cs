using Canbao.Core.DemoData;
using Canbao.Core.Units;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Core.Tests.DemoData;

/// <summary>Every area, written once for all tests that only read.</summary>
public sealed class DemoFixture : IDisposable
{
    public const int People = 40_000;

    readonly TempFolder folder = new();

    public DemoFixture()
    {
        Summaries = DemoFiles.Write(new DemoRequest(DemoFiles.EveryPlace, People, 11, folder.Path), _ => { }, CancellationToken.None);
        Areas = [.. Summaries.Select(summary => new DemoAreaFiles(summary))];
    }

    public IReadOnlyList<DemoSummary> Summaries { get; }

    public IReadOnlyList<DemoAreaFiles> Areas { get; }

    public void Dispose() => folder.Dispose();
}

/// <summary>An area's files, read.</summary>
public sealed class DemoAreaFiles
{
    public DemoAreaFiles(DemoSummary summary)
    {
        Summary = summary;
        var faults = new List<UnitFault>();
        Tree = UnitFile.Read(File.ReadLines(Path.Combine(summary.Folder, "units.csv")), faults)!;
        Assert.Empty(faults);
        People = Rows("people.csv");
    }

    public DemoSummary Summary { get; }

    public UnitTree Tree { get; }

    public IReadOnlyList<Row> People { get; }

    public ILookup<string, Row> ByNumber => People.Where(person => person["证件号码"].Length > 0).ToLookup(person => person["证件号码"]);

    /// <summary>The files below a folder of the area, by their names without ending.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Row> Rows)> In(string folder) =>
        Directory.GetFiles(Path.Combine(Summary.Folder, folder)).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), Rows(Path.Combine(folder, Path.GetFileName(path)))));

    public IReadOnlyList<Row> Rows(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Summary.Folder, file));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = File.ReadAllLines(Path.Combine(Summary.Folder, file));
        var header = lines[0].Split(',');
        return [.. lines[1..].Select(line => new Row(header, line.Split(',')))];
    }
}

/// <summary>A row by its columns' names.</summary>
public sealed class Row
{
    readonly string[] header;
    readonly string[] fields;

    public Row(string[] header, string[] fields)
    {
        Assert.Equal(header.Length, fields.Length);
        (this.header, this.fields) = (header, fields);
    }

    public string this[string column] => fields[Array.IndexOf(header, column)];

    public DateOnly Day(string column) => DateOnly.ParseExact(this[column], "yyyy-MM-dd");

    /// <summary>The citizen number, whatever the office calls the column.</summary>
    public string Number => fields[Array.FindIndex(header, column => column is "证件号码" or "身份证号" or "身份证号码" or "公民身份号码")];

    /// <summary>The category, whatever the office calls the column.</summary>
    public string Category =>
        fields[Array.FindIndex(header, column => column is "对象类别" or "户类型" or "人员类别" or "家庭类别" or "优抚对象类别")];
}
