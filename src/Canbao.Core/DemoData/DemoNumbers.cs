using Canbao.Vocabulary;

namespace Canbao.Core.DemoData;

/// <summary>
/// Gives out citizen numbers: right by their check digit, each once, and of nobody, since no place has an address code that ends in 99
/// like these. Keeps a count for each day of birth and sex.
/// </summary>
sealed class DemoNumbers
{
    const int OddSequences = 500;
    const int EvenSequences = 499;

    static readonly DateOnly First = new(1900, 1, 1);
    static readonly int Days = new DateOnly(2100, 1, 1).DayNumber - First.DayNumber;

    readonly Dictionary<int, ushort[]> given = [];

    /// <summary>A number for a person born on a day. Where all of the day's are given out, the day moves on.</summary>
    /// <param name="area">The area's six digits, of which the first four stand in the number.</param>
    /// <param name="birth">The day; may be moved.</param>
    /// <param name="isMale">Decides whether the sequence is odd.</param>
    public string Next(int area, ref DateOnly birth, bool isMale)
    {
        var city = area / 100;
        if (!given.TryGetValue(city, out var counts))
            given.Add(city, counts = new ushort[Days * 2]);
        var all = isMale ? OddSequences : EvenSequences;
        while (counts[Place(birth, isMale)] == all)
            birth = birth.AddDays(birth.Day < 28 ? 1 : -27);
        var count = counts[Place(birth, isMale)]++;
        // Steps of 173, which divides neither 500 nor 499, visit each sequence once without looking counted.
        var step = ((count * 173) + (birth.DayNumber % 400)) % all;
        Span<char> digits = stackalloc char[18];
        city.TryFormat(digits, out _);
        digits[4] = digits[5] = '9';
        birth.TryFormat(digits[6..], out _, "yyyyMMdd");
        ((step * 2) + (isMale ? 1 : 2)).TryFormat(digits[14..], out _, "000");
        digits[17] = CitizenNumber.CheckCharacter(digits[..17]);
        return new string(digits);
    }

    /// <summary>The number with a wrong check digit, which can be nobody's.</summary>
    public static string Wrong(string number) => $"{number.AsSpan(0, 17)}{(number[17] is '9' or 'X' ? '0' : (char)(number[17] + 1))}";

    static int Place(DateOnly birth, bool isMale) => ((birth.DayNumber - First.DayNumber) * 2) + (isMale ? 0 : 1);
}
