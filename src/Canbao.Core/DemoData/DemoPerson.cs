namespace Canbao.Core.DemoData;

/// <summary>An invented person. Words are those of the files.</summary>
sealed class DemoPerson
{
    public required Home Home { get; init; }

    public required string Household { get; init; }

    public required string Name { get; init; }

    /// <summary>The citizen number; empty for those who have none yet.</summary>
    public string Number { get; set; } = "";

    /// <summary>What the person is to the head.</summary>
    public string Relation { get; set; } = "";

    public required string Residence { get; init; }

    public string Employment { get; set; } = Words.NoWork;

    public string Student { get; set; } = "";

    public DateOnly? SchoolEntry { get; set; }

    public SchoolClass? Class { get; set; }

    public string Scope { get; set; } = "";

    public DateOnly? EmployeeEnded { get; set; }

    public string Elsewhere { get; set; } = "";

    public string Phone { get; set; } = "";

    public required string Address { get; init; }

    public DateOnly Birth { get; set; }

    public required bool IsMale { get; init; }

    /// <summary>Full years on the day the files stand for.</summary>
    public required int Age { get; init; }

    public DateOnly? Death { get; set; }

    /// <summary>The categories the person is listed under.</summary>
    public List<DemoCategory> Categories { get; } = [];

    public string Sex => IsMale ? "男" : "女";

    public bool IsLocal => Residence == Words.Local;

    public bool IsMarried => Relation is Words.Head or Words.Spouse;
}

/// <summary>Words of the files that the program compares.</summary>
static class Words
{
    public const string Local = "本地户籍";
    public const string Permit = "居住证";
    public const string NonLocal = "外地户籍";
    public const string HongKongMacaoTaiwan = "港澳台";
    public const string NoWork = "无";
    public const string Employee = "职工";
    public const string Flexible = "灵活就业";
    public const string Kindergarten = "幼儿园";
    public const string School = "中小学";
    public const string College = "高校";
    public const string Vocational = "中职";
    public const string Head = "户主";
    public const string Spouse = "配偶";
    public const string Son = "子";
    public const string Daughter = "女";
    public const string Father = "父亲";
    public const string Mother = "母亲";
    public const string Grandson = "孙子";
    public const string Granddaughter = "孙女";
    public const string Other = "其他亲属";
    public const string Inmate = "被监管人员";
    public const string Foundling = "社会弃婴";
}
