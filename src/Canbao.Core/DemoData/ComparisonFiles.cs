namespace Canbao.Core.DemoData;

/// <summary>What other offices hand over to compare with: most of it the register knows, some of it is news.</summary>
sealed class ComparisonFiles(string folder, DemoArea area, Chance chance) : IDisposable
{
    static readonly string[] Firms = ["建筑安装有限公司", "商贸有限公司", "食品有限公司", "机械制造有限公司", "物业服务有限公司", "煤业有限公司"];
    static readonly string[] Elsewheres = ["北京市", "上海市", "广东省深圳市", "浙江省杭州市", "江苏省苏州市", "山西省太原市", "山东省济南市"];

    readonly CsvTable police = Table(folder, "police", "姓名,身份证号码,户籍地址,变动类型,变动日期");
    readonly CsvTable deaths = Table(folder, "deaths", "姓名,身份证号码,死亡日期");
    readonly CsvTable employee = Table(folder, "employee", "姓名,身份证号码,参保单位,参保日期");
    readonly CsvTable elsewhere = Table(folder, "elsewhere", "姓名,身份证号码,参保地,险种");
    readonly CsvTable inmates = Table(folder, "inmates", "姓名,身份证号码,入所日期");
    readonly CsvTable schools = Table(folder, "schools", "姓名,身份证号码,学校,班级,学段,入学日期");

    /// <summary>What was written.</summary>
    public IEnumerable<DemoList> Lists =>
    [
        new("police", police.Rows, 0), new("deaths", deaths.Rows, 0), new("employee", employee.Rows, 0),
        new("elsewhere", elsewhere.Rows, 0), new("inmates", inmates.Rows, 0), new("schools", schools.Rows, 0),
    ];

    CsvTable[] All => [police, deaths, employee, elsewhere, inmates, schools];

    public void Add(DemoPerson person)
    {
        if (person.Number.Length == 0)
            return;
        AddPolice(person);
        if (person.Death is { } known)
            deaths.Add(person.Name).Add(person.Number).Add(known).End();
        else if (person.Age > 50 && chance.In(person.Age > 75 ? 700 : 60))
            deaths.Add(person.Name).Add(person.Number).Add(area.Day.AddDays(chance.Between(1, 80))).End();
        if (person.Death is not null)
            return;
        AddInsurance(person);
        if (person.Scope == Words.Inmate || person.Age is >= 20 and < 60 && chance.In(8))
            inmates.Add(person.Name).Add(person.Number).Add(area.Day.AddDays(-chance.Between(10, 500))).End();
        if (person.Class is { } at && !chance.In(200))
            schools.Add(person.Name).Add(person.Number).Add(at.School).Add(at.Unit.Name).Add(person.Student).Add(person.SchoolEntry).End();
    }

    public void Commit()
    {
        foreach (var table in All)
            table.Commit();
    }

    public void Dispose()
    {
        foreach (var table in All)
            table.Dispose();
    }

    static CsvTable Table(string folder, string name, string header) => new(Path.Combine(folder, $"{name}.csv"), header);

    void AddPolice(DemoPerson person)
    {
        if (!person.IsLocal)
            return;
        var (change, day) = person.Death is { } death ? ("死亡注销", death.AddDays(chance.Between(3, 30)))
            : person.Age == 0 ? ("出生登记", person.Birth.AddDays(chance.Between(5, 40)))
            : chance.In(300) ? (chance.In(55_000) ? "迁出" : "迁入", area.Day.AddDays(-chance.Between(1, 300)))
            : ("", default);
        if (change.Length > 0)
            police.Add(person.Name).Add(person.Number).Add(person.Address).Add(change).Add(day).End();
    }

    void AddInsurance(DemoPerson person)
    {
        if (person.Employment == Words.Employee && person.Scope.Length == 0 || person.Employment == Words.Flexible && chance.In(1500))
        {
            var since = new DateOnly(area.Day.Year - chance.Between(0, Math.Clamp(person.Age - 18, 0, 20)), chance.Between(1, 8), 1);
            employee.Add(person.Name).Add(person.Number).Add($"{FamilyNames.Any(chance)}氏{chance.Pick<string>(Firms)}").Add(since).End();
        }

        if (person.Elsewhere.Length > 0 || person.Age is >= 18 and < 50 && person.Employment != Words.Employee && chance.In(250))
        {
            var kind = person.Elsewhere.Length > 0 ? person.Elsewhere : chance.In(50_000) ? "职工医保" : "居民医保";
            elsewhere.Add(person.Name).Add(person.Number).Add(chance.Pick<string>(Elsewheres)).Add(kind).End();
        }
    }
}
