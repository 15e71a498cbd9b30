namespace Canbao.Core.DemoData;

/// <summary>An assisted category as lists name it.</summary>
/// <param name="Code">Its code in <c>policies/categories.yaml</c>.</param>
/// <param name="Name">How departments write it.</param>
/// <param name="List">The list it stands on: the department and the list, as the file is called.</param>
/// <param name="Adjusted">How the form for changes of lists writes it (lishi 附件3); empty where the form does not know it.</param>
sealed record DemoCategory(string Code, string Name, string List, string Adjusted = "")
{
    const string Extreme = "civil_affairs-extreme_poverty";
    const string Minimum = "civil_affairs-minimum_living";
    const string Children = "civil_affairs-children";
    const string Elders = "civil_affairs-elders";
    const string Rural = "rural_revitalisation-households";
    const string Disabled = "disabled_federation-certificates";
    const string Planning = "health-family_planning";
    const string Veterans = "veterans_affairs-entitled";

    /// <summary>All that some notice uses.</summary>
    static readonly DemoCategory[] All =
    [
        new("extreme_poverty_rural", "农村特困人员", Extreme, "农村特困"),
        new("extreme_poverty_urban", "城镇特困人员", Extreme, "城镇特困"),
        new("minimum_living_rural", "农村低保对象", Minimum, "农村低保"),
        new("minimum_living_urban", "城镇低保对象", Minimum, "城镇低保"),
        new("minimum_living_marginal", "低保边缘家庭成员", Minimum, "低保边缘家庭成员"),
        new("low_income_family", "低收入家庭成员", Minimum),
        new("orphan", "孤儿", Children, "孤儿"),
        new("unattended_child", "事实无人抚养儿童", Children, "事实无人抚养儿童"),
        new("key_hardship_child", "重点困境儿童", Children),
        new("registered_poor", "建档立卡贫困人口", Rural),
        new("poverty_alleviated", "脱贫享受政策人口", Rural, "脱贫户"),
        new("stable_alleviated", "稳定脱贫人口", Rural, "脱贫户"),
        new("monitored_household", "监测户", Rural),
        new("unstable_alleviated", "脱贫不稳定人口", Rural, "脱贫不稳定人口"),
        new("marginal_risk", "边缘易致贫人口", Rural, "边缘易致贫人口"),
        new("sudden_hardship", "突发严重困难人口", Rural, "突发严重困难人口"),
        new("returned_to_poverty", "返贫致贫人口", Rural, "返贫致贫人口"),
        new("severe_disability", "重度残疾人（一、二级）", Disabled),
        new("disability", "其他持证残疾人", Disabled),
        new("multi_disability_household", "一户多残家庭残疾人", Disabled),
        new("entitled_group", "抚恤定补优抚对象", Veterans),
        new("key_entitled_group", "重点优抚对象", Veterans),
        new("five_old", "革命“五老”人员", Elders),
        new("sixties_retrenched", "六十年代精减退职职工", Elders),
        new("fp_special_family", "计生特殊家庭成员", Planning),
        new("fp_one_daughter", "农村独女户", Planning),
        new("fp_two_daughters", "农村二女户", Planning),
        new("fp_daughters_only", "农村纯女户", Planning),
        new("fp_only_son", "农村计生独子户", Planning),
        new("fp_only_child_harmed", "独生子女伤亡病残家庭", Planning),
        new("retired_cadre_survivor", "离休干部遗属", "organisation-survivors"),
        new("moral_model", "道德先进人物", "civilisation_office-models"),
        new("old_area_village", "革命老区（基点）村村民", "community-old_area_elders"),
        new("needy_student", "家庭经济困难学生", "school-needy_students"),
    ];

    /// <summary>Categories by their codes.</summary>
    public static DemoCategory[] Of(string codes) => [.. codes.Split(' ').Select(code => Array.Find(All, one => one.Code == code)!)];

    /// <summary>The same, with the households of agriculture and rural affairs in place of those of rural revitalisation.</summary>
    public DemoCategory FromAgriculture() => List == Rural ? this with { List = "agriculture-households" } : this;
}
