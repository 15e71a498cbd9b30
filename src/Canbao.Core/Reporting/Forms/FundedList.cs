using System.Globalization;

namespace Canbao.Core.Reporting.Forms;

/// <summary>Somebody for whose contribution a funder pays.</summary>
/// <param name="Village">The unit's name.</param>
/// <param name="Name">The name.</param>
/// <param name="Number">The number, masked unless the export is recorded.</param>
/// <param name="Category">Under what they are aided.</param>
/// <param name="Funder">Who pays.</param>
/// <param name="Fen">How much, fen; less than zero is taken back.</param>
public sealed record FundedPerson(string Village, string Name, string Number, string Category, string Funder, long Fen);

/// <summary>
/// 《政府资助人员名单》, the basis on which fiscal money is given (<c>baogou 二(五)2</c>): who is aided under what, who pays, how much.
/// The notice names the list and prescribes no table; the columns are those by which finance settles.
/// </summary>
public static class FundedList
{
    static readonly GridColumn[] Columns =
    [
        new("place", "序号", 6, CellKind.Mark), new("village", "村", 16, CellKind.Text), new("name", "姓名", 12, CellKind.Text),
        new("number", "证件号码", 22, CellKind.Mark), new("category", "类别", 30, CellKind.Text),
        new("funder", "承担方", 14, CellKind.Text), new("amount", "金额（元）", 14, CellKind.Amount),
    ];

    /// <summary>The form.</summary>
    public static PrescribedForm Form { get; } = new("baogou-list", "政府资助人员名单", "baogou 二(五)2", FormSource.Funding)
    {
        PlaceName = "鲍沟镇",
        Funding = Fill,
    };

    static FormGrid Fill(FormFrame frame, IReadOnlyList<FundedPerson> people)
    {
        var rows = people.Select((one, place) => new GridRow(
            GridRowKind.Body, "", one.Name,
            [
                GridCell.Words((place + 1).ToString(CultureInfo.InvariantCulture)), GridCell.Words(one.Village), GridCell.Words(one.Name),
                GridCell.Words(one.Number), GridCell.Words(one.Category), GridCell.Words(one.Funder), GridCell.Number(one.Fen),
            ]));
        var blank = GridCell.Words("");
        var total = new GridRow(
            GridRowKind.Total, "", "合计",
            [blank, GridCell.Words("合计"), blank, blank, blank, blank, GridCell.Number(people.Sum(one => one.Fen), Columns[^1].Total)]);
        return new FormGrid
        {
            Sheet = "政府资助人员名单",
            Title = $"{frame.Place}{frame.Year}年度居民医保政府资助人员名单",
            Stamps =
            [
                $"填报单位（盖章）：{frame.Unit.Name}", "填报人：", "联系电话：",
                string.Create(CultureInfo.InvariantCulture, $"截止日期：{frame.Day.Year}年{frame.Day.Month}月{frame.Day.Day}日"),
            ],
            Headings = [.. Columns.Select(column => GridHeading.Over(column.Name, column))],
            Rows = [.. rows, total],
            IsLandscape = true,
        };
    }
}
