using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// 《城乡居民医保参保缴费工作进度周报表》, handed in every Friday (<c>lishi 附件5</c>): who should be enrolled, who is, and by which money.
/// </summary>
public static class WeeklyForm
{
    const string Due = "local+permit", Enrolled = "self_local+self_other+extreme+minimum+at_risk+returned+other";

    static readonly PeopleSlice AllDue = new(Standings.Due), AllEnrolled = new(Standings.Settled);

    static readonly GridColumn[] Counted =
    [
        new("local", "本地户籍应参人数", 11) { Slice = new(Standings.Due, IsLocal: true) },
        new("permit", "外地户籍持本地居住证应参人数", 14) { Slice = new(Standings.Due, IsLocal: false) },
        new("self_local", "自费参保本地居民", 10) { Slice = Self(isLocal: true) },
        new("self_other", "自费参保外籍户口", 10) { Slice = Self(isLocal: false) },
        new("extreme", "特困人员", 9) { Slice = Aided(AidGroups.ExtremePoverty) },
        new("minimum", "低保对象", 9) { Slice = Aided(AidGroups.MinimumLiving) },
        new("at_risk", "易致贫返贫人员", 10) { Slice = Aided(AidGroups.AtRisk) },
        new("returned", "返贫人员", 9) { Slice = Aided(AidGroups.ReturnedToPoverty) },
        new("other", "其他资助人员", 9)
        {
            Slice = new(Standings.Settled) { NotIn = AidGroups.All, IsAided = true },
        },
    ];

    static readonly GridColumn Rate = new("rate", "参保率%", 10, CellKind.Percent)
    {
        Formula = "IF(SUM({local},{permit})=0,\"\",SUM({self_local},{self_other},{extreme},{minimum},{at_risk},{returned},{other})"
            + "/SUM({local},{permit}))",
        TotalFormula = "IF(SUM({local},{permit})=0,\"\",SUM({self_local},{self_other},{extreme},{minimum},{at_risk},{returned},{other})"
            + "/SUM({local},{permit}))",
        Rate = FormEquation.Stated(Enrolled, Due),
    };

    static readonly GridColumn Note = new("note", "备注", 12, CellKind.Text);

    /// <summary>The form.</summary>
    public static PrescribedForm Form { get; } = new("lishi-5", "城乡居民医保参保缴费工作进度周报表", "lishi 附件5", FormSource.Tally)
    {
        PlaceName = "离石区",
        Tally = Fill,
    };

    static FormGrid Fill(FormFrame frame, IReadOnlyList<TallyLine> lines)
    {
        var name = new GridColumn("unit", "单位", 20, CellKind.Text);
        GridColumn[] columns = [name, .. Counted, Rate, Note];
        var rows = frame.Rolled(lines).Select(row => Row(
            GridRowKind.Body, (row.Unit.Code, row.IsOwn ? $"{row.Unit.Name}本级" : row.Unit.Name), columns, row.Lines) with
        {
            IsOwn = row.IsOwn,
        });
        return new FormGrid
        {
            Sheet = "附件5",
            Annex = "附件5",
            Title = $"{frame.Place}{frame.Year}年度城乡居民医保参保缴费工作进度周报表",
            Stamps =
            [
                $"填报单位（盖章）：{frame.Unit.Name}", "填报人：", "联系电话：",
                string.Create(CultureInfo.InvariantCulture, $"截止日期：{frame.Day.Year}年{frame.Day.Month}月{frame.Day.Day}日"),
            ],
            Headings = Headings(frame, name, lines),
            Rows = [.. rows, Row(GridRowKind.Total, (frame.Unit.Code, "合计"), columns, lines)],
            IsLandscape = true,
        };
    }

    static ImmutableArray<GridHeading> Headings(FormFrame frame, GridColumn name, IReadOnlyList<TallyLine> lines)
    {
        var column = Counted.ToDictionary(each => each.Key);
        GridHeading Over(string text, string key) => GridHeading.Over(text, column[key]);
        return
        [
            GridHeading.Over(frame.IsTownship ? "各村、社区" : "各乡镇、街道", name),
            Counting(("due", "应参保总人数"), AllDue, lines,
                Over("其中：本地户籍应参人数", "local"), Over("外地户籍持本地居住证应参人数", "permit")),
            Counting(("enrolled", "目前已参保总人数"), AllEnrolled, lines,
                new("其中：居民自费参保人数", Over("本地居民", "self_local"), Over("外籍户口", "self_other")),
                new("其中：资助参保人数", Over("特困人员", "extreme"), Over("低保对象", "minimum"), Over("易致贫返贫人员", "at_risk"),
                    Over("返贫人员", "returned"), Over("其他", "other"))),
            GridHeading.Over("参保率%", Rate),
            GridHeading.Over("备注", Note),
        ];
    }

    /// <summary>A heading in which the total of all that is under it stands.</summary>
    static GridHeading Counting(
        (string Key, string Text) what, PeopleSlice slice, IReadOnlyList<TallyLine> lines, params ImmutableArray<GridHeading> below)
    {
        long people = slice.Count(lines);
        var under = below.SelectMany(heading => heading.Columns).Select(column => $"{{{column.Key}:}}");
        return new(string.Create(CultureInfo.InvariantCulture, $"{what.Text}：{people}人"), below)
        {
            Value = people,
            Slice = slice,
            Key = what.Key,
            Formula = $"\"{what.Text}：\"&SUM({string.Join(',', under)})&\"人\"",
        };
    }

    static GridRow Row(GridRowKind kind, (string Unit, string Name) what, GridColumn[] columns, IReadOnlyList<TallyLine> lines) =>
        new(kind, what.Unit, what.Name, [.. columns.Select(column => column switch
        {
            { Key: "unit" } => GridCell.Words(what.Name),
            { Slice: { } slice } => GridCell.Number(slice.Count(lines), kind == GridRowKind.Total ? column.Total : ""),
            { Kind: CellKind.Percent } => GridCell.Rate(AllEnrolled.Count(lines), AllDue.Count(lines), column.Formula),
            _ => GridCell.Words(""),
        })]);

    static PeopleSlice Self(bool isLocal) => new(Standings.Settled, isLocal) { NotIn = AidGroups.All, IsAided = false };

    static PeopleSlice Aided(ImmutableArray<string> group) => new(Standings.Settled) { In = group };
}

/// <summary>The groups of assisted people that Lishi's forms tell apart, by the codes of categories.</summary>
static class AidGroups
{
    /// <summary>特困人员, with orphans and unattended children (<c>lishi 三(一)</c>).</summary>
    public static readonly ImmutableArray<string> ExtremePoverty =
        ["extreme_poverty_rural", "extreme_poverty_urban", "orphan", "unattended_child"];

    /// <summary>低保对象 (<c>lishi 三(二)</c>).</summary>
    public static readonly ImmutableArray<string> MinimumLiving = ["minimum_living_rural", "minimum_living_urban"];

    /// <summary>易返贫致贫人口 (<c>lishi 三(三)</c>), with those whom sudden hardship befell.</summary>
    public static readonly ImmutableArray<string> AtRisk = ["unstable_alleviated", "marginal_risk", "sudden_hardship"];

    /// <summary>返贫致贫人口 (<c>lishi 三(四)</c>).</summary>
    public static readonly ImmutableArray<string> ReturnedToPoverty = ["returned_to_poverty"];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [.. ExtremePoverty, .. MinimumLiving, .. AtRisk, .. ReturnedToPoverty];
}
