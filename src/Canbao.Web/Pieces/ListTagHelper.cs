using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Canbao.Web.Pieces;

/// <summary>Notices that a page has a list with rows, so that the frame offers it as a workbook; the table stays as it is.</summary>
[HtmlTargetElement("table", Attributes = "[class^=list]")]
public sealed class ListTagHelper : TagHelper
{
    static readonly object Key = new();

    /// <summary>Where it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>Whether a list with rows stands on the page.</summary>
    public static bool IsOn(HttpContext page) => page.Items.ContainsKey(Key);

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = View.HttpContext.Items;
        if (!items.ContainsKey(Key) && (await output.GetChildContentAsync()).GetContent().Contains("<td", StringComparison.Ordinal))
            items[Key] = true;
    }
}
