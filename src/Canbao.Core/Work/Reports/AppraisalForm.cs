using System.Collections.Immutable;
using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Rosters;

namespace Canbao.Core.Work.Reports;

/// <summary>
/// Assisted people's enrolment by unit and category, which counts in each township's yearly appraisal (<c>lishi 七(一)-appraisal</c>).
/// </summary>
public static class AppraisalForm
{
    /// <summary>The form, with a pair of columns for each category that somebody is in.</summary>
    /// <param name="names">The categories as offices say them.</param>
    public static PrescribedForm Of(CategoryNames names) =>
        new(ReportCalendar.Appraisal, "困难群众参保考核数据", "lishi 七(一)-appraisal", FormSource.Tally)
        {
            PlaceName = "离石区",
            Tally = (frame, lines) => ReportForms.Fill(
                frame, lines, "困难群众参保考核数据表", "人",
                [
                    new(new("due", "名单人员", 8), line => line.Category.Length > 0 && line.Profile.IsExpected),
                    new(new("settled", "其中已参保", 8), line => line.Category.Length > 0 && line.Profile.IsSettled),
                    .. Categories(names, lines),
                ], "参保率%"),
        };

    static ImmutableArray<CountedColumn> Categories(CategoryNames names, IReadOnlyList<TallyLine> lines) =>
    [
        .. from category in lines.Where(line => line.Category.Length > 0 && line.Profile.IsExpected).Select(line => line.Category)
               .Distinct().Order(StringComparer.Ordinal)
           from column in new CountedColumn[]
           {
               new(new($"{category}_due", $"{names.Chinese(category)}应参保", 9),
                   line => line.Category == category && line.Profile.IsExpected),
               new(new($"{category}_settled", $"{names.Chinese(category)}已参保", 9),
                   line => line.Category == category && line.Profile.IsSettled),
           }
           select column,
    ];
}
