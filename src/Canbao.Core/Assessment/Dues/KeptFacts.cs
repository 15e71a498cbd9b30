using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Canbao.Policy.Facts;
using Canbao.Vocabulary;

namespace Canbao.Core.Assessment.Dues;

/// <summary>
/// Facts as they are kept beside an amount, to explain it years later: a few bytes in a fixed order that begin with the version of the
/// form. Categories are kept by code, so that the catalogue may grow. The payment day is kept apart.
/// </summary>
public static class KeptFacts
{
    const byte Version = 2;

    // The first form was a text, "1|…", of so many fields.
    const byte TextVersion = (byte)'1';
    const int TextFields = 13;

    // The version, four days and seven codes of one byte.
    const int FixedBytes = 1 + 4 * sizeof(int) + 7;

    /// <summary>The facts as bytes; the same for the same facts.</summary>
    public static byte[] Write(in PersonFacts facts, CategoryCatalogue catalogue)
    {
        var codes = facts.Categories == 0 ? "" : catalogue.CodesOf(facts.Categories);
        var kept = new byte[FixedBytes + Encoding.UTF8.GetByteCount(codes)];
        kept[0] = Version;
        var days = kept.AsSpan(1);
        BinaryPrimitives.WriteInt32LittleEndian(days, facts.BirthDate.DayNumber);
        BinaryPrimitives.WriteInt32LittleEndian(days[4..], facts.RegisteredOn.DayNumber);
        BinaryPrimitives.WriteInt32LittleEndian(days[8..], facts.EmployeeCoverEnded.DayNumber);
        BinaryPrimitives.WriteInt32LittleEndian(days[12..], facts.SchoolEntryDate.DayNumber);
        ReadOnlySpan<byte> small =
        [
            (byte)facts.Residence, (byte)facts.Employment, (byte)facts.Student, (byte)facts.ScopeStatus, (byte)facts.OtherCover,
            facts.Tier, facts.FirstTime ? (byte)1 : (byte)0,
        ];
        small.CopyTo(days[16..]);
        Encoding.UTF8.GetBytes(codes, kept.AsSpan(FixedBytes));
        return kept;
    }

    /// <summary>Reads kept facts back.</summary>
    /// <param name="kept">The bytes.</param>
    /// <param name="catalogue">The catalogue; it must know the codes.</param>
    /// <param name="paidOn">The payment day, which is kept apart.</param>
    /// <exception cref="FormatException">They are of no known form.</exception>
    public static PersonFacts Read(ReadOnlySpan<byte> kept, CategoryCatalogue catalogue, DateOnly paidOn)
    {
        if (kept is [TextVersion, ..])
            return ReadText(Encoding.UTF8.GetString(kept), catalogue, paidOn);
        if (kept.Length < FixedBytes || kept[0] != Version)
            throw Unknown();
        var days = kept[1..];
        var small = days[16..];
        return new PersonFacts
        {
            PaidOn = paidOn,
            BirthDate = Day(days),
            RegisteredOn = Day(days[4..]),
            EmployeeCoverEnded = Day(days[8..]),
            SchoolEntryDate = Day(days[12..]),
            Residence = (Residence)small[0],
            Employment = (Employment)small[1],
            Student = (Student)small[2],
            ScopeStatus = (ScopeStatus)small[3],
            OtherCover = (OtherCover)small[4],
            Tier = small[5],
            FirstTime = small[6] == 1,
            Categories = Set(Encoding.UTF8.GetString(kept[FixedBytes..]), catalogue),
        };
    }

    /// <summary>Whether kept facts, of any form, are those that would be kept now; only the categories' codes need a catalogue.</summary>
    internal static bool AreSame(ReadOnlySpan<byte> kept, ReadOnlySpan<byte> now, CategoryCatalogue? catalogue) =>
        kept.SequenceEqual(now)
        || kept is [TextVersion, ..] && catalogue is not null
            && Write(Read(kept, catalogue, PersonFacts.NoDate), catalogue).AsSpan().SequenceEqual(now);

    static PersonFacts ReadText(string line, CategoryCatalogue catalogue, DateOnly paidOn)
    {
        var fields = line.Split('|');
        if (fields.Length != TextFields || fields[0].Length != 1)
            throw Unknown();
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
            Categories = Set(fields[12], catalogue),
        };
    }

    static ulong Set(string codes, CategoryCatalogue catalogue) => codes.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(0UL, (set, code) => set | catalogue.SetOf(code));

    static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    static DateOnly Day(string text) => text.Length == 0 ? PersonFacts.NoDate : DateOnly.FromDayNumber(Number(text));

    static DateOnly Day(ReadOnlySpan<byte> bytes) => DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32LittleEndian(bytes));

    static FormatException Unknown() => new("Kept facts of an unknown form.");
}
