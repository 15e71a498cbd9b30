using Canbao.Core.Events;
using Canbao.Core.Registry.Comparison;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What came of one file: findings by kind and decision, and the refused rows.</summary>
sealed class ComparisonFileModel(Comparisons comparisons) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public ComparedFile Found { get; private set; } = null!;

    public IReadOnlyList<(string Kind, FindingState State, int Findings)> Outcome { get; private set; } = [];

    public ComparisonSource Source => ComparisonSource.Find(Found.Row.Source)!;

    public async Task<IActionResult> OnPostRefusedAsync()
    {
        using var content = new MemoryStream();
        await Act.DoAsync(Database, Viewer.Area, Doer($"下载退回的行 {Found.Row.FileName}"), "compare.refused",
            act => comparisons.RefusedAsync(act, Found, content), Cancel);
        return Download(content, $"退回-{Found.Row.FileName}");
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea)
            return false;
        var (found, outcome) = await Database.ReadAsync(
            async session => (
                await Comparisons.FileAsync(session, Viewer.Area, Viewer.Department ?? "", Id),
                await Comparisons.OutcomeAsync(session, Viewer.Area, Id)),
            Cancel);
        if (found is null)
            return false;
        (Found, Outcome) = (found, outcome);
        return true;
    }
}
