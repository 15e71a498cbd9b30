namespace Canbao.Core.DemoData;

/// <summary>Who is listed under which category: by household or by what a person is, as far as the notice knows it.</summary>
sealed class Assistance(DemoArea area, Chance chance)
{
    /// <summary>What befalls a household of the countryside, how often in 100,000, and which of them the area's notice knows.</summary>
    readonly (DemoCategory Category, int Times)[] hardships =
    [
        .. new[]
        {
            ("registered_poor", 2400), ("poverty_alleviated", 2600), ("stable_alleviated", 2600), ("monitored_household", 260),
            ("unstable_alleviated", 320), ("marginal_risk", 380), ("sudden_hardship", 90), ("returned_to_poverty", 40),
        }.Select(each => (area.Category(each.Item1)!, each.Item2)).Where(each => each.Item1 is not null),
    ];

    public void Assign(List<DemoPerson> household)
    {
        var head = household[0];
        if (!head.IsLocal || head.Home.College is not null)
        {
            foreach (var person in household)
                List(person, "needy_student", person.Student == Words.College && chance.In(5000));
            return;
        }

        var isPoor = Hardships(household, head.Home.IsUrban);
        isPoor |= MinimumLiving(household, head.Home.IsUrban);
        if (!head.Home.IsUrban)
            FamilyPlanning(household);
        foreach (var person in household)
            Alone(person, household, isPoor);
        Disabled(household);
    }

    bool Hardships(List<DemoPerson> household, bool isUrban)
    {
        foreach (var (category, times) in hardships)
            if (chance.In(isUrban ? times / 8 : times))
            {
                foreach (var person in household)
                    Put(person, category);
                return true;
            }

        return false;
    }

    bool MinimumLiving(List<DemoPerson> household, bool isUrban)
    {
        var place = isUrban ? "urban" : "rural";
        if (household is [{ Age: >= 60 } only] && chance.In(7000))
        {
            List(only, $"extreme_poverty_{place}");
            return true;
        }

        var code = chance.In(isUrban ? 900 : 2900) ? $"minimum_living_{place}"
            : chance.In(400) ? "minimum_living_marginal" : chance.In(500) ? "low_income_family" : "";
        foreach (var person in household)
            List(person, code);
        return code.Length > 0;
    }

    void Alone(DemoPerson person, List<DemoPerson> household, bool isPoor)
    {
        var isWithoutParents = person is { Age: < 18, Relation: Words.Grandson or Words.Granddaughter }
            && !household.Exists(other => other.Relation is Words.Son or Words.Daughter or Words.Other);
        if (person.Scope == Words.Foundling)
            List(person, "orphan");
        else if (isWithoutParents)
            List(person, chance.In(20_000) ? "orphan" : "unattended_child", chance.In(12_000));
        List(person, "key_hardship_child", person.Age < 18 && isPoor && chance.In(3000));
        var entitled = area.Category("entitled_group") is null ? "key_entitled_group" : "entitled_group";
        List(person, entitled, person is { IsMale: true, Age: >= 58 } && chance.In(1700));
        List(person, "five_old", person.Age >= 85 && chance.In(2500));
        List(person, "sixties_retrenched", person.Age >= 78 && chance.In(900));
        List(person, "retired_cadre_survivor", person is { IsMale: false, Age: >= 76 } && chance.In(500));
        List(person, "moral_model", person.Age is >= 30 and < 80 && chance.In(35));
        List(person, "old_area_village", person.Age >= 60 && person.Home.IsOldArea && person.Birth.Year < area.Year - 60);
        List(person, "needy_student", person.Student == Words.College && chance.In(4000));
    }

    void FamilyPlanning(List<DemoPerson> household)
    {
        if (household is not [{ Age: var age }, { Relation: Words.Spouse }, ..])
            return;
        var children = household.FindAll(person => person.Relation is Words.Son or Words.Daughter && person.Age < 18);
        var daughters = children.Count(child => !child.IsMale);
        var code = (children.Count, daughters) switch
        {
            (0, _) => household.Count == 2 && age is >= 50 and < 80 && chance.In(800) ? "fp_special_family" : "",
            _ when age < 32 => "",
            (1, 1) => chance.In(14_000) ? "fp_one_daughter" : "",
            (1, 0) => chance.In(14_000) ? "fp_only_son" : chance.In(900) ? "fp_only_child_harmed" : "",
            (2, 2) => chance.In(22_000) ? "fp_two_daughters" : chance.In(8000) ? "fp_daughters_only" : "",
            _ => "",
        };
        foreach (var person in household)
            List(person, code, person.IsMarried || children.Contains(person));
    }

    void Disabled(List<DemoPerson> household)
    {
        var disabled = household.FindAll(person => chance.In(person.Age < 18 ? 700 : person.Age < 60 ? 2300 : 4200));
        // What runs in a family strikes it more than once.
        if (disabled.Count == 1 && chance.In(12_000))
            disabled.Add(household[chance.Below(household.Count)]);
        var others = disabled.Distinct().Count() > 1 && area.Category("multi_disability_household") is not null
            ? "multi_disability_household" : "disability";
        foreach (var person in disabled.Distinct())
            List(person, chance.In(38_000) ? "severe_disability" : others);
    }

    void List(DemoPerson person, string code, bool isListed = true)
    {
        if (isListed && code.Length > 0 && area.Category(code) is { } category)
            Put(person, category);
    }

    /// <summary>Lists carry numbers, so nobody without one is put on them; nor the dead, nor those of employee insurance.</summary>
    static void Put(DemoPerson person, DemoCategory category)
    {
        if (person is { Number.Length: > 0, Death: null } && person.Employment != Words.Employee)
            person.Categories.Add(category);
    }
}
