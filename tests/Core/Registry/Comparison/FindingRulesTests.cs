using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.TestKit;
using Canbao.Vocabulary;
using Xunit;

namespace Canbao.Core.Tests.Registry.Comparison;

/// <summary>Golden table: what comes of a row against the register, for the year 2022.</summary>
public class FindingRulesTests
{
    [Theory]
    [Clause("lishi 六(八)")]
    [Clause("lingyuan 六(二)")]
    [Clause("lishi 六(九)")]
    [Clause("lishi 七(二)-deaths")]
    [Clause("jincheng 七(三)-compare")]
    // Source, word, day; ours: status word, day of death, enrolled; what is found.
    [InlineData("police", "死亡注销", "2021-10-01", "本地", "", false, "dead")]
    [InlineData("police", "死亡注销", "2021-10-01", "本地", "2021-10-01", false, "")]
    [InlineData("police", "死亡注销", "2021-10-05", "本地", "2021-10-03", false, "")]
    [InlineData("deaths", "", "2021-10-01", "本地", "2021-10-03", false, "death_day_differs")]
    [InlineData("police", "迁出", "2021-10-01", "本地", "", true, "moved_out")]
    [InlineData("police", "迁出", "2021-10-01", "外地", "", true, "")]
    [InlineData("police", "迁入", "2021-10-01", "外地", "", false, "moved_in")]
    [InlineData("police", "迁入", "2021-10-01", "本地", "", false, "")]
    [InlineData("police", "迁入", "2021-10-01", "无", "", false, "missing_here")]
    [InlineData("police", "出生登记", "2021-10-01", "无", "", false, "missing_here")]
    [InlineData("police", "出生登记", "2021-10-01", "本地", "", false, "")]
    [InlineData("police", "死亡注销", "2021-10-01", "无", "", false, "")]
    [InlineData("police", "迁出", "2021-10-01", "改名", "", true, "name_differs")]
    [InlineData("deaths", "", "2021-10-01", "本地", "", true, "dead_enrolled")]
    [InlineData("deaths", "", "2022-02-01", "本地", "", true, "dead")]
    [InlineData("deaths", "", "2021-10-01", "本地", "2021-10-01", true, "dead_enrolled")]
    [InlineData("deaths", "", "2021-10-01", "无", "", false, "")]
    [InlineData("employee", "", "2021-10-01", "本地", "", true, "duplicate")]
    [InlineData("employee", "", "2021-10-01", "本地", "", false, "insured_there")]
    [InlineData("employee", "", "2021-10-01", "职工", "", false, "")]
    [InlineData("employee", "", "2021-10-01", "本地", "2021-05-01", true, "")]
    [InlineData("elsewhere", "居民医保", "", "本地", "", true, "duplicate")]
    [InlineData("elsewhere", "居民医保", "", "本地", "", false, "insured_there")]
    [InlineData("elsewhere", "居民医保", "", "外地参保", "", false, "")]
    [InlineData("elsewhere", "职工医保", "", "外地参保", "", false, "insured_there")]
    [InlineData("inmates", "", "2021-10-01", "本地", "", false, "inmate,not_enrolled")]
    [InlineData("inmates", "", "2021-10-01", "被监管", "", true, "")]
    [InlineData("inmates", "", "2021-10-01", "无", "", false, "missing_here")]
    [InlineData("schools", "小学", "2021-09-01", "本地", "", true, "school_differs")]
    [InlineData("schools", "小学", "2021-09-01", "学生", "", false, "not_enrolled")]
    [InlineData("schools", "小学", "2021-09-01", "学生", "", true, "")]
    [InlineData("schools", "大学", "2021-09-01", "学生", "", true, "school_differs")]
    [InlineData("schools", "小学", "", "无", "", false, "missing_here")]
    public void Every_difference_has_its_finding(
        string source, string word, string day, string ours, string died, bool isEnrolled, string expected)
    {
        var row = new TheirRow("张三", "", word, Day(day), "", source == "schools" ? "s1-1" : null);
        var status = new PersonStatusRow { Student = Student.School, SchoolUnit = "s1-1", SchoolEntry = new(2021, 9, 1) };
        var person = new OurPerson
        {
            PersonId = 1,
            Name = ours == "改名" ? "张四" : "张三",
            DiedOn = Day(died),
            IsEnrolled = isEnrolled,
            Status = ours switch
            {
                "学生" => status,
                "外地" => new() { Residence = Residence.NonLocal },
                "职工" => new() { Employment = Employment.Employee },
                "外地参保" => new() { OtherCover = OtherCover.ResidentElsewhere },
                "被监管" => new() { ScopeStatus = ScopeStatus.Inmate },
                _ => new(),
            },
        };
        var found = FindingRules.Compare(ComparisonSource.Find(source)!, row, ours == "无" ? null : person, new(2022));
        Assert.Equal(expected, string.Join(',', found));
    }

    static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd");
}
