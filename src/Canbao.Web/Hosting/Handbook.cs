using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Canbao.Web.Hosting;

/// <summary>
/// The handbook of <c>docs/handbook</c>, which the program carries within itself, so that nobody needs the internet to read it. Chapters
/// are Markdown without raw HTML; their links to each other become links of pages, their pictures stand within the page.
/// </summary>
static class Handbook
{
    /// <summary>Where its contents are; a chapter is one step below.</summary>
    public const string Root = "/help";

    /// <summary>Where residents read their chapter.</summary>
    public const string ForResidents = "/my/help";

    /// <summary>The file of the contents, and the chapter for residents.</summary>
    const string Contents = "README", Resident = "resident", Folder = "handbook/", Extension = ".md";

    static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    static readonly Dictionary<string, byte[]> Files = Read();

    static readonly Dictionary<string, (string Title, string Html)> Rendered = Files.Keys
        .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
        .ToDictionary(name => name[..^Extension.Length], name => Render(Encoding.UTF8.GetString(Files[name])));

    /// <summary>The names of all chapters.</summary>
    public static IEnumerable<string> Chapters => Rendered.Keys.Where(name => name != Contents);

    /// <summary>The address of a chapter; of the contents where it is empty.</summary>
    public static string Address(string chapter) => chapter.Length == 0 ? Root : $"{Root}/{chapter}";

    /// <summary>A chapter's title and its HTML, heading included; null where there is none.</summary>
    public static (string Title, string Html)? Find(string chapter) =>
        chapter != Contents && Rendered.TryGetValue(chapter, out var found) ? found : null;

    /// <summary>The contents.</summary>
    public static (string Title, string Html) Index => Rendered[Contents];

    /// <summary>The chapter that everybody may read.</summary>
    public static (string Title, string Html) OfResidents => Rendered[Resident];

    /// <summary>A chapter's text as HTML; its title is its first line.</summary>
    public static (string Title, string Html) Render(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
            link.Url = link.IsImage ? Within(link.Url!) : Leading(link.Url!);
        return (text.Split('\n', 2)[0].TrimStart('#', ' '), document.ToHtml(Pipeline));
    }

    /// <summary>Where a link of a chapter leads on pages.</summary>
    static string Leading(string url)
    {
        var parts = url.Split('#', 2);
        if (!parts[0].EndsWith(Extension, StringComparison.Ordinal))
            return url;
        var chapter = parts[0][..^Extension.Length];
        return Address(chapter == Contents ? "" : chapter) + (parts.Length > 1 ? $"#{parts[1]}" : "");
    }

    static string Within(string url) => $"data:image/png;base64,{Convert.ToBase64String(Files[url])}";

    static Dictionary<string, byte[]> Read()
    {
        var assembly = typeof(Handbook).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToDictionary(
            name => name[Folder.Length..].Replace('\\', '/'),
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var kept = new MemoryStream();
                stream.CopyTo(kept);
                return kept.ToArray();
            });
    }
}
