using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Sylvan.Data.Csv;

namespace Canbao.Bench;

/// <summary>
/// Reads the input file with Sylvan's reader and makes every check of the contract on the way. A bad row ends the run: the files
/// measured here have none.
/// </summary>
sealed class FactsReader : IDisposable
{
    static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@");

    readonly CsvDataReader _csv;
    readonly int[] _at;
    readonly HashSet<UInt128> _seen;

    public FactsReader(string path)
    {
        _csv = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 1 << 17, StringFactory = null });
        _at = [.. Codes.Columns.Select(_csv.GetOrdinal)];
        _seen = [];
    }

    /// <summary>The key of the row read last, good until the next call of <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> PersonId => _csv.GetFieldSpan(_at[0]);

    /// <summary>Every person of a file.</summary>
    public static Facts[] All(string path)
    {
        using var reader = new FactsReader(path);
        var people = new List<Facts>();
        while (reader.Read(out var facts)) people.Add(facts);
        return [.. people];
    }

    public void Dispose() => _csv.Dispose();

    /// <summary>The next person, or false at the end of the file.</summary>
    public bool Read(out Facts facts)
    {
        facts = default;
        if (!_csv.Read()) return false;
        Key(PersonId);
        facts.BirthDate = Date(1) ?? throw Bad(1);
        facts.Residence = (Residence)Code(2, Codes.Residence);
        facts.Employment = (Employment)Code(3, Codes.Employment);
        facts.Student = (Student)Code(4, Codes.Student);
        facts.SchoolEntryDate = Date(5);
        facts.ScopeStatus = (ScopeStatus)Code(6, Codes.ScopeStatus);
        facts.Categories = Categories(7);
        facts.Tier = (byte)Code(8, Codes.Tier);
        facts.EmployeeCoverEnded = Date(9);
        facts.OtherCover = (OtherCover)Code(10, Codes.OtherCover);
        facts.FirstTime = !Field(11).IsEmpty && Code(11, Codes.FirstTime) == 1;
        facts.RegisteredOn = Date(12);
        facts.PaidOn = Date(13) ?? Baogou.OnDay;
        if (facts.BirthDate > facts.PaidOn || facts.BirthDate > facts.RegisteredOn) throw Bad(1);
        if (facts.RegisteredOn > facts.PaidOn) throw Bad(12);
        if (facts.EmployeeCoverEnded > facts.PaidOn) throw Bad(9);
        return true;
    }

    ReadOnlySpan<char> Field(int column) => _csv.GetFieldSpan(_at[column]);

    void Key(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || FormulaStarts.Contains(key[0])) throw Bad(0);
        if (!_seen.Add(XxHash128.HashToUInt128(MemoryMarshal.AsBytes(key)))) throw Bad(0);
    }

    DateOnly? Date(int column)
    {
        var text = Field(column);
        if (text.IsEmpty) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Bad(column);
    }

    int Code(int column, string[] words)
    {
        var text = Field(column);
        for (var at = 0; at < words.Length; at++)
        {
            if (text.SequenceEqual(words[at])) return at;
        }

        throw Bad(column);
    }

    ulong Categories(int column)
    {
        var text = Field(column);
        if (text.IsEmpty) return 0;
        var bits = 0UL;
        foreach (var range in text.Split(';'))
        {
            var at = CategoryAt(text[range]);
            if (at < 0) throw Bad(column);
            bits |= 1UL << at;
        }

        return bits;
    }

    static int CategoryAt(ReadOnlySpan<char> code)
    {
        for (var at = 0; at < Codes.Categories.Length; at++)
        {
            if (code.SequenceEqual(Codes.Categories[at])) return at;
        }

        return -1;
    }

    InvalidDataException Bad(int column) => new($"row {_csv.RowNumber}, {Codes.Columns[column]}: {Field(column)}");
}
