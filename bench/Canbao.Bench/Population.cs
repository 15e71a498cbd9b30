namespace Canbao.Bench;

/// <summary>One invented person; days are <see cref="DateOnly.DayNumber"/>, 0 where the column is empty.</summary>
struct Resident
{
    public int BirthDay, SchoolEntryDay, EmployeeCoverEndedDay, RegisteredDay, PaidDay;

    /// <summary>Places in <see cref="Codes.Categories"/>, -1 for none.</summary>
    public int FirstCategory, SecondCategory;

    /// <summary>0 empty, 1 no, 2 yes.</summary>
    public int FirstTime;

    public Residence Residence;
    public Employment Employment;
    public Student Student;
    public ScopeStatus ScopeStatus;
    public OtherCover OtherCover;
}

/// <summary>
/// Draws people as a town of Baogou's kind has them in the season of 2022: ages as in the census of 2020, about 88% with local hukou,
/// 8% employees, 15% on some list, most payments in the central period.
/// </summary>
sealed class Population(ulong seed)
{
    /// <summary>The earliest birth and the last payment that are ever drawn.</summary>
    public static readonly int OldestBirth = Day(1921, 1, 1), LastPayment = Day(2022, 12, 31);

    static readonly int AgeDay = Day(2021, 12, 31), FirstPayment = Day(2021, 10, 20), Opens = Day(2021, 10, 26);
    static readonly int CentralEnds = Day(2021, 12, 10), Asked = Baogou.OnDay.DayNumber, TermBegins = Day(2021, 9, 1);

    /// <summary>People in ten thousand for each five years of age, 0-4 first, 95-100 last.</summary>
    static readonly int[] AgeBands =
        [552, 639, 604, 516, 531, 650, 881, 702, 659, 812, 860, 719, 520, 525, 352, 222, 145, 76, 26, 9];

    /// <summary>Lists with the share of a list's people, and the ages that can be on it.</summary>
    static readonly (string Name, int Weight, int From, int To)[] Lists =
    [
        ("minimum_living_rural", 210, 0, 100), ("minimum_living_urban", 25, 0, 100), ("minimum_living_marginal", 25, 0, 100),
        ("low_income_family", 20, 0, 100), ("extreme_poverty_rural", 45, 60, 100), ("extreme_poverty_urban", 5, 60, 100),
        ("poverty_alleviated", 190, 0, 100), ("stable_alleviated", 30, 0, 100), ("monitored_household", 20, 0, 100),
        ("marginal_risk", 8, 0, 100), ("unstable_alleviated", 6, 0, 100), ("sudden_hardship", 3, 0, 100),
        ("registered_poor", 10, 0, 100), ("severe_disability", 95, 0, 100), ("disability", 80, 0, 100),
        ("multi_disability_household", 8, 0, 100), ("entitled_group", 50, 40, 100), ("key_entitled_group", 10, 40, 100),
        ("five_old", 2, 80, 100), ("fp_one_daughter", 130, 0, 59), ("fp_two_daughters", 150, 0, 59), ("fp_daughters_only", 15, 0, 59),
        ("fp_only_son", 20, 0, 59), ("fp_only_child_harmed", 14, 0, 70), ("fp_special_family", 6, 45, 80), ("orphan", 10, 0, 17),
        ("unattended_child", 14, 0, 17), ("key_hardship_child", 8, 0, 17), ("needy_student", 25, 6, 22),
    ];

    static readonly int[] AgeTable = Table(AgeBands);
    static readonly int[] ListTable = Table([.. Lists.Select(list => list.Weight)]);
    static readonly int[] ListBits = [.. Lists.Select(list => Array.IndexOf(Codes.Categories, list.Name))];

    ulong _state = seed;

    /// <summary>The next person.</summary>
    public Resident Next()
    {
        var person = new Resident { PaidDay = Payment(), FirstCategory = -1, SecondCategory = -1 };
        var paid = person.PaidDay == 0 ? Asked : person.PaidDay;
        person.BirthDay = Birth(paid);
        var age = Math.Max(0, (AgeDay - person.BirthDay) / 366);
        Places(ref person, age);
        Studies(ref person, age, paid);
        Works(ref person, age, paid);
        OnLists(ref person, age);
        Registers(ref person, paid);
        return person;
    }

    /// <summary>5% empty, 1% too early, 84% central and thickening towards its end, 10% late, most of that soon after.</summary>
    int Payment()
    {
        var share = Below(1000);
        if (share < 50) return 0;
        if (share < 60) return Between(FirstPayment, Opens - 1);
        if (share < 900) return Math.Max(Between(Opens, CentralEnds), Between(Opens, CentralEnds));
        return Math.Min(Between(CentralEnds + 1, LastPayment), Between(CentralEnds + 1, LastPayment));
    }

    int Birth(int paid)
    {
        if (paid > AgeDay && Below(100) < 6) return Between(AgeDay + 1, paid);
        var age = (Draw(AgeTable) * 5) + Below(5);
        var birth = AgeDay - (age * 36525 / 100) - Below(365);
        return birth > paid ? paid - Below(300) : birth;
    }

    void Places(ref Resident person, int age)
    {
        var share = Below(1000);
        person.Residence = share < 880 ? Residence.LocalHukou
            : share < 955 ? Residence.ResidencePermit
            : share < 995 ? Residence.NonLocal : Residence.HongKongMacaoTaiwan;
        if (age < 18 && person.Residence is (Residence.ResidencePermit or Residence.NonLocal))
            person.ScopeStatus = Below(100) < 40 ? ScopeStatus.MigrantChild : ScopeStatus.None;
        else if (Below(1000) < 4)
            person.ScopeStatus = age < 14 ? ScopeStatus.Foundling : age < 18 ? ScopeStatus.None : (ScopeStatus)Between(1, 3);
        var elsewhere = Below(1000);
        person.OtherCover = elsewhere < 8 ? OtherCover.EmployeeElsewhere
            : elsewhere < 20 ? OtherCover.ResidentElsewhere : OtherCover.None;
    }

    void Studies(ref Resident person, int age, int paid)
    {
        var share = Below(100);
        person.Student = age switch
        {
            < 3 => Student.None,
            < 6 => share < 88 ? Student.Kindergarten : Student.None,
            < 15 => share < 98 ? Student.School : Student.None,
            < 18 => share < 65 ? Student.School : share < 90 ? Student.Vocational : Student.None,
            < 23 => share < 45 ? Student.College : share < 50 ? Student.Vocational : Student.None,
            _ => Student.None,
        };
        if (person.Student != Student.None && Below(100) < 22 && TermBegins <= paid) person.SchoolEntryDay = TermBegins;
    }

    void Works(ref Resident person, int age, int paid)
    {
        if (age is < 18 or > 59 || person.Student != Student.None) return;
        var share = Below(1000);
        person.Employment = share < 137 ? Employment.Employee : share < 223 ? Employment.Flexible : Employment.None;
        if (person.Employment == Employment.Employee && Below(100) < 2) person.ScopeStatus = ScopeStatus.FailingFirm;
        if (person.Employment != Employment.Employee && Below(100) < 3) person.EmployeeCoverEndedDay = paid - 1 - Below(400);
    }

    void OnLists(ref Resident person, int age)
    {
        if (Below(1000) >= 170) return;
        person.FirstCategory = ListFor(age);
        if (person.FirstCategory < 0 || Below(100) >= 14) return;
        var second = ListFor(age);
        if (second != person.FirstCategory) person.SecondCategory = second;
    }

    int ListFor(int age)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var list = Draw(ListTable);
            if (age >= Lists[list].From && age <= Lists[list].To) return ListBits[list];
        }

        return -1;
    }

    void Registers(ref Resident person, int paid)
    {
        var newborn = paid - person.BirthDay <= 366;
        var first = newborn || Below(1000) < 30;
        person.FirstTime = first && Below(100) < 90 ? 2 : Below(100) < 60 ? 1 : 0;
        if (Below(100) < (first ? 80 : 25))
            person.RegisteredDay = Math.Max(person.BirthDay, paid - Below(first ? 60 : 3000));
    }

    static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;

    /// <summary>One entry a unit of weight, so that a draw is one look-up.</summary>
    static int[] Table(int[] weights) => [.. weights.SelectMany((weight, at) => Enumerable.Repeat(at, weight))];

    int Draw(int[] table) => table[Below(table.Length)];

    int Between(int first, int last) => first + Below(last - first + 1);

    int Below(int bound)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(((mixed ^ (mixed >> 31)) >> 32) * (ulong)bound >> 32);
        }
    }
}
