using Canbao.Core.Assessment.Dues;
using Canbao.Policy;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>What the assessment answered last, and the people behind each answer.</summary>
sealed class DuesModel : OfficePage
{
    /// <summary>The outcomes that somebody has to work off, first.</summary>
    static readonly string[] Open =
        [Outcome.PolicyPending.Code(), OtherOutcomes.Incomplete, OtherOutcomes.Contradictory, OtherOutcomes.NoPolicy];

    [BindProperty(SupportsGet = true, Name = "outcome")]
    public string Chosen { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<(string Code, int People, bool IsOpen)> Counts { get; private set; } = [];

    public IReadOnlyList<AssessedPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var (counts, found) = await Database.ReadAsync(
            async session =>
            {
                var counts = await DueLists.CountsAsync(session, Viewer.Area, Viewer.Scope, Year);
                // Who opens the page wants to work off what is open.
                if (string.IsNullOrEmpty(Chosen))
                    Chosen = Open.FirstOrDefault(counts.ContainsKey) ?? Open[0];
                var part = (Chosen, (PageNumber - 1) * PageSize, PageSize + 1);
                return (counts, await DueLists.PeopleAsync(session, Viewer.Area, Viewer.Scope, Year, part));
            },
            Cancel);
        Counts =
        [
            .. from code in Open.Concat(counts.Keys.Except(Open).Order(StringComparer.Ordinal))
               select (code, counts.GetValueOrDefault(code), Open.Contains(code)),
        ];
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
