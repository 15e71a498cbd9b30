namespace Canbao.Core.DemoData;

/// <summary>Invents names of townships, villages, communities and schools, each once in an area.</summary>
sealed class PlaceNames(Chance chance, bool isShanxi)
{
    static readonly string[] Before = ["东", "西", "南", "北", "前", "后", "上", "下", "大", "小", "", "", "", ""];
    static readonly string[] Features =
    [
        "石门", "柳林", "龙泉", "青山", "杨树", "榆树", "槐树", "桃园", "梨园", "枣林", "松岭", "白云", "清水", "黄土", "红石", "金鸡",
        "凤凰", "双河", "三官", "五里", "十里", "张王", "孔桥", "庙前", "泉头", "河湾", "沙河", "堤口", "闫楼", "贾峪", "芦沟", "石桥",
    ];

    static readonly string[] ShandongEnds = ["庄", "村", "楼", "店", "集", "屯", "埠", "庙", "寨", "家庄", "家村"];
    static readonly string[] ShanxiEnds = ["沟", "庄", "坪", "垣", "岭", "坡", "洼", "堡", "窑", "家庄", "家沟", "家山"];
    static readonly string[] Streets =
    [
        "滨河", "文昌", "迎春", "府前", "新华", "和平", "建设", "长安", "永兴", "康乐", "金桥", "安居", "锦绣", "阳光", "花园", "学苑",
        "东城", "西城", "南关", "北关", "凤台", "明珠", "翠园", "德馨", "福源", "祥和", "瑞景", "泰和", "盛世", "御景", "龙湖", "望江",
    ];

    static readonly string[] Towns =
    [
        "柳泉", "石岭", "云台", "青峪", "白马", "金河", "龙门", "凤鸣", "河头", "松坪", "南岭", "北河", "东关", "西沟", "泉沟", "大阳坡",
        "马跑泉", "神仙岭", "三甲沟", "高都寨", "米山堡", "芦苇河", "槐庄头", "固镇沟", "土岭",
    ];

    readonly HashSet<string> used = [];

    /// <summary>A village without the word for village, such as 前石门庄.</summary>
    public string Village() => Fresh(() =>
    {
        var end = chance.Pick<string>(isShanxi ? ShanxiEnds : ShandongEnds);
        var middle = end[0] == '家' || chance.In(35_000) ? FamilyNames.Any(chance) : chance.Pick<string>(Features);
        return chance.Pick<string>(Before) + middle + end;
    });

    /// <summary>A community without the word, such as 东滨河.</summary>
    public string Community() => Fresh(() =>
        chance.Pick<string>(Before) + chance.Pick<string>(Streets) + chance.Pick<string>(["", "路", "苑", "里"]));

    /// <summary>A township, such as 柳泉镇.</summary>
    public string Township(bool isUrban) =>
        Fresh(() => isUrban ? chance.Pick<string>(Streets) + "街道" : chance.Pick<string>(Towns) + chance.Pick<string>(["镇", "镇", "乡"]));

    /// <summary>A school's own name, such as 新华.</summary>
    public string School(string kind) => Fresh(() => chance.Pick<string>(Before) + chance.Pick<string>(Streets) + kind);

    string Fresh(Func<string> make)
    {
        for (var tries = 0; ; tries++)
        {
            // A place so large that names run out gets them numbered, as large places do.
            var name = tries < 50 ? make() : $"{make()}第{tries - 49}";
            if (used.Add(name))
                return name;
        }
    }
}
