namespace Canbao.Core.DemoData;

/// <summary>
/// Makes households: who lives together, of what ages and names. The shares of kinds of households and the ages of heads are chosen
/// so that the area's people come out as old as a county's people are in a census.
/// </summary>
sealed class HouseholdMaker(DemoArea area, DemoNumbers numbers, Chance chance)
{
    /// <summary>Kinds of households and how many of a hundred there are.</summary>
    static readonly int[] Kinds = Chance.Sums([43, 19, 14, 8, 5, 4, 3, 4]);

    /// <summary>How many couples have a man of an age, by steps of five years from 25.</summary>
    static readonly int[] CoupleAges = Chance.Sums([9, 16, 15, 12, 17, 18, 12]);

    readonly List<DemoPerson> people = [];
    Home home = null!;
    string household = "";
    string residence = "";
    string address = "";
    int count;

    /// <summary>Makes the next household; the list is used again for the one after.</summary>
    /// <param name="at">Where it lives.</param>
    /// <param name="most">The most people it may have.</param>
    public List<DemoPerson> Next(Home at, int most)
    {
        people.Clear();
        home = at;
        household = $"{area.Code}{++count:0000000}";
        residence = Residence();
        address = Address();
        if (home.College is not null)
            Add(FamilyNames.Any(chance), chance.Between(18, 22), chance.In(50_000), Words.Head);
        else
            Live();
        if (people.Count > most)
            people.RemoveRange(most, people.Count - most);
        foreach (var person in people)
            Number(person);
        return people;
    }

    string Residence() => home.College is not null ? Words.NonLocal
        : area.Place == "lingyuan" && chance.In(500) || chance.In(20) ? Words.HongKongMacaoTaiwan
        : !chance.In(home.Newcomers) ? Words.Local
        : chance.In(80_000) ? Words.Permit : Words.NonLocal;

    string Address() =>
        home.College is not null ? $"{home.Address}学生公寓{chance.Between(1, 12)}号楼"
        : home.IsUrban ? $"{home.Address}{chance.Between(1, 40)}号楼{chance.Between(1, 4)}单元{chance.Between(1, 18)}0{chance.Between(1, 2)}室"
        : $"{home.Address}{chance.Between(1, 480)}号";

    void Live()
    {
        if (residence != Words.Local && chance.In(25_000))
        {
            Alone(18, 45);
            return;
        }

        switch (chance.Weighted(Kinds))
        {
            case 0: Family(withElders: false); break;
            case 1: Family(withElders: true); break;
            case 2: Couple(chance.Between(60, 84)); break;
            case 3: Alone(62, 93); break;
            case 4: Couple(chance.Between(50, 62)); break;
            case 5: Alone(20, 58); break;
            case 6: OneParent(); break;
            default: Grandparents(); break;
        }
    }

    string Surname() => residence == Words.Local && !home.IsUrban && chance.In(22_000) ? home.FamilyName : FamilyNames.Any(chance);

    void Alone(int least, int most)
    {
        if (residence == Words.Local && chance.In(150))
        {
            var foundling = Add(chance.In(50_000) ? "党" : FamilyNames.Any(chance), chance.Between(0, 9), chance.In(45_000), Words.Head);
            foundling.Scope = Words.Foundling;
        }
        else
        {
            Add(Surname(), chance.Between(least, most), chance.In(most > 60 ? 42_000 : 60_000), Words.Head);
        }
    }

    void Couple(int age)
    {
        Add(Surname(), age, true, Words.Head);
        Add(FamilyNames.Any(chance), WifeOf(age), false, Words.Spouse);
    }

    void Family(bool withElders)
    {
        var age = 25 + (chance.Weighted(CoupleAges) * 5) + chance.Below(5);
        var (surname, wifeAge) = (Surname(), WifeOf(age));
        if (withElders && age < 52)
        {
            ThreeGenerations(surname, age, wifeAge);
            return;
        }

        // One household in eight is headed by the wife.
        var isHis = !chance.In(12_000);
        var man = (surname, age, true);
        var woman = (FamilyNames.Any(chance), wifeAge, false);
        Add(isHis ? man : woman, Words.Head);
        Add(isHis ? woman : man, Words.Spouse);
        Children(surname, wifeAge, Words.Son, Words.Daughter);
    }

    void ThreeGenerations(string surname, int age, int wifeAge)
    {
        var fatherAge = age + chance.Near(27, 6);
        var motherAge = WifeOf(fatherAge);
        var (hasFather, hasMother) = (Lives(fatherAge + 4), Lives(motherAge));
        if (hasFather && chance.In(45_000))
        {
            Add(surname, fatherAge, true, Words.Head);
            if (hasMother)
                Add(FamilyNames.Any(chance), motherAge, false, Words.Spouse);
            Add(surname, age, true, Words.Son);
            Add(FamilyNames.Any(chance), wifeAge, false, Words.Other);
            Children(surname, wifeAge, Words.Grandson, Words.Granddaughter);
            return;
        }

        Add(surname, age, true, Words.Head);
        Add(FamilyNames.Any(chance), wifeAge, false, Words.Spouse);
        Children(surname, wifeAge, Words.Son, Words.Daughter);
        if (hasFather)
            Add(surname, fatherAge, true, Words.Father);
        if (hasMother)
            Add(FamilyNames.Any(chance), motherAge, false, Words.Mother);
    }

    void OneParent()
    {
        var (age, isFather) = (chance.Between(28, 52), chance.In(40_000));
        var surname = Surname();
        Add(surname, age, isFather, Words.Head);
        Children(isFather || chance.In(40_000) ? surname : FamilyNames.Any(chance), age, Words.Son, Words.Daughter);
    }

    /// <summary>Grandparents with the children of those who work elsewhere, or who are no more.</summary>
    void Grandparents()
    {
        var (age, surname) = (chance.Between(52, 72), Surname());
        Add(surname, age, true, Words.Head);
        if (chance.In(85_000))
            Add(FamilyNames.Any(chance), WifeOf(age), false, Words.Spouse);
        for (var child = 0; child < 1 + chance.Below(2); child++)
        {
            var isBoy = chance.In(52_500);
            Add(surname, chance.Between(0, 15), isBoy, isBoy ? Words.Grandson : Words.Granddaughter);
        }
    }

    void Children(string surname, int motherAge, string son, string daughter)
    {
        var wanted = chance.Weighted([7, 45, 91, 100]);
        // Four in a hundred bear the mother's name, which is that of some other family here.
        var name = chance.In(4000) ? FamilyNames.Any(chance) : surname;
        var age = motherAge - chance.Near(25, 5);
        for (var child = 0; child < wanted && age >= 0; child++, age -= chance.Between(2, 6))
        {
            var isBoy = chance.In(52_800);
            // Married daughters live elsewhere, sons have households of their own.
            if (age < 22 || chance.In(age > 34 ? 2000 : isBoy ? 62_000 : 36_000))
                Add(name, age, isBoy, isBoy ? son : daughter);
        }
    }

    int WifeOf(int age) => Math.Max(20, age - chance.Near(1, 5));

    bool Lives(int age) => chance.In(age < 60 ? 97_000 : age < 70 ? 88_000 : age < 80 ? 62_000 : age < 90 ? 25_000 : 4000);

    void Add((string Surname, int Age, bool IsMale) who, string relation) => Add(who.Surname, who.Age, who.IsMale, relation);

    DemoPerson Add(string surname, int age, bool isMale, string relation)
    {
        var person = new DemoPerson
        {
            Home = home,
            Household = household,
            Residence = residence,
            Address = address,
            Name = residence == Words.Permit && chance.In(300)
                ? GivenNames.WithSeparator(chance, isMale)
                : surname + GivenNames.Any(chance, area.Day.Year - age, isMale),
            Relation = relation,
            IsMale = isMale,
            Age = age,
            Birth = area.Day.AddYears(-age).AddDays(-chance.Below(365)),
            Phone = age >= 14 && chance.In(age > 75 ? 55_000 : 95_000) ? DemoTree.Phone(chance) : "",
        };
        people.Add(person);
        return person;
    }

    void Number(DemoPerson person)
    {
        // Parents take weeks to register a birth; a few others have papers that are not settled.
        if (person.Birth > area.Day.AddDays(-60) ? chance.In(60_000) : chance.In(25))
            return;
        var birth = person.Birth;
        person.Number = numbers.Next(area.Code, ref birth, person.IsMale);
        person.Birth = birth;
    }
}
