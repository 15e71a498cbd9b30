namespace Canbao.Core.DemoData;

/// <summary>Given names as each generation chose them.</summary>
static class GivenNames
{
    /// <param name="Before">Born before this year.</param>
    /// <param name="OneOf">How many of a hundred have a given name of one character.</param>
    /// <param name="Ones">Names of one character.</param>
    /// <param name="Firsts">First characters of two.</param>
    /// <param name="Seconds">Second characters of two.</param>
    sealed record Fashion(int Before, int OneOf, string Ones, string Firsts, string Seconds);

    static readonly Fashion[] Men =
    [
        new(1950, 20, "山海林荣贵发才福", "德文玉国振学世清永兴长金广福明有万凤", "山林海才贵生祥发荣堂元臣田昌德义成"),
        new(1965, 25, "军明平忠林义海强", "建国志金保永德新玉春文明学庆长洪福爱", "国军华民平生林山明成义祥忠海强良顺"),
        new(1980, 35, "军伟强勇刚斌涛峰波明辉", "建志永文晓海红卫新立国学俊金世宏", "军华明平强伟峰国民勇刚东波生涛亮"),
        new(1995, 40, "伟磊鹏涛超杰鑫浩飞凯亮龙", "志晓文海俊建明少小振学国亚继", "伟鹏涛磊峰杰超飞龙强辉亮斌宇虎"),
        new(2010, 20, "鑫浩宇凯杰博阳旭帆", "子浩俊文宇志家佳天嘉明博鑫世", "豪轩涛杰宇然翔博鑫阳航凯泽浩"),
        new(9999, 6, "宸睿霖昊煜恒", "子浩宇梓沐奕一俊泽承嘉铭皓景", "轩辰宸泽睿涵然阳博言霖航安熙"),
    ];

    static readonly Fashion[] Women =
    [
        new(1950, 15, "英兰芳珍莲凤娥", "秀桂玉淑凤兰翠金春素月荣爱美", "英兰珍芳莲花梅娥香云荣琴芝华"),
        new(1965, 25, "英玲萍芳霞华琴", "秀玉桂春丽爱淑小凤美艳俊金翠", "英兰梅芳玲萍华霞荣云芝琴珍香"),
        new(1980, 35, "丽艳敏静霞娟燕红玲萍", "丽春红海晓艳秀小玉建爱雪文俊", "霞丽玲娟红梅艳燕萍芳华平英敏"),
        new(1995, 35, "静婷娜丹敏洁倩雪燕莉", "晓文海雅丽婷小雪艳春亚玉佳慧", "婷娜静倩丹洁敏雪丽莉娟颖萍燕"),
        new(2010, 15, "欣怡悦雨婷颖琪", "佳雨欣思梦雅诗子嘉心怡文静紫", "怡涵婷欣雨琪悦彤然颖妍萱瑶"),
        new(9999, 5, "玥汐诺瑶妍", "梓欣诗雨若语子沐可依一思艺芷", "涵萱怡彤瑶妍汐诺琪悦桐然晨溪"),
    ];

    static readonly string[] Separated = ["阿里木·买买提", "艾力·吐尔逊", "古丽娜·阿不都", "阿依古丽·买买提", "热娜·艾山", "帕提古丽·吾守尔"];

    /// <summary>A given name for somebody born in a year.</summary>
    public static string Any(Chance chance, int year, bool isMale)
    {
        var fashion = Array.Find(isMale ? Men : Women, fashion => year < fashion.Before)!;
        if (chance.Below(100) < fashion.OneOf)
            return One(chance, fashion.Ones);
        var first = chance.Pick<char>(fashion.Firsts);
        var second = chance.Pick<char>(fashion.Seconds);
        return new string([first, second]);
    }

    /// <summary>A whole name with a separator, as some peoples write theirs.</summary>
    public static string WithSeparator(Chance chance, bool isMale) => Separated[chance.Below(2) + (isMale ? 0 : chance.Between(2, 4))];

    /// <summary>Another name than a person's, as a slip of the pen leaves it: the last character differs.</summary>
    public static string Slip(string name) => $"{name.AsSpan(0, name.Length - 1)}{(name[^1] == '华' ? '花' : '华')}";

    static string One(Chance chance, string ones) => chance.Pick<char>(ones).ToString();
}
