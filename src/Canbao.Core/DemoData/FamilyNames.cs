namespace Canbao.Core.DemoData;

/// <summary>Family names, about as often as the country's statistics of 2020 have them.</summary>
static class FamilyNames
{
    /// <summary>In the order of how many people bear them.</summary>
    const string Single =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任" +
        "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤" +
        "向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴" +
        "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费";

    static readonly string[] Compound = ["欧阳", "上官", "司马", "诸葛", "皇甫", "东方", "尉迟", "公孙", "慕容", "司徒"];

    /// <summary>How many in ten thousand bear the first twenty.</summary>
    static readonly int[] Top = [710, 700, 670, 540, 450, 310, 222, 214, 200, 190, 150, 150, 130, 126, 120, 118, 110, 112, 104, 100];

    static readonly string[] All = [.. Single.Select(name => name.ToString()), .. Compound];

    static readonly int[] Sums = Chance.Sums(Enumerable.Range(0, All.Length).Select(Weight));

    /// <summary>A family name.</summary>
    public static string Any(Chance chance) => All[chance.Weighted(Sums)];

    static int Weight(int rank) =>
        rank < Top.Length ? Top[rank]
        : rank >= Single.Length ? (rank == Single.Length ? 8 : 1)
        : Math.Max(4, (int)(95 * Math.Pow(0.98, rank - Top.Length)));
}
