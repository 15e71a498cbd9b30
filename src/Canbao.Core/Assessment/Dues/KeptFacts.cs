using System.Globalization;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Dues;

/// <summary>
/// Facts as they are kept beside an amount, to explain it years later: one line of fields in a fixed order that begins with the
/// version of the form. Categories are kept by code, so that the catalogue may grow.
/// </summary>
public static class KeptFacts
{
    const string Version = "1";
    const int Fields = 13;

    /// <summary>The facts as a line.</summary>
    public static string Write(in PersonFacts facts, CategoryCatalogue catalogue) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Version}|{Day(facts.BirthDate)}|{(int)facts.Residence}|{(int)facts.Employment}|{(int)facts.Student}|{(int)facts.ScopeStatus}|"
        + $"{(int)facts.OtherCover}|{facts.Tier}|{(facts.FirstTime ? 1 : 0)}|{Day(facts.RegisteredOn)}|{Day(facts.EmployeeCoverEnded)}|"
        + $"{Day(facts.SchoolEntryDate)}|{catalogue.CodesOf(facts.Categories)}");

    /// <summary>Reads a line back.</summary>
    /// <param name="line">The line.</param>
    /// <param name="catalogue">The catalogue; it must know the codes.</param>
    /// <param name="paidOn">The payment day, which is kept apart.</param>
    /// <exception cref="FormatException">The line is of no known form.</exception>
    public static PersonFacts Read(string line, CategoryCatalogue catalogue, DateOnly paidOn)
    {
        var fields = line.Split('|');
        if (fields.Length != Fields || fields[0] != Version)
            throw new FormatException("Kept facts of an unknown form.");
        return new PersonFacts
        {
            PaidOn = paidOn,
            BirthDate = Day(fields[1]),
            Residence = (Residence)Number(fields[2]),
            Employment = (Employment)Number(fields[3]),
            Student = (Student)Number(fields[4]),
            ScopeStatus = (ScopeStatus)Number(fields[5]),
            OtherCover = (OtherCover)Number(fields[6]),
            Tier = (byte)Number(fields[7]),
            FirstTime = fields[8] == "1",
            RegisteredOn = Day(fields[9]),
            EmployeeCoverEnded = Day(fields[10]),
            SchoolEntryDate = Day(fields[11]),
            Categories = fields[12].Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(0UL, (set, code) => set | catalogue.SetOf(code)),
        };
    }

    static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    static string Day(DateOnly day) => day == PersonFacts.NoDate ? "" : day.DayNumber.ToString(CultureInfo.InvariantCulture);

    static DateOnly Day(string text) => text.Length == 0 ? PersonFacts.NoDate : DateOnly.FromDayNumber(Number(text));
}
