namespace Canbao.Bench;

/// <summary>
/// Draws people whose dates all stand on or beside a boundary of Baogou's rules and whose other facts are any that fit together: too
/// unlikely in a town to be met in a believable file, and where two readings of the rules would part.
/// </summary>
sealed class EdgePopulation(int seed)
{
    static readonly DateOnly[] Payments =
    [
        new(2021, 10, 25), new(2021, 10, 26), new(2021, 12, 10), new(2021, 12, 11), new(2022, 2, 28), new(2022, 11, 30), new(2022, 12, 1),
        new(2022, 12, 31), new(2023, 1, 1), new(2024, 2, 29),
    ];

    static readonly DateOnly[] Births =
    [
        new(1921, 1, 1), new(1951, 12, 31), new(1952, 1, 1), new(1961, 12, 31), new(1962, 1, 1), new(1980, 5, 5), new(2020, 2, 29),
        new(2020, 10, 25), new(2020, 10, 26), new(2020, 11, 30), new(2020, 12, 1), new(2020, 12, 9), new(2020, 12, 10),
        new(2020, 12, 11), new(2021, 2, 28), new(2021, 3, 1), new(2021, 10, 25),
    ];

    readonly Random _random = new(seed);

    /// <summary>The next person; what ends in nothing to pay is drawn less often than the rest.</summary>
    public Resident Next()
    {
        var paid = Payments[_random.Next(Payments.Length)].DayNumber;
        var asked = One(8) ? 0 : paid;
        if (asked == 0) paid = Baogou.OnDay.DayNumber;
        var birth = Births[_random.Next(Births.Length)].DayNumber;
        var first = One(2) ? -1 : _random.Next(Codes.Categories.Length);
        var second = first < 0 || One(2) ? -1 : _random.Next(Codes.Categories.Length);
        return new Resident
        {
            BirthDay = birth,
            PaidDay = asked,
            RegisteredDay = One(2) ? 0 : One(2) ? birth : paid,
            SchoolEntryDay = One(4) ? new DateOnly(2021, 9, 1).DayNumber : 0,
            EmployeeCoverEndedDay = One(4) ? paid : 0,
            FirstCategory = first,
            SecondCategory = second == first ? -1 : second,
            FirstTime = _random.Next(3),
            Residence = One(2) ? Residence.LocalHukou : (Residence)_random.Next(Codes.Residence.Length),
            Employment = One(2) ? Employment.None : (Employment)_random.Next(Codes.Employment.Length),
            Student = (Student)_random.Next(Codes.Student.Length),
            ScopeStatus = One(2) ? ScopeStatus.None : (ScopeStatus)_random.Next(Codes.ScopeStatus.Length),
            OtherCover = One(8) ? (OtherCover)_random.Next(Codes.OtherCover.Length) : OtherCover.None,
        };
    }

    bool One(int of) => _random.Next(of) == 0;
}
