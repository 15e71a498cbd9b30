using Canbao.Vocabulary;

namespace Canbao.Web.Pieces;

/// <summary>
/// The two insurance years that are worked on side by side: the one that runs, and the one that is collected from autumn on; in the first
/// months the one that has just ended.
/// </summary>
/// <param name="Earlier">The earlier one.</param>
/// <param name="Later">The later one, which pages show unless told otherwise.</param>
public readonly record struct OpenYears(InsuranceYear Earlier, InsuranceYear Later)
{
    const int SeasonMonth = 8;

    /// <summary>The years that are open on a business day.</summary>
    public static OpenYears On(DateOnly today)
    {
        var running = new InsuranceYear(today.Year);
        return today.Month < SeasonMonth ? new(running.Previous, running) : new(running, running.Next);
    }

    /// <summary>The year that a page's address names; the later one where it names none that is open.</summary>
    public InsuranceYear Chosen(string? text) => InsuranceYear.TryParse(text, out var year) && year == Earlier ? Earlier : Later;
}
