using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Canbao.TestKit;
using Canbao.Web.Hosting;

namespace Canbao.Journeys.Tests;

/// <summary>
/// The pictures of all pages, <c>artifacts/screens/pages/NAME-SCREEN.png</c>, and <c>artifacts/screens/index.html</c>, which shows them
/// side by side, wide and phone-width, so that one look sees what stands out of line.
/// </summary>
static partial class ContactSheet
{
    /// <summary>Pages whose pictures the handbook has, by screen.</summary>
    public static readonly Dictionary<(string Shape, string Screen), string> Pictured = new()
    {
        [("/", "desk")] = "home",
        [("/households/{id:long}", "phone")] = "household",
        [("/collection", "desk")] = "batches",
        [("/cash", "desk")] = "cash",
        [("/rosters", "desk")] = "lists",
        [("/funding", "desk")] = "funding",
        [("/progress", "desk")] = "progress",
        [("/outreach/visits", "phone")] = "visits",
        [("/exchange/{id:long}", "desk")] = "message",
        [("/reports/due?form&due&unit", "desk")] = "report",
        [("/quality", "desk")] = "quality",
        [("/policies/proposals/{id:long}", "desk")] = "proposal",
        [("/accounts/{login}", "desk")] = "account",
    };

    static readonly string Folder = Repository.Path("artifacts", "screens", "pages");

    /// <summary>The shapes of the pages that this run has shown, by the names of their pictures.</summary>
    static readonly ConcurrentDictionary<string, string> Shapes = new();

    /// <summary>Takes away the pictures of an earlier run on that screen: a page that is gone leaves none.</summary>
    public static void Begin(string screen)
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.GetFiles(Folder, $"*-{screen}.png"))
            File.Delete(old);
    }

    /// <summary>Where the picture of a page goes.</summary>
    public static string PathOf(string shape, string screen)
    {
        var name = Odd().Replace(shape.Replace(":long", "", StringComparison.Ordinal), "-").Trim('-');
        if (name.Length == 0)
            name = "home";
        Shapes[name] = shape;
        return Path.Combine(Folder, $"{name}-{screen}.png");
    }

    /// <summary>Writes the sheet of all pictures that are there.</summary>
    public static void Write()
    {
        var pictures = Directory.GetFiles(Folder, "*.png").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .GroupBy(name => name[..name.LastIndexOf('-')]).OrderBy(group => group.Key, StringComparer.Ordinal);
        var sheet = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><title>全部页面</title><style>
            body { font: 14px sans-serif; margin: 16px; background: #ddd; }
            section { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; margin: 0 0 24px; }
            h2 { flex-basis: 100%; font-size: 14px; margin: 0; }
            img { border: 1px solid #888; background: #fff; }
            img.desk { width: 683px; } img.phone { width: 195px; }
            </style></head><body><h1>全部页面</h1>

            """);
        foreach (var page in pictures)
        {
            var shape = Shapes.GetValueOrDefault(page.Key, page.Key);
            var heading = HtmlEncoder.Default.Encode(shape);
            sheet.Append($"<section><h2>{Routes.Find(shape.Split('?')[0])?.Title} <code>{heading}</code></h2>");
            foreach (var picture in page.Order(StringComparer.Ordinal))
            {
                var screen = picture[(picture.LastIndexOf('-') + 1)..];
                sheet.Append($"<img loading=\"lazy\" class=\"{screen}\" alt=\"{heading} {screen}\" src=\"pages/{picture}.png\">");
            }

            sheet.Append("</section>\n");
        }

        File.WriteAllText(Repository.Path("artifacts", "screens", "index.html"), sheet.Append("</body></html>\n").ToString());
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Odd();
}
