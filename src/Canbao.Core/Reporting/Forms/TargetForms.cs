using System.Collections.Immutable;

namespace Canbao.Core.Reporting.Forms;

/// <summary>The tables by which notices hand down targets.</summary>
public static class TargetForms
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrescribedForm> All { get; } =
    [
        new("lishi-2", "城乡居民基本医疗保险任务分解表", "lishi 附件2", FormSource.Figures)
        {
            PlaceName = "离石区",
            Figures = new("附件2", frame => $"各乡镇（街道）城乡居民基本医疗保险{frame.Year}年度任务分解表", "全区",
                [new(new("target", "确定任务数", 24), "resident_target")])
            {
                Name = Units("乡镇街道", 34),
                UnitLine = "单位：人",
            },
        },
        new("laishan-1", "基本医疗保险新增参保缴费计划表", "laishan 附件", FormSource.Figures)
        {
            PlaceName = "莱山区",
            Equations = [FormEquation.Stated("total", "employee+resident")],
            Figures = new("附件", _ => "街道园区基本医疗保险新增参保缴费计划表", "总 计", NewPeople)
            {
                Name = Units("街道园区", 32),
                Headings = _ =>
                [
                    new("新增参保人数", GridHeading.Over("合计", NewPeople[0].Column), GridHeading.Over("其中：职工", NewPeople[1].Column),
                        GridHeading.Over("居民", NewPeople[2].Column)),
                ],
            },
        },
        Jincheng("jincheng-1", "职工医保参保任务分解表", "附件1", "employee", 1),
        Jincheng("jincheng-2", "城乡居民医保参保任务分解表", "附件2", "resident", 0),
        new("lingyuan-1", "应参保人数任务分解表", "lingyuan 附件1", FormSource.Figures)
        {
            PlaceName = "灵源街道",
            Equations = [FormEquation.Stated("target", "hukou+permits")],
            Figures = new("附件1", frame => $"{frame.Year}年度{frame.Place}城乡居民基本医疗保险应参保人数任务分解表", "合计",
            [
                new(new("hukou", "{1}年度户籍人口数", 20), "hukou_population", 1), new(new("permits", "{1}年度有效居住证数", 20), "valid_permits", 1),
                new(new("target", "{0}年度应参保任务数", 20) { Formula = "{hukou}+{permits}" }, "resident_target")
                {
                    Reckon = row => row("hukou") is null && row("permits") is null ? null : (row("hukou") ?? 0) + (row("permits") ?? 0),
                },
            ])
            {
                Name = Units("社区", 16),
                IsNumbered = true,
                IsShort = true,
            },
        },
        new("lingyuan-2", "医保电子凭证激活率任务分解表", "lingyuan 附件2", FormSource.Figures)
        {
            PlaceName = "灵源街道",
            Equations = [FormEquation.Stated("inactive", "enrolled-active")],
            Figures = new("附件2", frame => $"{frame.Place}医保电子凭证激活率任务分解表", "合计数", Credentials)
            {
                Name = Units("村（社区）", 18),
                IsNumbered = true,
                Notes = ["注：1. 激活率＝已激活人数/城乡医保参保人数。", "2. 城乡医保参保人数为E点通参保人数。"],
            },
        },
    ];

    static ImmutableArray<FigureColumn> NewPeople =>
    [
        new(new("total", "合计", 16) { Formula = "{employee}+{resident}" }, "new_total")
        {
            Reckon = row => row("employee") is { } employee && row("resident") is { } resident ? employee + resident : null,
        },
        new(new("employee", "其中：职工", 16), "new_employee"), new(new("resident", "居民", 16), "new_resident"),
    ];

    /// <summary>People needed for 60% are rounded to the nearest person; totals come of totals (decisions 22 and 34).</summary>
    static ImmutableArray<FigureColumn> Credentials =>
    [
        new(new("enrolled", "城乡医保参保人数", 14), "enrolled", 1), new(new("active", "已激活人数", 14), "credentials_active", 1),
        new(new("inactive", "未激活人数", 14) { Formula = "{enrolled}-{active}" }, "credentials_inactive", 1)
        {
            Reckon = row => row("enrolled") - row("active"),
        },
        new(
            new("rate", "激活率", 12, CellKind.Percent)
            {
                Formula = "IF({enrolled}=0,\"\",{active}/{enrolled})",
                TotalFormula = "IF({enrolled}=0,\"\",{active}/{enrolled})",
                Rate = FormEquation.Stated("active", "enrolled"),
            },
            "credentials_rate", 1)
        {
            Reckon = row => row("active"),
            RateOf = "enrolled",
        },
        new(
            new("needed", "60%激活率（人）", 16)
            {
                Formula = "ROUND({enrolled}*0.6,0)",
                TotalFormula = "ROUND({enrolled}*0.6,0)",
            },
            "credentials_needed", 1)
        {
            Reckon = row => (row("enrolled") * 6 + 5) / 10,
        },
        new(
            new("gap", "差距（人）", 14)
            {
                Formula = "MAX({needed}-{active},0)",
                TotalFormula = "MAX({needed}-{active},0)",
            },
            "credentials_gap", 1)
        {
            Reckon = row => row("needed") - row("active") is { } gap ? Math.Max(gap, 0) : null,
        },
    ];

    static PrescribedForm Jincheng(string code, string name, string annex, string people, int yearsBefore) =>
        new(code, name, $"jincheng {annex}", FormSource.Figures)
        {
            PlaceName = "晋城市",
            Figures = new(annex, frame => $"{frame.Year.Year - yearsBefore} 年{name}", "合计",
            [
                new(new("base", yearsBefore == 0 ? "{1} 年参保人数" : "{2} 年参保人数", 24), $"{people}_enrolled", yearsBefore + 1),
                new(new("target", yearsBefore == 0 ? "{0} 年任务数" : "{1} 年任务数", 24), $"{people}_target", yearsBefore),
            ])
            {
                Name = Units("县区", 20),
                IsShort = true,
            },
        };

    static GridColumn Units(string name, int width) => new("unit", name, width, CellKind.Text);
}
