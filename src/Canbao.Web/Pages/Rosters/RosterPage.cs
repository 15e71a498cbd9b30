using Canbao.Core.Access;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>What pages of lists have in common: a department sees its own lists only, others see those who belong to their units.</summary>
abstract class RosterPage(CategoryNames names) : OfficePage
{
    /// <summary>All categories.</summary>
    public CategoryNames Names => names;

    /// <summary>The department of a department's account; empty for all others, who see every department.</summary>
    public string Own => Viewer.Department ?? "";

    /// <summary>Whether the viewer hands in lists: they are of the whole area.</summary>
    public bool MayHandIn => Viewer is { Role: Role.ListDepartment or Role.Bureau, SeesWholeArea: true };

    /// <summary>Whether the viewer sees what lists did, and takes the form of changes.</summary>
    public bool SeesVersions => MayHandIn || Viewer is { Role: Role.Finance, SeesWholeArea: true };

    /// <summary>Departments to choose from.</summary>
    public static IEnumerable<SelectListItem> DepartmentChoices =>
        Departments.All.Select(each => new SelectListItem(each.Chinese, each.Code));

    /// <summary>The categories to choose from, those of a department first.</summary>
    public IEnumerable<SelectListItem> CategoryChoices(string department)
    {
        var groups = new[] { new SelectListGroup { Name = Departments.Chinese(department) }, new SelectListGroup { Name = "其他类别" } };
        return from category in names.All
               let isOther = department.Length == 0 || category.ListedBy != department
               orderby isOther
               select new SelectListItem(category.Chinese, category.Code)
               {
                   Group = department.Length == 0 ? null : groups[isOther ? 1 : 0],
               };
    }

    /// <summary>The people whom the viewer sees on lists of a day.</summary>
    protected LedgerSearch Search(DateOnly day) => new(Viewer.Scope, day, Year)
    {
        BySchool = Viewer.Role == Role.School,
        Department = Own,
    };

    /// <summary>Whether a list of a department is the viewer's business.</summary>
    protected bool Concerns(string department) => Own.Length == 0 || Own == department;
}
