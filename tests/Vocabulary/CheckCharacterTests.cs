using CsCheck;
using Xunit;

namespace Canbao.Vocabulary.Tests;

/// <summary>What MOD 11-2 promises, shown on numbers of every kind that has a check digit.</summary>
public sealed class CheckCharacterTests
{
    /// <summary>The weights that GB 11643 prints in its table 1, for the first 17 places.</summary>
    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    static readonly Gen<string> Body = Gen.Select(
        Gen.OneOf(Gen.Int[110000, 659999], Gen.Int[910000, 919999], Gen.Int[81, 83].Select(province => province * 10000)),
        Gen.Int[new DateOnly(1900, 1, 1).DayNumber, new DateOnly(2099, 12, 31).DayNumber],
        Gen.Int[0, 999],
        (address, day, sequence) => $"{address}{DateOnly.FromDayNumber(day):yyyyMMdd}{sequence:000}");

    static readonly Gen<string> Number = Body.Select(body => body + CitizenNumber.CheckCharacter(body));

    static bool IsValid(string text) => CitizenNumber.TryParse(text, out _, out _);

    [Fact]
    public void The_check_character_follows_the_standards_table() => Body.Sample(body =>
        CitizenNumber.CheckCharacter(body) == "10X98765432"[body.Zip(Weights, (digit, weight) => (digit - '0') * weight).Sum() % 11]);

    [Fact]
    public void A_number_with_its_check_character_is_valid() => Number.Sample(IsValid);

    [Fact]
    public void Every_single_wrong_character_is_refused() => Number.Sample(number =>
    {
        for (int at = 0; at < number.Length; at++)
            foreach (char other in "0123456789X")
                Assert.Equal(other == number[at], IsValid(number[..at] + other + number[(at + 1)..]));
    });

    [Fact]
    public void Every_swap_is_refused_unless_the_digits_are_ten_places_apart() => Number.Sample(number =>
    {
        for (int i = 0; i < number.Length; i++)
            for (int j = i + 1; j < number.Length; j++)
                if (number[i] != number[j] && j - i != 10)
                    Assert.False(IsValid(Swap(number, i, j)), $"{i} {j}");
    });

    [Fact]
    public void A_swap_of_digits_ten_places_apart_is_not_seen() => Body.Sample(body =>
    {
        for (int i = 0; i + 10 < body.Length; i++)
            Assert.Equal(CitizenNumber.CheckCharacter(body), CitizenNumber.CheckCharacter(Swap(body, i, i + 10)));
    });

    [Fact]
    public void Fifteen_digits_of_old_equal_their_eighteen() => Gen.Select(
        Gen.Int[110000, 659999],
        Gen.Int[new DateOnly(1900, 1, 1).DayNumber, new DateOnly(1999, 12, 31).DayNumber].Select(DateOnly.FromDayNumber),
        Gen.Int[0, 995]).Sample((address, birth, sequence) =>
        {
            string digits = $"{address}{birth:yyyyMMdd}{sequence:000}";
            Assert.True(CitizenNumber.TryParse($"{address}{birth:yyMMdd}{sequence:000}", out var old, out _));
            Assert.True(CitizenNumber.TryParse(digits + CitizenNumber.CheckCharacter(digits), out var full, out _));
            Assert.Equal(full, old);
            Assert.Equal(birth, old.Birth);
            Assert.True(old.WasFifteenDigits);
        });

    static string Swap(string text, int i, int j)
    {
        char[] characters = text.ToCharArray();
        (characters[i], characters[j]) = (characters[j], characters[i]);
        return new(characters);
    }
}
