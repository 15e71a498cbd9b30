namespace Canbao.Core.DemoData;

/// <summary>The register, and what was enrolled and paid the year before.</summary>
sealed class PeopleFiles(string folder, DemoArea area, Chance chance) : IDisposable
{
    /// <summary>The header of the register.</summary>
    public const string PeopleHeader =
        "单位代码,户号,姓名,证件号码,与户主关系,户籍类型,就业,在校,入学日期,参保身份,职工停保日期,外地参保,电话,住址,出生日期,性别,死亡日期,学校代码";

    /// <summary>The header of the year before.</summary>
    public const string HistoryHeader = "证件号码,姓名,年度,登记日期,档次,缴费日期,缴费金额,渠道,票据号";

    static readonly string[] Channels = ["微信", "微信", "微信", "支付宝", "村（社区）代收", "村（社区）代收", "银行柜台", "电子税务局", "办税服务厅"];

    readonly CsvTable people = new(Path.Combine(folder, "people.csv"), PeopleHeader);
    readonly CsvTable history = new(Path.Combine(folder, "history.csv"), HistoryHeader);

    /// <summary>What a person paid for the year before, as published: 280.00, and 320.00 a year later.</summary>
    readonly string price = area.Year == 2022 ? "280.00" : "320.00";

    public int People => people.Rows;

    public int Enrolled => history.Rows;

    public void Add(DemoPerson person)
    {
        people.Add(person.Home.Unit.Code).Add(person.Household).Add(person.Name).Add(person.Number).Add(person.Relation)
            .Add(person.Residence).Add(person.Employment).Add(person.Student).Add(person.SchoolEntry).Add(person.Scope)
            .Add(person.EmployeeEnded).Add(person.Elsewhere).Add(person.Phone).Add(person.Address).Add(person.Birth).Add(person.Sex)
            .Add(person.Death).Add(person.Class?.Unit.Code).End();
        if (WasEnrolled(person))
            AddHistory(person);
    }

    public void Commit()
    {
        people.Commit();
        history.Commit();
    }

    public void Dispose()
    {
        people.Dispose();
        history.Dispose();
    }

    bool WasEnrolled(DemoPerson person)
    {
        var season = new DateOnly(area.Year - 2, 8, 31);
        return person is { Number.Length: > 0, Employment: not Words.Employee, EmployeeEnded: null, Elsewhere: "" }
            && person.Residence is Words.Local or Words.Permit
            && person.Birth <= season && chance.In(person.IsLocal ? 92_000 : 55_000);
    }

    void AddHistory(DemoPerson person)
    {
        var paid = new DateOnly(area.Year - 2, 9, 1).AddDays(chance.Between(5, 100));
        var registered = new DateOnly(chance.Between(2017, area.Year - 2), 8, 1).AddDays(chance.Between(0, 30));
        if (registered < person.Birth)
            registered = person.Birth.AddDays(30);
        if (paid < registered)
            paid = registered;
        // Partly assisted people paid too; the others owe nothing if they were listed already.
        var isAssisted = person.Categories.Exists(category => category.Code != "fp_only_son") && chance.In(85_000);
        var choosesTier = area.HasTiers && person.Age > 20 && person.Student.Length == 0;
        var hasSecondTier = choosesTier && (isAssisted || chance.In(18_000));
        history.Add(person.Number).Add(person.Name).Add(area.Year - 1).Add(registered)
            .Add(hasSecondTier ? "二档" : choosesTier ? "一档" : "")
            .Add(paid).Add(isAssisted ? "0.00" : hasSecondTier ? "320.00" : price)
            .Add(isAssisted ? "" : chance.Pick<string>(Channels))
            .Add(isAssisted ? "" : $"{area.Code}{area.Year - 2}{history.Rows:00000000}").End();
    }
}
