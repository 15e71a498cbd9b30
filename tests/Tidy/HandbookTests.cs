using System.Text.RegularExpressions;
using Xunit;

namespace Canbao.Tidy.Tests;

/// <summary>
/// The handbook speaks of what pages have: <c>点“…”</c> names a button or link, and <c>→“…”</c> what one follows. Where a name holds
/// figures or a year, the handbook writes 某, N or n in their place.
/// </summary>
public sealed partial class HandbookTests
{
    const string Folder = "docs/handbook";

    static readonly SourceFile[] Chapters =
        [.. RepositoryFiles.All.Where(file => file.IsBelow(Folder) && file.Path.EndsWith(".md", StringComparison.Ordinal))];

    /// <summary>What pages show: their markup, their words in code, the table of routes, the offline page's script.</summary>
    static readonly SourceFile[] Pages =
        [.. RepositoryFiles.All.Where(file => file.IsBelow("src/Canbao.Web/Pages") || file.IsBelow("src/Canbao.Web/Offline")
            || file.Path == "src/Canbao.Web/Hosting/Routes.cs")];

    [Fact]
    public void Every_button_and_link_of_the_handbook_is_on_a_page()
    {
        var named = Chapters
            .SelectMany(file => Named().Matches(file.Text).Select(match => (file.Path, Name: match.Groups[1].Value))).ToList();
        Assert.True(named.Count > 60, $"only {named.Count} names were found");
        var missing = named.Distinct().Where(each => !IsOnAPage(each.Name)).Select(each => $"{each.Path}: {each.Name}");
        Assert.True(!missing.Any(), string.Join('\n', missing));
    }

    [Theory]
    [InlineData("登记某年度", true)]
    [InlineData("确认已收现金", true)]
    [InlineData("使名单生效", true)]
    [InlineData("确认已收", false)]
    [InlineData("全部同意", false)]
    public void A_name_is_found_whole(string name, bool found) => Assert.Equal(found, IsOnAPage(name));

    [Fact]
    public void Every_link_and_picture_of_the_handbook_is_there()
    {
        var links = Chapters.SelectMany(file => Link().Matches(file.Text).Select(match => (file.Path, To: match.Groups[1].Value))).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(
            File.Exists(TestKit.Repository.Path(Folder, link.To.Split('#')[0])), $"{link.Path}: {link.To} is not there"));
    }

    [Fact]
    public void Every_picture_is_used_and_small()
    {
        var folder = TestKit.Repository.Path(Folder, "pictures");
        var text = string.Concat(Chapters.Select(file => file.Text));
        foreach (var picture in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            Assert.Contains($"(pictures/{Path.GetFileName(picture)})", text, StringComparison.Ordinal);
            Assert.InRange(new FileInfo(picture).Length, 1, 120_000);
        }
    }

    /// <summary>Whether a name stands somewhere as all that an element or a string says, figures and years left open.</summary>
    static bool IsOnAPage(string name)
    {
        var parts = Open().Split(name).Select(part => Regex.Escape(part.Trim()));
        var whole = new Regex("[>\"'`“]\\s*" + string.Join("[^<\"]{0,60}?", parts) + "\\s*(@\\([^<]*)?[<\"'`”]");
        return Pages.Any(file => whole.IsMatch(file.Text));
    }

    [GeneratedRegex("[点→]“([^”]+)”")]
    private static partial Regex Named();

    [GeneratedRegex("某| ?[Nn] ?")]
    private static partial Regex Open();

    [GeneratedRegex(@"\]\(([^):]+)\)")]
    private static partial Regex Link();
}
