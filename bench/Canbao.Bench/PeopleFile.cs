using System.Text;

namespace Canbao.Bench;

/// <summary>
/// Writes an input file of the assessment contract with invented people, the same bytes for the same count and seed. No row is
/// refused: every code is known, every date is possible and no two of them contradict each other.
/// </summary>
sealed class PeopleFile : IDisposable
{
    const int LongestRow = 512;

    readonly Stream _out;
    readonly byte[] _buffer = new byte[1 << 20];
    int _length;

    PeopleFile(Stream output) => _out = output;

    /// <summary>Writes <paramref name="count"/> people to <paramref name="path"/>, each drawn by <paramref name="next"/>.</summary>
    public static void Write(string path, int count, Func<Resident> next)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        using var file = new PeopleFile(stream);
        file.Text(Encoding.ASCII.GetBytes(string.Join(',', Codes.Columns) + "\n"));
        for (var number = 1; number <= count; number++)
        {
            file.Row(number, next());
            if (file._buffer.Length - file._length < LongestRow) file.Flush();
        }
    }

    public void Dispose() => Flush();

    void Flush()
    {
        _out.Write(_buffer, 0, _length);
        _length = 0;
    }

    void Row(int number, in Resident person)
    {
        Id(number);
        Comma();
        Date(person.BirthDay);
        Word(Words.Residence, (int)person.Residence);
        Word(Words.Employment, (int)person.Employment);
        Word(Words.Student, (int)person.Student);
        Comma();
        Date(person.SchoolEntryDay);
        Word(Words.ScopeStatus, (int)person.ScopeStatus);
        Comma();
        CategoryCodes(person.FirstCategory, person.SecondCategory);
        Comma(); // tier: the scheme has none
        Comma();
        Date(person.EmployeeCoverEndedDay);
        Word(Words.OtherCover, (int)person.OtherCover);
        Word(Words.FirstTime, person.FirstTime);
        Comma();
        Date(person.RegisteredDay);
        Comma();
        Date(person.PaidDay);
        _buffer[_length++] = (byte)'\n';
    }

    void Comma() => _buffer[_length++] = (byte)',';

    void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    void Word(byte[][] words, int at)
    {
        Comma();
        Text(words[at]);
    }

    void CategoryCodes(int first, int second)
    {
        if (first < 0) return;
        Text(Words.Categories[first]);
        if (second < 0) return;
        _buffer[_length++] = (byte)';';
        Text(Words.Categories[second]);
    }

    void Id(int number)
    {
        var digits = 7;
        for (var rest = number / 10_000_000; rest > 0; rest /= 10) digits++;
        _buffer[_length] = (byte)'P';
        for (var at = _length + digits; at > _length; at--)
        {
            _buffer[at] = (byte)('0' + (number % 10));
            number /= 10;
        }

        _length += digits + 1;
    }

    void Date(int dayNumber)
    {
        if (dayNumber == 0) return;
        Text(Words.Dates.AsSpan((dayNumber - Words.FirstDay) * 10, 10));
    }

    /// <summary>The columns' words and the dates of every day that can occur, as bytes.</summary>
    static class Words
    {
        public static readonly byte[][] Residence = Bytes(Codes.Residence);
        public static readonly byte[][] Employment = Bytes(Codes.Employment);
        public static readonly byte[][] Student = Bytes(Codes.Student);
        public static readonly byte[][] ScopeStatus = Bytes(Codes.ScopeStatus);
        public static readonly byte[][] OtherCover = Bytes(Codes.OtherCover);
        public static readonly byte[][] FirstTime = Bytes(["", .. Codes.FirstTime]);
        public static readonly byte[][] Categories = Bytes(Codes.Categories);
        public static readonly int FirstDay = Population.OldestBirth;
        static readonly int LastDay = new DateOnly(2024, 12, 31).DayNumber;
        public static readonly byte[] Dates = AllDates();

        static byte[][] Bytes(string[] words) => [.. words.Select(Encoding.ASCII.GetBytes)];

        static byte[] AllDates()
        {
            var text = new StringBuilder();
            for (var day = FirstDay; day <= LastDay; day++)
                text.Append(DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd"));
            return Encoding.ASCII.GetBytes(text.ToString());
        }
    }
}
