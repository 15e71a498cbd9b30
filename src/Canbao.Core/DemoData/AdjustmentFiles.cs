namespace Canbao.Core.DemoData;

/// <summary>Changes of lists in the months after, in the form that departments hand in (lishi 附件3).</summary>
sealed class AdjustmentFiles : IDisposable
{
    const string Header = "序号,乡镇、街道,村、社区,身份证号码,联系电话,动态调整类型,人员类别,动态调整时间";

    /// <summary>Categories that somebody may come into from one day to the next, whatever the household.</summary>
    static readonly string[] Sudden =
    [
        "minimum_living_rural", "minimum_living_urban", "minimum_living_marginal", "unstable_alleviated", "marginal_risk",
        "sudden_hardship", "returned_to_poverty",
    ];

    readonly DemoArea area;
    readonly Chance chance;
    readonly DemoCategory[] sudden;
    readonly SortedDictionary<string, CsvTable> tables = new(StringComparer.Ordinal);

    public AdjustmentFiles(string folder, DemoArea area, Chance chance)
    {
        (this.area, this.chance) = (area, chance);
        sudden = [.. area.Categories.Where(category => Sudden.Contains(category.Code))];
        foreach (var department in area.Categories.Where(category => category.Adjusted.Length > 0).Select(Department).Distinct())
            tables.Add(department, new CsvTable(Path.Combine(folder, $"adjustment-{department}.csv"), Header));
    }

    /// <summary>What was written.</summary>
    public IEnumerable<DemoList> Lists => tables.Select(each => new DemoList($"adjustment-{each.Key}", each.Value.Rows, 0));

    public void Add(DemoPerson person)
    {
        foreach (var category in person.Categories)
            if (category.Adjusted.Length > 0 && chance.In(1500))
                Write(person, category, "退出");
        if (person is { IsLocal: true, Categories.Count: 0, Death: null, Number.Length: > 0, Employment: not Words.Employee }
            && sudden.Length > 0 && chance.In(90))
        {
            var category = chance.Pick<DemoCategory>(sudden);
            if (!category.Code.EndsWith(person.Home.IsUrban ? "_rural" : "_urban", StringComparison.Ordinal))
                Write(person, category, "新增");
        }
    }

    public void Commit()
    {
        foreach (var table in tables.Values)
            table.Commit();
    }

    public void Dispose()
    {
        foreach (var table in tables.Values)
            table.Dispose();
    }

    static string Department(DemoCategory category) => category.List[..category.List.IndexOf('-', StringComparison.Ordinal)];

    void Write(DemoPerson person, DemoCategory category, string change)
    {
        var table = tables[Department(category)];
        table.Row($"{table.Rows + 1}", person.Home.Township, person.Home.Unit.Name, person.Number, person.Phone, change, category.Adjusted,
            $"{area.Day.AddDays(chance.Between(3, 85)):yyyy-MM-dd}");
    }
}
