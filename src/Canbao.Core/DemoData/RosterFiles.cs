namespace Canbao.Core.DemoData;

/// <summary>
/// The departments' full lists, each in columns of its own. Here and there a list has what lists have: a wrong number, a name that
/// differs, somebody whom the register does not know, somebody who has died.
/// </summary>
sealed class RosterFiles : IDisposable
{
    enum Flaw
    {
        WrongNumber,
        OtherName,
        Stranger,
        Dead,
    }

    static readonly (string Department, string Header)[] Headers =
    [
        ("civil_affairs", "序号,姓名,身份证号,对象类别,所在乡镇,所在村"),
        ("rural_revitalisation", "序号,乡镇,行政村,户编号,姓名,证件号码,与户主关系,户类型"),
        ("agriculture", "序号,乡镇,行政村,户编号,姓名,证件号码,与户主关系,户类型"),
        ("disabled_federation", "姓名,身份证号码,残疾等级,残疾人证号,人员类别,村（社区）"),
        ("health", "村（社区）,姓名,证件号码,家庭成员关系,家庭类别"),
        ("veterans_affairs", "序号,姓名,公民身份号码,优抚对象类别,住址"),
        ("organisation", "序号,姓名,身份证号码,人员类别"),
        ("civilisation_office", "序号,姓名,身份证号码,人员类别"),
        ("community", "社区,序号,姓名,身份证号码,出生日期,人员类别"),
        ("school", "序号,姓名,身份证号码,人员类别"),
    ];

    sealed class Roster(CsvTable table, string department, int firstFlaw)
    {
        public CsvTable Table => table;

        public string Department => department;

        public Flaw NextFlaw { get; set; }

        public int FlawAt { get; set; } = firstFlaw;

        public int Flaws { get; set; }
    }

    readonly DemoArea area;
    readonly DemoNumbers numbers;
    readonly Chance chance;
    readonly SortedDictionary<string, Roster> rosters = new(StringComparer.Ordinal);
    DemoPerson? dead;

    public RosterFiles(string folder, DemoArea area, DemoNumbers numbers, Chance chance)
    {
        (this.area, this.numbers, this.chance) = (area, numbers, chance);
        foreach (var list in area.Categories.Select(category => category.List).Distinct())
        {
            var department = list[..list.IndexOf('-', StringComparison.Ordinal)];
            var header = Array.Find(Headers, each => each.Department == department).Header;
            rosters.Add(list, new Roster(new CsvTable(Path.Combine(folder, $"{list}.csv"), header), department, chance.Between(2, 4)));
        }
    }

    /// <summary>What was written.</summary>
    public IEnumerable<DemoList> Lists => rosters.Select(each => new DemoList(each.Key, each.Value.Table.Rows, each.Value.Flaws));

    /// <summary>Writes a person on every list he or she stands on.</summary>
    public void Add(DemoPerson person)
    {
        if (person is { Death: not null, Number.Length: > 0 })
            dead = person;
        foreach (var category in person.Categories)
        {
            var roster = rosters[category.List];
            if (roster.Table.Rows < roster.FlawAt)
                Write(roster, person, person.Name, person.Number, category.Name);
            else
                WriteFlawed(roster, person, category.Name);
        }
    }

    public void Commit()
    {
        foreach (var roster in rosters.Values)
            roster.Table.Commit();
    }

    public void Dispose()
    {
        foreach (var roster in rosters.Values)
            roster.Table.Dispose();
    }

    void WriteFlawed(Roster roster, DemoPerson person, string category)
    {
        switch (roster.NextFlaw)
        {
            case Flaw.WrongNumber:
                Write(roster, person, person.Name, DemoNumbers.Wrong(person.Number), category);
                break;
            case Flaw.OtherName:
                Write(roster, person, GivenNames.Slip(person.Name), person.Number, category);
                break;
            case Flaw.Stranger:
                var birth = person.Birth;
                var name = FamilyNames.Any(chance) + GivenNames.Any(chance, birth.Year, person.IsMale);
                Write(roster, person, person.Name, person.Number, category);
                Write(roster, person, name, numbers.Next(area.Code, ref birth, person.IsMale), category);
                break;
            default:
                Write(roster, person, person.Name, person.Number, category);
                // Until somebody has died, this flaw waits for the next row.
                if (dead is null)
                    return;
                Write(roster, dead, dead.Name, dead.Number, category);
                dead = null;
                break;
        }

        roster.Flaws++;
        // One of each at the beginning, so that a small list has them too, then few.
        roster.FlawAt = roster.Table.Rows + (roster.Flaws < 4 ? chance.Between(2, 6) : chance.Between(150, 450));
        roster.NextFlaw = roster.NextFlaw == Flaw.Dead ? Flaw.WrongNumber : roster.NextFlaw + 1;
    }

    void Write(Roster roster, DemoPerson person, string name, string number, string category)
    {
        var (table, count) = (roster.Table, $"{roster.Table.Rows + 1}");
        var (town, village) = (person.Home.Township, person.Home.Unit.Name);
        switch (roster.Department)
        {
            case "civil_affairs":
                table.Row(count, name, number, category, town, village);
                break;
            case "rural_revitalisation" or "agriculture":
                table.Row(count, town, village, person.Household, name, number, person.Relation, category);
                break;
            case "disabled_federation":
                var grade = category[0] == '重' ? chance.Between(1, 2) : chance.Between(3, 4);
                table.Row(name, number, $"{"一二三四"[grade - 1]}级", $"{number}{chance.Between(1, 7)}{grade}", category, village);
                break;
            case "health":
                table.Row(village, name, number, person.IsMarried ? "夫妻" : "子女", category);
                break;
            case "veterans_affairs":
                table.Row(count, name, number, category, person.Address);
                break;
            case "community":
                table.Row(village, count, name, number, $"{person.Birth:yyyy-MM-dd}", category);
                break;
            default:
                table.Row(count, name, number, category);
                break;
        }
    }
}
