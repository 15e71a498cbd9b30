using Canbao.Core.Assessment.Dues;
using Canbao.Core.Registry;
using Canbao.Core.Rosters;
using Canbao.Policy.Packs;
using Canbao.TestKit.Databases;
using Canbao.Vocabulary;
using LinqToDB;

namespace Canbao.Core.Tests.Work.Shadow;

/// <summary>Registers by chance, and packs that differ in one place.</summary>
static class Register
{
    static readonly DateOnly From = new(2021, 9, 1);

    /// <summary>Registers people of all ages and kinds; some are enrolled, some listed, some neither.</summary>
    public static async Task FillAsync(TestArea area, int seed, int people)
    {
        var chance = new Random(seed);
        var catalogue = area.Shelf.Find("baogou-2022").Pack.Catalogue.Categories;
        string[] units = [TestArea.Village, TestArea.OtherVillage, TestArea.FarVillage];
        for (int at = 1; at <= people; at++)
        {
            var born = new DateOnly(1935, 1, 1).AddDays(chance.Next(0, 31_600));
            var person = await area.RegisterAsync($"张{(char)('一' + at)}", born, at, with: status => status with
            {
                Unit = units[chance.Next(units.Length)],
                Employment = chance.Next(8) == 0 ? Employment.Employee : Employment.None,
                Residence = chance.Next(8) == 0 ? Residence.NonLocal : Residence.LocalHukou,
                OtherCover = chance.Next(12) == 0 ? OtherCover.ResidentElsewhere : OtherCover.None,
            });
            if (chance.Next(4) > 0)
                await area.DoAsync("enrol", act => area.Enrolments.EnrolAsync(
                    act, TestArea.Year, person.PersonId, EnrolmentKinds.New, chance.Next(1, 3)));
            if (chance.Next(3) == 0)
                await ListAsync(area, person.PersonId, catalogue[chance.Next(catalogue.Length)].Code);
            if (chance.Next(15) == 0)
                await area.DoAsync("died", act => People.DiedAsync(act, person.PersonId, new(2021, 10, 1)));
        }
    }

    public static Task ListAsync(TestArea area, long person, string category) => area.Database.WriteAsync(async session =>
    {
        var version = session.NextId();
        await session.Data.InsertAsync(new RosterVersionRow
        {
            Area = TestArea.Code,
            VersionId = version,
            Department = "civil_affairs",
            Kind = "adjustment",
            HandedInOn = From,
            FirstDay = From,
            EffectiveOn = From,
        });
        await session.Data.InsertAsync(new CategorySpanRow
        {
            Area = TestArea.Code,
            PersonId = person,
            Category = category,
            Department = "civil_affairs",
            FromDay = From,
            OpenedBy = version,
        });
    });

    /// <summary>The folder of a pack that differs from one that ships.</summary>
    public static string Changed(TestArea area, string pack, string replace, string with)
    {
        var folder = area.PathOf("changed");
        Directory.CreateDirectory(folder);
        var text = File.ReadAllText(Path.Combine(area.Shelf.Library.Folder, pack, PackLibrary.PackFile));
        if (!text.Contains(replace, StringComparison.Ordinal))
            throw new InvalidDataException($"“{replace}” is not in {pack}.");
        File.WriteAllText(Path.Combine(folder, PackLibrary.PackFile), text.Replace(replace, with, StringComparison.Ordinal));
        return folder;
    }

    /// <summary>What was answered for a year: people and money by outcome.</summary>
    public static async Task<List<string>> KeptAsync(TestArea area, InsuranceYear year)
    {
        int number = year.Year;
        var rows = await area.ReadAsync(session => Task.FromResult((
            from due in session.Table<DueRow>()
            join verdict in session.Table<DueVerdictRow>()
                on new { due.Area, due.VerdictId } equals new { verdict.Area, verdict.VerdictId }
            where due.Area == TestArea.Code && verdict.Area == TestArea.Code && due.InsuranceYear == number
            select new { due.Unit, verdict.Outcome, verdict.Personal, verdict.Funding }).ToList()));
        return [.. rows.Select(row => $"{row.Unit} {row.Outcome} {row.Personal} {row.Funding}").Order(StringComparer.Ordinal)];
    }
}
