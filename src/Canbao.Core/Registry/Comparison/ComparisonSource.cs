using Canbao.Core.Files;
using Canbao.Vocabulary;

namespace Canbao.Core.Registry.Comparison;

/// <summary>A kind of file that other offices hand over to compare with.</summary>
/// <param name="Code">As it is stored.</param>
/// <param name="Chinese">What it is.</param>
/// <param name="Word">The column that says what happened or what kind it is; empty for none.</param>
/// <param name="Day">The column of the day; empty for none.</param>
/// <param name="Place">The column that says where; empty for none.</param>
public sealed record ComparisonSource(string Code, string Chinese, string Word, string Day, string Place)
{
    /// <summary>The police's household register (<c>lishi 六(八)</c>).</summary>
    public static readonly ComparisonSource Police = new("police", "公安户籍", "变动类型", "变动日期", "户籍地址");

    /// <summary>Deaths, from health or civil affairs (<c>lishi 六(九)</c>, <c>lishi 七(二)-deaths</c>).</summary>
    public static readonly ComparisonSource Deaths = new("deaths", "死亡信息", "", "死亡日期", "");

    /// <summary>Employee insurance here.</summary>
    public static readonly ComparisonSource Employee = new("employee", "职工医保", "", "参保日期", "参保单位");

    /// <summary>Insurance elsewhere (<c>baogou 二(四)-duplicate</c>).</summary>
    public static readonly ComparisonSource Elsewhere = new("elsewhere", "外地参保", "险种", "", "参保地");

    /// <summary>Inmates, from the police (<c>lishi 六(八)</c>).</summary>
    public static readonly ComparisonSource Inmates = new("inmates", "被监管人员", "", "入所日期", "");

    /// <summary>Pupils and students, from schools (<c>lishi 六(七)</c>).</summary>
    public static readonly ComparisonSource Schools = new("schools", "学籍", "学段", "入学日期", "学校");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ComparisonSource> All { get; } = [Police, Deaths, Employee, Elsewhere, Inmates, Schools];

    /// <summary>The departments that hand it in themselves, by code; any file may come through the bureau.</summary>
    public IReadOnlyList<string> Departments => Code switch
    {
        "police" or "inmates" => ["police"],
        "deaths" => ["health", "civil_affairs"],
        "employee" => ["human_resources"],
        "schools" => ["education", "school"],
        _ => [],
    };

    /// <summary>What its file is kept as.</summary>
    internal string UploadKind => $"comparison.{Code}";

    /// <summary>The columns of its file: name and number, then those that it has.</summary>
    public TableShape Shape { get; } = new(
    [
        new("姓名", ColumnKind.Text, true),
        new("证件号码", ColumnKind.Digits, true, "身份证号码", "身份证号", "公民身份号码"),
        .. Word.Length > 0 ? [new(Word, ColumnKind.Text, true)] : Array.Empty<ShapeColumn>(),
        .. Day.Length > 0 ? [new(Day, ColumnKind.Date, Code != "schools")] : Array.Empty<ShapeColumn>(),
        .. Place.Length > 0 ? [new(Place, ColumnKind.Text, Code == "schools")] : Array.Empty<ShapeColumn>(),
        .. Code == "schools" ? [new("班级", ColumnKind.Text, false)] : Array.Empty<ShapeColumn>(),
    ]);

    /// <summary>The source of a code; null where there is none.</summary>
    public static ComparisonSource? Find(string code) => All.FirstOrDefault(source => source.Code == code);

    /// <summary>The words that its rows may say, for messages; empty where they say none.</summary>
    public string Words => Code switch
    {
        "police" => string.Join("、", PoliceWords.All),
        "elsewhere" => "职工医保、居民医保",
        "schools" => RegistryWords.Students.Known,
        _ => "",
    };

    /// <summary>Whether a row may say a word.</summary>
    public bool Takes(string word) => Code switch
    {
        "police" => PoliceWords.All.Contains(word),
        "elsewhere" => RegistryWords.OtherCovers.TryRead(word, out var cover) && cover != OtherCover.None,
        "schools" => RegistryWords.Students.TryRead(word, out var student) && student != Student.None,
        _ => true,
    };
}

/// <summary>What the police say happened to an entry of the household register.</summary>
static class PoliceWords
{
    public const string Death = "死亡注销", Birth = "出生登记", MovedIn = "迁入", MovedOut = "迁出";

    public static IReadOnlyList<string> All { get; } = [Death, Birth, MovedIn, MovedOut];
}
