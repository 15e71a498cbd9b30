using System.Collections.Immutable;
using System.Globalization;

namespace Canbao.Core.Reporting.Forms;

/// <summary>
/// 《参保摸底情况统计表》, handed in by 12-25 (<c>lishi 附件6</c>): everybody of a place by where they are insured. What each column is
/// counted from stands in <c>docs/rooms/forms.md</c>; A12, A14 and A15 are the office's to fill in.
/// </summary>
public static class CanvassForm
{
    static readonly ImmutableArray<GridColumn> Columns =
    [
        Counted(1, "应参保人数", new(Standings.Here), "{A5}+{A7}-{A20}"),
        Counted(2, "实际参保人数", new(Standings.Settled | Standings.Employee), "{A9}+{A13}+{A16}+{A19}+{A23}+{A26}+{A29}+{A32}"),
        Counted(3, "未参保人数", new(Standings.Unsettled), "{A1}-{A2}"),
        Counted(4, "户籍总人数", new(Standings.All, true), "{A5}+{A6}"),
        Counted(5, "长期本地居住/无外地居住证的户籍人数", new(Standings.Here, true)),
        Counted(6, "长期外地居住/持有外地居住证人数", new(Standings.Elsewhere, true)),
        Counted(7, "外地户籍长期本地居住/持有本地居住证人数", new(Standings.All, false)),
        Counted(8, "职工应参保人数", new(Standings.Employee), "{A9}+{A12}"),
        Counted(9, "职工参保总人数", new(Standings.Employee), "{A10}+{A11}"),
        Counted(10, "职工参保户籍人数", new(Standings.Employee, true)),
        Counted(11, "职工参保外地户籍长期本地居住/持有本地居住证人数", new(Standings.Employee, false)),
        Entered(12, "职工未参保人数"),
        Entered(13, "灵活就业人员参加职工医保总人数") with { Formula = "{A14}+{A15}" },
        Entered(14, "灵活就业人员参加职工医保户籍人数"),
        Entered(15, "灵活就业人员参加职工医保外地户籍人数"),
        Counted(16, "户籍人口参保人数", Ordinary(Standings.Settled)),
        Counted(17, "长期本地居住/无外地居住证未参保人数", Ordinary(Standings.Unsettled)),
        Counted(18, "外地户籍人员总人数", new(Standings.Due | Standings.Elsewhere, false), "{A19}+{A20}+{A21}"),
        Counted(19, "外地户籍人员参加本地居民医保", new(Standings.Settled, false)),
        Counted(20, "外地户籍人员参加外地医保人数", new(Standings.Elsewhere, false)),
        Counted(21, "外地户籍人员未参保人数", new(Standings.Unsettled, false)),
        .. Group(22, "特困人员", AidGroups.ExtremePoverty),
        .. Group(25, "低保对象", AidGroups.MinimumLiving),
        .. Group(28, "返贫致贫人口", AidGroups.ReturnedToPoverty),
        .. Group(31, "易返贫致贫人口", AidGroups.AtRisk),
    ];

    static readonly GridColumn Place = new("place", "序号", 5, CellKind.Mark), Name = new("unit", "乡镇（街道）", 15, CellKind.Text),
        Note = new("note", "备注", 8, CellKind.Text);

    /// <summary>The equations of decision 19: those that the notice states, and those that follow from its columns.</summary>
    static readonly FormEquation[] Equations =
    [
        FormEquation.Stated("A1", "A5+A7-A20"),
        FormEquation.Stated("A2", "A9+A13+A16+A19+A23+A26+A29+A32"),
        FormEquation.Inferred("A3", "A1-A2"),
        FormEquation.Inferred("A3", "A12+A17+A21+A24+A27+A30+A33"),
        FormEquation.Inferred("A4", "A5+A6"),
        FormEquation.Inferred("A8", "A9+A12"),
        FormEquation.Inferred("A9", "A10+A11"),
        FormEquation.Inferred("A13", "A14+A15"),
        FormEquation.Inferred("A18", "A19+A20+A21"),
        FormEquation.Inferred("A22", "A23+A24"),
        FormEquation.Inferred("A25", "A26+A27"),
        FormEquation.Inferred("A28", "A29+A30"),
        FormEquation.Inferred("A31", "A32+A33"),
        FormEquation.Inferred("A5+A7", "A10+A14+A16+A17+A22+A25+A28+A31+A11+A15+A18+A12"),
    ];

    /// <summary>The form.</summary>
    public static PrescribedForm Form { get; } = new("lishi-6", "参保摸底情况统计表", "lishi 附件6", FormSource.Tally)
    {
        PlaceName = "离石区",
        Equations = Equations,
        Tally = Fill,
    };

    static FormGrid Fill(FormFrame frame, IReadOnlyList<TallyLine> lines)
    {
        var rows = frame.Rolled(lines).Index().Select(row => Row(
            GridRowKind.Body, (row.Item.Unit.Code, row.Item.IsOwn ? $"{row.Item.Unit.Name}本级" : row.Item.Unit.Name),
            (row.Index + 1).ToString(CultureInfo.InvariantCulture), row.Item.Lines) with
        {
            IsOwn = row.Item.IsOwn,
        });
        return new FormGrid
        {
            Sheet = "附件6",
            Annex = "附件6",
            Title = $"{frame.Place}{frame.Year}年度参保摸底情况统计表",
            Stamps = [$"填报单位（盖章）：{frame.Unit.Name}", "填报人：", "联系电话："],
            Headings = Headings(frame),
            Rows = [.. rows, Row(GridRowKind.Total, (frame.Unit.Code, "合计"), "", lines)],
            Notes =
            [
                "填表说明：1. 户籍与外地户籍指县（市、区）范围。",
                "2. 异地参加医保人员，视为是长期异地居住/有居住证人员；未参保的需核实是否长期异地居住/有居住证。",
                "3. 本地户籍本地参保人员，视为长期本地居住/无外地居住证的户籍人员。",
                "4. 应参保人数 A1＝A5＋A7－A20。",
                "5. 实际参保人数 A2＝A9＋A13＋A16＋A19＋A23＋A26＋A29＋A32。",
            ],
            IsLandscape = true,
            Fixed = 2,
        };
    }

    static ImmutableArray<GridHeading> Headings(FormFrame frame)
    {
        GridHeading Over(string text, int number) => GridHeading.Over(text, Columns[number - 1], Columns[number - 1].Key);
        GridHeading Three(string text, int first) =>
            new(text, Over("总人数", first), Over("参保人数", first + 1), Over("未参保人数", first + 2));
        const string Outsiders = "外地户籍长期本地居住/持有本地居住证人数";
        return
        [
            GridHeading.Over("序号", Place), GridHeading.Over(frame.IsTownship ? "村（社区）" : "乡镇（街道）", Name),
            Over("应参保人数", 1), Over("实际参保人数", 2), Over("未参保人数", 3),
            new("相关人数",
                new("户籍人数", Over("户籍总人数", 4), Over("长期本地居住/无外地居住证的户籍人数", 5), Over("长期外地居住/持有外地居住证人数", 6)),
                Over(Outsiders, 7)),
            new("职工医保",
                new("职工", Over("应参保人数", 8),
                    new("实际参保人数", Over("总人数", 9), Over("参保户籍人数", 10), Over(Outsiders, 11)), Over("未参保人数", 12)),
                new("灵活就业人员参加职工医保人数", Over("总人数", 13), Over("户籍人数", 14), Over(Outsiders, 15))),
            new("居民医保",
                new("户籍普通居民", Over("户籍人口参保人数", 16), Over("长期本地居住/无外地居住证未参保人数", 17)),
                new("外地户籍长期本地居住/持有本地居住证人员", Over("总人数", 18), Over("参加本地居民医保", 19), Over("参加外地医保人数", 20),
                    Over("未参保人数", 21)),
                new("户籍困难群众资助参保对象", Three("特困人员", 22), Three("低保对象", 25), Three("返贫致贫人口", 28), Three("易返贫致贫人口", 31))),
            GridHeading.Over("备注", Note),
        ];
    }

    static GridRow Row(GridRowKind kind, (string Unit, string Name) what, string number, IReadOnlyList<TallyLine> lines) => new(
        kind, what.Unit, what.Name,
        [
            GridCell.Words(number), GridCell.Words(what.Name),
            .. Columns.Select(column => Cell(column, kind == GridRowKind.Total, lines)), GridCell.Words(""),
        ]);

    static GridCell Cell(GridColumn column, bool isTotal, IReadOnlyList<TallyLine> lines)
    {
        var formula = isTotal ? column.Total : column.Formula;
        // A sum of what the office has not filled in yet is nothing.
        return GridCell.Number(column.Slice?.Count(lines) ?? (formula.Length > 0 ? 0 : null), formula);
    }

    static GridColumn Counted(int number, string name, PeopleSlice slice, string formula = "") =>
        Entered(number, name) with { Slice = slice, Formula = formula };

    static GridColumn Entered(int number, string name) =>
        new(string.Create(CultureInfo.InvariantCulture, $"A{number}"), name, 7);

    static PeopleSlice Ordinary(Standings standings) => new(standings, true) { NotIn = AidGroups.All };

    static GridColumn[] Group(int first, string name, ImmutableArray<string> group)
    {
        PeopleSlice Some(Standings standings) => new(standings, true) { In = group };
        return
        [
            Counted(first, $"{name}总人数", Some(Standings.Due),
                string.Create(CultureInfo.InvariantCulture, $"{{A{first + 1}}}+{{A{first + 2}}}")),
            Counted(first + 1, $"{name}参保人数", Some(Standings.Settled)),
            Counted(first + 2, $"{name}未参保人数", Some(Standings.Unsettled)),
        ];
    }
}
