using Canbao.Core.Access;
using Canbao.Core.Rosters;
using Canbao.Core.Work;
using Canbao.Web.Pieces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Canbao.Web.Pages;

/// <summary>Who holds which category on a day, which identity counts, and how far each is with enrolment and payment.</summary>
sealed class RosterPeopleModel(CategoryNames names, Identities identities) : RosterPage(names)
{
    [BindProperty(SupportsGet = true)]
    public string Department { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Category { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public ProgressGroup Group { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Key)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<LedgerPerson> Found { get; private set; } = [];

    public IReadOnlyDictionary<long, IdentityAnswer> Answers { get; private set; } = new Dictionary<long, IdentityAnswer>();

    public bool More { get; private set; }

    public static IEnumerable<SelectListItem> Groups =>
    [
        new("全部", $"{ProgressGroup.Expected}"), new("未参保", $"{ProgressGroup.LeftOut}"), new("已登记、待缴", $"{ProgressGroup.Owing}"),
        new("已缴或个人不缴", $"{ProgressGroup.Paid}"),
    ];

    public IEnumerable<SelectListItem> CategoriesOrAll => CategoryChoices(Department).Prepend(new("全部类别", ""));

    /// <summary>The identity that is used, as the viewer may read it: of another department's list only that it is one.</summary>
    public string Used(LedgerPerson person) => Answers[person.PersonId].Used is not { } used
        ? "没有资助"
        : Concerns(used.Span.Department) ? $"{Names.Chinese(used.Span.Category)}" : "其他部门的名单";

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Filters =>
        Group == ProgressGroup.Expected ? ["department", "category"] : ["department", "category", "group"];

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync()
    {
        PageNumber = Math.Clamp(PageNumber, 1, 100_000);
        Department = Own.Length > 0 ? Own : Department ?? "";
        var day = Day ?? Today;
        Day = day;
        var search = Search(day) with { Department = Department, Category = Category ?? "", Group = Group };
        var (found, answers) = await Database.ReadAsync(
            async session =>
            {
                var people = await Ledgers.PeopleAsync(session, Viewer.Area, search, ((PageNumber - 1) * PageSize, PageSize + 1));
                return (people, await identities.OfAsync(
                    session, Viewer.Area, Year, [.. people.Select(person => person.PersonId)], day));
            },
            Cancel);
        More = found.Count > PageSize;
        Found = found[..Math.Min(found.Count, PageSize)];
        Answers = answers;
        return true;
    }
}
