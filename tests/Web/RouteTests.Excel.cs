using System.Net;
using System.Text.RegularExpressions;
using Canbao.TestKit;
using Canbao.Web.Hosting;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Xunit;

namespace Canbao.Web.Tests;

public sealed partial class RouteTests
{
    /// <summary>Every page that offers its lists gives them; whatever else is asked so is the page as it is.</summary>
    [Theory]
    [InlineData("bureau", 25)]
    [InlineData("agent", 10)]
    public async Task A_page_that_offers_a_workbook_gives_one(string role, int least)
    {
        using var browser = new Browser(site.Pages.Address);
        await browser.SignInAsync(role, WebSite.Password);
        var given = 0;
        var entered = Routes.All.Where(route => Expected(route, role) == "entered" && !route.IsSigned);
        foreach (var pattern in entered.Select(route => route.Pattern))
        {
            var answer = await browser.GetAsync(Path(pattern));
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var offer = Offer().Match(await answer.Content.ReadAsStringAsync());
            var asked = await browser.GetAsync(
                offer.Success ? WebUtility.HtmlDecode(offer.Groups["address"].Value) : Path(pattern) + "?excel=1");
            Assert.Equal((pattern, answer.StatusCode), (pattern, asked.StatusCode));
            Assert.Equal((pattern, !offer.Success), (pattern, asked.Content.Headers.ContentType?.MediaType == "text/html"));
            if (!offer.Success)
                continue;
            given++;
            using var content = new MemoryStream(await asked.Content.ReadAsByteArrayAsync());
            using var document = SpreadsheetDocument.Open(content, false);
            Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken)
                .Select(error => $"{pattern}: {error.Description}"));
        }

        Assert.True(given >= least, $"{given} workbooks");
    }

    [GeneratedRegex("<a href=\"(?<address>[^\"]*)\">下载 Excel</a>")]
    private static partial Regex Offer();
}
