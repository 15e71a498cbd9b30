using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Canbao.Core.Files;

namespace Canbao.Web.Pieces;

/// <summary>The lists of a page as sheets: what it shows, and no more than that.</summary>
static class PageTables
{
    /// <summary>Marks what says that a list above it goes on behind what is shown.</summary>
    public const string Goes = "data-more";

    /// <summary>Elements that stand within the words of a line.</summary>
    static readonly HashSet<string> Within = ["a", "abbr", "b", "del", "em", "label", "strong", "time"];

    /// <summary>What is there to be pressed or filled in, and says nothing.</summary>
    static readonly HashSet<string> Controls = ["button", "form", "input", "script", "select", "textarea"];

    /// <summary>The sheets of a page's tables of the class <c>list</c> that have rows.</summary>
    /// <param name="html">The page.</param>
    /// <param name="title">What it is called, if it is not said above a table.</param>
    public static List<ListSheet> Read(string html, string title)
    {
        using var page = new HtmlParser().ParseDocument(html);
        var (sheets, heading, cut) = (new List<ListSheet>(), title, new HashSet<int>());
        foreach (var element in page.QuerySelectorAll($"main :is(h1, h2, h3, table.list, [{Goes}])"))
        {
            if (element is not IHtmlTableElement table)
            {
                if (element.HasAttribute(Goes))
                    cut.Add(sheets.Count - 1);
                else
                    heading = Words(element);
            }
            else if (table.Bodies.Any(body => body.Rows.Length > 0))
            {
                var name = table.Caption is { } caption ? Words(caption) : heading;
                sheets.Add(new(name, table.Head?.Rows.Length ?? 0, [.. table.Rows.Select(Cells)]));
            }
        }

        // What is said before the first table is said of the last.
        foreach (var place in cut.Select(place => place < 0 ? sheets.Count - 1 : place).Where(place => place >= 0).Distinct())
            sheets[place] = WithNote(sheets[place]);
        return sheets;
    }

    static ListSheet WithNote(ListSheet sheet)
    {
        var note = $"只有前 {sheet.Rows.Count - sheet.HeaderRows} 行，后面还有；请缩小查找范围后再下载。";
        return sheet with { Rows = [.. sheet.Rows, [new(note)]] };
    }

    static IReadOnlyList<ListCell> Cells(IHtmlTableRowElement row)
    {
        var isHeader = row.ParentElement is { LocalName: "thead" };
        var cells = new List<ListCell>();
        foreach (var cell in row.Cells)
        {
            var text = Words(cell);
            // An amount that is struck out is not to be added up.
            cells.Add(!isHeader && cell.ClassList.Contains("number") && cell.QuerySelector("del") is null
                ? ListCell.Number(text) : new(text));
            for (var across = 1; across < cell.ColumnSpan; across++)
                cells.Add(new(""));
        }

        return cells;
    }

    static string Words(IElement element)
    {
        var text = new StringBuilder();
        Add(element, text);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    static void Add(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText part)
                text.Append(part.Data);
            if (child is not IElement element || Controls.Contains(element.LocalName))
                continue;
            // What opens only to show a form says nothing either.
            if (element.LocalName == "details" && element.QuerySelector("form, button") is not null)
                continue;
            var isApart = !Within.Contains(element.LocalName);
            if (isApart)
                text.Append(' ');
            Add(element, text);
            if (isApart)
                text.Append(' ');
        }
    }
}
