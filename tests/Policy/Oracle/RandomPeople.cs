using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Policy.Tests.Oracle;

/// <summary>
/// People and payments at random, the same for the same seed: often on, just before and just after the days at which a notice turns,
/// and never contradicting themselves.
/// </summary>
/// <param name="seed">Chooses the people.</param>
/// <param name="turns">The days at which a notice turns for payments, in order; births turn there too.</param>
/// <param name="births">Births at which a notice turns.</param>
sealed class RandomPeople(int seed, DateOnly[] turns, DateOnly[] births)
{
    readonly Random random = new(seed);
    readonly int categories = Packs.Load("baogou-2022").Pack.Catalogue.Categories.Length;

    public PersonFacts Next()
    {
        while (true)
        {
            var facts = Draw();
            if (facts.FindContradiction() is null)
                return facts;
        }
    }

    PersonFacts Draw()
    {
        var paid = Paid();
        var birth = Earlier(Birth(paid), paid);
        return new PersonFacts
        {
            PaidOn = paid,
            BirthDate = birth,
            RegisteredOn = Registered(birth, paid),
            EmployeeCoverEnded = EmployeeCoverEnded(paid),
            SchoolEntryDate = SchoolEntry(paid),
            Residence = Often(60, Residence.LocalHukou),
            Employment = Often(70, Employment.None),
            Student = Often(35, Student.None),
            ScopeStatus = Often(60, ScopeStatus.None),
            OtherCover = Often(88, OtherCover.None),
            Tier = (byte)random.Next(3),
            FirstTime = Percent(20),
            Categories = Categories(),
        };
    }

    DateOnly Paid() => random.Next(100) switch
    {
        < 50 => Near(turns, 2),
        < 97 => Between(turns[0].AddDays(-45), turns[^1].AddDays(45)),
        _ => Between(new DateOnly(1990, 1, 1), new DateOnly(2030, 12, 31)),
    };

    DateOnly Birth(DateOnly paid) => random.Next(100) switch
    {
        < 30 => Near(births, 1),
        < 40 => Near(turns, 1),
        < 48 => paid.AddDays(-random.Next(3)),
        < 56 => paid.AddDays(-random.Next(88, 94)),
        < 64 => paid.AddMonths(-12).AddDays(random.Next(-2, 3)),
        < 70 => new DateOnly(random.Next(1930, 2024), 2, 28).AddDays(random.Next(2)),
        < 80 => Between(turns[0], turns[^1]),
        _ => Between(new DateOnly(1915, 1, 1), paid),
    };

    DateOnly Registered(DateOnly birth, DateOnly paid) => random.Next(100) switch
    {
        < 45 => PersonFacts.NoDate,
        < 55 => birth,
        < 65 => paid,
        < 75 => Earlier(new DateOnly(birth.Year, 12, 31), paid),
        < 85 => Earlier(new DateOnly(birth.Year + 1, 1, 1), paid),
        _ => Between(birth, paid),
    };

    DateOnly EmployeeCoverEnded(DateOnly paid) => random.Next(100) switch
    {
        < 50 => PersonFacts.NoDate,
        < 58 => paid.AddDays(-random.Next(3)),
        < 70 => paid.AddDays(-random.Next(88, 95)),
        < 82 => Earlier(paid.AddMonths(-3).AddDays(random.Next(-4, 5)), paid),
        < 92 => Earlier(new DateOnly(paid.Year, paid.Month, 1).AddMonths(-random.Next(5)).AddDays(-1 - random.Next(3)), paid),
        _ => Between(paid.AddDays(-900), paid),
    };

    DateOnly SchoolEntry(DateOnly paid) => random.Next(100) switch
    {
        < 45 => PersonFacts.NoDate,
        < 80 => Near([new(2021, 9, 1), new(2021, 12, 31), new(2022, 9, 1)], 2),
        _ => Between(paid.AddDays(-800), paid.AddDays(200)),
    };

    ulong Categories()
    {
        var count = random.Next(100) switch { < 35 => 0, < 72 => 1, < 88 => 2, _ => random.Next(3, 8) };
        var set = 0UL;
        for (; count > 0; count--)
            set |= 1UL << random.Next(categories);
        return set;
    }

    TCode Often<TCode>(int percent, TCode value)
        where TCode : struct, Enum =>
        Percent(percent) ? value : random.GetItems(Enum.GetValues<TCode>(), 1)[0];

    bool Percent(int percent) => random.Next(100) < percent;

    DateOnly Near(DateOnly[] days, int reach) => days[random.Next(days.Length)].AddDays(random.Next(-reach, reach + 1));

    DateOnly Between(DateOnly first, DateOnly last) => first.AddDays(random.Next(last.DayNumber - first.DayNumber + 1));

    static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;
}
