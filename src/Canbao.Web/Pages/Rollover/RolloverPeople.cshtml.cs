using Canbao.Core.Work.Rollover;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;

namespace Canbao.Web.Pages;

/// <summary>People for whom the new year is another age.</summary>
sealed class RolloverPeopleModel : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public TurnOfAge Turn { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<TurningPerson> Found { get; private set; } = [];

    public bool More { get; private set; }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        if (!Viewer.SeesWholeArea || !Enum.IsDefined(Turn))
            return false;
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        var found = await Database.ReadAsync(
            session => RolloverPeople.PeopleAsync(
                session, Viewer.Area, Viewer.Scope, (Year, Turn), ((PageNumber - 1) * PageSize, PageSize + 1)),
            Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        return true;
    }
}
