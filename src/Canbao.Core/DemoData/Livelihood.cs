namespace Canbao.Core.DemoData;

/// <summary>What people do: school, work, insurance elsewhere, other grounds of scope; and who has died.</summary>
sealed class Livelihood(DemoArea area, Schools schools, Chance chance)
{
    readonly DateOnly schoolDay = new(area.Day.Year, 8, 31);

    public void Settle(DemoPerson person)
    {
        if (Died(person) || person.Scope.Length > 0)
            return;
        var schoolAge = AgeOn(person.Birth, schoolDay);
        if (person.Home.College is { } college)
            Attend(person, Words.College, area.Day.Year - Math.Clamp(person.Age - 18, 0, 3), college);
        else if (schoolAge is >= 3 and <= 17 && person.Residence != Words.NonLocal)
            GoToSchool(person, schoolAge);
        else if (schoolAge is >= 18 and <= 21 && chance.In(46_000))
            Attend(person, Words.College, area.Day.Year - (schoolAge - 18), null);
        if (person.Student.Length == 0 && person.Age >= 18)
            Work(person);
        if (person is { Residence: Words.Permit, Age: < 18 })
            person.Scope = "随迁子女";
    }

    void GoToSchool(DemoPerson person, int age)
    {
        var isVocational = age >= 15 && chance.In(36_000);
        if (!chance.In(age < 6 ? 88_000 : age < 15 ? 99_500 : 94_000))
            return;
        var kind = age < 6 ? Words.Kindergarten : isVocational ? Words.Vocational : Words.School;
        var first = age < 6 ? 3 : age < 12 ? 6 : age < 15 ? 12 : 15;
        Attend(person, kind, area.Day.Year - (age - first), schools.Find(person.Home, isVocational, age, chance));
    }

    static void Attend(DemoPerson person, string kind, int year, SchoolClass? at)
    {
        person.Student = kind;
        person.SchoolEntry = new DateOnly(year, 9, 1);
        person.Class = at;
    }

    void Work(DemoPerson person)
    {
        var isOld = person.Age >= 60;
        var employees = isOld ? area.Employees / 3 : area.Employees;
        person.Employment = chance.In(person.Home.IsUrban ? employees * 5 / 4 : employees) ? Words.Employee
            : !isOld && chance.In(26_000) ? Words.Flexible : Words.NoWork;
        if (person.Employment != Words.Employee && !isOld && chance.In(1300))
            person.EmployeeEnded = area.Day.AddDays(-chance.Below(360));
        if (person.Employment != Words.Employee && !isOld && chance.In(person.IsLocal ? 2600 : 5000))
            person.Elsewhere = chance.In(45_000) ? "职工医保" : "居民医保";
        if (person.IsLocal && person.Elsewhere.Length == 0)
            OtherGrounds(person);
    }

    void OtherGrounds(DemoPerson person)
    {
        if (person.Employment == Words.Employee)
        {
            if (area.Place == "lishi" && chance.In(600))
                person.Scope = "困难企业职工";
            return;
        }

        if (chance.In(50))
            person.Scope = "宗教教职人员";
        else if (person.Age is >= 20 and < 65 && chance.In(110))
            person.Scope = Words.Inmate;
        else if (person is { IsMale: true, Age: >= 18 and < 30 } && area.Place is "lingyuan" or "jincheng" && chance.In(150))
            person.Scope = "武警官兵";
    }

    bool Died(DemoPerson person)
    {
        if (!person.IsLocal || !chance.In(person.Age < 60 ? 25 : person.Age < 75 ? 500 : 2200))
            return false;
        var day = area.Day.AddDays(-chance.Below(280));
        person.Death = day < person.Birth ? person.Birth : day;
        return true;
    }

    /// <summary>Full years on a day.</summary>
    static int AgeOn(DateOnly birth, DateOnly day) => day.Year - birth.Year - (birth.AddYears(day.Year - birth.Year) > day ? 1 : 0);
}
