using Canbao.Policy.Packs;
using Canbao.Policy.Season;
using Canbao.TestKit;
using Xunit;

namespace Canbao.Policy.Tests;

/// <summary>How the five places run their seasons, and what is refused in the file that says it.</summary>
public class SeasonPlanTests
{
    static readonly PackLibrary Library = new(Repository.Path("policies"));

    [Fact, Clause("lishi 七(一)"), Clause("jincheng 一"), Clause("laishan 六(一)-rate"), Clause("lingyuan 六(三)")]
    public void Each_place_says_the_rate_that_it_has_to_reach()
    {
        Assert.Equal((95, 100), Rates("lishi-2023"));
        Assert.Equal((97, 100), Rates("jincheng-2022"));
        Assert.Equal((96, null), Rates("laishan-2022"));
        Assert.Equal((99, null), Rates("lingyuan-2022"));
        Assert.Equal((null, null), Rates("baogou-2022"));

        static (int? Residents, int? Listed) Rates(string pack)
        {
            var season = Load(pack);
            return (season.RateOf(SeasonGroup.Residents)?.AtLeast, season.RateOf(SeasonGroup.Listed)?.AtLeast);
        }
    }

    [Fact, Clause("laishan 五(二)")]
    public void The_schedule_of_Laishan_has_three_stages()
    {
        var stages = Load("laishan-2022").Stages;
        Assert.Equal(
            ["2021-09-01..2021-09-30", "2021-10-01..2021-11-30", "2021-12-01..2021-12-10"], stages.Select(stage => $"{stage.Days}"));
        Assert.Equal([SeasonGroup.Students, SeasonGroup.Listed], stages[0].Of);
        Assert.All(stages, stage => Assert.Equal("laishan 五(二)", stage.Clause));
    }

    [Fact, Clause("lishi 七(四)")]
    public void Lishi_reports_every_Friday_at_six_and_once_at_the_end()
    {
        var season = Load("lishi-2023");
        var weekly = season.Reports.Single(report => report.Form == "lishi-5");
        var days = weekly.DueDays().ToList();
        // The first of them is a public holiday (decision 20).
        Assert.Equal((new DateOnly(2022, 10, 7), new DateOnly(2022, 12, 23), 12), (days[0], days[^1], days.Count));
        Assert.All(days, day => Assert.Equal(DayOfWeek.Friday, day.DayOfWeek));
        Assert.Equal(new(18, 0), weekly.At);
        Assert.Equal([new(2022, 12, 25)], season.Reports.Single(report => report.Form == "lishi-6").DueDays());
        Assert.Equal(
            [new(2022, 10, 15), new(2022, 10, 31), new(2022, 11, 15), new(2022, 11, 30), new(2022, 12, 15), new(2022, 12, 31)],
            season.Bulletins.Single().DueDays());
    }

    [Fact, Clause("jincheng 七(六)-reports")]
    public void Jincheng_reports_every_Friday_at_five_and_tells_every_month()
    {
        var season = Load("jincheng-2022");
        Assert.Equal((new TimeOnly(17, 0), new DateOnly(2021, 9, 3)), (season.Reports[0].At, season.Reports[0].DueDays().First()));
        Assert.Equal([9, 10, 11, 12], season.Bulletins.Single().DueDays().Select(day => day.Month));
    }

    [Fact, Clause("lingyuan 六(三)")]
    public void Work_funds_of_Lingyuan_have_three_amounts()
    {
        var funds = Load("lingyuan-2022").Funds!;
        Assert.Equal((200, 400, 500), (funds.Below.Fen, funds.Reached.Fen, funds.WithCredentials.Fen));
        Assert.Equal((99, 60, new DateOnly(2021, 12, 31)), (funds.Rate, funds.CredentialRate, funds.On));
    }

    [Theory]
    [InlineData("rates: [{of: everybody, at_least: 95%, clause: 一}]", "P106")]
    [InlineData("rates: [{of: residents, at_least: 101%, clause: 一}]", "P109")]
    [InlineData("stages: [{says: 一, days: 2021-09-01..2021-09-30, clause: 一}]", "P414")]
    [InlineData("stages: [{says: 一, of: listed, days: 2021-09-01.., clause: 一}]", "P413")]
    [InlineData("reports: [{says: 一, level: township, every: friday, days: 2021-09-01..2021-09-30, clause: 一}]", "P411")]
    [InlineData("bulletins: [{says: 一, form: a, level: township, every: month, days: 2021-09-01..2021-09-30, clause: 一}]", "P411")]
    [InlineData("bulletins: [{says: 一, level: township, every: month, at: \"25:00\", days: 2021-09-01..2021-09-30, clause: 一}]", "P412")]
    [InlineData("bulletins: [{says: 一, level: township, every: day, days: 2021-09-01..2021-09-30, clause: 一}]", "P106")]
    [InlineData("targets: []", "P103")]
    public void A_fault_is_told_with_its_line(string text, string code)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["here"]);
        folder.Write("here/season.yaml", $"# 工作安排\n{text}\n");
        File.Copy(Repository.Path("policies", "baogou-2022", "policy.yaml"), folder["here/policy.yaml"]);
        var findings = new List<Finding>();
        var pack = Library.Load(folder["here"], findings)!.Pack;
        Assert.Null(PackLibrary.LoadSeason(pack, findings));
        var finding = Assert.Single(findings);
        Assert.Equal((code, 2), (finding.Code, finding.At.Line));
    }

    static SeasonPlan Load(string name)
    {
        var findings = new List<Finding>();
        var season = PackLibrary.LoadSeason(Library.Load(name, findings)!.Pack, findings);
        Assert.Empty(findings);
        return season!;
    }
}
