using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Canbao.Web.Pieces;

/// <summary>Links to the page of a list before and the one behind, which keep the search; nothing where all is on one page.</summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PagerTagHelper : TagHelper
{
    /// <summary>The part of the address that holds the number.</summary>
    public const string Key = "page_no";

    /// <summary>The page shown, from 1.</summary>
    public int Page { get; set; } = 1;

    /// <summary>Whether another page follows.</summary>
    public bool More { get; set; }

    /// <summary>Where it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Page == 1 && !More)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", "翻页");
        if (Page > 1)
            output.Content.AppendHtml(LinkTo(Page - 1, "上一页"));
        output.Content.AppendHtml($"<span>第 {Page} 页</span>");
        if (More)
        {
            output.Attributes.SetAttribute(PageTables.Goes, "");
            output.Content.AppendHtml(LinkTo(Page + 1, "下一页"));
        }
    }

    TagBuilder LinkTo(int page, string text)
    {
        var request = View.HttpContext.Request;
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        query[Key] = page.ToString(CultureInfo.InvariantCulture);
        var link = new TagBuilder("a");
        link.Attributes["href"] = QueryHelpers.AddQueryString(request.Path, query);
        link.AddCssClass("button");
        link.InnerHtml.Append(text);
        return link;
    }
}
