using Canbao.Core.Reporting;
using Canbao.Core.Reporting.Forms;
using Canbao.Core.Units;
using Canbao.Vocabulary;

namespace Canbao.Core.Tests.Reporting;

/// <summary>A small county with people of every kind that the forms tell apart, counted by hand in <c>Expected/</c>.</summary>
static class TownLines
{
    public static readonly UnitTree Tree = UnitFile.Read(
        [
            UnitFile.Header, "ls,,county,吕梁市离石区,离石区,,", "bh,ls,township,滨河街道办事处,,,", "bh-1,bh,village,滨河一村,,,",
            "bh-2,bh,village,滨河二村,,,", "wc,ls,township,吴城镇,,,", "jy,ls,education_system,教育系统,,,", "jy-1,jy,school,第一中学,,,",
        ], [])!;

    public static readonly FormFrame Frame = new(Tree, Tree.Root, new(2023), new(2022, 10, 14));

    public static readonly TallyLine[] Lines =
    [
        Line("bh-1", 100, TallyPart.Paid), Line("bh-1", 10, TallyPart.LeftOut),
        Line("bh-1", 20, TallyPart.Outside) with { Profile = new() { Employment = Employment.Employee, Part = TallyPart.Outside } },
        Line("bh-1", 5, TallyPart.Outside, other: OtherCover.ResidentElsewhere),
        Line("bh-1", 6, TallyPart.Paid, category: "minimum_living_rural"),
        Line("bh-1", 2, TallyPart.Owing, category: "minimum_living_rural"),
        Line("bh-1", 1, TallyPart.Free, category: "orphan"),
        Line("bh-2", 7, TallyPart.Paid, Residence.ResidencePermit), Line("bh-2", 3, TallyPart.Unclear, Residence.ResidencePermit),
        Line("bh-2", 2, TallyPart.Outside, Residence.ResidencePermit, OtherCover.EmployeeElsewhere),
        Line("bh-2", 4, TallyPart.Outside, Residence.NonLocal),
        Line("bh-2", 3, TallyPart.Paid, category: "returned_to_poverty"), Line("bh-2", 4, TallyPart.Paid, category: "marginal_risk"),
        Line("bh-2", 1, TallyPart.LeftOut, category: "sudden_hardship"),
        Line("wc", 50, TallyPart.Paid), Line("wc", 2, TallyPart.Paid, category: "severe_disability"),
        Line("wc", 3, TallyPart.Free, category: "extreme_poverty_rural"),
        Line("wc", 1, TallyPart.LeftOut, category: "extreme_poverty_urban"),
        Line("wc", 1, TallyPart.Paid, Residence.ResidencePermit, category: "minimum_living_urban"),
        Line("jy-1", 30, TallyPart.Paid), Line("jy-1", 8, TallyPart.Paid, Residence.NonLocal),
        Line("jy-1", 1, TallyPart.Owing, Residence.HongKongMacaoTaiwan),
        Line("ls", 2, TallyPart.Paid),
    ];

    public static TallyLine Line(
        string unit, long people, TallyPart part, Residence residence = Residence.LocalHukou, OtherCover other = OtherCover.None,
        string category = "") => new(
        unit, category, new() { Residence = residence, OtherCover = other, IsAided = category.Length > 0, Part = part }, people, 0);
}
