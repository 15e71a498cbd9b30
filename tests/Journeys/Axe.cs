using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Canbao.Journeys.Tests;

/// <summary>Looks for barriers in a page of a window with script, by the rules of WCAG 2.0 to 2.2, A and AA, and axe's own advice.</summary>
static class Axe
{
    static readonly AxeRunOptions Rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>What is wrong in the page as it stands, with all that can be unfolded unfolded.</summary>
    /// <param name="window">The window.</param>
    /// <param name="route">What the page is called in the answer.</param>
    /// <returns>For each fault the route, the rule, what it says and the element.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Window window, string route)
    {
        await window.Page.EvaluateAsync("document.querySelectorAll('details').forEach(each => each.open = true)");
        var result = await window.Page.RunAxeLegacy(Rules);
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{route}: {rule.Id}, {rule.Help}: {node.Html}"))];
    }
}
