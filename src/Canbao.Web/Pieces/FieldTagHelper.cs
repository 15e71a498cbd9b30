using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Canbao.Web.Pieces;

/// <summary>
/// One row of a form: label, control, hint and what is wrong. <c>&lt;field for="Name" label="姓名" hint="…" /&gt;</c>; with <c>options</c>
/// it is a choice. Other attributes, such as <c>autocomplete</c>, go to the control.
/// </summary>
[HtmlTargetElement("field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    /// <summary>The property that it shows and binds.</summary>
    public required ModelExpression For { get; set; }

    /// <summary>What it is called.</summary>
    public string Label { get; set; } = "";

    /// <summary>What to write, where that is not plain.</summary>
    public string? Hint { get; set; }

    /// <summary>The kind of input.</summary>
    public string Type { get; set; } = "text";

    /// <summary>What can be chosen; null for an input.</summary>
    public IEnumerable<SelectListItem>? Options { get; set; }

    /// <summary>Tells fields of one name in several forms of a page apart.</summary>
    public string? Key { get; set; }

    /// <summary>Where it stands.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(Key is null ? name : $"{Key}_{name}", "_");
        var wrong = View.ModelState.TryGetValue(name, out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;
        var attributes = Described(output, id, wrong is not null);
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", wrong is null ? "field" : "field wrong");
        output.Content.AppendHtml(label);
        output.Content.AppendHtml(Control(attributes));
        if (Hint is not null)
            output.Content.AppendHtml(Note("hint", $"{id}-hint", Hint));
        if (wrong is not null)
            output.Content.AppendHtml(Note("error", $"{id}-error", wrong));
    }

    TagBuilder Control(Dictionary<string, object?> attributes)
    {
        if (Options is not null)
            return generator.GenerateSelect(View, For.ModelExplorer, null, For.Name, Options, false, attributes);
        // What is typed as a password never goes back to the page.
        if (Type == "password")
            return generator.GeneratePassword(View, For.ModelExplorer, For.Name, null, attributes);
        if (Type == "file")
            return Upload(For.Name, attributes);
        attributes["type"] = Type;
        var format = Type == "date" ? "{0:yyyy-MM-dd}" : null;
        return generator.GenerateTextBox(View, For.ModelExplorer, For.Name, For.Model, format, attributes);
    }

    static TagBuilder Upload(string name, Dictionary<string, object?> attributes)
    {
        var upload = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        upload.MergeAttributes(attributes);
        upload.MergeAttribute("type", "file");
        upload.MergeAttribute("name", name);
        return upload;
    }

    Dictionary<string, object?> Described(TagHelperOutput output, string id, bool wrong)
    {
        var attributes = output.Attributes.ToDictionary(attribute => attribute.Name, attribute => (object?)$"{attribute.Value}");
        string[] notes = [.. Hint is null ? [] : new[] { $"{id}-hint" }, .. wrong ? new[] { $"{id}-error" } : []];
        attributes["id"] = id;
        if (notes.Length > 0)
            attributes["aria-describedby"] = string.Join(' ', notes);
        if (wrong)
            attributes["aria-invalid"] = "true";
        return attributes;
    }

    static TagBuilder Note(string kind, string id, string text)
    {
        var note = new TagBuilder("p");
        note.AddCssClass(kind);
        note.Attributes["id"] = id;
        note.InnerHtml.Append(text);
        return note;
    }
}
