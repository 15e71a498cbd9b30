using System.Globalization;
using System.Text.RegularExpressions;
using Canbao.Core.Access;
using Canbao.Core.Calendar;
using Canbao.Core.Registry;
using Canbao.Core.Registry.Comparison;
using Canbao.Core.Rosters;
using Canbao.Storage;
using Canbao.TestKit;
using Canbao.TestKit.Databases;
using Canbao.Web.Hosting;
using Xunit;

namespace Canbao.Journeys.Tests;

/// <summary>
/// Every route of the table, found as users find it: by the menu and the links of pages. A route to which nothing leads fails until the
/// site below has something to show on it, or <see cref="Unshown"/> says why it is not looked at.
/// </summary>
public sealed partial class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>The menu's current entry, where it lies outside what the screen shows of the menu.</summary>
    const string HiddenEntry = """
        [...document.querySelectorAll(':is(.menu, .strip) [aria-current]')].filter(each => {
            const { left, right } = each.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).map(each => `current entry of the menu out of sight: ${each.outerHTML}`)
        """;

    /// <summary>The place of the element with the focus among all that take it, and what is wrong with how it shows.</summary>
    const string Focus = """
        () => {
            const element = document.activeElement, box = element.getBoundingClientRect();
            const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
                .filter(each => each.checkVisibility());
            const style = getComputedStyle(element);
            return [`${all.indexOf(element)}`, `${all.length}`, element.outerHTML, !element.contains(on) ? 'covered or out of sight'
                : style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? 'no outline' : ''];
        }
        """;

    /// <summary>Elements with Chinese text for which no font with Chinese glyphs is named; what the browser then takes is chance.</summary>
    const string NoChineseFont = """
        [...document.querySelectorAll('body *')].filter(each => [...each.childNodes].some(node => node.nodeType === 3
            && /\p{Script=Han}/u.test(node.data)) && !/CJK SC/.test(getComputedStyle(each).fontFamily))
            .map(each => `no font for Chinese: ${each.outerHTML.slice(0, 120)}`)
        """;

    static readonly DateOnly Born = new(1985, 3, 20);

    /// <summary>Routes that are not looked at, and why.</summary>
    static readonly Dictionary<string, string> Unshown = new()
    {
        ["/style.css"] = "no page",
        ["/channel/v1/openapi.json"] = "for programs",
        ["/collection/offline/files/{version}/{name}"] = "no page",
        ["/collection/offline/worker.js"] = "no page",
        ["/health/live"] = "for programs",
        ["/health/ready"] = "for programs",
        ["/sign-in/provider"] = "not there without an identity provider; ProviderJourneys looks at it",
        ["/sign-in/provider/back"] = "the same",
    };

    /// <summary>What is named stands before what may be anything: /people/new is nobody's number.</summary>
    static readonly (Route Route, Regex Path)[] Known =
    [
        .. Routes.All.Where(route => !route.IsSigned && !Unshown.ContainsKey(route.Pattern))
            .OrderBy(route => route.Pattern.Contains('{', StringComparison.Ordinal))
            .Select(route => (route, new Regex($"^{Place().Replace(route.Pattern, "[^/]+")}$"))),
    ];

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task Every_page_is_without_barriers(string screen)
    {
        await using var site = await OpenAsync();
        ContactSheet.Begin(screen);
        var faults = new List<string>();
        var covered = FormattableString.Invariant($"/people/{await site.PersonAsync("孙大海")}");
        // Nobody has signed in yet.
        var shown = new HashSet<string> { Routes.SignIn };
        await using (var nobody = await chromium.OpenAsync(site, screen, script: true))
            await LookAsync(nobody, Routes.SignIn);
        await using (var resident = await chromium.OpenAsync(site, screen, script: true))
            await LookAsResidentAsync(resident);
        foreach (var role in Roles.All.OrderByDescending(role => Routes.All.Count(route => route.Admits(role))))
        {
            var waiting = new Queue<string>(Known.Where(known => known.Route.Admits(role)).Select(known => known.Route.Pattern));
            if (waiting.All(shown.Contains))
                continue;
            // Somebody who is covered, whose page leads to the certificate.
            waiting = new([covered, .. waiting]);
            await using var window = await chromium.OpenAsync(site, screen, script: true);
            await window.SignInAsync(role.Code());
            while (waiting.TryDequeue(out var address))
            {
                if (Shape(address) is { } shape && shown.Add(shape))
                    foreach (var link in await LookAsync(window, address))
                        waiting.Enqueue(link);
            }
        }

        ContactSheet.Write();
        Assert.All(Unshown.Keys, pattern => Assert.NotNull(Routes.Find(pattern)));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var missing = Known.Select(known => known.Route.Pattern).Except(shown.Select(shape => shape.Split('?')[0]));
        Assert.True(!missing.Any(), $"No page leads to {string.Join(" or ", missing)}: fill the site with something to show there.");

        // Pages of residents show something only to who has looked up; what leads to an order is a form.
        async Task LookAsResidentAsync(Window window)
        {
            await LookAsync(window, Routes.My);
            await window.Page.GotoAsync(Routes.My);
            await window.LookUpAsync(WebSite.MemberNumber(21), "孙大海");
            var waiting = new Queue<string>([Routes.My, $"/my/orders/{await site.OrderAsync(21, 23)}"]);
            while (waiting.TryDequeue(out var address))
                if (Shape(address) is { } shape && Known.First(known => known.Path.IsMatch(address.Split('?')[0])).Route.Roles is null
                    && shown.Add(shape))
                    foreach (var link in await LookAsync(window, address))
                        waiting.Enqueue(link);
        }

        async Task<string[]> LookAsync(Window window, string address)
        {
            var answer = await window.Page.GotoAsync(address);
            Assert.True(answer!.Ok, $"{address}: {answer.Status}");
            var found = await FaultsAsync(window, Shape(address)!, screen);
            faults.AddRange(found.Select(fault => $"{address} ({screen}): {fault}"));
            return await window.Page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('main a[href]:not(.excel-link a)')].map(each => each.getAttribute('href'))");
        }
    }

    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task The_keyboard_goes_through_a_page_in_its_order_and_shows_where_it_is(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Bureau);
        await using var window = await chromium.OpenAsync(site, screen, script: true);
        await window.SignInAsync("bureau");
        await window.Page.GotoAsync("/people/new");
        var (place, last) = (-1, 0);
        while (place < last)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            var focus = await window.Page.EvaluateAsync<string[]>(Focus);
            var next = int.Parse(focus[0], CultureInfo.InvariantCulture);
            // A date has several stops of its own, which the browser marks.
            if (next == place)
                continue;
            Assert.Equal((place + 1, "", focus[2]), (next, focus[3], focus[2]));
            (place, last) = (next, int.Parse(focus[1], CultureInfo.InvariantCulture) - 1);
        }
    }

    /// <summary>What no link leads to: refusals, what was searched for, and a page that is not there.</summary>
    [JourneyTheory]
    [InlineData("desk")]
    [InlineData("phone")]
    public async Task An_answer_to_a_form_is_without_barriers(string screen)
    {
        await using var site = await OpenAsync();
        await using var window = await chromium.OpenAsync(site, screen, script: true);
        await window.SignInAsync("nobody");
        await window.SeesAsync("登录名或密码不对");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        await window.SignInAsync("bureau");
        await window.Page.GotoAsync("/people/new");
        await window.FillAsync("姓名", "王新禾");
        await window.PressAsync("登记");
        await window.SeesAsync("没有证件号码时请选择性别");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        await window.FollowAsync("人员");
        await window.FillAsync("证件号码、姓名或拼音首字母、电话、户号", "李");
        await window.PressAsync("查询");
        await window.SeesAsync("李春梅");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        await window.Page.GotoAsync("/people/1");
        await window.SeesAsync("没有找到");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
    }

    [JourneyTheory]
    [InlineData("desk")]
    public async Task A_planted_fault_is_told_with_its_rule_and_element(string screen)
    {
        await using var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"), Role.Agent);
        await using var window = await chromium.OpenAsync(site, screen, script: true);
        await window.Page.GotoAsync("/");
        Assert.Empty(await Axe.FaultsAsync(window.Page));
        await window.Page.EvaluateAsync("""
            document.querySelector('label').remove();
            document.querySelector('.hint').style.color = '#bbb';
            document.querySelector('h1').outerHTML = '<h3>标题</h3>';
            """);
        var faults = await Axe.FaultsAsync(window.Page);
        Told("label", "name=\"Login\"");
        Told("color-contrast", "class=\"hint\"");
        Told("page-has-heading-one", "<html");

        void Told(string rule, string element) => Assert.Contains(
            faults,
            fault => fault.StartsWith($"{rule}, ", StringComparison.Ordinal) && fault.Contains(element, StringComparison.Ordinal));
    }

    /// <summary>Takes the page's picture, and tells what is wrong with it.</summary>
    static async Task<string[]> FaultsAsync(Window window, string page, string screen)
    {
        var sticking = await window.KeepAsync(ContactSheet.PathOf(page, screen));
        if (ContactSheet.Pictured.TryGetValue((page, screen), out var picture))
            await window.HandbookAsync(picture);
        var faults = new List<string>();
        if (sticking > 0)
            faults.Add($"{sticking} px too wide");
        faults.AddRange(await window.Page.EvaluateAsync<string[]>(NoChineseFont));
        faults.AddRange(await Axe.FaultsAsync(window.Page));
        faults.AddRange(await window.Page.EvaluateAsync<string[]>(HiddenEntry));
        return [.. faults];
    }

    /// <summary>The route of an address with the words behind its question mark without their values; null where it has no place.</summary>
    static string? Shape(string address)
    {
        var parts = address.Split('?');
        var route = Known.FirstOrDefault(known => known.Path.IsMatch(parts[0])).Route;
        if (route is null || address.Contains('{', StringComparison.Ordinal))
            return null;
        var words = parts.Skip(1).Take(1).SelectMany(query => query.Split('&')).Where(pair => !pair.EndsWith('='))
            .Select(pair => pair.Split('=')[0]).Where(word => word != "year");
        return words.Any() ? $"{route.Pattern}?{string.Join('&', words)}" : route.Pattern;
    }

    /// <summary>A county with something of everything that a page can show.</summary>
    static async Task<WebSite> OpenAsync()
    {
        var site = await WebSite.OpenAsync(Engine.Sqlite, new TestClock("2021-11-05 09:00"));
        var (one, other) = (await site.FoundAsync("village-a", "H0001"), await site.FoundAsync("village-b", "H0002"));
        var paid = await site.RegisterAsync("王建国", Born, 1, ("village-a", one), Relation.Head);
        await site.RegisterAsync("赵秀兰", Born, 2, ("village-a", one), Relation.Spouse);
        await site.RegisterAsync("李春梅", Born, 3, ("village-b", other), Relation.Head);
        await site.RegisterAsync("李春梅", Born, 5, ("village-b", other), Relation.OtherRelative);
        var orphan = await site.RegisterAsync("周小宝", Born, 11, ("village-a", one), Relation.OtherRelative);
        await site.AskForRefundAsync(await site.PayAsync(paid.PersonId));
        await site.PayTogetherAsync(
            "agent", Role.Agent, "village-a", await site.RegisterAsync("赵小宝", Born, 7, ("village-a", one), Relation.Son));
        var day = new DateOnly(2021, 11, 5);
        await site.CompareAsync(ComparisonSource.Deaths, "",
            $"姓名,身份证号码,死亡日期\n赵秀兰,{Number(2)},2021-10-20\n孙某,123,2021-10-21\n");
        var full = new RosterOrder("civil_affairs", RosterKind.Full, day) { Category = "孤儿" };
        await site.ApplyAsync(full, $"身份证号码\n{Number(1)}\n{Number(3)}\n{Number(11)}\n");
        await site.HandInAsync(full, $"身份证号码,备注\n{Number(2)},\n{Number(9)},\n");
        await site.KeepTableAsync("village-a", $"姓名,身份证号码,人员类别\n张三,{Number(4)},普通居民\n李四,123,普通居民\n");
        foreach (var (office, unit) in new[] { ("civil_affairs", (string?)null), ("bureau", null), ("street", "town") })
            await site.OpenClockAsync(ClockKind.RosterChange, office, new(2021, 10, 20), unit);
        await site.MakeDuesAsync();
        await site.KeepJobAsync("bureau", (5, 5), new() { State = "done", Told = "已核定 5 人", Page = "/policies/rollover" });
        await site.OpenOutreachAsync();
        await site.EnrolAsync(orphan.PersonId);
        await site.BookFundsAsync();
        await site.KeepFiguresAsync("town", "单位,人数\n东沟村,12\n南山村,3\n");
        await site.NoteAsync(Canbao.Core.Reporting.Measures.EmployeeEnrolled, "town", new(2021, 10, 31), 950);
        await site.ClaimAsync("city_finance", "town");
        await site.OpenBankAsync("village-b", other);
        await site.TellAsync("R1", ("孙某", 9));
        await site.ImportStatementAsync(day, "流水号,金额,缴费时间\nR2,320.00,2021-11-05 08:30:00\n");
        await site.AddPartnerAsync("bureau");
        await site.AddPartnerAsync("civil_affairs");
        await site.MakeFridayAsync();
        await site.HandOverAsync("civil_affairs", "roster", $"身份证号码,人员类别\n{Number(3)},A07\n");
        await site.AddPartnerAsync("health");
        await site.HandOverAsync("health", "deaths", "姓名,身份证号码,死亡日期\n孙某,123,2021-10-21\n");
        await site.RunSeasonAsync("jincheng-2022", WebSite.PackYear, new(2022, 1, 1));
        await site.KeepReportAsync("county", new(2021, 10, 22));
        await site.KeepReportAsync("county", new(2021, 10, 29), versions: 2);
        await site.DraftBulletinAsync(isPublished: true);
        await site.DraftBulletinAsync(isPublished: false);
        await site.PostNamesAsync("village-a");
        await site.ProposePackAsync("baogou-2022");
        await site.OpenGatewayAsync();
        await site.EnrolHouseholdAsync("village-b", "H0009", ("孙大海", 21), ("孙小海", 23));
        await site.ConfirmAsync(await site.OrderAsync(21, 21));
        await site.AskToRegisterAsync("village-a", "钱有福");
        return site;
    }

    static string Number(int person) => TestArea.Number(Born, person).Full;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();
}
