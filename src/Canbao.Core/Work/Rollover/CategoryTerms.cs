using Canbao.Vocabulary;

namespace Canbao.Core.Work.Rollover;

/// <summary>A category whose list is of one year only.</summary>
/// <param name="Category">The category's code, or a mark's.</param>
/// <param name="Why">The clause or decision that it rests on, with what it says.</param>
public sealed record CategoryTerm(string Category, string Why);

/// <summary>
/// Which categories go on into the next year by themselves, and which are listed for a year only. All that are not named here go on until
/// their department says otherwise.
/// </summary>
public static class CategoryTerms
{
    const int SeasonMonth = 8;

    /// <summary>The categories that end with the year.</summary>
    public static IReadOnlyList<CategoryTerm> Yearly { get; } =
    [
        new("needy_student", "lingyuan 四(四)：学校每年提供家庭经济困难学生名单"),
        new("foundling", "口径37：社会弃婴按被发现的年度列出，次年按孤儿等身份列出"),
        new("mark_disaster", "口径37：受灾群众按受灾的年度列出"),
    ];

    /// <summary>The first day on which a list of the next year is handed in: from then on a full list speaks for the new year.</summary>
    public static DateOnly ListsFrom(InsuranceYear year) => new(year.Year - 1, SeasonMonth, 1);
}
