using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// Forms that units hand in and no notice draws: the progress table of <c>jincheng 七(六)-reports</c>, and how many were newly registered, of
/// whom the list itself goes up as a registration table (<c>lishi 附件4</c>).
/// </summary>
public static class ReportForms
{
    static readonly GridColumn Name = new("unit", "单位", 20, CellKind.Text), Note = new("note", "备注", 12, CellKind.Text);

    /// <summary>The progress table.</summary>
    public static PrescribedForm Progress { get; } = new("progress", "参保缴费进展情况表", "jincheng 七(六)-reports", FormSource.Tally)
    {
        PlaceName = "晋城市",
        Tally = (frame, lines) => Fill(frame, lines, "参保缴费进展情况表", "人",
        [
            new(new("due", "应参保", 10) { Slice = new(Standings.Due) }, line => line.Profile.IsExpected),
            new(new("enrolled", "已登记", 10), line => line.Profile.IsEnrolled),
            new(new("settled", "已参保缴费", 10) { Slice = new(Standings.Settled) }, line => line.Profile.IsSettled),
            new(new("aided", "其中资助参保", 10) { Slice = new(Standings.Settled) { IsAided = true } },
                line => line.Profile is { IsSettled: true, IsAided: true }),
            new(new("owing", "已登记未缴费", 10), line => line.Profile is { IsEnrolled: true, IsSettled: false }),
            new(new("left_out", "未登记", 10), line => line.Profile is { IsExpected: true, IsEnrolled: false }),
        ], "参保率%"),
    };

    /// <summary>How many were newly registered.</summary>
    public static PrescribedForm NewlyRegistered { get; } = new("lishi-4", "新参保登记情况表", "lishi 附件4", FormSource.Tally)
    {
        PlaceName = "离石区",
        Tally = (frame, lines) => Fill(frame, lines, "新参保登记情况表", "人；名单见登记表册",
        [
            new(new("due", "新参保登记", 12), IsNew),
            new(new("settled", "其中已缴费", 12), line => IsNew(line) && line.Profile.IsSettled),
            new(new("aided", "其中名单人员", 12), line => IsNew(line) && line.Category.Length > 0),
        ], ""),
    };

    /// <summary>A form that can be handed in, prescribed or not; null where there is none.</summary>
    public static PrescribedForm? Find(string code) =>
        new[] { Progress, NewlyRegistered }.FirstOrDefault(form => form.Code == code)
            ?? PrescribedForms.All.FirstOrDefault(form => form.Code == code && form.Source == FormSource.Tally);

    /// <summary>A plain table: units, what is counted of each, perhaps a rate of the settled of those due, remarks.</summary>
    /// <param name="frame">For whom.</param>
    /// <param name="lines">The counts.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="counted">What is counted.</param>
    /// <param name="columns">The columns; <c>due</c> and <c>settled</c> make the rate.</param>
    /// <param name="rate">What the rate is called; empty for none.</param>
    public static FormGrid Fill(
        FormFrame frame, IReadOnlyList<TallyLine> lines, string name, string counted, ImmutableArray<CountedColumn> columns, string rate)
    {
        var share = new GridColumn("rate", rate, 10, CellKind.Percent)
        {
            Formula = "IF({due}=0,\"\",{settled}/{due})",
            TotalFormula = "IF({due}=0,\"\",{settled}/{due})",
            Rate = FormEquation.Stated("settled", "due"),
        };
        GridColumn[] all = [Name, .. columns.Select(column => column.Column), .. rate.Length > 0 ? [share] : (GridColumn[])[], Note];
        GridRow Row(GridRowKind kind, (string Unit, string Name) what, IReadOnlyList<TallyLine> own)
        {
            long Count(CountedColumn column) => own.Where(column.Has).Sum(line => line.People);
            long Of(string key) => columns.Where(column => column.Column.Key == key).Sum(Count);
            return new(kind, what.Unit, what.Name,
            [
                GridCell.Words(what.Name),
                .. columns.Select(column => GridCell.Number(Count(column), kind == GridRowKind.Total ? column.Column.Total : "")),
                .. rate.Length > 0 ? [GridCell.Rate(Of("settled"), Of("due"), share.Formula)] : (GridCell[])[],
                GridCell.Words(""),
            ]);
        }

        return new()
        {
            Sheet = name,
            Title = $"{frame.Place}{frame.Year}年度{name}",
            Stamps =
            [
                $"填报单位（盖章）：{frame.Unit.Name}",
                string.Create(CultureInfo.InvariantCulture, $"截止日期：{frame.Day.Year}年{frame.Day.Month}月{frame.Day.Day}日"),
            ],
            UnitLine = $"单位：{counted}",
            Headings = [.. all.Select(column => GridHeading.Over(column.Name, column))],
            Rows =
            [
                .. frame.Rolled(lines).Select(row => Row(
                    GridRowKind.Body, (row.Unit.Code, row.IsOwn ? $"{row.Unit.Name}本级" : row.Unit.Name), row.Lines) with
                {
                    IsOwn = row.IsOwn,
                }),
                Row(GridRowKind.Total, (frame.Unit.Code, "合计"), frame.Within(lines)),
            ],
            IsLandscape = all.Length > 6,
        };
    }

    static bool IsNew(TallyLine line) => line.Profile is { IsNew: true, IsEnrolled: true };
}

/// <summary>A column of a plain table.</summary>
/// <param name="Column">The column.</param>
/// <param name="Has">Whose people it counts.</param>
public sealed record CountedColumn(GridColumn Column, Func<TallyLine, bool> Has);
