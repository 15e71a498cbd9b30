using Canbao.Vocabulary;

namespace Canbao.Core.Registry;

/// <summary>How files and pages say the codes of people.</summary>
public static class RegistryWords
{
    /// <summary>Relations to the head of the household.</summary>
    public static readonly WordList<Relation> Relations = new(
        (Relation.Head, "户主"), (Relation.Spouse, "配偶"), (Relation.Son, "子"), (Relation.Daughter, "女"), (Relation.Father, "父亲"),
        (Relation.Mother, "母亲"), (Relation.Grandson, "孙子"), (Relation.Granddaughter, "孙女"), (Relation.Sibling, "兄弟姐妹"),
        (Relation.Grandparent, "祖父母"), (Relation.OtherRelative, "其他亲属"), (Relation.NoRelative, "非亲属"), (Relation.Head, "本人"),
        (Relation.Spouse, "妻"), (Relation.Spouse, "夫"), (Relation.Son, "儿子"), (Relation.Daughter, "女儿"), (Relation.Father, "父"),
        (Relation.Mother, "母"), (Relation.Grandson, "外孙"), (Relation.Granddaughter, "外孙女"), (Relation.OtherRelative, "其他"));

    /// <summary>Where people are at home.</summary>
    public static readonly WordList<Residence> Residences = new(
        (Residence.LocalHukou, "本地户籍"), (Residence.ResidencePermit, "居住证"), (Residence.NonLocal, "外地户籍"),
        (Residence.HongKongMacaoTaiwan, "港澳台"), (Residence.LocalHukou, "本地"),
        (Residence.ResidencePermit, "持居住证"), (Residence.NonLocal, "外地"));

    /// <summary>How people work.</summary>
    public static readonly WordList<Employment> Employments = new(
        (Employment.None, "无"), (Employment.Employee, "职工"), (Employment.Flexible, "灵活就业"), (Employment.None, ""),
        (Employment.Employee, "在职"));

    /// <summary>The kinds of school.</summary>
    public static readonly WordList<Student> Students = new(
        (Student.None, "否"), (Student.Kindergarten, "幼儿园"), (Student.School, "中小学"), (Student.College, "高校"), (Student.Vocational, "中职"),
        (Student.None, ""), (Student.School, "小学"), (Student.School, "初中"), (Student.School, "高中"), (Student.College, "大学"),
        (Student.Vocational, "中职技校"));

    /// <summary>Other grounds of scope.</summary>
    public static readonly WordList<ScopeStatus> ScopeStatuses = new(
        (ScopeStatus.None, "无"), (ScopeStatus.Clergy, "宗教教职人员"), (ScopeStatus.Inmate, "被监管人员"), (ScopeStatus.ArmedPolice, "武警官兵"),
        (ScopeStatus.Foundling, "社会弃婴"), (ScopeStatus.FailingFirm, "困难企业职工"), (ScopeStatus.MigrantChild, "随迁子女"), (ScopeStatus.None, ""));

    /// <summary>Insurance elsewhere.</summary>
    public static readonly WordList<OtherCover> OtherCovers = new(
        (OtherCover.None, "无"), (OtherCover.EmployeeElsewhere, "职工医保"), (OtherCover.ResidentElsewhere, "居民医保"), (OtherCover.None, ""));

    /// <summary>Sexes.</summary>
    public static readonly WordList<Sex> Sexes = new((Sex.Male, "男"), (Sex.Female, "女"));

    /// <summary>Why somebody was not renewed.</summary>
    public static string Obstacle(RenewalObstacle obstacle) => obstacle switch
    {
        RenewalObstacle.Cancelled => "本年度登记已注销",
        RenewalObstacle.Dead => "已死亡",
        RenewalObstacle.Employee => "已参加职工医保",
        RenewalObstacle.Elsewhere => "已在外地参保",
        _ => "已在本系统另一地区登记",
    };

    /// <summary>What enrolments came from.</summary>
    public static string Enrolment(string kind) => kind switch
    {
        EnrolmentKinds.New => "新参保",
        EnrolmentKinds.Renewed => "续保",
        EnrolmentKinds.MovedIn => "转入",
        EnrolmentKinds.Newborn => "新生儿",
        _ => "历史参保",
    };
}

/// <summary>The words of one set of codes; the first word of a code is the one that is written.</summary>
/// <typeparam name="T">The codes.</typeparam>
/// <param name="words">Codes and words.</param>
public sealed class WordList<T>(params (T Code, string Word)[] words)
    where T : struct, Enum
{
    readonly Dictionary<string, T> codes = words.ToDictionary(pair => pair.Word, pair => pair.Code, StringComparer.Ordinal);

    /// <summary>Each code once with the word that is written.</summary>
    public IReadOnlyList<(T Code, string Word)> All { get; } = [.. words.DistinctBy(pair => pair.Code)];

    /// <summary>The words that can be read, for messages.</summary>
    public string Known => string.Join("、", All.Select(pair => pair.Word));

    /// <summary>The word that is written for a code.</summary>
    public string this[T code] => All.First(pair => EqualityComparer<T>.Default.Equals(pair.Code, code)).Word;

    /// <summary>Reads a word.</summary>
    public bool TryRead(string word, out T code) => codes.TryGetValue(word, out code);
}
