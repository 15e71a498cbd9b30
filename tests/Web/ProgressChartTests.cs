using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Registry;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Pieces;
using Xunit;

namespace Canbao.Web.Tests;

/// <summary>The pictures of progress: that they say in text what they draw, and draw what the tables say.</summary>
public sealed partial class ProgressChartTests
{
    [Theory, OnBothEngines]
    public async Task Progress_is_drawn_from_registration_to_cover(Engine engine)
    {
        var clock = new TestClock("2021-11-05 09:00");
        await using var site = await WebSite.OpenAsync(engine, clock, Role.Agent, Role.Bureau);
        long household = await site.FoundAsync("village-a", "户1");
        var born = new DateOnly(1980, 2, 3);
        await site.PayAsync((await site.RegisterAsync("王一", born, 1, ("village-a", household), Relation.Head)).PersonId);
        await site.RegisterAsync("王二", born, 3, ("village-a", household), Relation.OtherRelative);
        using var bureau = new Browser(site.Address);
        await bureau.SignInAsync("bureau", WebSite.Password);
        var page = await bureau.ReadAsync("/progress");
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal(3, PictureHead().Count(page));
        var says = Says().Matches(page).ToDictionary(match => match.Groups["id"].Value, match => match.Groups["text"].Value);
        Assert.Equal(
            "应参保 2 人，100.0%；已登记 1 人，50.0%；应缴已核定 1 人，50.0%；已缴费或个人不缴 1 人，50.0%；待遇已开通 1 人，50.0%",
            WebUtilityText(says["funnel"]));
        Assert.Contains("共 1 人，最多的一天 1 人", WebUtilityText(says["trend"]), StringComparison.Ordinal);
        Assert.StartsWith("柳林镇 50.0%", WebUtilityText(says["reached"]), StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\" data-label=\"当日完成\">1</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_beyond_all_stays_within_the_picture()
    {
        var svg = $"{Charts.Bars("x", "标题", [new("甲<村>", "50%", 500, 1250)])}";
        Assert.DoesNotContain("甲<村>", svg, StringComparison.Ordinal);
        Assert.Contains("<line x1=\"100%\" x2=\"100%\"", svg, StringComparison.Ordinal);
        // Half of all is 40% of a width that reaches to 125%.
        Assert.Contains("width=\"40%\"", svg, StringComparison.Ordinal);
        Assert.Contains("width=\"40%\"", $"{Charts.Bars("x", "标题", [new("甲", "50%", 500, 30_000)])}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_on_which_more_was_taken_back_draws_nothing_and_the_year_before_a_mark()
    {
        var svg = $"{Charts.Days("x", "标题", [new(new(2021, 11, 4), -2, 3), new(new(2021, 11, 5), 4, 0)])}";
        Assert.Equal(1, Regex.Count(svg, "<rect "));
        Assert.Contains("<text x=\"0\" y=\"12\">4 ", svg, StringComparison.Ordinal);
        Assert.Contains("x1=\"0%\" x2=\"50%\"", svg, StringComparison.Ordinal);
    }

    static string WebUtilityText(string html) => System.Net.WebUtility.HtmlDecode(html).Trim();

    [GeneratedRegex("<svg class=\"progress-chart\" [^>]*role=\"img\" aria-labelledby=")]
    private static partial Regex PictureHead();

    [GeneratedRegex("<desc id=\"(?<id>[a-z]+)-says\">(?<text>[^<]*)</desc>")]
    private static partial Regex Says();
}
