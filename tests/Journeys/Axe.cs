using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Canbao.Journeys.Tests;

/// <summary>Looks for barriers in a page: axe, with the rules of WCAG 2.0 to 2.2, A and AA, and its own good practice.</summary>
static class Axe
{
    const string Look = """
        async () => {
            document.querySelectorAll('details').forEach(each => each.open = true);
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            const result = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
            return result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}, ${rule.help}: ${node.html}`));
        }
        """;

    static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is wrong in a page of a window with script, all that can be unfolded being unfolded.</summary>
    /// <returns>For each fault the rule, what it asks for and the element.</returns>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Look);
    }
}
