using System.Text.RegularExpressions;
using Canbao.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Canbao.Journeys.Tests;

/// <summary>Debian's Chromium, which <c>./test</c> installs; journeys show as skipped where it cannot be had.</summary>
public sealed class Chromium : IAsyncLifetime
{
    const string Program = "/usr/bin/chromium";

    IPlaywright? playwright;
    IBrowser? browser;

    public static string? Missing { get; } =
        File.Exists(Program) ? null : $"there is no {Program}; apt-get install chromium fonts-noto-cjk";

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        playwright = await Playwright.CreateAsync();
        // Without a sandbox, which root may not use; the only pages are our own.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A window of its own, as on a desk or a phone.</summary>
    /// <param name="site">The pages.</param>
    /// <param name="screen">Which of the two.</param>
    /// <param name="script">Whether tests may run script in it; the pages have none, and journeys show that they need none.</param>
    public async Task<Window> OpenAsync(WebSite site, string screen, bool script = false)
    {
        var phone = screen == "phone";
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = site.Address.ToString(),
            Locale = "zh-CN",
            JavaScriptEnabled = script,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1366, Height = 768 },
            IsMobile = phone,
            HasTouch = phone,
        });
        return new Window(await context.NewPageAsync(), screen);
    }
}

/// <summary>A page in a browser, with names for what a person does.</summary>
public sealed class Window(IPage page, string screen) : IAsyncDisposable
{
    public IPage Page { get; } = page;

    public async Task SignInAsync(string login)
    {
        await Page.GotoAsync("/");
        await FillAsync("登录名", login);
        await FillAsync("密码", WebSite.Password);
        await PressAsync("登录");
    }

    /// <summary>Looks up as a resident, on the page that is open.</summary>
    public async Task LookUpAsync(string number, string name)
    {
        await FillAsync("证件号码", number);
        await FillAsync("姓名", name);
        await PressAsync("查询");
        await SeesAsync("向谁询问");
    }

    /// <summary>Chooses a picture for a file field.</summary>
    public Task AttachPictureAsync(string label, string name) => Page.GetByLabel(label, new() { Exact = true }).SetInputFilesAsync(
        new FilePayload { Name = name, MimeType = "image/png", Buffer = WebSite.Picture });

    public Task FillAsync(string label, string value) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    public Task ChooseAsync(string label, string option) =>
        Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Chooses a file of text for a file field.</summary>
    public Task AttachAsync(string label, string name, string text) => Page.GetByLabel(label, new() { Exact = true }).SetInputFilesAsync(
        new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });

    /// <summary>Chooses in the form that has a heading, where a page has several with the same fields.</summary>
    public Task ChooseInAsync(string heading, string label, string option) => Page.Locator("form", new()
    {
        Has = Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }),
    }).GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Presses a button that gives a file, and reads it.</summary>
    public async Task<byte[]> DownloadAsync(string button)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => PressAsync(button));
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    /// <summary>Follows a link that gives a file, and reads it.</summary>
    public async Task<byte[]> DownloadFromAsync(string link)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => FollowAsync(link));
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Follows a link of the page, or else the entry of the menu: by its group, or on a phone by the home page.</summary>
    public async Task FollowAsync(string link)
    {
        var seen = Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First;
        var exactly = new Regex($"^{Regex.Escape(link)}$");
        var entry = Page.Locator(".menu a", new() { HasTextRegex = exactly });
        if (await seen.CountAsync() == 0 && await entry.CountAsync() > 0)
        {
            if (screen == "phone")
            {
                await Page.Locator(".strip").GetByRole(AriaRole.Link, new() { Name = "首页" }).ClickAsync();
                seen = Page.Locator(".tiles a", new() { Has = Page.GetByText(link, new() { Exact = true }) });
            }
            else
            {
                await Page.Locator(".menu > details", new() { Has = Page.Locator("a", new() { HasTextRegex = exactly }) })
                    .Locator("summary").ClickAsync();
            }
        }

        await seen.ClickAsync();
    }

    public Task SeesAsync(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);

    /// <summary>Keeps what the page looks like, and requires that nothing sticks out at the side.</summary>
    public async Task ShowAsync(string name)
    {
        var sticking = await KeepAsync(Repository.Path("artifacts", "screens", $"{name}-{screen}.png"));
        Assert.True(sticking <= 0, $"{name}-{screen} is {sticking} px too wide");
    }

    /// <summary>Keeps what the page looks like in a file, and tells by how many pixels it is wider than the screen.</summary>
    public async Task<int> KeepAsync(string path)
    {
        await Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        var box = await Page.Locator("html").BoundingBoxAsync();
        return Math.Max(PngWidth(path), (int)Math.Ceiling(box!.Width)) - Page.ViewportSize!.Width;
    }

    /// <summary>With CANBAO_ACCEPT=1 makes what the screen shows the handbook's picture of that name; else does nothing.</summary>
    public async Task HandbookAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CANBAO_ACCEPT") != "1")
            return;
        var picture = await Page.ScreenshotAsync(new()
        {
            Path = Repository.Path("docs", "handbook", "pictures", $"{name}-{screen}.png"),
            Scale = ScreenshotScale.Css,
        });
        Assert.InRange(picture.Length, 1, 120_000);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    // A full-page picture is as wide as what can be scrolled to; the width stands in bytes 16 to 19.
    static int PngWidth(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[20];
        file.ReadExactly(head);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16));
    }
}
